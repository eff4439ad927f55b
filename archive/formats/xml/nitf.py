"""NITF: news articles in the markup of IPTC, as EFE, AP, NTB, PA and AAP send them.

Responsibility: recognise NITF, and map each document to a record.
Decision: a date is that of an attribute `norm`, never the printed text, which is wrong in the files
of at least one agency. A short `hl2` that is also a keyword is a keyword, not a headline.
Must not depend on: files, or what is done with a record.
"""

import re
from collections.abc import Iterator
from typing import IO, Any

from archive.formats.xml.datelines import read_printed_dateline
from archive.formats.xml.items import read_xml
from archive.formats.xml.names import (
    clean_name,
    clean_subject,
    is_initials,
    list_unique,
    name_subject,
)
from archive.formats.xml.paragraphs import clean_line, read_paragraphs, to_line
from archive.formats.xml.parsing import decode_head, find_root
from archive.ingest_types import SourceItems
from archive.values.dates import parse_datetime
from archive.wire.dateline_parts import to_title_case

_ROOT = re.compile(r"<(?:[\w.-]+:)?nitf[\s>]")
_SLUG_NAMES = ("slug", "slugline", "anpa-keyword", "ntbstikkord", "ntb-stikkord")
_SUBJECT_PARTS = ("detail", "matter", "type")
_CITY = ("city", "sublocation", "state", "region", "country")
_EVENT_PLACES = ("city", "county-dist", "state-prov", "region")


def is_nitf(head: bytes) -> bool:
    """Return whether content is NITF, alone or in an element of another name."""
    root = find_root(head)
    known = root.casefold() in ("newsml", "newsitem", "newsmessage", "packageitem", "html", "rss")
    return root == "nitf" or bool(root and not known and _ROOT.search(decode_head(head)))


def read_nitf(stream: IO[bytes], name: str, *, head: bytes = b"") -> SourceItems:
    """Yield a record for each document; `where` is the line on which it begins."""
    return read_xml(stream, name, head=head, tags=("nitf",), kind="NITF", build=map_nitf)


def map_nitf(nitf: Any) -> dict[str, object]:
    """Return the values of an element `nitf` without namespaces, by Dateline's field names."""
    metadata, body = nitf.find("head/docdata"), nitf.find("body")
    top = None if body is None else body.find("body.head")
    dates = _read_dates(nitf, metadata, top)
    slugline, keywords = _read_keywords(nitf, metadata, top)
    return {
        "uri": _read_id(metadata),
        "headline": read_headline(nitf),
        "body": read_nitf_body(nitf),
        "by": read_byline(top),
        **_read_place(metadata, top),
        "source": _read_source(metadata, top),
        "first_created": dates,
        "version_created": dates,
        "embargoed": _read_embargo(metadata),
        "language": _read_language(nitf, body),
        "pub_status": "" if metadata is None else metadata.get("management-status", ""),
        "urgency": _get(metadata, "urgency", "ed-urg"),
        "slugline": slugline,
        "ed_note": " ".join(_get_all(metadata, "ed-msg", "info")),
        "subjects": list_unique([*_name_subjects(nitf), *keywords]),
        "people": _names_in(nitf, "person"),
        "places": list_unique([*_list_event_places(metadata), *_names_in(nitf, "location")]),
        "organisations": _names_in(nitf, "org"),
        "url": _read_url(nitf),
    }


def read_headline(nitf: Any) -> str:
    """Return `hl1`, or else the title."""
    for path in (".//hedline/hl1", ".//headline/hl1", ".//hedline", "head/title"):
        if headline := to_line(nitf.find(path)):
            return headline
    return ""


def read_nitf_body(nitf: Any) -> str:
    """Return the paragraphs; those of the abstract if there is no other text."""
    for path in ("body/body.content", "body.content", "body/body.head/abstract"):
        found = nitf.findall(path)
        if text := "\n\n".join(filter(None, map(read_paragraphs, found))):
            tagline = to_line(nitf.find("body/body.end/tagline"))
            return f"{text}\n\n{tagline}" if tagline else text
    return ""


def read_byline(top: Any) -> str:
    """Return the bylines of an element `body.head`, with the title after a comma."""
    lines = []
    for byline in () if top is None else top.iterfind("byline"):
        title = to_line(byline.find("byttl"))
        text = to_line(byline)
        names = text.removesuffix(title).rstrip(" ,") if title else text
        lines.append(", ".join(filter(None, (names, title))))
    return "; ".join(line for line in lines if line and not is_initials(line))


