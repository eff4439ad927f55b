"""The help page: what can be asked, from the page of the documentation that tests hold true.

Decision: one text for readers and for `docs/`, by a link beside this module, which a wheel carries
as a file; a translation asks the same, which tests hold. The examples on the sample archive are
left out, since another archive has others.
Must not know the query language.
"""

from functools import cache
from pathlib import Path

from flask import url_for
from markdown_it import MarkdownIt
from markupsafe import Markup

from web.i18n.translation import current_language

_TEXTS = {"en": "query-syntax.txt", "es": "query-syntax.es.txt"}


def manual() -> tuple[str, Markup]:
    """Its language, and the page as HTML, one level down, its links within this application."""
    tongue = current_language() if current_language() in _TEXTS else "en"
    return tongue, Markup(_rendered(tongue, url_for("pages.api")))


@cache
def _rendered(tongue: str, api: str) -> str:
    told = (
        (Path(__file__).parents[1] / _TEXTS[tongue])
        .read_text(encoding="utf-8")
        .partition("\n## Examples")[0]
        .replace("(json-api.md)", f"({api})")
    )
    return str(MarkdownIt("commonmark", {"html": False}).enable("table").render(told))
