"""NewsML 1.x: news items of IPTC as AFP and others send them, with texts in NITF or HTML.

Responsibility: recognise NewsML 1, and map each of its items with a text to a record.
Decision: the id is that of all revisions of an item. An item can hold the same story in several
forms; the first text counts. Codes are named by the item's own topics, if it has them.
Must not depend on: files, or what is done with a record.
"""

import re
from collections.abc import Iterator
from typing import IO, Any

from archive.formats.markup import convert_markup, has_markup
from archive.formats.xml.datelines import read_printed_dateline
from archive.formats.xml.items import NotAnArticleError, read_xml
from archive.formats.xml.names import clean_subject, is_initials, list_unique, name_subject
from archive.formats.xml.nitf import read_byline, read_nitf_body
from archive.formats.xml.paragraphs import read_paragraphs, to_line
from archive.formats.xml.parsing import find_root
from archive.ingest_types import SourceItems
from archive.wire.dateline_parts import to_title_case

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_REVISION = re.compile(r":\d+[NUA]?$")
_SUBJECTS = ("Subject", "SubjectMatter", "SubjectDetail", "SubjectQualifier")
_PLACES = ("City", "CountryArea", "Area", "Country", "Region", "WorldRegion")
_TOPIC_KINDS = {"person": "people", "company": "organisations", "organization": "organisations"}
_TOPIC_KINDS |= {"organisation": "organisations", "country": "places", "city": "places"}
_TOPIC_KINDS |= {"geography": "places", "location": "places"}


def is_newsml(head: bytes) -> bool:
    """Return whether content is NewsML 1.x."""
    return find_root(head) == "NewsML"


def read_newsml(stream: IO[bytes], name: str, *, head: bytes = b"") -> SourceItems:
    """Yield a record for each news item with a text; `where` is the line on which it begins."""
    return read_xml(stream, name, head=head, tags=("NewsItem",), kind="NewsML", build=_map_item)


def _map_item(item: Any) -> dict[str, object]:
    management = item.find("NewsManagement")
    status = _read_status(management)
    headline = _text(item, ".//NewsLines/HeadLine") or _text(item, "Identification/NameLabel")
    body, by = _read_content(item)
    if not body and status == "usable":
        kind = _get(item, ".//ContentItem/MediaType", "FormalName") or "item without a text"
        if kind != "Text" or not headline:
            raise NotAnArticleError(kind.casefold())
    created = _text(management, "FirstCreated")
    revised = _text(management, "ThisRevisionCreated")
    return {
        "uri": _read_id(item),
        "headline": headline,
        "body": body,
        "by": _read_by(item) or by,
        **_read_place(item),
        "source": _read_source(item),
        "first_created": created or revised or _text(item, ".//NewsIdentifier/DateId"),
        "version_created": revised,
        "language": _read_language(item),
        "embargoed": _read_embargo(management) if status in ("embargoed", "withheld") else "",
        "pub_status": status,
        "urgency": _get(management, "Urgency", "FormalName"),
        "slugline": _text(item, ".//NewsLines/SlugLine"),
        "ed_note": _read_notes(item, management),
        **_read_subjects(item),
        "url": _read_url(item),
    }


def _read_id(item: Any) -> str:
    """The public identifier without its revision, or its parts, or the bare id."""
    identifier = item.find("Identification/NewsIdentifier")
    if public := _text(identifier, "PublicIdentifier"):
        return _REVISION.sub("", public)
    parts = [_text(identifier, name) for name in ("ProviderId", "DateId", "NewsItemId")]
    return ":".join(("urn:newsml", *parts)) if all(parts) else parts[-1]


def _read_status(management: Any) -> str:
    """The status; `canceled` if an instruction is to delete the item."""
    instruction = _get(management, "Instruction", "FormalName").casefold()
    if instruction in ("delete", "kill", "withdraw", "cancel"):
        return "canceled"
    return _get(management, "Status", "FormalName").casefold() or "usable"


def _read_embargo(management: Any) -> str:
    """When the status changes to usable; empty if that is not stated."""
    change = None if management is None else management.find("StatusWillChange")
    if _get(change, "FutureStatus", "FormalName").casefold() != "usable":
        return ""
    return _text(change, "DateAndTime")


def _read_content(item: Any) -> tuple[str, str]:
    """The first text of the item, and its byline; pictures with captions do not count."""
    for content in item.iterfind(".//ContentItem"):
        kind = _get(content, "MediaType", "FormalName").casefold()
        data = content.find("DataContent")
        if data is None or kind not in ("", "text", "complexdata"):
            continue
        nitf = data.find("nitf")
        if nitf is not None:
            text, by = read_nitf_body(nitf), read_byline(nitf.find("body/body.head"))
        else:
            text, by = _read_markup(data), ""
        if text:
            return text, by
    return "", ""


