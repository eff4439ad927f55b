"""Snippets: the piece of an article that shows why it was found, with the matched words marked.

Decision: offsets into plain text, never markup, so that whoever shows it can escape it; where a
sentence is cut an ellipsis says so, and is part of the text.
Must not know how articles are ranked.
"""

import re
from collections.abc import Sequence

from archive.article import Article
from index.query import ParsedQuery
from index.query.patterns import compile_pattern
from index.search.word_finder import WordFinder
from index.text.analysis import Token, is_stopword_in_any, normalize_language, to_terms
from index.types.search import Snippet, Span

LENGTH = 280
"""Code points of the article: about four lines of a result list."""
_BLANK = re.compile(r"\s")
_CUT = "…"
_ENDS = frozenset('.!?…”"»)')
"""What the last character of a whole sentence is."""
_SEARCHED = 10_000
"""A window is looked for in this much of a body; later matches are still matches."""


class Highlighter:
    """Marks one query's words in texts; made once for a query."""

    def __init__(self, query: ParsedQuery, languages: Sequence[str]) -> None:
        wanted = {word.folded for word in query.highlight_words}
        content = {word for word in wanted if not is_stopword_in_any(word, languages)}
        found = content or wanted
        self._wanted = frozenset(form for word in found for form in to_terms(word, languages))
        self._patterns = [compile_pattern(pattern) for pattern in query.patterns]
        self._finders: dict[str, WordFinder] = {}

    def headline(self, article: Article) -> Snippet:
        """The headline, whole, with its marks."""
        found = self._finder(article).find(article.headline)
        return Snippet(text=article.headline, marks=_spans(found))

    def snippet(self, article: Article, passage: Span | None) -> Snippet:
        """The window of the body with the most different words of the query.

        Args:
            passage: The span that matched by meaning: shown where no word matches.
        """
        body = article.body
        found = self._finder(article).find(body[:_SEARCHED])
        start = _best_start(found) if found else (passage[0] if passage else 0)
        start, end = _window(body, start)
        before, after = _ellipses(body, start, end)
        shift = len(before) - start
        marks = [(a + shift, b + shift) for a, b in _spans(found) if a >= start and b <= end]
        return Snippet(text=before + _flat(body[start:end]) + after, marks=tuple(marks))

    def _finder(self, article: Article) -> WordFinder:
        """The finder for texts of an article's language."""
        language = normalize_language(article.language)
        if language not in self._finders:
            self._finders[language] = WordFinder(self._wanted, language, self._patterns)
        return self._finders[language]


def _spans(found: Sequence[Token]) -> tuple[Span, ...]:
    return tuple((token.start, token.end) for token in found)


def _best_start(found: Sequence[Token]) -> int:
    """Start of the match that begins the window with the most different words, then most words."""
    best, chosen = (0, 0), found[0].start
    last = 0
    for first, token in enumerate(found):
        while last < len(found) and found[last].end <= token.start + LENGTH * 3 // 4:
            last += 1
        inside = found[first:last]
        value = (len({match.folded for match in inside}), len(inside))
        if value > best:
            best, chosen = value, token.start
    return chosen


def _window(text: str, match: int) -> Span:
    """A span of about `LENGTH` around a place, from a sentence or word start to a word end."""
    start = max(0, match - LENGTH // 4)
    if start < LENGTH // 4:
        start = 0
    if start:
        sentence = max(text.rfind(stop, start, match) for stop in (". ", "\n", "” ", "! ", "? "))
        word = max(text.find(" ", start, match), start)
        start = sentence + 1 if sentence >= 0 else word
    while start < len(text) and text[start].isspace():
        start += 1
    end = min(len(text), start + LENGTH)
    if end < len(text):
        blank = max(text.rfind(" ", start + LENGTH // 2, end), text.rfind("\n", match, end))
        end = blank if blank > match else end
    return start, end


def _ellipses(text: str, start: int, end: int) -> tuple[str, str]:
    """What is put before and after a window: an ellipsis where it cuts a sentence."""
    before, after = text[:start].rstrip(), text[end:].strip()
    last = text[start:end].rstrip()[-1:]
    begun = not before or before[-1] in _ENDS or "\n" in text[len(before) : start]
    done = not after or last in _ENDS or "\n" in text[end : end + 1]
    return ("" if begun else _CUT), ("" if done or not last else _CUT)


def _flat(text: str) -> str:
    """White space as spaces, each for each, so that marks keep their places."""
    return _BLANK.sub(" ", text)
