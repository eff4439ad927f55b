"""Renders a snippet as safe HTML with the matched words in `<mark>`.

Decision: pieces are escaped one by one and joined; markup in a text is never parsed.
Must not know where marks come from; it survives marks that are out of range or overlap.
"""

from collections.abc import Iterator

from markupsafe import Markup, escape

from index.types.search import Snippet

_OPEN, _CLOSE = Markup("<mark>"), Markup("</mark>")


def marked(snippet: Snippet) -> Markup:
    """The snippet's text, escaped, its marks wrapped in `<mark>`."""
    return Markup("").join(_pieces(snippet))


def _pieces(snippet: Snippet) -> Iterator[Markup]:
    done = 0
    for start, end in snippet.marks:
        start, end = max(start, done), min(end, len(snippet.text))
        if start >= end:
            continue
        yield escape(snippet.text[done:start])
        yield _OPEN + escape(snippet.text[start:end]) + _CLOSE
        done = end
    yield escape(snippet.text[done:])
