"""Responsibility: text as safe HTML: snippets with their matches marked.

Decision: the pieces between marks are escaped one by one; markup in a text is never parsed. Marks
that are out of range or overlap are clipped.
Must not depend on: where marks come from.
"""

from collections.abc import Iterator

from markupsafe import Markup, escape

from index.types.search import Snippet

_OPEN, _CLOSE = Markup("<mark>"), Markup("</mark>")


def render_snippet(snippet: Snippet) -> Markup:
    """The snippet's text, escaped, with each match in `<mark>`."""
    return Markup("").join(_render_pieces(snippet))


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
