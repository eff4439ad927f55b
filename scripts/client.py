"""A client of Dateline's public API, for `dateline search --url` and for other programs.

Responsibility: send requests to a Dateline server and return its JSON.
Decision: standard library only, and answers as the documented JSON, so that this file can be copied
into another project. Credentials in the address are never sent to another host.
Must not depend on: any other module of Dateline.
"""

import json
import zlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import date
from email.message import Message
from http.client import HTTPException, HTTPMessage
from typing import IO, Any, cast
from urllib.error import HTTPError, URLError
from urllib.parse import quote, unquote, urlencode, urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

Json = dict[str, Any]
Parameter = str | int | bool | date | Iterable[str] | None
DEFAULT_TIMEOUT = 30.0
"""Seconds: a search takes a tenth of one, a server that has just started needs several."""
MAX_RESPONSE_BYTES = 64 * 1024 * 1024
"""The largest valid response, a page of 100 explained stories, has 3 MB."""
_PROBLEM = "urn:dateline:problem:"


class ClientError(Exception):
    """The request failed; the message says why."""


class UnreachableError(ClientError):
    """The server cannot be reached or did not respond in time."""


class NotDatelineError(ClientError):
    """The server responded, but not as a Dateline server does."""


class ProblemError(ClientError):
    """Dateline rejected the request, with problem details (RFC 9457).

    Attributes:
        status: The HTTP status.
        kind: The last part of the problem's `type`, e.g. `invalid-query`.
        title: What kind of problem it is.
        detail: What is wrong with this request.
        span: Place in the query, [start, end) in code points; None if the problem has none.
    """

    def __init__(self, problem: Json) -> None:
        super().__init__(str(problem["detail"]))
        self.status = int(problem["status"])
        self.kind = str(problem["type"]).removeprefix(_PROBLEM)
        self.title, self.detail = str(problem["title"]), str(problem["detail"])
        start, end = problem.get("span") or (None, None)
        self.span = None if start is None or end is None else (int(start), int(end))


