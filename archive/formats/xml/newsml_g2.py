"""NewsML-G2: news items of IPTC, alone, in a message or several in a file.

Responsibility: recognise NewsML-G2, and map each item with a text to a record.
Decision: items of concepts, plans and pictures are no articles and are rejected by that name. Of
several headlines and contents the first without a special role counts.
Must not depend on: files, or what is done with a record.
"""

import re
from collections.abc import Iterator
from typing import IO, Any

from archive.formats.markup import convert_markup, has_markup
from archive.formats.opening import remove_headline
from archive.formats.xml.datelines import read_printed_dateline
from archive.formats.xml.items import NotAnArticleError, read_xml
from archive.formats.xml.names import (
    clean_name,
    clean_subject,
    is_initials,
    list_unique,
    name_subject,
)
from archive.formats.xml.nitf import read_byline, read_headline, read_nitf_body
from archive.formats.xml.paragraphs import clean_line, read_paragraphs, to_line
from archive.formats.xml.parsing import find_root
from archive.ingest_types import SourceItems
from archive.wire.dateline_parts import to_title_case

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_OTHER_ITEMS = ("packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem")
_ROOTS = frozenset({"newsMessage", "newsItem", *_OTHER_ITEMS})
_PLACE_TYPES = frozenset("geoarea geo city country statprov poi location place region".split())
_KINDS = {"person": "people", "organisation": "organisations", "organization": "organisations"}
_KINDS |= dict.fromkeys(_PLACE_TYPES, "places")
_CLOSING = re.compile("nonpublic|closingline|picture")
_DIGIT = re.compile(r"\d")
_NO_PLACE = re.compile("no[- ]?data[- ]?available|unknown|n/a", re.I)


def is_newsml_g2(head: bytes) -> bool:
    """Return whether content is NewsML-G2."""
    return find_root(head) in _ROOTS


def read_newsml_g2(stream: IO[bytes], name: str, *, head: bytes = b"") -> SourceItems:
    """Yield a record for each news item with a text; `where` is the line on which it begins.

    A package lists items and contains none, so that it gives a rejection if it is alone.
    """
    tags = ("newsItem", *_OTHER_ITEMS)
    return read_xml(stream, name, head=head, tags=tags, kind="NewsML-G2", build=_map_item)


def _map_item(item: Any) -> dict[str, object]:
    if item.tag != "newsItem":
        raise NotAnArticleError(item.tag)
    management, content = item.find("itemMeta"), item.find("contentMeta")
    status = _get_code(management, "pubStatus")
    language = _get(content, "language", "tag") or item.get(_LANGUAGE, "")
    kind = _get_code(management, "itemClass") or "text"
    body, inner = _read_content(item.find("contentSet"))
    headline = _read_headline(content) or inner.get("headline", "") or _text(management, "title")
    if not body and status in ("", "usable") and not (kind == "text" and headline):
        raise NotAnArticleError(kind)
    return {
        "uri": item.get("guid", ""),
        "headline": headline,
        "body": remove_headline(body, [headline]),
        "by": _read_by(content) or inner.get("by", ""),
        **_read_place(content),
        "source": _read_source(management, content),
        "first_created": _text(management, "firstCreated")
        or _text(content, "contentCreated")
        or _text(management, "versionCreated"),
        "version_created": _text(management, "versionCreated"),
        "language": language,
        "embargoed": _read_embargo(management),
        "pub_status": status,
        "urgency": _text(content, "urgency"),
        "slugline": _text(content, "slugline"),
        "ed_note": _read_notes(management),
        **_read_subjects(content, language),
        "url": _read_url(management, content),
    }


def _read_embargo(management: Any) -> str:
    """The end of the embargo; an element without a value is an embargo without an end."""
    element = None if management is None else management.find("embargoed")
    return "" if element is None else to_line(element) or "until further notice"


def _read_content(content: Any) -> tuple[str, dict[str, str]]:
    """The text of the first part that has one, and what its own markup says of it."""
    for part in () if content is None else content:
        if part.tag == "inlineXML":
            for document in part:
                if text := _read_document(document):
                    return text, _read_inner(document)
        elif part.tag == "inlineData" and not part.get("encoding"):
            text = part.text or ""
            is_html = "html" in part.get("contenttype", "") or has_markup(text)
            if text.strip():
                return convert_markup(text) if is_html else text, {}
    return "", {}


def _read_document(document: Any) -> str:
    if document.tag == "nitf":
        return read_nitf_body(document)
    if document.tag in ("html", "body", "div", "article", "section", "p"):
        return read_paragraphs(document)
    return ""


