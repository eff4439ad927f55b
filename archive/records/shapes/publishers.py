"""Publishers: records whose values are in objects or lists of their own.

Responsibility: give such a record flat names; what it has besides is kept.
Decision: one function for each publisher or program, tried only for records that have its mark.
Must not depend on: files, or what is done with a value.
"""

from collections.abc import Callable, Mapping

from archive.values.field_names import normalize_name
from archive.values.flattening import to_text

Values = Mapping[str, object]
_WRAPPERS = ("_source", "row", "node", "doc", "document", "article", "item", "entry")
_NYT_KINDS = {
    "glocations": "places",
    "persons": "people",
    "organizations": "organisations",
    "subject": "subjects",
    "subjects": "subjects",
}


def read_shape(values: Values) -> Values:
    """Return a record with flat names; the record itself if it has them. Never raises."""
    for _ in range(3):
        if _MARKS.isdisjoint(values):
            return values
        read = _read_once(values)
        if read is values:
            return values
        values = read
    return values


def _read_once(values: Values) -> Values:
    for mark, read in _READERS:
        if mark in values:
            found = read(values)
            if found is not None:
                return found
    return values


def _unwrap(values: Values) -> Values | None:
    """`_source` of Elasticsearch, `row` of a data set, `node` of GraphQL, and the like."""
    for name in _WRAPPERS:
        inner = values.get(name)
        if isinstance(inner, Mapping) and inner:
            rest = {key: one for key, one in values.items() if key in ("_id", "id")}
            has_id = any(normalize_name(key) in ("id", "uri", "guid") for key in inner)
            return inner if has_id else rest | dict(inner)
    return None


def _read_guardian(values: Values) -> Values | None:
    fields = values.get("fields")
    if not isinstance(fields, Mapping):
        return None
    return {key: one for key, one in values.items() if key != "fields"} | dict(fields)


def _read_nyt(values: Values) -> Values | None:
    keywords = values.get("keywords")
    if not isinstance(keywords, list) or not any(
        isinstance(one, Mapping) and one.get("name") in _NYT_KINDS for one in keywords
    ):
        return None
    kinds: dict[str, list[object]] = {}
    for one in keywords:
        if isinstance(one, Mapping):
            kind = _NYT_KINDS.get(str(one.get("name")).lower(), "subjects")
            kinds.setdefault(kind, []).append(one.get("value"))
    return {key: one for key, one in values.items() if key != "keywords"} | kinds


def _read_webz(values: Values) -> Values | None:
    thread = values.get("thread")
    if not isinstance(thread, Mapping):
        return None
    read = {key: one for key, one in values.items() if key not in ("thread", "entities")}
    read.setdefault("source", thread.get("site"))
    for name, inner in (("section", "section_title"), ("published", "published")):
        if not read.get(name):
            read[name] = thread.get(inner)
    entities = values.get("entities")
    if isinstance(entities, Mapping):
        read |= {"people": entities.get("persons"), "places": entities.get("locations")}
        read["organisations"] = entities.get("organizations")
    return read


def _read_contents(values: Values) -> Values | None:
    """The Washington Post collection: a list of pieces, each with its type."""
    contents = values.get("contents")
    if not isinstance(contents, list) or any(name in values for name in ("text", "body")):
        return None
    pieces = [one for one in contents if isinstance(one, Mapping)]
    body = [to_text(one) for one in pieces if one.get("subtype") == "paragraph"]
    section = [to_text(one) for one in pieces if one.get("type") == "kicker"]
    if not body:
        return None
    read = {key: one for key, one in values.items() if key != "contents"}
    return read | {"body": "\n\n".join(filter(None, body)), "section": section}


def _read_csl(values: Values) -> Values | None:
    """CSL, the format of Zotero and other reference managers: dates are lists of numbers."""
    issued = values.get("issued")
    if not isinstance(issued, Mapping):
        return None
    parts = issued.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    date: object = issued.get("raw") or issued.get("literal")
    if isinstance(first, list) and len(first) == 3:
        date = "-".join(str(part).zfill(2) for part in first)
    return {key: one for key, one in values.items() if key != "issued"} | {"date": date}


def _read_json_ld(values: Values) -> Values | None:
    """JSON-LD of schema.org: the page is an object, and the section an article's own name."""
    page = values.get("mainEntityOfPage")
    if page is None:
        return None
    url = page.get("@id") if isinstance(page, Mapping) else page
    read = {key: one for key, one in values.items() if key != "mainEntityOfPage"}
    if isinstance(url, str) and not read.get("url"):
        read["url"] = url
    return read


def _read_event_registry(values: Values) -> Values | None:
    """Event Registry has concepts in several languages, and dates in three fields."""
    concepts = values.get("concepts")
    read = {key: one for key, one in values.items() if key not in ("concepts", "time")}
    kinds: dict[str, list[object]] = {}
    for one in concepts if isinstance(concepts, list) else []:
        if isinstance(one, Mapping):
            label = one.get("label")
            name = next(iter(label.values()), None) if isinstance(label, Mapping) else label
            kind = {"person": "people", "org": "organisations", "loc": "places"}.get(
                str(one.get("type")), "subjects"
            )
            kinds.setdefault(kind, []).append(name)
    return read | kinds


def _read_categories(values: Values) -> Values | None:
    """WordPress has the numbers of categories and tags, which say nothing."""
    numbered = {
        name
        for name in ("categories", "tags")
        if isinstance(values.get(name), list) and all(isinstance(one, int) for one in values[name])  # type: ignore[attr-defined]
    }
    return {key: one for key, one in values.items() if key not in numbered} if numbered else None


_READERS: tuple[tuple[str, Callable[[Values], Values | None]], ...] = (
    *((name, _unwrap) for name in _WRAPPERS),
    ("fields", _read_guardian),
    ("keywords", _read_nyt),
    ("thread", _read_webz),
    ("contents", _read_contents),
    ("issued", _read_csl),
    ("mainEntityOfPage", _read_json_ld),
    ("dateTimePub", _read_event_registry),
    ("categories", _read_categories),
    ("tags", _read_categories),
)
_MARKS = frozenset(mark for mark, _ in _READERS)
