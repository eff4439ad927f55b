"""XML: items of a document, one after another, in bounded memory and without outside access.

Responsibility: recognise a document by its root, and parse its items safely, whatever it contains.
Decision: lxml with entities, DTDs and network off. A document that declares entities is refused
before one of its items is read, because Dateline expands none. A file may hold several documents,
one after another, as wire archives do.
Must not depend on: what the elements mean.
"""

import codecs
import html
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import IO, Any

from archive.limits import MAX_TREE_BYTES
from archive.sources.encodings import UnknownEncodingError, find_encoding, name_encoding

_HAS_ENTITIES = "it declares entities (<!ENTITY ...>), which Dateline does not expand"
_CHUNK = 64 * 1024
_DECLARATION = re.compile(rb"<\?xml\s")
# The longest beginning of a declaration that a chunk can end with.
_DECLARATION_BYTES = 6
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)""")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_HIGH_BYTES = bytes(range(0x80, 0x100))
_SPACE = b" \t\r\n"
_NAME = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)[\s/>]")
_BOM = b"\xef\xbb\xbf"
_BOMS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (_BOM, "utf-8"))
_PROLOG = (("<?", "?>"), ("<!--", "-->"), ("<!", ">"))


class XmlError(ValueError):
    """A document that is not read; the message says why.

    Attributes:
        line: Counted from 1.
    """

    def __init__(self, reason: str, *, line: int) -> None:
        super().__init__(reason)
        self.line = line


def decode_head(head: bytes) -> str:
    """Return the beginning of a file as text for a test of its content: names are right in it."""
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return head.removeprefix(bom).decode(encoding, errors="ignore")
    if head[:4].replace(b"\0", b"") == b"<?" and b"\0" in head[:2]:
        return head.decode("utf-16-be" if head[0] == 0 else "utf-16-le", errors="ignore")
    return head.decode("latin-1")


def find_root(head: bytes) -> str:
    """Return the name of the first element, without prefix; empty if it is not in the head.

    What can be before it in XML and HTML is skipped: declarations, comments and a DOCTYPE.
    """
    text = decode_head(head)
    place = 0
    while True:
        while place < len(text) and text[place].isspace():
            place += 1
        ending = next((end for start, end in _PROLOG if text.startswith(start, place)), "")
        if not ending:
            break
        if ending == ">":
            place = _find_doctype_end(text, place)
        else:
            place = text.find(ending, place) + len(ending)
        if place < len(ending):
            return ""
    match = _NAME.match(text, place)
    return match[1] if match else ""


def _find_doctype_end(text: str, start: int) -> int:
    """Where a DOCTYPE with or without an internal subset ends; 0 if it does not."""
    end, subset = text.find(">", start), text.find("[", start)
    if 0 <= subset < end:
        closing = text.find("]", subset)
        end = text.find(">", closing) if closing >= 0 else -1
    return end + 1


class XmlItems:
    """The elements of a file that have one of these names, in any namespace.

    Args:
        head: What was already read from the stream.

    Attributes:
        guessed_encoding: That of a document whose bytes do not have the declared one; empty if
            none was guessed.
    """

    def __init__(self, stream: IO[bytes], head: bytes, *, tags: Sequence[str]) -> None:
        self._documents = _Documents(stream, head)
        self._tags = [f"{{*}}{tag}" for tag in tags]
        self.guessed_encoding = ""

    def __iter__(self) -> Iterator[tuple[Any, int]]:
        """Yield (element, line) of each, complete, and emptied afterwards.

        Memory is bounded by one item. References to characters of HTML are text.

        Raises:
            XmlError: A document is not well-formed, declares entities or has too long an item.
                Items before the error were yielded.
        """
        lines_before = 0
        while (chunks := self._documents.read_next()) is not None:
            first = next(chunks, b"")
            encoding, is_guessed = _find_encoding(first, lines_before + 1)
            if is_guessed:
                self.guessed_encoding = encoding or ""
            chunks = chain([first], chunks)
            if encoding:
                chunks = _recode(chunks, encoding)
            parsing = _Document(self._tags, "utf-8" if encoding else None, lines_before)
            yield from parsing.parse(chunks)
            lines_before += parsing.newlines


def _find_encoding(chunk: bytes, line: int) -> tuple[str | None, bool]:
    """The encoding of a document by its first chunk, and whether it is guessed.

    None leaves it to the parser. What is declared is wrong in many files: UTF-8 that calls itself
    Latin-1, and the reverse.
    """
    if chunk.isascii() or chunk.startswith(_WIDE):
        return None, False
    declared = _DECLARED.search(chunk, 0, 200)
    try:
        encoding, is_guessed = find_encoding(
            chunk.rstrip(_HIGH_BYTES), declared=declared[1].decode() if declared else ""
        )
    except UnknownEncodingError as error:
        raise XmlError(str(error), line=line) from error
    return name_encoding(encoding), is_guessed


def _recode(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """The chunks in UTF-8: the parser does not know every encoding."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    for chunk in chunks:
        yield decoder.decode(chunk).encode()
    yield decoder.decode(b"", final=True).encode()


