"""Titles, authors and days in the properties of documents.

Responsibility: tell a title that a person gave from what a program put there.
Decision: a title that is a file name or names a program is none; an author is only a name of two
words or more, because others are names of accounts.
Must not depend on: any format.
"""

import re
from datetime import UTC, datetime

_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)\b.*|untitled\b.*|document\s?\d*|(?:word )?document"
    r"|unbenannt\b.*|sin título\b.*|.*\.(?:docx?|pdf|rtf|odt|indd|qxd|txt|html?|tex|dvi|ps)"
    r"|slide \d+|print(?:ing)?\b.{0,20}|layout \d+|[\d\W_]*|\S{25,})",
    re.I,
)
_NAME = re.compile(r"[^\W\d_][^\d@/\\]*\s[^\d@/\\]*[^\W\d_].{0,60}", re.S)
_ACCOUNTS = frozenset({"python-docx", "microsoft office user", "windows user", "office user"})


def clean_title(title: str | None) -> str:
    """Return the title on one line; empty if a program made it up."""
    plain = " ".join((title or "").split())
    return "" if _NO_TITLE.fullmatch(plain) else plain


def clean_author(author: str | None) -> str:
    """Return the author on one line; empty if it is no name of a person."""
    plain = " ".join((author or "").split())
    return plain if _NAME.fullmatch(plain) and plain.casefold() not in _ACCOUNTS else ""


def format_day(time: datetime | None) -> str:
    """Return ISO 8601 in UTC; empty for None."""
    if time is None:
        return ""
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
