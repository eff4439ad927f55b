"""What an operator can set about the pages and the API: read once, from the environment.

Decision: a value that cannot be taken stops the start, with its name; nothing is guessed.
Must not know Flask.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit


class SettingError(ValueError):
    """A setting that cannot be taken; the message names it and says what to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the application is offered.

    Attributes:
        cors_origins: Whose pages may read the API and the exports in a browser; `*` is anyone's.
    """

    cors_origins: tuple[str, ...] = ()


def read_settings(environ: Mapping[str, str]) -> Settings:
    """The settings in an environment.

    Raises:
        SettingError: The first that cannot be taken.
    """
    origins = environ.get("DATELINE_CORS_ORIGINS", "").replace(",", " ").split()
    for origin in origins:
        if origin != "*" and not _is_origin(origin):
            raise SettingError(
                f"DATELINE_CORS_ORIGINS has “{origin}”; write origins such as"
                " https://news.example, with commas between them, or *."
            )
    return Settings(cors_origins=tuple(origins))


def _is_origin(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return text == f"{parts.scheme}://{parts.netloc}" and parts.scheme in {"http", "https"}
