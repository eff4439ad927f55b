"""Items of an XML format, as records.

Responsibility: turn each element that a format calls an item into a record, and errors into
rejections.
Decision: what a format maps is a function from an element to values; all else is the same for every
format.
Must not depend on: what the elements mean.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import IO, Any

from archive.formats.xml.paragraphs import strip_namespaces
from archive.formats.xml.parsing import XmlError, XmlItems
from archive.ingest_types import RawRecord, Rejection, Remark, SourceItems

# `hh/ph/ts/hd`: who wrote and edited the story, as AFP signs it.
_DESK_SIGNS = re.compile(r"\n\n[a-z]{2,5}(?:[/-][a-z]{1,5})+$")


class NotAnArticleError(ValueError):
    """The item is something else, such as a picture; the message names it in a word or two."""


def read_xml(
    stream: IO[bytes],
    name: str,
    *,
    head: bytes,
    tags: Sequence[str],
    kind: str,
    build: Callable[[Any], Mapping[str, object]],
) -> SourceItems:
    """Yield a record for each element with one of these names, and a rejection for each error.

    `build` is given the element without namespaces, and returns values by Dateline's field names;
    empty ones are dropped. It raises `NotAnArticleError` for another item than an article: beside
    articles these are counted in one remark, alone they are a rejection.
    """
    from lxml import etree

    others: Counter[str] = Counter()
    is_empty = True
    items = XmlItems(stream, head, tags=tags)
    try:
        for element, line in items:
            raw = etree.tostring(element, encoding="unicode", with_tail=False)
            strip_namespaces(element)
            try:
                values = {field: value for field, value in build(element).items() if value}
                if body := values.get("body"):
                    values["body"] = _DESK_SIGNS.sub("", str(body))
            except NotAnArticleError as error:
                others[str(error)] += 1
            else:
                is_empty = False
                yield RawRecord(where=f"{name}:{line}", raw=raw, values=values)
    except XmlError as error:
        reason = f"{kind}: {error}; what follows in the file was not read"
        yield Rejection(where=f"{name}:{error.line}", reason=reason)
        return
    if items.guessed_encoding:
        yield Remark(code="encoding-guessed", where=name, value=items.guessed_encoding)
    described = ", ".join(f"{count} {other}" for other, count in others.items())
    if not is_empty and others:
        yield Remark(code="skipped-records", where=name, value=described)
    elif is_empty:
        found = described or " or ".join(f"no <{tag}>" for tag in tags)
        yield Rejection(where=name, reason=f"{kind} without an article: {found}")