class Client:
    """A Dateline server, by the address of its home page; `https://user:password@host/` logs in.

    Parameters are those of the API. A trailing underscore is dropped (`from_`), True is sent as 1,
    a list as repeated parameters, and None is not sent.

    Raises:
        ValueError: The address is invalid.
    """

    def __init__(self, url: str, *, timeout: float = DEFAULT_TIMEOUT) -> None:
        parts = _split_url(url)
        self._headers = {"Accept": "application/json", "Accept-Encoding": "gzip"}
        if parts.username is not None:
            login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            self._headers["Authorization"] = f"Basic {b64encode(login.encode()).decode()}"
        host = parts.netloc.rpartition("@")[2]
        self.url = urlunsplit((parts.scheme, host, parts.path.rstrip("/"), "", ""))
        self._timeout = timeout
        self._opener = build_opener(_SameHostRedirects())

    def search(self, q: str = "", **parameters: Parameter) -> Json:
        """Return one page of a search."""
        return self.get("search", q=q, **parameters)

    def pages(self, q: str = "", **parameters: Parameter) -> Iterator[Json]:
        """Yield every page of a search, requested one at a time."""
        page = self.search(q, **parameters)
        yield page
        while page["next"]:
            page = self.search(q, **parameters | {"cursor": page["next"]})
            yield page

    def facets(self, q: str = "", **parameters: Parameter) -> Json:
        """Return the counts of a search."""
        return self.get("facets", q=q, **parameters)

    def suggest(self, q: str) -> list[str]:
        """Return completions of the query's last word."""
        return cast(list[str], self.get("suggest", q=q)["suggestions"])

    def article(self, uri: str, version: int | None = None) -> Json:
        """Return a complete article, by default its newest version."""
        return self.get(f"articles/{_quote(uri)}", version=version)

    def versions(self, uri: str) -> list[Json]:
        """Return every version of an article, oldest first."""
        return cast(list[Json], self.get(f"articles/{_quote(uri)}/versions")["versions"])

    def related(self, uri: str) -> list[Json]:
        """Return related articles."""
        return cast(list[Json], self.get(f"articles/{_quote(uri)}/related")["results"])

    def stories(self, **parameters: Parameter) -> Json:
        """Return one page of the top stories of a period."""
        return self.get("stories", **parameters)

    def story(self, story_id: str) -> Json:
        """Return one story with its articles."""
        return self.get(f"stories/{_quote(story_id)}")

    def status(self) -> Json:
        """Return the state of the archive and its index."""
        return self.get("status")

    def get(self, route: str, **parameters: Parameter) -> Json:
        """Return the response of a route below `/api/v1/`.

        Raises:
            UnreachableError: The server cannot be reached or did not respond in time.
            NotDatelineError: The response is not one of a Dateline server.
            ProblemError: Dateline rejected the request.
        """
        query = urlencode(list(_expand_parameters(parameters)))
        address = f"{self.url}/api/v1/{route}" + (f"?{query}" if query else "")
        request = Request(address, headers=self._headers)
        try:
            with self._opener.open(request, timeout=self._timeout) as response:
                return self._parse_response(response)
        except HTTPError as error:
            with error:
                raise self._create_error(error) from error
        except TimeoutError as error:
            raise self._create_timeout_error() from error
        except URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise self._create_timeout_error() from error
            reason = getattr(error.reason, "strerror", None) or error.reason
            raise UnreachableError(f"Cannot reach {self.url}: {reason}.") from error
        except (HTTPException, OSError) as error:
            raise UnreachableError(
                f"{self.url} closed the connection before the response was complete."
            ) from error

    def _create_timeout_error(self) -> UnreachableError:
        return UnreachableError(f"{self.url} did not respond within {self._timeout:g} seconds.")

    def _parse_response(self, response: Any) -> Json:
        parsed = _parse_json(_read_body(response, response.headers))
        if parsed is None:
            raise NotDatelineError(
                f"{self.url} is not a Dateline server: its response is not valid JSON."
            )
        return parsed

    def _create_error(self, error: HTTPError) -> ClientError:
        """The error for a response with an HTTP error status."""
        problem = _parse_json(_read_body(error, error.headers))
        if problem and str(problem.get("type")).startswith(_PROBLEM):
            try:
                return ProblemError(problem)
            except (KeyError, TypeError, ValueError):
                pass
        if error.code == 401:
            return NotDatelineError(
                f"{self.url} requires a login: use https://user:password@host/ as the address."
            )
        if 300 <= error.code < 400:
            return NotDatelineError(
                f"{self.url} redirects to another server: {error.reason}."
                " Use the address of that server if you trust it."
            )
        return NotDatelineError(
            f"{self.url} is not a Dateline server: it responded with HTTP status {error.code}."
        )


class _SameHostRedirects(HTTPRedirectHandler):
    """Follows redirects on the same host only, because credentials are sent along."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """Return the next request.

        Raises:
            HTTPError: The redirect leads to another host; its reason is that host.
        """
        if urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            target = urlsplit(newurl)
            raise HTTPError(req.full_url, code, f"{target.scheme}://{target.netloc}", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _split_url(url: str) -> Any:
    parts = urlsplit(url)
    plain = url.isascii() and url.isprintable() and " " not in url
    if not plain or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("use an address such as http://host:port/ or https://host/path/")
    _ = parts.port  # raises ValueError if it is not a number
    return parts


def _quote(uri: str) -> str:
    return quote(uri, safe="", errors="replace")


def _expand_parameters(parameters: dict[str, Parameter]) -> Iterator[tuple[str, str]]:
    for name, value in parameters.items():
        many = value if isinstance(value, Iterable) and not isinstance(value, str) else [value]
        for each in many:
            if each is not None:
                plain = int(each) if isinstance(each, bool) else each
                yield name.rstrip("_"), str(plain).encode(errors="replace").decode()


def _read_body(response: Any, headers: Message) -> bytes:
    """The response's bytes, decompressed; both sizes are limited to `MAX_RESPONSE_BYTES`."""
    body: bytes = response.read(MAX_RESPONSE_BYTES)
    if headers.get("Content-Encoding") != "gzip":
        return body
    try:
        decompressor = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        return decompressor.decompress(body, MAX_RESPONSE_BYTES)
    except zlib.error:
        return b""


def _parse_json(body: bytes) -> Json | None:
    try:
        parsed = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return parsed if isinstance(parsed, dict) else None
