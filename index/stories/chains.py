"""Chains: which earlier filing a later one replaces.

Responsibility: compare two filings of one source, and choose the one that a filing replaces.
Decision: the text decides, and the signal, the slugline and the headline say how much of it must be
the same. So a new development under the same slugline stays an article of its own, and a wrong
signal links nothing.
Must not depend on: files, requests, or how filings are looked up.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from archive.article import Article
from archive.wire.signals import Signal, Signals, read_signals
from index.text.stopwords import STOPWORDS
from index.text.tokens import tokenize

HOUR = 3600
UNMARKED_WINDOW = 24 * HOUR
"""An unmarked filing replaces one of the last day; later ones are new developments."""
MARKED_WINDOW = 48 * HOUR
KILL_WINDOW = 30 * 24 * HOUR
"""Corrections and kills can come weeks later."""
REPEAT_OVERLAP, MARKED_OVERLAP, UNMARKED_OVERLAP = 0.9, 0.2, 0.5
"""Share of the five-word runs of the shorter text (docs/measurements/chains.md)."""
KEPT = 0.4
"""Share of the earlier text's runs that an unmarked filing must keep: a short report made from part
of a long one is another article."""
SIMILAR_HEADLINES = 0.5
"""Share of the words of both headlines, without stop words, that a marked filing must have."""
LATER, LATER_OVERLAP = 12 * HOUR, 0.7
"""After so long, an unmarked filing must have more of the text: background is repeated for days."""
_FEWEST_RUNS = 12
_WORD = re.compile(r"\w+")
_RUBRIC = re.compile(
    r"(factbox|highlights|timeline|chronology|instant view|analysts? view|(?:snap )?analysis|text|"
    r"q&a|quotebox|scenarios|table|poll|column|transcript|newsmaker|diary|profile|"
    r"análisis|cronología|perfil|claves|análise|cronologia|analyse|chronologie|portrait|encadré|"
    r"chronik|hintergrund|porträt|analisi|scheda)\s*\d*\s*[:\u2013\u2014-]",
    re.I,
)
_REPLACING: frozenset[Signal] = frozenset({"update", "correction", "refile", "repeat", "wrapup"})


@dataclass(frozen=True, slots=False, eq=False)
class Filing:
    """One version of an article as linking sees it.

    Attributes:
        article: With its body.
        filed: Seconds since 1970 UTC at which it was filed.
    """

    article: Article
    filed: int

    @cached_property
    def signals(self) -> Signals:
        """The signals of its headline."""
        return read_signals(self.article.headline)

    @cached_property
    def runs(self) -> frozenset[int]:
        """Hashes of its runs of five words, which are compared within one process only."""
        words = _WORD.findall(self.article.body.casefold())
        return frozenset(hash(tuple(words[n : n + 5])) for n in range(len(words) - 4))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of its headline, folded, without stop words and signals."""
        words = frozenset(token.folded for token in tokenize(self.signals.headline))
        stop_words = STOPWORDS.get(self.article.language.partition("-")[0], frozenset())
        return words - stop_words or words

    @cached_property
    def rubric(self) -> str:
        """The kind of article that its headline names, such as `factbox`; empty for news."""
        match = _RUBRIC.match(self.signals.headline)
        return " ".join(match[1].casefold().split()) if match else ""

    @property
    def slug(self) -> str:
        """Its slugline, in small letters."""
        return self.article.slugline.strip(" /").casefold()


def find_replaced(filing: Filing, earlier: Iterable[Filing]) -> Filing | None:
    """The filing that another one replaces, the latest that it can; None if it replaces none.

    Args:
        earlier: Filings that may have been filed before it.
    """
    replaced = [other for other in earlier if replaces(filing, other)]
    return max(replaced, key=lambda other: (other.filed, other.article.uri), default=None)


def replaces(filing: Filing, earlier: Filing) -> bool:
    """Whether a filing replaces an earlier one of the same source and language."""
    ours, theirs = filing.article, earlier.article
    if not ours.source or (ours.source, ours.language) != (theirs.source, theirs.language):
        return False
    if ours.uri == theirs.uri or (earlier.filed, theirs.uri) >= (filing.filed, ours.uri):
        return False
    same_slug = bool(filing.slug) and filing.slug == earlier.slug
    similarity = _compare_headlines(filing, earlier)
    gap = filing.filed - earlier.filed
    kinds = filing.signals.kinds
    if "kill" in kinds:
        return gap <= KILL_WINDOW and _kills(filing, earlier, same_slug, similarity)
    is_marked = not _REPLACING.isdisjoint(kinds) and _follows(filing, earlier)
    window = MARKED_WINDOW if is_marked else UNMARKED_WINDOW
    if "correction" in kinds:
        window = KILL_WINDOW
    if gap > window or not (same_slug or similarity >= SIMILAR_HEADLINES):
        return False
    return _shares_text(filing, earlier, same_slug, similarity, is_marked=is_marked)


def _shares_text(
    filing: Filing, earlier: Filing, same_slug: bool, similarity: float, *, is_marked: bool
) -> bool:
    common, ours, theirs = len(filing.runs & earlier.runs), len(filing.runs), len(earlier.runs)
    fewest = min(ours, theirs)
    if fewest < _FEWEST_RUNS:
        return bool(fewest) and filing.words == earlier.words and common == fewest
    overlap, kept = common / fewest, common / theirs
    if overlap >= REPEAT_OVERLAP and kept >= KEPT:
        return True
    if filing.rubric != earlier.rubric:
        return False
    if is_marked:
        is_soon = filing.filed - earlier.filed <= MARKED_WINDOW
        return overlap >= (MARKED_OVERLAP if same_slug and is_soon else UNMARKED_OVERLAP)
    is_same = same_slug or similarity == 1
    least = UNMARKED_OVERLAP if filing.filed - earlier.filed <= LATER else LATER_OVERLAP
    return is_same and overlap >= least and kept >= KEPT


def _follows(filing: Filing, earlier: Filing) -> bool:
    """Whether the numbers of two filings allow the later to replace the earlier.

    A first wrap-up sums up other articles; it replaces none of them.
    """
    if "wrapup" in filing.signals.kinds and "wrapup" not in earlier.signals.kinds:
        return False
    number, before = filing.signals.number, earlier.signals.number
    is_again = not {"correction", "refile", "repeat"}.isdisjoint(filing.signals.kinds)
    return not number or before < number or (is_again and before == number)


def _kills(filing: Filing, earlier: Filing, same_slug: bool, similarity: float) -> bool:
    """Whether a kill names an earlier filing: by its headline, its text, or most of its words."""
    if "kill" in earlier.signals.kinds:
        return similarity >= SIMILAR_HEADLINES
    if similarity >= SIMILAR_HEADLINES:
        return True
    named = _find_quoted_headline(filing, earlier)
    return named or (same_slug and bool(filing.words & earlier.words))


def _find_quoted_headline(filing: Filing, earlier: Filing) -> bool:
    """Whether the text of a notice has the words of an article's headline in order."""
    wanted = " ".join(token.folded for token in tokenize(earlier.signals.headline))
    text = " ".join(token.folded for token in tokenize(filing.article.body))
    return len(wanted.split()) > 3 and f" {wanted} " in f" {text} "


def _compare_headlines(filing: Filing, earlier: Filing) -> float:
    """The share of the words of both headlines that are in both."""
    either = filing.words | earlier.words
    return len(filing.words & earlier.words) / len(either) if either else 0.0
