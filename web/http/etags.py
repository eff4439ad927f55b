"""ETags: an answer that has not changed is neither made nor sent again.

Decision: one tag for every address, from the state that all answers are made of: generation, count
of versions (the archive only grows), modes, day, program, address and language. A reader that has
it gets a 304 before anything is searched. It is weak, because `took_ms` differs.
Must not know what any answer says.
"""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, g, request

from web.backend import current_status
from web.i18n.translation import current_language

_BLUEPRINTS = {"pages", "api", "downloads", "crawling"}
_LIVE = {"api.healthz", "api.readyz"}
"""Asked to learn how things are now."""


def install(app: Flask) -> None:
    """Answer conditional requests, and tag every answer that can be asked for again."""
    program = _program()

    @app.before_request
    def unchanged() -> Response | None:
        readable = request.method in {"GET", "HEAD"} and request.blueprint in _BLUEPRINTS
        if not readable or request.endpoint in _LIVE:
            return None
        g.tag = _tag(program)
        if g.tag not in request.if_none_match.as_set(include_weak=True):
            return None
        return _tagged(Response(status=304))

    @app.after_request
    def tag(response: Response) -> Response:
        return _tagged(response) if "tag" in g and response.status_code == 200 else response


def _tagged(response: Response) -> Response:
    response.set_etag(g.tag, weak=True)
    return response


def _tag(program: str) -> str:
    now = current_status()
    today = datetime.now(UTC).date()  # `date:today` means another day tomorrow
    state = (now.generation, now.versions, now.modes, now.model_problem, today)
    asked = (request.host_url, request.script_root, request.full_path, current_language())
    return sha256(repr((program, state, asked)).encode(errors="replace")).hexdigest()[:24]


def _program() -> str:
    """Changes with the code and templates, released or not."""
    house = Path(__file__).parents[2]
    rooms = (house / room for room in ("archive", "index", "web"))
    changed = [path.stat().st_mtime_ns for room in rooms for path in room.rglob("*.*")]
    return f"{len(changed)}-{max(changed)}"
