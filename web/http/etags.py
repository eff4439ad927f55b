"""ETags of responses.

Responsibility: tag responses, so that an unchanged one is neither computed nor sent again.
Decision: one tag per URL, from the state that all responses depend on: generation, number of
versions (the archive only grows), modes, day, code, URL and language. A client that sends the
current tag gets 304 before anything is searched. Tags are weak, because `took_ms` differs.
Must not depend on: the content of any response.
"""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, g, request

from web.backend import current_status
from web.i18n.translation import current_language

_BLUEPRINTS = {"pages", "api", "downloads", "crawling"}
_UNCACHED = {"api.healthz", "api.readyz"}
"""Health checks, which must show the present state."""


def install(app: Flask) -> None:
    """Answer conditional requests, and tag every response that can be requested again."""
    code = _code_version()

    @app.before_request
    def answer_unchanged() -> Response | None:
        readable = request.method in {"GET", "HEAD"} and request.blueprint in _BLUEPRINTS
        if not readable or request.endpoint in _UNCACHED:
            return None
        g.tag = _compute_tag(code)
        if g.tag not in request.if_none_match.as_set(include_weak=True):
            return None
        return _add_tag(Response(status=304))

    @app.after_request
    def tag_response(response: Response) -> Response:
        return _add_tag(response) if "tag" in g and response.status_code == 200 else response


def _add_tag(response: Response) -> Response:
    response.set_etag(g.tag, weak=True)
    return response


def _compute_tag(code: str) -> str:
    status = current_status()
    today = datetime.now(UTC).date()  # `date:today` is another day tomorrow
    problems = (status.index_problem, status.model_problem)
    state = (status.generation, status.versions, status.modes, problems, today)
    url = (request.host_url, request.script_root, request.full_path, current_language())
    return sha256(repr((code, state, url)).encode(errors="replace")).hexdigest()[:24]


def _code_version() -> str:
    """Changes with the code, the templates and the help page, also between releases."""
    root = Path(__file__).parents[2]
    folders = (root / name for name in ("archive", "index", "web", "docs"))
    changed = [path.stat().st_mtime_ns for folder in folders for path in folder.rglob("*.*")]
    return f"{len(changed)}-{max(changed)}"
