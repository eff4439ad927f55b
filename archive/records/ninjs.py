"""IPTC ninjs: news items in JSON, versions 1 to 3.

Responsibility: give an item the field names of other records, and of Dateline's exports if it is
one.
Decision: of several headlines and bodies the one with the role `main` counts, else the first.
Must not depend on: what is done with a value.
"""

from collections.abc import Mapping

from archive.values.flattening import to_text

_MARKS = ("headlines", "bodies", "altIds", "infosource", "infoSources")
_PLURALS = {"headlines": "headline", "bodies": "body"}
_OWN_ROLE = "dateline"
"""The role of the alternative id under which Dateline exports an article's own id."""


def is_ninjs(values: Mapping[str, object]) -> bool:
    """Return whether the record is a ninjs item whose names differ from those of other records."""
    return any(isinstance(values.get(name), list) for name in _MARKS)


def read_ninjs(values: Mapping[str, object]) -> dict[str, object]:
    """Return the item's values under the names of other records; unknown ones are kept."""
    read = {name: value for name, value in values.items() if name not in _PLURALS}
    for plural, name in _PLURALS.items():
        if value := _find_main(values.get(plural)):
            read[name] = value
    for name in ("infoSources", "infosource"):
        if sources := to_text(values.get(name)):
            read["source"] = sources
    own_id = _find_role(values.get("altIds"), _OWN_ROLE)
    return _to_exported(read, own_id) if own_id else read


def _to_exported(values: dict[str, object], own_id: str) -> dict[str, object]:
    """The item as Dateline's other exports have the article."""
    descriptions = values.get("descriptions")
    names = ("people", "places", "organisations", "subjects")
    return values | {
        "id": own_id,
        "url": _find_role(values.get("altIds"), "url"),
        "dateline": _find_role(descriptions, "dateline"),
        "date_inferred": bool(_find_role(descriptions, "date-inferred")),
        "first_created": values.get("firstCreated"),
        "version_created": values.get("versionCreated"),
        "embargoed": values.get("embargoed"),
        "pub_status": values.get("pubStatus"),
        "ed_note": values.get("edNote"),
        **{name: values.get(name) for name in names},
    }


def _find_main(items: object) -> str:
    """The value with the role `main`, else the first one; empty if there is none."""
    return _find_role(items, "main") or next(
        (to_text(item) for item in _mappings(items) if to_text(item)), ""
    )


def _find_role(items: object, role: str) -> str:
    return next((to_text(item) for item in _mappings(items) if item.get("role") == role), "")


def _mappings(items: object) -> list[Mapping[str, object]]:
    return [item for item in items if isinstance(item, Mapping)] if isinstance(items, list) else []