class _Document:
    """One document while it is parsed."""

    def __init__(self, tags: Sequence[str], encoding: str | None, lines_before: int) -> None:
        from lxml import etree

        self._library = etree
        self._parser = etree.XMLPullParser(
            events=("end",),
            tag=tags,
            encoding=encoding,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        self._lines_before = lines_before
        self._is_checked = False
        self.newlines = 0

    def parse(self, chunks: Iterator[bytes]) -> Iterator[tuple[Any, int]]:
        """Yield the items of the document."""
        unread = 0
        for chunk in chain(filter(None, chunks), [b""]):
            error = self._feed(chunk)
            self.newlines += chunk.count(b"\n")
            unread += len(chunk)
            for _, element in self._parser.read_events():
                unread = 0
                yield self._prepare(element), self._lines_before + (element.sourceline or 1)
                _discard(element)
            if error:
                raise error
            if unread > MAX_TREE_BYTES:
                reason = f"one item is longer than {MAX_TREE_BYTES // 1024 // 1024} MiB"
                raise XmlError(reason, line=self._lines_before + self.newlines + 1)

    def _feed(self, chunk: bytes) -> XmlError | None:
        """Parse a chunk, or end the document if it is empty; return what is wrong with it."""
        try:
            if chunk:
                self._parser.feed(chunk)
            else:
                self._parser.close()
        except self._library.XMLSyntaxError as error:
            return self._describe(error)
        return None

    def _prepare(self, element: Any) -> Any:
        doctype = element.getroottree().docinfo.internalDTD
        if doctype is not None:
            if not self._is_checked and any(doctype.iterentities()):
                raise XmlError(_HAS_ENTITIES, line=self._lines_before + 1)
            _replace_references(element, self._library.Entity)
        self._is_checked = True
        return element

    def _describe(self, error: Any) -> XmlError:
        line = self._lines_before + (error.lineno or 1)
        if "entity" in (error.msg or "").casefold() and "amplification" in error.msg:
            return XmlError(_HAS_ENTITIES, line=line)
        plain = re.sub(r", line \d+, column \d+.*", "", error.msg or "")
        return XmlError(f"not well-formed ({plain or 'the document is empty'})", line=line)


class _Documents:
    """The documents of a stream: a declaration begins the next one."""

    def __init__(self, stream: IO[bytes], head: bytes) -> None:
        self._stream = stream
        self._rest = head

    def read_next(self) -> Iterator[bytes] | None:
        """Return the chunks of the next document, to be read to their end; None after the last."""
        more = True
        while more and len(self._rest) < _CHUNK:
            chunk = self._stream.read(_CHUNK)
            self._rest = (self._rest + chunk).removeprefix(_BOM).lstrip(_SPACE)
            more = bool(chunk)
        if not self._rest:
            return None
        return self._read_chunks()

    def _read_chunks(self) -> Iterator[bytes]:
        buffer, self._rest, start = self._rest, b"", 1
        while True:
            if found := _DECLARATION.search(buffer, start):
                self._rest = buffer[found.start() :]
                yield buffer[: found.start()].removesuffix(_BOM)
                return
            more = self._stream.read(_CHUNK)
            if not more:
                yield buffer
                return
            kept = min(len(buffer), _DECLARATION_BYTES)
            yield buffer[: len(buffer) - kept]
            buffer, start = buffer[len(buffer) - kept :] + more, 0 if len(buffer) > kept else 1


def _replace_references(element: Any, entity: Any) -> None:
    """Make references that a DTD would define, such as `&eacute;`, text."""
    for reference in list(element.iter(entity)):
        text = html.unescape(reference.text) + (reference.tail or "")
        previous, parent = reference.getprevious(), reference.getparent()
        if previous is not None:
            previous.tail = (previous.tail or "") + text
        else:
            parent.text = (parent.text or "") + text
        reference.tail = None
        parent.remove(reference)


def _discard(element: Any) -> None:
    """Empty an element, and remove what is before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
