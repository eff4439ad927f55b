"""Settings of the pages and the API.

Responsibility: say what an operator can configure.
Decision: values only; `scripts` reads them from the environment and the settings file.
Must not depend on: Flask, or where a value comes from.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of the web application.

    Attributes:
        cors_origins: Origins whose pages may read the API and the exports in a browser; `*` allows
            all.
        proxies: Number of reverse proxies in front, whose X-Forwarded headers are trusted.
        metrics: Whether `/metrics` is served.
        json_logs: Whether the log is JSON, with a line for each request.
    """

    cors_origins: tuple[str, ...] = ()
    proxies: int = 0
    metrics: bool = False
    json_logs: bool = False