def _read_markup(data: Any) -> str:
    if len(data):
        return read_paragraphs(data)
    text = data.text or ""
    return convert_markup(text) if has_markup(text) else text.strip()


def _read_by(item: Any) -> str:
    lines = map(to_line, item.iterfind(".//NewsLines/ByLine"))
    creators = (one.get("FormalName", "") for one in item.iterfind(".//Creator/Party"))
    stated = [line for line in lines if line and not is_initials(line)]
    # A name of one word is that of the agency.
    named = [name for name in creators if " " in name]
    return "; ".join(list_unique(stated or named))


def _read_place(item: Any) -> dict[str, object]:
    printed, place = read_printed_dateline(_text(item, ".//NewsLines/DateLine"))
    named = next((value for _, value in _list_places(item, origin=True)), "")
    return {"dateline": printed, "located": place or to_title_case(named)}


def _list_places(item: Any, *, origin: bool = False) -> Iterator[tuple[str, str]]:
    """(what it is, name) of each place; with `origin` only where the story comes from."""
    for metadata in item.iterfind(".//DescriptiveMetadata"):
        for location in metadata.iterfind("Location"):
            if origin and location.get("HowPresent", "Origin") not in ("Origin", "Prominent"):
                continue
            yield from _list_properties(location)
        yield from _list_properties(metadata)


def _list_properties(element: Any) -> list[tuple[str, str]]:
    """The names of places, the smallest first; codes of countries are not names."""
    found = [
        (one.get("FormalName", ""), one.get("Value", "").strip())
        for one in element.iterfind("Property")
    ]
    places = [one for one in found if one[0] in _PLACES and clean_subject(one[1])]
    return sorted(places, key=lambda one: _PLACES.index(one[0]))


def _read_source(item: Any) -> str:
    for path in (".//Provider/Party", ".//Source/Party"):
        if name := _get(item, path, "FormalName"):
            return name
    return _text(item, ".//NewsLines/CreditLine") or _text(item, ".//ProviderId")


def _read_language(item: Any) -> str:
    stated = _get(item, ".//DescriptiveMetadata/Language", "FormalName")
    return stated or item.get(_LANGUAGE, "")


def _read_notes(item: Any, management: Any) -> str:
    lines = (
        _text(line, "NewsLineText")
        for line in item.iterfind(".//NewsLines/NewsLine")
        if "note" in _get(line, "NewsLineType", "FormalName").casefold()
    )
    return "\n\n".join(filter(None, (*lines, _text(management, "UsageType"))))


def _read_subjects(item: Any) -> dict[str, object]:
    """Subjects, people, places and organisations, each by its name."""
    found: dict[str, list[str]] = {
        "subjects": [], "people": [], "places": [], "organisations": [],
    }  # fmt: skip
    named: set[str] = set()
    for topic in item.iterfind(".//TopicSet/Topic"):
        kind = _TOPIC_KINDS.get(_get(topic, "TopicType", "FormalName").casefold(), "subjects")
        if name := _name_topic(topic, _read_language(item)):
            named.add(_text(topic, "FormalName"))
            found[kind].append(name)
    for code in (one for tag in _SUBJECTS for one in item.iterfind(f".//SubjectCode/{tag}")):
        value = code.get("FormalName", "")
        if value not in named:
            found["subjects"].append(clean_subject(value) or name_subject(value))
    found["subjects"] += [
        one.get("Value", "")
        for one in item.iterfind(".//DescriptiveMetadata/Property")
        if one.get("FormalName", "").casefold() in ("keyword", "keywords")
    ]
    found["subjects"] += map(to_line, item.iterfind(".//NewsLines/KeywordLine"))
    found["places"] += [value for _, value in _list_places(item)]
    return {kind: list_unique(names) for kind, names in found.items()}


def _name_topic(topic: Any, language: str) -> str:
    names = [one for one in topic.iterfind("Description") if one.get("Variant", "Name") == "Name"]
    names.sort(key=lambda one: one.get(_LANGUAGE, "").casefold() != language.casefold())
    return next(filter(None, map(to_line, names)), "")


def _read_url(item: Any) -> str:
    addresses = map(to_line, item.iterfind(".//NewsLines/MoreLink"))
    links = (one.get("Href", "") for one in item.iterfind(".//NewsItemRef"))
    return next((one for one in (*addresses, *links) if one.startswith("http")), "")


def _text(element: Any, path: str) -> str:
    """The first such element with a text."""
    found = () if element is None else element.iterfind(path)
    return next(filter(None, map(to_line, found)), "")


def _get(element: Any, path: str, attribute: str) -> str:
    found = () if element is None else element.iterfind(path)
    return next((value for one in found if (value := one.get(attribute, "").strip())), "")
