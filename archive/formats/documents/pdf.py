"""PDF: the text of a document as one article.

Responsibility: extract the text of the pages, join its lines to paragraphs, and read properties.
Decision: a PDF has lines, no paragraphs: a line that ends a sentence before the width of the others
ends a paragraph. Lines that many pages repeat are not text.
Must not depend on: what an article's text means.
"""

import io
import re
from collections import Counter
from datetime import datetime
from statistics import median
from typing import IO, TYPE_CHECKING

from archive.formats.documents.titles import clean_author, clean_title, format_day
from archive.ingest_types import RawRecord, Rejection, SourceItems
from archive.limits import MAX_ARTICLE_BYTES, MAX_PAGES
from archive.wire.text import ends_sentence

if TYPE_CHECKING:
    from pypdf import PdfReader

_SHORT_LINE = 0.85
"""A line below this share of the usual width ends its paragraph, if it ends a sentence."""
_MIN_REPEATED = 3
_EDGE_LINES = 2
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-\u2013\u2014\s]*(?:(?:page|seite|página|pagina)\s*)?\d{1,4}(?:\s*(?:/|of|von|de|di)\s*\d{1,4})?[-\u2013\u2014\s]*",
    re.I,
)
_MAX_HEADLINE_CHARACTERS = 300


def is_pdf(head: bytes) -> bool:
    """Return whether content begins as a PDF does; some have a few bytes before it."""
    return b"%PDF-" in head[:1024]


def read_pdf(
    stream: IO[bytes], name: str, *, head: bytes = b"", limit: int = MAX_ARTICLE_BYTES
) -> SourceItems:
    """Yield the article of a document; a rejection if it is encrypted, scanned or damaged.

    `head` is what was already read from the stream. A file of more than `limit` bytes is rejected.
    """
    data = head + stream.read(max(0, limit + 1 - len(head)))
    if len(data) > limit:
        reason = f"longer than {limit // 1024 // 1024} MiB, the limit for a document"
        yield Rejection(where=name, reason=reason)
        return
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            yield Rejection(where=name, reason="this PDF is encrypted; save it without a password")
            return
        yield _read_document(reader, name)
    except DependencyError:
        yield Rejection(where=name, reason="this PDF is encrypted; save it without a password")
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        reason = (
            f"this PDF is damaged ({' '.join(str(error).split())[:200]}); print it to a new one"
        )
        yield Rejection(where=name, reason=reason)
    except RecursionError:
        yield Rejection(where=name, reason="this PDF is damaged (nested too deeply)")


def _read_document(reader: "PdfReader", name: str) -> RawRecord | Rejection:
    if len(reader.pages) > MAX_PAGES:
        reason = f"this PDF has more than {MAX_PAGES} pages; split it into its articles"
        return Rejection(where=name, reason=reason)
    pages = [page.extract_text() for page in reader.pages]
    if not any(page.strip() for page in pages):
        reason = "this PDF has no text: it is a scan; run it through text recognition (OCR) first"
        return Rejection(where=name, reason=reason)
    paragraphs = join_lines(drop_repeated([page.splitlines() for page in pages]))
    properties = reader.metadata
    title = clean_title(properties.title if properties else "")
    headline, body = _split_headline(paragraphs, title)
    values = {
        "headline": headline,
        "by": clean_author(properties.author if properties else ""),
        "body": "\n\n".join(body),
        "first_created": format_day(_find_date(reader)),
        "subjects": (properties.keywords if properties else "") or "",
    }
    return RawRecord(where=name, raw="\n\n".join(pages), values=values)


def _find_date(reader: "PdfReader") -> datetime | None:
    try:
        return reader.metadata.creation_date if reader.metadata else None
    except (ValueError, TypeError):
        return None


def _split_headline(paragraphs: list[str], title: str) -> tuple[str, list[str]]:
    """The headline, from the title or else the first paragraph, and the paragraphs without it."""
    folded = [" ".join(one.casefold().split()) for one in paragraphs[:3]]
    if title:
        wanted = title.casefold()
        place = next((number for number, one in enumerate(folded) if one == wanted), None)
        return title, [one for number, one in enumerate(paragraphs) if number != place]
    first = paragraphs[0] if paragraphs else ""
    if len(paragraphs) > 1 and len(first) <= _MAX_HEADLINE_CHARACTERS and not ends_sentence(first):
        return first, paragraphs[1:]
    return "", paragraphs


def drop_repeated(pages: list[list[str]]) -> list[str]:
    """Return the lines of the pages without page numbers, and without headers and footers."""
    counts: Counter[str] = Counter()
    for lines in pages:
        filled = [line for line in lines if line.strip()]
        edges = filled[:_EDGE_LINES] + filled[_EDGE_LINES:][-_EDGE_LINES:]
        counts.update({_to_pattern(line) for line in edges})
    needed = max(_MIN_REPEATED, len(pages) // 2)
    repeated = {pattern for pattern, count in counts.items() if count >= needed}
    return [
        line
        for lines in pages
        for line in lines
        if not _PAGE_NUMBER.fullmatch(line.strip() or "-") or not line.strip()
        if _to_pattern(line) not in repeated
    ]


def _to_pattern(line: str) -> str:
    """The line with its numbers made equal, so that `Page 3 of 9` repeats."""
    return _DIGITS.sub("0", " ".join(line.split()))


def join_lines(lines: list[str]) -> list[str]:
    """Return the paragraphs that the lines are broken from."""
    widths = [len(line.strip()) for line in lines if len(line.strip()) > 20]
    width = median(widths) if widths else 0
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        plain = line.strip()
        if not plain:
            paragraphs.append([])
            continue
        paragraphs[-1].append(plain)
        if len(plain) < _SHORT_LINE * width and (ends_sentence(plain) or len(paragraphs) == 1):
            paragraphs.append([])
    return ["\n".join(one) for one in paragraphs if one]
