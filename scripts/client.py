"""Asks a Dateline elsewhere through its public API, for `dateline search --url` and for programs.

Decision: the standard library alone, and answers as plain JSON as documented, so that this one file
can be copied into another project. A log-in in the address goes to no other host.
Must not know how answers are made or shown.
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
PATIENCE = 30.0
"""Seconds for an answer: a search takes a tenth of one, an archive that has just started some."""
MOST_BYTES = 64 * 1024 * 1024
"""Of an answer: the largest that is right, a page of 100 stories explained, is 3 MB."""
_PROBLEM = "urn:dateline:problem:"


class ClientError(Exception):
    """The question could not be answered; the message says why."""


class UnreachableError(ClientError):
    """Nothing answers there."""


class NotDatelineError(ClientError):
    """Something answers there, and it is no Dateline."""


class RefusedError(ClientError):
    """Dateline cannot answer this: its problem+json (RFC 9457).

    Attributes:
        status, kind, title, detail: As documented; `kind` is what its `type` ends in.
        span: Within the query, [start, end) in code points; None where it is not about a part.
    """

    def __init__(self, told: Json) -> None:
        super().__init__(str(told["detail"]))
        self.status = int(told["status"])
        self.kind = str(told["type"]).removeprefix(_PROBLEM)
        self.title, self.detail = str(told["title"]), str(told["detail"])
        start, end = told.get("span") or (None, None)
        self.span = None if start is None or end is None else (int(start), int(end))


class Client:
    """One Dateline, by the address of its front page; `https://user:password@host/` logs in.

    Parameters are those of the API. A trailing underscore is left out (`from_`), True is 1, a list
    is repeated, None is not sent.

    Raises:
        ValueError: The address is none.
    """

    def __init__(self, url: str, *, patience: float = PATIENCE) -> None:
        parts = _parts(url)
        self._headers = {"Accept": "application/json", "Accept-Encoding": "gzip"}
        if parts.username is not None:
            login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            self._headers["Authorization"] = f"Basic {b64encode(login.encode()).decode()}"
        host = parts.netloc.rpartition("@")[2]
        self.url = urlunsplit((parts.scheme, host, parts.path.rstrip("/"), "", ""))
        self._patience = patience
        self._opener = build_opener(_StaysThere())

    def search(self, q: str = "", **parameters: Parameter) -> Json:
        """One page of a search."""
        return self.get("search", q=q, **parameters)

    def pages(self, q: str = "", **parameters: Parameter) -> Iterator[Json]:
        """Every page of a search, each asked for when it is wanted."""
        page = self.search(q, **parameters)
        yield page
        while page["next"]:
            page = self.search(q, **parameters | {"cursor": page["next"]})
            yield page

    def facets(self, q: str = "", **parameters: Parameter) -> Json:
        """The counts of a search."""
        return self.get("facets", q=q, **parameters)

    def suggest(self, q: str) -> list[str]:
        """The query with its last word completed."""
        return cast(list[str], self.get("suggest", q=q)["suggestions"])

    def article(self, uri: str, version: int | None = None) -> Json:
        """A whole article, its newest version unless told."""
        return self.get(f"articles/{_quoted(uri)}", version=version)

    def versions(self, uri: str) -> list[Json]:
        """Every version of an article, oldest first."""
        return cast(list[Json], self.get(f"articles/{_quoted(uri)}/versions")["versions"])

    def related(self, uri: str) -> list[Json]:
        """Articles near one."""
        return cast(list[Json], self.get(f"articles/{_quoted(uri)}/related")["results"])

    def stories(self, **parameters: Parameter) -> Json:
        """One page of the stories of a period."""
        return self.get("stories", **parameters)

    def story(self, story_id: str) -> Json:
        """One story with its articles."""
        return self.get(f"stories/{_quoted(story_id)}")

    def status(self) -> Json:
        """What the archive holds and what answers."""
        return self.get("status")

    def get(self, route: str, **parameters: Parameter) -> Json:
        """The answer of a route below `/api/v1/`.

        Raises:
            UnreachableError: Nothing answers.
            NotDatelineError: Something else does.
            RefusedError: Dateline says what is wrong.
        """
        query = urlencode(list(_pairs(parameters)))
        address = f"{self.url}/api/v1/{route}" + (f"?{query}" if query else "")
        try:
            with self._opener.open(
                Request(address, headers=self._headers), timeout=self._patience
            ) as answer:
                return self._told(answer)
        except HTTPError as error:
            with error:
                raise self._refusal(error) from error
        except TimeoutError as error:
            raise self._silent() from error
        except URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise self._silent() from error
            reason = getattr(error.reason, "strerror", None) or error.reason
            raise UnreachableError(f"{self.url} cannot be reached: {reason}.") from error
        except (HTTPException, OSError) as error:
            raise UnreachableError(f"{self.url} broke off its answer.") from error

    def _silent(self) -> UnreachableError:
        return UnreachableError(f"{self.url} has not answered within {self._patience:g} seconds.")

    def _told(self, answer: Any) -> Json:
        told = _json(_body(answer, answer.headers))
        if told is None:
            raise NotDatelineError(f"{self.url} is no Dateline: its answer is not JSON.")
        return told

    def _refusal(self, error: HTTPError) -> ClientError:
        """What an answer that is no success says."""
        told = _json(_body(error, error.headers))
        if told and str(told.get("type")).startswith(_PROBLEM):
            try:
                return RefusedError(told)
            except (KeyError, TypeError, ValueError):
                pass
        if error.code == 401:
            return NotDatelineError(
                f"{self.url} wants a log-in: write it as https://user:password@host/."
            )
        if 300 <= error.code < 400:
            return NotDatelineError(f"{self.url} sends us elsewhere: {error.reason}.")
        return NotDatelineError(f"{self.url} is no Dateline: it answers {error.code}.")


class _StaysThere(HTTPRedirectHandler):
    """Follows a story to its new id, and nothing to another host: the log-in would go along."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """The next request; None, which raises, where it would leave."""
        if urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            place = urlsplit(newurl)
            raise HTTPError(req.full_url, code, f"{place.scheme}://{place.netloc}", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _parts(url: str) -> Any:
    parts = urlsplit(url)
    plain = url.isascii() and url.isprintable() and " " not in url
    if not plain or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("write it as http://host:port/ or https://host/path/")
    _ = parts.port  # raises ValueError where it is no number
    return parts


def _quoted(uri: str) -> str:
    return quote(uri, safe="", errors="replace")


def _pairs(parameters: dict[str, Parameter]) -> Iterator[tuple[str, str]]:
    for name, value in parameters.items():
        many = value if isinstance(value, Iterable) and not isinstance(value, str) else [value]
        for each in many:
            if each is not None:
                plain = int(each) if isinstance(each, bool) else each
                yield name.rstrip("_"), str(plain).encode(errors="replace").decode()


def _body(answer: Any, headers: Message) -> bytes:
    """The answer's bytes, at most `MOST_BYTES`, unpacked to as many at most."""
    body: bytes = answer.read(MOST_BYTES)
    if headers.get("Content-Encoding") != "gzip":
        return body
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(body, MOST_BYTES)
    except zlib.error:
        return b""


def _json(body: bytes) -> Json | None:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None
