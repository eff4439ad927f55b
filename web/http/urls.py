"""Addresses: article ids inside our own paths, and links that lead out of the archive.

Decision: an id stands in the path, readable, and every character with a meaning there is quoted;
slashes are quoted too where browsers would otherwise fold `.` and `..` away.
Must not know what an article is.
"""

from urllib.parse import quote, urlsplit

from werkzeug.routing import BaseConverter

_READABLE = ":@,=!$*()"


def quote_id(value: str) -> str:
    """An id as part of a path.

    The ids `.` and `..` alone cannot be asked for by a browser, which folds them even when quoted.
    """
    folded = {".", ".."} & set(value.split("/"))
    return quote(value, safe=_READABLE if folded else _READABLE + "/", errors="replace")


def is_web_link(url: str) -> bool:
    """True for what may stand in a link: http and https with a host, never `javascript:`."""
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


class IdConverter(BaseConverter):
    """Matches the rest of a path as one id: slashes in front, doubled or last all belong to it."""

    regex = "(?s:.+)"
    part_isolating = False

    def to_url(self, value: str) -> str:
        """Quote an id for `url_for`."""
        return quote_id(value)
