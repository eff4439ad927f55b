"""Elements of an SGML document, in one pass and without a tree.

Responsibility: give the text of each element by its name, with paragraphs and entities resolved.
Decision: an element that is not closed ends at the next one that holds a field; what is between `<`
and `>` and is no tag stays text.
Must not depend on: what an element means.
"""

import html
import re
from dataclasses import dataclass, field

_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w-]*)(?P<rest>(?:\s[^<>]*)?)/?>")
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
# Inside a field these are marks of its text, not fields of their own.
_PARAGRAPHS = frozenset({"P", "BR", "PARAGRAPH", "H1", "H2", "H4", "H5", "H6"})
_INLINE = frozenset(
    {"F", "I", "B", "EM", "HT", "S", "SUP", "SUB", "FONT", "ENAMEX", "A", "Q", "CO"}
)
_ITEM = "D"


@dataclass(slots=True)
class Document:
    """The elements of one document.

    Attributes:
        name: Of its outer element, in capitals.
        attributes: Of its outer element, by names in capitals.
        texts: By the name of the element; the texts of elements with the same name.
        items: The `<D>` items of an element.
    """

    name: str
    attributes: dict[str, str]
    texts: dict[str, list[str]] = field(default_factory=dict)
    items: dict[str, list[str]] = field(default_factory=dict)

    def find(self, *names: str) -> str:
        """Return the text of the first of these elements that has one; empty if none has."""
        for name in names:
            if text := "\n\n".join(part for part in self.texts.get(name, []) if part.strip()):
                return text.strip("\n")
        return ""

    def find_all(self, *names: str) -> list[str]:
        """Return the items of these elements, or their texts if they have no items."""
        found: list[str] = []
        for name in names:
            texts = self.items.get(name) or self.texts.get(name, [])
            found += [" ".join(text.split()) for text in texts if text.strip()]
        return found


def parse_document(text: str) -> Document | None:
    """Return the elements of a document; None if the text does not begin with one."""
    text = _remove_comments(text.replace("\r\n", "\n"))
    first = _TAG.search(text)
    if first is None or first["end"] or first["name"].upper() not in ("DOC", "REUTERS"):
        return None
    document = Document(name=first["name"].upper(), attributes=_parse_attributes(first["rest"]))
    reader = _Reader(document)
    place = first.end()
    for tag in _TAG.finditer(text, first.end()):
        reader.add(text[place : tag.start()])
        reader.enter(tag["name"].upper(), is_end=bool(tag["end"]))
        place = tag.end()
    reader.add(text[place:])
    reader.close_all()
    return document


def _remove_comments(text: str) -> str:
    """The text without its comments; one that does not end is no comment."""
    end = (
        text.rfind("-->") + 3
    )  # behind it, each beginning would be searched to the end of the text
    return text if end < 3 else _COMMENT.sub("", text[:end]) + text[end:]


def _parse_attributes(text: str) -> dict[str, str]:
    return {
        name.upper(): html.unescape(next(filter(None, values), ""))
        for name, *values in _ATTRIBUTE.findall(text)
    }


class _Reader:
    """Collects text for the innermost open element."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._open: list[tuple[str, list[str]]] = []
        self._item: list[str] | None = None

    def add(self, text: str) -> None:
        """Add the text between two tags."""
        plain = html.unescape(text)
        if self._item is not None:
            self._item.append(plain)
        elif self._open:
            self._open[-1][1].append(plain)

    def enter(self, name: str, *, is_end: bool) -> None:
        """Begin or end an element."""
        if name == _ITEM:
            self._end_item()
            self._item = None if is_end else []
        elif name in _PARAGRAPHS:
            self.add("\n\n")
        elif name in _INLINE:
            return
        elif is_end:
            self._end_item()
            self._close(name)
        else:
            self._end_item()
            self._open.append((name, []))

    def close_all(self) -> None:
        """End every element that is still open."""
        self._end_item()
        while self._open:
            self._store()

    def _close(self, name: str) -> None:
        if any(name == other for other, _ in self._open):
            while self._open[-1][0] != name:
                self._store()
            self._store()

    def _store(self) -> None:
        name, parts = self._open.pop()
        self._document.texts.setdefault(name, []).append("".join(parts))

    def _end_item(self) -> None:
        if self._item is not None and self._open:
            self._document.items.setdefault(self._open[-1][0], []).append("".join(self._item))
        self._item = None
