"""Kinds of values that settings have: what each takes, from a file or from a variable's text.

Decision: a variable's text is first made what a file would hold, so that both are judged alike.
Must not know any setting.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of value.

    Attributes:
        allowed: What to write, as it stands after the word "write".
        taken: The value of what a file holds; None where it cannot be taken.
        typed: What a file would hold, from a variable's text.
    """

    allowed: str
    taken: Callable[[object], object | None]
    typed: Callable[[str], object] = str


def whole(least: int, most: int) -> Kind:
    """A whole number in a range."""

    def taken(held: object) -> object | None:
        number = isinstance(held, int) and not isinstance(held, bool)
        return held if number and least <= held <= most else None  # type: ignore[operator]

    return Kind(
        allowed=f"a whole number from {least} to {most}",
        taken=taken,
        typed=lambda text: int(text) if text.isascii() and text.isdigit() else text,
    )


def one_of(*words: str) -> Kind:
    """One of these words."""
    return Kind(allowed=" or ".join(words), taken=lambda held: held if held in words else None)


def one_of_or(number: Kind, *words: str) -> Kind:
    """One of these words or a number."""
    return Kind(
        allowed=f"{', '.join(words)} or {number.allowed}",
        taken=lambda held: held if held in words else number.taken(held),
        typed=number.typed,
    )


def _text(held: object) -> str | None:
    return held.strip() or None if isinstance(held, str) else None


def _folder(held: object) -> Path | None:
    text = _text(held)
    if text is None or "\0" in text:
        return None
    path = Path(text).expanduser()
    return None if path.exists() and not path.is_dir() else path


def _origins(held: object) -> tuple[str, ...] | None:
    if not isinstance(held, list) or not all(map(_is_origin, held)):
        return None
    return tuple(held)


def _is_origin(held: object) -> bool:
    if not isinstance(held, str):
        return False
    try:
        parts = urlsplit(held)
    except ValueError:
        return False
    is_web = parts.scheme in {"http", "https"}
    return held == "*" or (is_web and held == f"{parts.scheme}://{parts.netloc}")


_SWITCHES: dict[str, object] = {"1": True, "true": True, "0": False, "false": False}
TEXT = Kind(allowed="a text", taken=_text)
FOLDER = Kind(allowed="the path of a folder", taken=_folder)
SWITCH = Kind(
    allowed="true or false, in a variable 1 or 0",
    taken=lambda held: held if isinstance(held, bool) else None,
    typed=lambda text: _SWITCHES.get(text, text),
)
ORIGINS = Kind(
    allowed="origins such as https://news.example, or *: a list, in a variable with commas",
    taken=_origins,
    typed=lambda text: text.replace(",", " ").split(),
)
