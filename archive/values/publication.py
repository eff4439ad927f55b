"""Publication: whether a source lets an article be shown, and how urgent it calls it.

Responsibility: turn stated values into a publication status and an urgency.
Decision: a status that is not on the list is an error for the caller, because an article that its
source has withdrawn must not be published by mistake; an urgency outside the scale is unknown.
Must not depend on: which field a value came from.
"""

import re

from archive.article import PubStatus

_WORDS: dict[PubStatus, str] = {
    "usable": "usable publish published public live released approved final",
    "withheld": "withheld held embargoed embargo draft pending private",
    "canceled": "canceled cancelled cancel killed kill withdrawn retracted",
}
"""The words of IPTC, and those that newsrooms and publishing systems use for the same."""
_STATUSES = {word: status for status, words in _WORDS.items() for word in words.split()}
# `stat:` begins the codes of NewsML-G2; a URL ends in the same word.
_WORD = re.compile(r"(?:.*[:/])?\s*(\w+)\s*")
_URGENCY = re.compile(r"([1-9])(?:\.0+)?")


class UnknownStatusError(ValueError):
    """A publication status that is on no list; the message says which are."""

    def __init__(self, stated: str) -> None:
        super().__init__(
            f"the publication status {stated[:50]!r} is not known; use usable, withheld or canceled"
        )


def parse_pub_status(stated: str) -> PubStatus | None:
    """Return the status of `canceled`, `Killed` or `stat:withheld`; None for any other word."""
    match = _WORD.fullmatch(stated.casefold())
    return _STATUSES.get(match[1]) if match else None


def is_embargo(stated: str) -> bool:
    """Return whether a status says that an article is held back for an embargo."""
    match = _WORD.fullmatch(stated.casefold())
    return match is not None and match[1] in ("embargo", "embargoed")


def require_pub_status(stated: str) -> PubStatus:
    """Return the status that a field for it states; `usable` if it is empty.

    Raises:
        UnknownStatusError: It is another word.
    """
    status = parse_pub_status(stated) if stated else "usable"
    if status is None:
        raise UnknownStatusError(stated)
    return status


def parse_urgency(stated: str) -> int | None:
    """Return 1, the most urgent, to 9; None for anything else."""
    match = _URGENCY.fullmatch(stated.strip())
    return int(match[1]) if match else None