def _read_id(metadata: Any) -> str:
    """The id that stays the same in every version.

    NTB appends the version to the key of the document: `key_47`.
    """
    own, key = _get(metadata, "doc-id", "id-string"), _get(metadata, "du-key", "key")
    is_version = key and re.fullmatch(re.escape(key) + r"[_:.-]\d+", own)
    return key if is_version else own or key


def _read_dates(nitf: Any, metadata: Any, top: Any) -> str:
    return (
        _get(metadata, "date.issue", "norm")
        or _get(metadata, "date.release", "norm")
        or _get(top, "dateline/story.date", "norm")
        or _get(nitf, "head/pubdata", "date.publication")
        or to_line(None if top is None else top.find("dateline/story.date"))
    )


def _read_embargo(metadata: Any) -> str:
    """The date of release, if it is later than that of issue: agencies also repeat the latter."""
    released, issued = _get(metadata, "date.release", "norm"), _get(metadata, "date.issue", "norm")
    until, since = parse_datetime(released), parse_datetime(issued)
    return "" if until and since and until <= since else released


def _read_place(metadata: Any, top: Any) -> dict[str, object]:
    """The place of the dateline, or else of the event; the dateline if it is printed whole."""
    dateline = None if top is None else top.find("dateline")
    located = ""
    if dateline is not None:
        location = dateline.find("location")
        parts = () if location is None else map(location.find, _CITY)
        located = next(filter(None, map(to_line, parts)), "") or to_line(location)
        if location is None:
            located = clean_line(dateline.text)
    printed, place = read_printed_dateline(located)
    if not located and metadata is not None:
        located = next(iter(_list_event_places(metadata)), "")
    return {"dateline": printed, "located": place or to_title_case(located)}


def _list_event_places(metadata: Any) -> list[str]:
    places = () if metadata is None else metadata.iterfind("evloc")
    return list_unique(clean_line(place.get(name)) for place in places for name in _EVENT_PLACES)


def _read_source(metadata: Any, top: Any) -> str:
    return (
        _get(metadata, "doc-id", "regsrc")
        or to_line(None if top is None else top.find("distributor"))
        or to_line(None if top is None else top.find("rights/rights.owner"))
        or _get(metadata, "del-list/from-src", "src-name")
        or _get(metadata, "doc.copyright", "holder")
    )


def _read_language(nitf: Any, body: Any) -> str:
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    own = nitf.get("baselang") or nitf.get(language)
    return own or ("" if body is None else body.get(language) or "")


def _read_keywords(nitf: Any, metadata: Any, top: Any) -> tuple[str, list[str]]:
    """The slugline, and the keywords. EFE has the slugline in `hl2` and as a keyword."""
    names = {one.get("name", "").casefold(): one for one in nitf.iterfind("head/meta")}
    keywords = _get_all(metadata, "key-list/keyword", "key")
    lower = to_line(None if top is None else top.find("hedline/hl2"))
    stated = [clean_line(names[name].get("content")) for name in _SLUG_NAMES if name in names]
    is_keyword = lower.casefold() in {one.casefold() for one in keywords}
    slugline = next(filter(None, stated), "") or (lower if is_keyword else "")
    listed = "" if "keywords" not in names else names["keywords"].get("content", "")
    return slugline, [*keywords, *(one.strip() for one in re.split("[,;]", listed))]


def _name_subjects(nitf: Any) -> Iterator[str]:
    for subject in nitf.iterfind("head/tobject/tobject.subject"):
        parts = (subject.get(f"tobject.subject.{part}", "") for part in _SUBJECT_PARTS)
        named = [name for part in parts if (name := clean_subject(part))]
        code = subject.get("tobject.subject.refnum", "")
        yield from named or [clean_subject(to_line(subject)) or name_subject(code)]


def _names_in(nitf: Any, tag: str) -> list[str]:
    """The names that are marked up in the text, and those of the metadata."""
    found = [
        *nitf.iterfind(f"head/docdata/identified-content/{tag}"),
        *nitf.iterfind(f"body/body.content//{tag}"),
    ]
    return list_unique(clean_name(to_line(one)) for one in found)


def _read_url(nitf: Any) -> str:
    address = _get(nitf, "head/pubdata", "ex-ref")
    return address if address.startswith(("http://", "https://")) else ""


def _get(element: Any, path: str, attribute: str) -> str:
    """The attribute of the first such element that has one."""
    return next(iter(_get_all(element, path, attribute)), "")


def _get_all(element: Any, path: str, attribute: str) -> list[str]:
    found = () if element is None else element.iterfind(path)
    return [value for one in found if (value := clean_line(one.get(attribute)))]