def _read_inner(document: Any) -> dict[str, str]:
    if document.tag == "nitf":
        return {
            "headline": read_headline(document),
            "by": read_byline(document.find("body/body.head")),
        }
    return {"headline": to_line(document.find("head/title")) or to_line(document.find(".//h1"))}


def _read_headline(content: Any) -> str:
    headlines = [] if content is None else content.findall("headline")
    headlines.sort(key=lambda one: bool(one.get("role")) and "main" not in one.get("role"))
    return next(filter(None, map(to_line, headlines)), "")


def _read_by(content: Any) -> str:
    if by := _text(content, "by"):
        return by
    creators = [] if content is None else content.findall("creator")
    names = (_name(one) for one in creators if "organi" not in one.get("type", ""))
    source = _name(None if content is None else content.find("infoSource"))
    return ", ".join(list_unique(one for one in names if not is_initials(one) and one != source))


def _read_place(content: Any) -> dict[str, object]:
    stated = _text(content, "dateline")
    printed, place = read_printed_dateline(stated)
    named = _name(None if content is None else content.find("located"))
    located = place or named or ("" if printed or _DIGIT.search(stated) else stated)
    return {"dateline": printed, "located": to_title_case(located)}


def _read_source(management: Any, content: Any) -> str:
    provider = None if management is None else management.find("provider")
    sources = [] if content is None else content.findall("infoSource")
    named = (_text(one, "name") for one in (provider, *sources) if one is not None)
    literal = (one.get("literal", "") for one in (*sources, provider) if one is not None)
    return next(filter(None, (*named, *literal)), "") or _get_code(management, "provider")


def _read_notes(management: Any) -> str:
    """The notes to editors, without those that are not for publication and signs of the desk."""
    notes = (
        to_line(one)
        for one in _find_all(management, "edNote")
        if not _CLOSING.search(one.get("pubconstraint", "") + one.get("role", "")) and not len(one)
    )
    return "\n\n".join(filter(None, notes))


def _read_subjects(content: Any, language: str) -> dict[str, object]:
    """Subjects, people, places and organisations, each by its name."""
    found: dict[str, list[str]] = {
        "subjects": [], "people": [], "places": [], "organisations": [],
    }  # fmt: skip
    subjects = [] if content is None else content.findall("subject")
    headline = _read_headline(content)
    for subject in subjects:
        kind = _KINDS.get(re.split("[:/]", subject.get("type", "").casefold())[-1], "subjects")
        name = _choose_name(subject, language) or subject.get("literal", "")
        if kind == "subjects":
            code = subject.get("qcode", "") or subject.get("uri", "").rpartition("/")[2]
            name = clean_subject(name) or name_subject(code)
        if name and name != headline:
            found[kind].append(clean_name(name))
    found["subjects"] += [to_line(one) for one in _find_all(content, "keyword")]
    for place in _find_all(content, "located"):
        found["places"] += [_name(place), *map(_name, place.iterfind("broader"))]
    return {kind: list_unique(names) for kind, names in found.items()}


def _choose_name(concept: Any, language: str) -> str:
    """The concept's name in the language of the item, or else the first one."""
    names = concept.findall("name")
    primary = language.partition("-")[0].casefold()
    names.sort(key=lambda one: one.get(_LANGUAGE, primary).partition("-")[0].casefold() != primary)
    return next(filter(None, map(to_line, names)), "")


def _read_url(management: Any, content: Any) -> str:
    links = [*_find_all(management, "link"), *_find_all(content, "link")]
    addresses = (
        one.get("href", "")
        for one in links
        if re.search("canonical|permalink|alternate|isversionof", one.get("rel", ""), re.I)
    )
    return next((one for one in addresses if one.startswith("http")), "")


def _find_all(element: Any, path: str) -> Iterator[Any]:
    return iter(()) if element is None else element.iterfind(path)


def _text(element: Any, path: str) -> str:
    """The first such element with a text."""
    return next(filter(None, map(to_line, _find_all(element, path))), "")


def _name(concept: Any) -> str:
    if concept is None:
        return ""
    name = _text(concept, "name") or clean_line(concept.get("literal"))
    return "" if _NO_PLACE.fullmatch(name) else name


def _get(element: Any, path: str, attribute: str) -> str:
    found = None if element is None else element.find(path)
    return "" if found is None else clean_line(found.get(attribute))


def _get_code(element: Any, path: str) -> str:
    """What a code or an address says: `usable` of `stat:usable`, or else the literal."""
    for attribute in ("qcode", "uri", "literal"):
        if value := _get(element, path, attribute):
            return re.split("[:/]", value)[-1]
    return ""
