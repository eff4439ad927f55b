"""The opening of an article's text, as documents have it: its headline once more, and labels.

Responsibility: drop the headline, and the short lines above it, from the beginning of a text.
Decision: only lines as short as a label, and only up to a paragraph that is the headline itself, so
that a text without its headline stays as it is.
Must not depend on: the format of the document.
"""

from collections.abc import Collection

_MAX_LABELS = 20
_MAX_LABEL_CHARACTERS = 60


def remove_headline(body: str, headlines: Collection[str]) -> str:
    """Return the paragraphs after one of the headlines; all of them if none is at the beginning."""
    known = {one.casefold() for one in headlines}
    paragraphs = body.split("\n\n")
    for number, paragraph in enumerate(paragraphs[:_MAX_LABELS]):
        if " ".join(paragraph.split()).casefold() in known:
            return "\n\n".join(paragraphs[number + 1 :])
        if len(paragraph) > _MAX_LABEL_CHARACTERS:
            break
    return body
