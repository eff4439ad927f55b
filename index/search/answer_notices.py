"""What a reader should know about an answer: words that had to be let go, and nothing near.

Decision: said only where it changes what the answer means; nothing is said of a sentence, of which
no article has every word.
Must not know how the answer is shown.
"""

import numpy as np

from index.lexical.query.minimum_match import MOST_WORDS
from index.query import ParsedQuery
from index.ranking.fusion import Ranking
from index.types.notices import make_notice
from index.types.search import Mode, Notice


def notices_about(ranking: Ranking, query: ParsedQuery, mode: Mode) -> tuple[Notice, ...]:
    """Notices about what was found."""
    if query.is_empty:
        return ()
    told = _about_nothing(ranking, query, mode) or _relaxed(ranking)
    return (told,) if told else ()


def _about_nothing(ranking: Ranking, query: ParsedQuery, mode: Mode) -> Notice | None:
    """No article has all the words, and none is near in meaning."""
    complete = ranking.coverage.complete if ranking.coverage else len(ranking.rows)
    near = any(part.name == "semantic" for part in ranking.parts) and (ranking.semantic >= 0).any()
    if mode == "lexical" or not query.embedding_text or near or (complete and mode != "semantic"):
        return None
    return make_notice("nothing-near/some" if len(ranking.rows) else "nothing-near")


def _relaxed(ranking: Ranking) -> Notice | None:
    """Articles that lack a word are among the answers."""
    coverage = ranking.coverage
    if coverage is None or not np.isfinite(ranking.lexical).any():
        return None
    if coverage.least == coverage.words:
        return None
    if not coverage.complete and coverage.words > MOST_WORDS:
        return None
    asked = (coverage.words, coverage.least)
    if coverage.complete > 1:
        return make_notice("words-relaxed", None, coverage.complete, *asked)
    return make_notice(
        "words-relaxed/one" if coverage.complete else "words-relaxed/none", None, *asked
    )
