"""Types of setting values: how each is parsed and validated.

Responsibility: convert a variable's text, and validate values from any origin.
Decision: a variable's text is first converted to what a file would have, so that one validation
serves both.
Must not depend on: any setting.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueType:
    """One type of value.

    Attributes:
        expected: What a valid value is, as a phrase that follows "must be".
        validate: Returns the value for what a file has; None if it is invalid.
        parse: Converts a variable's text to what a file would have.
    """

    expected: str
    validate: Callable[[object], object | None]
    parse: Callable[[str], object] = str


def integer_between(minimum: int, maximum: int) -> ValueType:
    """Define an integer in a range, both ends included."""

    def validate(raw: object) -> object | None:
        if not isinstance(raw, int) or isinstance(raw, bool):
            return None
        return raw if minimum <= raw <= maximum else None

    return ValueType(
        expected=f"an integer between {minimum} and {maximum}",
        validate=validate,
        parse=lambda text: int(text) if text.isascii() and text.isdigit() else text,
    )


def choice(*words: str) -> ValueType:
    """Define a choice between words."""
    return ValueType(
        expected=" or ".join(words), validate=lambda raw: raw if raw in words else None
    )


def choice_or(number: ValueType, *words: str) -> ValueType:
    """Define a choice between words and a number."""
    return ValueType(
        expected=f"{', '.join(words)} or {number.expected}",
        validate=lambda raw: raw if raw in words else number.validate(raw),
        parse=number.parse,
    )


def _validate_text(raw: object) -> str | None:
    return raw.strip() or None if isinstance(raw, str) else None


def _validate_folder(raw: object) -> Path | None:
    text = _validate_text(raw)
    if text is None or "\0" in text:
        return None
    path = Path(text).expanduser()
    try:
        return None if path.exists() and not path.is_dir() else path
    except OSError:  # Whoever uses the folder says why it cannot be read.
        return path


def _validate_origins(raw: object) -> tuple[str, ...] | None:
    if not isinstance(raw, list) or not all(map(_is_origin, raw)):
        return None
    return tuple(raw)


def _is_origin(raw: object) -> bool:
    if not isinstance(raw, str):
        return False
    try:
        parts = urlsplit(raw)
    except ValueError:
        return False
    is_web = parts.scheme in {"http", "https"}
    return raw == "*" or (is_web and raw == f"{parts.scheme}://{parts.netloc}")


_BOOLEANS: dict[str, object] = {"1": True, "true": True, "0": False, "false": False}
TEXT = ValueType(expected="a non-empty string", validate=_validate_text)
FOLDER = ValueType(expected="the path of a folder", validate=_validate_folder)
BOOLEAN = ValueType(
    expected="true or false (in a variable also 1 or 0)",
    validate=lambda raw: raw if isinstance(raw, bool) else None,
    parse=lambda text: _BOOLEANS.get(text, text),
)
ORIGINS = ValueType(
    expected="a list of origins such as https://news.example, or *"
    " (in a variable, comma-separated)",
    validate=_validate_origins,
    parse=lambda text: text.replace(",", " ").split(),
)
