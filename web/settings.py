"""What an operator can set about the pages and the API: read once, from the environment.

Decision: a value that cannot be taken stops the start, with its name; nothing is guessed.
Must not know Flask.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

_MOST_PROXIES = 9


class SettingError(ValueError):
    """A setting that cannot be taken; the message names it and says what to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the application is offered.

    Attributes:
        cors_origins: Whose pages may read the API and the exports in a browser; `*` is anyone's.
        proxies: How many proxies stand in front, whose X-Forwarded headers are believed.
        metrics: Whether `/metrics` is answered.
        json_logs: Whether the log is JSON, with a line for each request.
    """

    cors_origins: tuple[str, ...] = ()
    proxies: int = 0
    metrics: bool = False
    json_logs: bool = False


def read_settings(environ: Mapping[str, str]) -> Settings:
    """The settings in an environment.

    Raises:
        SettingError: The first that cannot be taken.
    """
    return Settings(
        cors_origins=_origins(environ.get("DATELINE_CORS_ORIGINS", "")),
        proxies=_proxies(environ.get("DATELINE_PROXIES", "0")),
        metrics=_choice("DATELINE_METRICS", environ.get("DATELINE_METRICS", "0"), "0", "1"),
        json_logs=_choice("DATELINE_LOG", environ.get("DATELINE_LOG", "text"), "text", "json"),
    )


def _origins(value: str) -> tuple[str, ...]:
    origins = tuple(value.replace(",", " ").split())
    for origin in origins:
        if origin != "*" and not _is_origin(origin):
            raise SettingError(
                f"DATELINE_CORS_ORIGINS has “{origin}”; write origins such as"
                " https://news.example, with commas between them, or *."
            )
    return origins


def _is_origin(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return text == f"{parts.scheme}://{parts.netloc}" and parts.scheme in {"http", "https"}


def _proxies(value: str) -> int:
    if value.isascii() and value.isdigit() and int(value) <= _MOST_PROXIES:
        return int(value)
    raise SettingError(
        f"DATELINE_PROXIES is “{value}”; write how many proxies stand in front,"
        f" 0 to {_MOST_PROXIES}."
    )


def _choice(name: str, value: str, otherwise: str, chosen: str) -> bool:
    if value not in {otherwise, chosen}:
        raise SettingError(f"{name} is “{value}”; write {otherwise} or {chosen}.")
    return value == chosen
