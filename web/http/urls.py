"""Article ids in URLs, and links out of the archive.

Responsibility: quote ids for URLs of this application, and check links that lead out of it.
Decision: an id is part of the path and stays readable; characters with a meaning in a URL are
quoted, and slashes too where a browser would otherwise remove `.` or `..` segments.
Must not depend on: what an article is.
"""

from urllib.parse import quote, urlsplit

from werkzeug.routing import BaseConverter

_READABLE = ":@,=!$*()"


def quote_id(value: str) -> str:
    """An id quoted for use in a path.

    A browser cannot request the ids `.` and `..`: it removes them from a path even if quoted.
    """
    dots = {".", ".."} & set(value.split("/"))
    return quote(value, safe=_READABLE if dots else _READABLE + "/", errors="replace")


def is_web_link(url: str) -> bool:
    """True for http and https URLs with a host: safe in a link, unlike `javascript:`."""
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


class IdConverter(BaseConverter):
    """Matches the rest of a path as one id, with leading, double and trailing slashes."""

    regex = "(?s:.+)"
    part_isolating = False

    def to_url(self, value: str) -> str:
        """Quote an id for `url_for`."""
        return quote_id(value)
