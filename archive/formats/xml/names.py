"""Names: what subjects, people and places are called in news metadata.

Responsibility: tell names from codes and initials, and name the main subjects of IPTC.
Decision: codes mean nothing to a reader, so only names become subjects; a code of IPTC without a
name counts as its main subject, which the first two digits say.
Must not depend on: which format the metadata is in.
"""

import re
from collections.abc import Iterable

_MAIN_SUBJECTS = {
    "01": "arts, culture and entertainment", "02": "crime, law and justice",
    "03": "disaster and accident", "04": "economy, business and finance", "05": "education",
    "06": "environment", "07": "health", "08": "human interest", "09": "labour",
    "10": "lifestyle and leisure", "11": "politics", "12": "religion and belief",
    "13": "science and technology", "14": "social issue", "15": "sport",
    "16": "conflict, war and peace", "17": "weather",
}  # fmt: skip
_SUBJECT_CODE = re.compile(r"(?:\w+:)?(\d\d)\d{6}")
# `POL:POLITICS` of EFE, `f` of AP, `ALR` of ANSA, `15054000`, `medtop:20000523`.
_PREFIX = re.compile(r"^[A-Z]{2,5}:(?=\S)")
_CODE = re.compile(r"(?:[A-Za-z]|[A-Z0-9]{2,4}|[\d.]+|\w+:\S+)")
_INITIALS = re.compile(
    r"(?:[a-z]{1,4}|[A-Z]{2,4})(?:[/, -]+(?:[a-z]{1,4}|[A-Z]{2,4}))*|[a-z]+\.[a-z]+"
)
_GENITIVE = re.compile(r"['\u2019]s$")


def name_subject(code: str) -> str:
    """Return the main subject of an IPTC code such as `15054000`; empty for another code."""
    match = _SUBJECT_CODE.fullmatch(code.strip())
    return _MAIN_SUBJECTS.get(match[1], "") if match else ""


def clean_subject(name: str) -> str:
    """Return the name of a subject without a code in front; empty if it is only a code."""
    plain = _PREFIX.sub("", name.strip())
    return "" if _CODE.fullmatch(plain) else plain


def clean_name(name: str) -> str:
    """Return a name without `'s`, as people and organisations are marked up within a text."""
    return _GENITIVE.sub("", name.strip(" ,.;:"))


def is_initials(by: str) -> bool:
    """Return whether a byline only says who edited the text, as `gr/bp` or `roth.ana`."""
    return bool(_INITIALS.fullmatch(by.strip()))


def list_unique(names: Iterable[str]) -> list[str]:
    """Return the names in order, once each, without empty ones; case does not count."""
    found: dict[str, str] = {}
    for name in names:
        if name:
            found.setdefault(name.casefold(), name)
    return list(found.values())
