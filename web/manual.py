"""The help page: what can be asked, from the page of the documentation that tests hold true.

Decision: one text for readers and for `docs/`, by a link beside this module, which a wheel carries
as a file. The examples on the sample archive are left out, since another archive has others.
Must not know the query language.
"""

from functools import cache
from pathlib import Path

from flask import url_for
from markdown_it import MarkdownIt
from markupsafe import Markup

_TEXT = Path(__file__).parent / "query-syntax.txt"


def manual() -> Markup:
    """The page as HTML, one level down, its links within this application."""
    return Markup(_rendered(url_for("pages.api")))


@cache
def _rendered(api: str) -> str:
    told = (
        _TEXT.read_text(encoding="utf-8")
        .partition("\n## Examples")[0]
        .replace("(json-api.md)", f"({api})")
    )
    return str(MarkdownIt("commonmark", {"html": False}).enable("table").render(told))
