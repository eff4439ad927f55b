"""Notices about an answer: its mode, missing articles, dropped words, nothing on the subject.

Responsibility: say what a reader must know to read the answer right.
Decision: a notice appears only where it changes what the answer means; a sentence, of which no
article has every word, gets none about missing words.
Must not depend on: how the answer is shown, or which engine gave it.
"""

import numpy as np

from index.ranking.fusion import SEMANTIC, Ranking
from index.search.plan import SearchPlan
from index.search.ports import Snapshot
from index.types.notices import make_notice
from index.types.search import Notice, SearchRequest


def answer_notices(
    snapshot: Snapshot, request: SearchRequest, plan: SearchPlan, ranking: Ranking
) -> tuple[Notice, ...]:
    """Notices about the mode that answered, then about what was found."""
    notices = (
        _other_mode(snapshot, request, plan),
        make_notice("words-only") if plan.is_unread else None,
        _missing(ranking),
        _about_matches(plan, ranking),
    )
    return tuple(each for each in notices if each)


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


def _about_matches(plan: SearchPlan, ranking: Ranking) -> Notice | None:
    if plan.query.is_empty:
        return None
    return _nothing_similar(plan, ranking) or _relaxed(ranking)


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
    if coverage is None or not np.isfinite(ranking.candidates.lexical).any():
        return None
    if coverage.least == coverage.words:
        return None
    if not coverage.complete and coverage.is_sentence:
        return None
    counts = (coverage.words, coverage.least)
    if coverage.complete > 1:
        return make_notice("words-relaxed", None, coverage.complete, *counts)
    code = "words-relaxed/one" if coverage.complete else "words-relaxed/none"
    return make_notice(code, None, *counts)
