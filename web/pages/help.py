"""Responsibility: the help page, from the search syntax page of the documentation.

Decision: the page in `docs/` is the only text, and a wheel has it at the same place beside `web/`.
The examples on the sample archive are left out, because another archive has other articles.
Must not depend on: the query language.
"""

from functools import cache
from pathlib import Path

from flask import url_for
from markdown_it import MarkdownIt
from markupsafe import Markup

from web.i18n.translation import current_language

_DOCS = Path(__file__).parents[2] / "docs"
_TEXTS = {"en": "query-syntax.md", "es": "query-syntax.es.md"}


def manual() -> tuple[str, Markup]:
    """Its language, and the page as HTML, one level down, its links within this application."""
    tongue = current_language() if current_language() in _TEXTS else "en"
    return tongue, Markup(_rendered(tongue, url_for("pages.api")))


@cache
def _rendered(tongue: str, api: str) -> str:
    told = (
        (_DOCS / _TEXTS[tongue])
        .read_text(encoding="utf-8")
        .partition("\n## Examples")[0]
        .replace("(json-api.md)", f"({api})")
    )
    return str(MarkdownIt("commonmark", {"html": False}).enable("table").render(told))
