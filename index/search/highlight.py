"""Snippets: the part of an article that shows why it matches, with the query's words marked.

Responsibility: choose a window of the body, and mark words in it and in the headline.
Decision: marks are offsets into plain text, never markup, so that the presentation layer escapes
the text; where the window cuts a sentence an ellipsis is added, as part of the text.
Must not depend on: how articles are ranked.
"""

import re
from collections.abc import Sequence

from archive.article import Article
from index.query import ParsedQuery
from index.query.patterns import compile_pattern
from index.search.word_finder import WordFinder
from index.text.analysis import Token, is_stopword_in_any, normalize_language, to_terms
from index.types.fields import Span
from index.types.search import Snippet

LENGTH = 280
"""Code points of the article: about four lines of a result list."""
_BLANK = re.compile(r"\s")
_CUT = "…"
_ENDS = frozenset('.!?…”"»)')
"""Last characters of a complete sentence."""
_SEARCHED = 10_000
"""Code points of a body in which a window is searched for; words after them still match."""


class Highlighter:
    """Marks the words of one query in texts; created once per query."""

    def __init__(self, query: ParsedQuery, languages: Sequence[str]) -> None:
        words = {word.folded for word in query.highlight_words}
        content_words = {word for word in words if not is_stopword_in_any(word, languages)}
        self._terms = frozenset(
            term for word in content_words or words for term in to_terms(word, languages)
        )
        self._patterns = [compile_pattern(pattern) for pattern in query.patterns]
        self._finders: dict[str, WordFinder] = {}

    def headline(self, article: Article) -> Snippet:
        """The complete headline, with its marks."""
        matches = self._finder(article).find(article.headline)
        return Snippet(text=article.headline, marks=_spans(matches))

    def snippet(self, article: Article, passage: Span | None) -> Snippet:
        """The window of the body with the most different words of the query.

        Args:
            passage: The span most similar in meaning, shown if no word matches.
        """
        body = article.body
        matches = self._finder(article).find(body[:_SEARCHED])
        start = _best_start(matches) if matches else (passage[0] if passage else 0)
        start, end = _window(body, start)
        before, after = _ellipses(body, start, end)
        shift = len(before) - start
        marks = [(a + shift, b + shift) for a, b in _spans(matches) if a >= start and b <= end]
        return Snippet(text=before + _flatten(body[start:end]) + after, marks=tuple(marks))

    def _finder(self, article: Article) -> WordFinder:
        """The word finder for the language of an article."""
        language = normalize_language(article.language)
        if language not in self._finders:
            self._finders[language] = WordFinder(self._terms, language, self._patterns)
        return self._finders[language]


def _spans(matches: Sequence[Token]) -> tuple[Span, ...]:
    return tuple((token.start, token.end) for token in matches)


def _best_start(matches: Sequence[Token]) -> int:
    """Start of the match that begins the window with the most different words, then most words."""
    best, start = (0, 0), matches[0].start
    last = 0
    for first, token in enumerate(matches):
        while last < len(matches) and matches[last].end <= token.start + LENGTH * 3 // 4:
            last += 1
        window = matches[first:last]
        value = (len({match.folded for match in window}), len(window))
        if value > best:
            best, start = value, token.start
    return start


def _window(text: str, match: int) -> Span:
    """A span of about `LENGTH` around a match, from a sentence or word start to a word end."""
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
    """The texts before and after a window: an ellipsis where it cuts a sentence."""
    before, after = text[:start].rstrip(), text[end:].strip()
    last = text[start:end].rstrip()[-1:]
    starts_sentence = not before or before[-1] in _ENDS or "\n" in text[len(before) : start]
    ends_sentence = not after or last in _ENDS or "\n" in text[end : end + 1]
    return ("" if starts_sentence else _CUT), ("" if ends_sentence or not last else _CUT)


def _flatten(text: str) -> str:
    """The text with each white-space character replaced by a space, so that offsets stay valid."""
    return _BLANK.sub(" ", text)
