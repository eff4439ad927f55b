"""Snippets: the part of an article that shows why it matches, with the query's words marked.

Responsibility: cut a window out of the body, and mark the query's words in it and in the headline.
Decision: marks are offsets into plain text, never markup, so that the presentation layer escapes
the text; where the window cuts a sentence an ellipsis is added, as part of the text. A match that
only a label has (byline, place, slug, subject) is shown by that label before the text.
Must not depend on: how articles are ranked.
"""

import re
from collections.abc import Sequence

from archive.article import Article
from index.query import ParsedQuery
from index.search.query_marks import PartFinder, QueryParts, merge_spans
from index.search.snippet_window import Window, choose_opening, choose_window
from index.text.analysis import normalize_language
from index.types.fields import Span
from index.types.search import Snippet

_BLANK = re.compile(r"\s")
_WORD_AHEAD = re.compile(r"\S{0,64}")
_CUT = "…"
_AFTER_LABEL = " · "


class Highlighter:
    """Marks the parts of one query in articles; created once per query."""

    def __init__(self, query: ParsedQuery, languages: Sequence[str]) -> None:
        self._query = query
        self._languages = languages
        self._finders: dict[tuple[str, bool], PartFinder] = {}

    def mark(
        self, article: Article, passage: Span | None = None, *, lexical: bool = True
    ) -> tuple[Snippet, Snippet]:
        """The complete headline and a snippet of the body, with their marks.

        A phrase is marked where its words are together, and stop words only where nothing else is
        asked for. Where neither text has anything to mark, every word of the query is marked.

        Args:
            passage: The span most similar in meaning, shown if no part of the query is found.
            lexical: Whether the article matches by its words, so that something must be marked.
        """
        finder = self._get_finder(article, scattered=False)
        headline, snippet = _mark(finder, article)
        if lexical and not headline.marks and snippet is None:
            finder = self._get_finder(article, scattered=True)
            headline, snippet = _mark(finder, article)
        if snippet is None:
            opening = choose_opening(article.body, passage[0] if passage else 0)
            snippet = _cut_out(article.body, opening)
            if lexical and not headline.marks:
                snippet = _put_label_before(snippet, finder, article)
        return headline, snippet

    def _get_finder(self, article: Article, *, scattered: bool) -> PartFinder:
        """The finder for the language of an article."""
        key = (normalize_language(article.language), scattered)
        if key not in self._finders:
            parts = QueryParts(self._query, self._languages, scattered=scattered)
            self._finders[key] = PartFinder(parts, key[0])
        return self._finders[key]


def _mark(finder: PartFinder, article: Article) -> tuple[Snippet, Snippet | None]:
    """The headline, and the window with the most of the query; None if the body has none of it."""
    headline = Snippet(
        text=article.headline, marks=tuple(merge_spans(finder.find(article.headline)))
    )
    window = choose_window(article.body, finder.find(article.body), finder.parts)
    return headline, None if window is None else _cut_out(article.body, window, finder)


def _cut_out(text: str, window: Window, finder: PartFinder | None = None) -> Snippet:
    """The text of a window with ellipses, and the marks in it."""
    start, end = window.start, window.end
    before = _CUT if window.cuts_start else ""
    after = _CUT if window.cuts_end else ""
    marks: list[Span] = []
    if finder:
        # To the end of a word that the window cuts, which is another word than its beginning.
        ahead = _WORD_AHEAD.match(text, end)
        spans = merge_spans(finder.find(text[start : ahead.end() if ahead else end]))
        marks = [(a + len(before), b + len(before)) for a, b in spans if b <= end - start]
    return Snippet(text=before + _flatten(text[start:end]) + after, marks=tuple(marks))


def _put_label_before(snippet: Snippet, finder: PartFinder, article: Article) -> Snippet:
    """The snippet after the first label that has a part of the query; unchanged if none has."""
    for label in (article.by, article.located, article.slugline, *article.subjects):
        marks = merge_spans(finder.find(label))
        if marks:
            return Snippet(text=_flatten(label) + _AFTER_LABEL + snippet.text, marks=tuple(marks))
    return snippet


def _flatten(text: str) -> str:
    """The text with each white-space character replaced by a space, so that offsets stay valid."""
    return _BLANK.sub(" ", text)
