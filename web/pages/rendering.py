"""Text as safe HTML.

Responsibility: render snippets, with their matches marked, and the help page.
Decision: snippets are escaped piece by piece between marks, and markup in them is never parsed;
marks that are out of range or overlap are clipped. The help page is the search syntax page of
`docs/`, which a wheel has next to `web/`; its examples are left out, because they are about the
sample archive.
Must not depend on: where marks come from; the query language.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from flask import url_for
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from index.types.search import Snippet
from web.i18n.translation import current_language

_OPEN, _CLOSE = Markup("<mark>"), Markup("</mark>")
_DOCS = Path(__file__).parents[2] / "docs"
_HELP_FILES = {"en": "query-syntax.md", "es": "query-syntax.es.md"}


def render_snippet(snippet: Snippet) -> Markup:
    """The snippet's text, escaped, with each match in `<mark>`."""
    return Markup("").join(_render_pieces(snippet))


def render_help() -> tuple[str, Markup]:
    """The language of the help page, and the page; English if it is not translated."""
    language = current_language() if current_language() in _HELP_FILES else "en"
    return language, Markup(_render_help(language, url_for("pages.api")))


def _render_pieces(snippet: Snippet) -> Iterator[Markup]:
    position = 0
    for start, end in snippet.marks:
        start, end = max(start, position), min(end, len(snippet.text))
        if start >= end:
            continue
        yield escape(snippet.text[position:start])
        yield _OPEN + escape(snippet.text[start:end]) + _CLOSE
        position = end
    yield escape(snippet.text[position:])


@cache
def _render_help(language: str, api_url: str) -> str:
    text = (_DOCS / _HELP_FILES[language]).read_text(encoding="utf-8")
    text = text.partition("\n## Examples")[0].replace("(json-api.md)", f"({api_url})")
    return str(MarkdownIt("commonmark", {"html": False}).enable("table").render(text))
