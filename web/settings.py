"""What an operator can set about the pages and the API.

Decision: values only; whoever puts the rooms together reads them.
Must not know Flask, nor where a value comes from.
"""

from dataclasses import dataclass


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
