"""Notices about an answer: its mode, missing articles, dropped words, nothing on the subject.

Responsibility: say what a reader must know to read the answer right.
Decision: a notice appears only where it changes what the answer means; a sentence, of which no
article has every word, gets none about missing words.
Must not depend on: how the answer is shown, or which engine gave it.
"""

import numpy as np

from index.ranking.fusion import SEMANTIC, Ranking
from index.search.left_out import (
    explain_nothing,
    find_unknown_values,
    finds_otherwise,
    mention_undated,
)
from index.search.plan import SearchPlan
from index.search.ports import Snapshot, Vector
from index.types.notices import make_notice
from index.types.search import Filters, Notice, SearchRequest


def answer_notices(
    snapshot: Snapshot,
    request: SearchRequest,
    plan: SearchPlan,
    ranking: Ranking,
    vector: Vector | None,
) -> tuple[Notice, ...]:
    """Notices about the mode that answered and its filters, then about what was found."""
    notices = (
        _other_mode(snapshot, request, plan),
        make_notice("words-only") if plan.is_unread else None,
        _missing(ranking),
        mention_undated(snapshot, request, plan, ranking, vector),
    )
    return (
        *(each for each in notices if each),
        *find_unknown_values(snapshot, plan.filters),
        *_about_matches(snapshot, plan, ranking, vector),
    )


def _other_mode(snapshot: Snapshot, request: SearchRequest, plan: SearchPlan) -> Notice | None:
    if plan.mode == request.mode:
        return None
    if snapshot.problem:
        return make_notice("lexical-only", None, snapshot.problem)
    return make_notice("lexical-only/pending")


def _missing(ranking: Ranking) -> Notice | None:
    """Articles that would answer are no longer in the archive."""
    count = ranking.candidates.missing
    if not count:
        return None
    return make_notice("missing/one") if count == 1 else make_notice("missing", None, count)


def _about_matches(
    snapshot: Snapshot, plan: SearchPlan, ranking: Ranking, vector: Vector | None
) -> tuple[Notice, ...]:
    if plan.query.finds_nothing:
        return ()
    if not len(ranking.candidates):
        if ranking.candidates.missing:
            return ()
        reasons = explain_nothing(snapshot, plan, vector)
        if reasons is not None:
            return reasons
        notice = _nothing_similar(plan, ranking) or _no_match(plan)
        return (notice,) if notice else ()
    if plan.query.is_empty:
        return ()
    notice = _nothing_similar(plan, ranking)
    if notice and finds_otherwise(snapshot, plan, vector, similar=True):
        notice = make_notice("nothing-near/filtered")
    notice = notice or _relaxed(ranking)
    return (notice,) if notice else ()


def _no_match(plan: SearchPlan) -> Notice | None:
    """No article has any of the words, or there is no article."""
    if plan.query.is_empty and plan.filters == Filters():
        return make_notice("no-match/empty")
    words = plan.query.optional_words
    if len(words) == 1:
        return make_notice("no-match/one", None, plan.query.input[slice(*words[0].span)])
    return make_notice("no-match") if words else None


def _nothing_similar(plan: SearchPlan, ranking: Ranking) -> Notice | None:
    """No article has all the words, and none is similar in meaning."""
    if not plan.embedding_text:
        return None
    candidates = ranking.candidates
    complete = candidates.coverage.complete if candidates.coverage else len(candidates)
    similar = ranking.has(SEMANTIC) and bool((candidates.semantic >= 0).any())
    if similar or (complete and plan.mode != "semantic"):
        return None
    return make_notice("nothing-near/some" if len(candidates) else "nothing-near")


def _relaxed(ranking: Ranking) -> Notice | None:
    """Articles that lack a word of the query are among the matches."""
    coverage = ranking.candidates.coverage
    found = int(np.isfinite(ranking.candidates.lexical).sum())
    if coverage is None or found <= coverage.complete or coverage.least == coverage.words:
        return None
    if not coverage.complete and coverage.is_sentence:
        return None
    variants = ("none", "one") if coverage.words > 2 else ("both-none", "both-one")
    values = (coverage.words, coverage.least) if coverage.words > 2 else ()
    if coverage.complete < 2:
        return make_notice(f"words-relaxed/{variants[coverage.complete]}", None, *values)
    name = "words-relaxed" if coverage.words > 2 else "words-relaxed/both"
    return make_notice(name, None, coverage.complete, *values)
