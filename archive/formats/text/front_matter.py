"""Front matter: the metadata above a Markdown text, in YAML, TOML or JSON.

Responsibility: recognise and parse it, and split it from the text.
Decision: YAML is read by its safe loader and without aliases, which can expand without bound; a
value that is neither text, number, date nor a list of these is left out.
Must not depend on: which names a generator of sites uses.
"""

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from archive.limits import MAX_FRONT_MATTER

_YAML = re.compile(r"---[ \t]*\n(?P<data>.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", re.S)
_TOML = re.compile(r"\+\+\+[ \t]*\n(?P<data>.*?)(?:^|\n)\+\+\+[ \t]*(?:\n|$)", re.S)
_JSON = re.compile(r"(?P<data>\{[ \t]*\n.*?\n\})[ \t]*(?:\n(?!\s*[{\[,])|$)", re.S)
_YAML_HEAD = re.compile(
    rb"\s*---[ \t]*\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*[A-Za-z_][\w .-]{0,40}:(?:\s|$)"
)
_TOML_HEAD = re.compile(
    rb"\s*\+\+\+[ \t]*\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?:[\w.-]{1,40}[ \t]*=|\[)"
)
_JSON_HEAD = re.compile(rb"\s*\{[ \t]*\r?\n.*?\n\}[ \t]*\r?\n[ \t\r\n]*(?![{\[,\s])\S", re.S)
_KNOWN = re.compile(
    rb"^[ \t]*\"?(?:title|date|author|authors|layout|tags|categories|draft|published|slug"
    rb"|description|permalink|lastmod|publishdate|byline|headline|language|lang)\"?[ \t]*[:=]",
    re.I | re.M,
)


class FrontMatterError(ValueError):
    """The front matter cannot be parsed; the message says why."""


def has_front_matter(head: bytes) -> bool:
    """Return whether content begins with front matter that names at least one usual field."""
    begins = _YAML_HEAD.match(head) or _TOML_HEAD.match(head) or _JSON_HEAD.match(head)
    return begins is not None and _KNOWN.search(head) is not None


def split_front_matter(text: str) -> tuple[dict[str, object], str]:
    """Return the values of a text's front matter, empty if it has none, and the rest of the text.

    Raises:
        FrontMatterError: It is not valid, or too long.
    """
    plain = text.lstrip("\ufeff \t\n").replace("\r\n", "\n")
    for pattern, parse in _FORMS:
        match = pattern.match(plain)
        if match is None:
            continue
        if len(match["data"]) > MAX_FRONT_MATTER:
            raise FrontMatterError("it is too long")
        try:
            values = parse(match["data"])
        except Exception as error:  # each library has errors of its own
            raise FrontMatterError(" ".join(str(error).split())[:200]) from error
        if isinstance(values, Mapping):
            return {str(name): _simplify(value) for name, value in values.items()}, plain[
                match.end() :
            ]
    return {}, text


def _parse_yaml(data: str) -> Any:
    import yaml

    class Loader(yaml.SafeLoader):  # type: ignore[misc]
        """Refuses aliases."""

        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.events.AliasEvent):
                raise yaml.YAMLError("aliases are not read")
            return super().compose_node(parent, index)

    return yaml.load(data, Loader=Loader)


def _parse_json(data: str) -> Any:
    return json.loads(data)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[str], Any]], ...] = (
    (_YAML, _parse_yaml),
    (_TOML, tomllib.loads),
    (_JSON, _parse_json),
)


def _simplify(value: object) -> object:
    """The value as texts, numbers and lists of them; None for others."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, list):
        return [one for one in map(_simplify_item, value) if one]
    return _simplify_item(value) or None


def _simplify_item(value: object) -> str:
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("title") or value.get("given")
    return str(value).strip() if isinstance(value, str | int | float | date) else ""
