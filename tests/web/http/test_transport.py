"""ETags, compression, cross-origin requests and proxies."""

import gzip
import json
import re
from dataclasses import replace
from typing import Any

import brotli
import pytest
import zstandard
from flask.testing import FlaskClient

from tests.web import newsroom
from tests.web.fake_backend import FakeBackend
from tests.web.page import Page
from web.app import create_app
from web.settings import Settings

TAGGED = [
    "/",
    "/search?q=bridge",
    "/article/urn:harbour:whale",
    "/story/grain",
    "/api",
    "/api/v1/search?q=bridge",
    "/api/v1/articles/urn:harbour:whale",
    "/api/v1/status",
    "/search.csv?q=bridge",
    "/sitemap.xml",
]


def _tag(client: FlaskClient, address: str, **headers: str) -> str:
    return client.get(address, headers=headers).headers["ETag"]


@pytest.mark.parametrize("address", TAGGED)
def test_an_unchanged_response_is_304_without_a_search(
    client: FlaskClient, backend: FakeBackend, address: str
) -> None:
    tag = _tag(client, address)
    assert tag.startswith('W/"')
    searches = len(backend.requests)
    answer = client.get(address, headers={"If-None-Match": f'"other", {tag}'})
    assert (answer.status_code, answer.data) == (304, b"")
    assert answer.headers["ETag"] == tag
    assert answer.headers["Cache-Control"] == "no-cache"
    assert len(backend.requests) == searches


@pytest.mark.parametrize("address", TAGGED)
@pytest.mark.parametrize(
    "change",
    [
        {"generation": "g8"},
        {"modes": ("lexical",)},
        {"model_problem": "gone"},
        {"version_count": 99},
    ],
)
def test_a_change_of_state_changes_every_tag(
    client: FlaskClient, backend: FakeBackend, address: str, change: dict[str, Any]
) -> None:
    before = _tag(client, address)
    for name, value in change.items():
        setattr(backend, name, value)
    answer = client.get(address, headers={"If-None-Match": before})
    assert answer.status_code == 200
    assert answer.headers["ETag"] != before


def test_every_url_and_host_has_its_own_tag(client: FlaskClient) -> None:
    tags = [_tag(client, address) for address in TAGGED]
    tags += [_tag(client, "/search?q=bridge", Host="other.example")]
    assert len(set(tags)) == len(tags)


def test_tags_change_with_the_day(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _tag(client, "/search?q=date:today")

    class Tomorrow:
        @staticmethod
        def now(zone: object) -> Any:
            return newsroom.at(1)

    monkeypatch.setattr("web.http.etags.datetime", Tomorrow)
    assert _tag(client, "/search?q=date:today") != before


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/nowhere", "/api/v1/search?x=1"])
def test_health_checks_and_errors_have_no_tag(client: FlaskClient, address: str) -> None:
    answer = client.get(address, headers={"If-None-Match": "*"})
    assert answer.status_code != 304
    assert "ETag" not in answer.headers


def test_if_none_match_star_does_not_match(client: FlaskClient) -> None:
    assert client.get("/search?q=bridge", headers={"If-None-Match": "*"}).status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/search?q=bridge", "/api/v1/search", "/search.csv", "/search.jsonl", "/search.atom"],
)
def test_responses_are_compressed_if_the_client_accepts_it(
    client: FlaskClient, address: str
) -> None:
    plain = client.get(address)
    assert "Content-Encoding" not in plain.headers
    small = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert len(small.data) < len(plain.data) / 2
    assert gzip.decompress(small.data) == plain.data
    again = client.get(
        address, headers={"Accept-Encoding": "gzip", "If-None-Match": small.headers["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("accepted", "page", "export"),
    [
        ("gzip, deflate, br, zstd", "br", "zstd"),
        ("gzip, deflate", "gzip", "gzip"),
        ("br;q=0.5, gzip", "gzip", "gzip"),
        ("zstd, br;q=0.9", "zstd", "zstd"),
        ("br;q=0, gzip;q=0.1", "gzip", "gzip"),
        ("identity", None, None),
        ("compress", None, None),
        ("", None, None),
    ],
)
# flask-compress leaves closing the file to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_preferred_encoding_of_the_client_is_used(
    client: FlaskClient, accepted: str, page: str | None, export: str | None
) -> None:
    pages = ("/search?q=bridge", "/api/v1/search?q=bridge", "/help")
    streams = ("/search.csv", "/search.ris", "/static/dateline.css", "/static/dateline.js")
    for encoding, addresses in ((page, pages), (export, streams)):
        for address in addresses:
            encoded, plain = _fetch(client, address, accepted), _fetch(client, address, "")
            assert (encoded[0], plain[0]) == (encoding, None)
            assert _remove_time(_decompress(encoded[1], encoding)) == _remove_time(plain[1])


def _fetch(client: FlaskClient, address: str, accepted: str) -> tuple[str | None, bytes]:
    with client.get(address, headers={"Accept-Encoding": accepted}) as answer:
        return answer.headers.get("Content-Encoding"), answer.data


def _decompress(body: bytes, encoding: str | None) -> bytes:
    if encoding == "br":
        return bytes(brotli.decompress(body))
    if encoding == "zstd":
        return zstandard.ZstdDecompressor().decompressobj().decompress(body)
    return gzip.decompress(body) if encoding == "gzip" else body


def _remove_time(body: bytes) -> bytes:
    return re.sub(rb'"took_ms":[0-9.]+', b"", body)


def test_a_compressed_export_is_still_streamed() -> None:
    extra = tuple(replace(newsroom.WHALE, uri=f"whale-{n}") for n in range(3_000))
    client = create_app(FakeBackend(extra=extra)).test_client()
    answer = client.get("/search.jsonl", headers={"Accept-Encoding": "gzip"}, buffered=False)
    pieces = list(answer.iter_encoded())
    assert len(pieces) > 1
    lines = gzip.decompress(b"".join(pieces)).decode().splitlines()
    assert len([json.loads(line) for line in lines]) == 3_017


def _headers_for(origin: str, *allowed: str, address: str = "/api/v1/search?q=bridge") -> Any:
    client = create_app(FakeBackend(), Settings(cors_origins=allowed)).test_client()
    return client.get(address, headers={"Origin": origin}).headers


def test_only_allowed_origins_may_read() -> None:
    allowed = "Access-Control-Allow-Origin"
    news, other = "https://news.example", "https://other.example"
    assert allowed not in _headers_for(news)
    assert _headers_for(news, news)[allowed] == news
    assert "Origin" in _headers_for(news, news, other)["Vary"]
    assert allowed not in _headers_for(other, news)
    assert _headers_for(other, "*")[allowed] == "*"
    assert allowed not in _headers_for(news, news, address="/search?q=bridge")
    assert _headers_for(news, news, address="/search.csv")[allowed] == news
    assert "Access-Control-Allow-Credentials" not in _headers_for(news, news)
    assert "Link" in _headers_for(news, news)["Access-Control-Expose-Headers"]


def test_preflight_requests_are_answered() -> None:
    client = create_app(FakeBackend(), Settings(cors_origins=("https://news.example",)))
    headers = {
        "Origin": "https://news.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "If-None-Match",
    }
    answer = client.test_client().options("/api/v1/search", headers=headers)
    assert answer.headers["Access-Control-Allow-Origin"] == "https://news.example"
    assert "if-none-match" in answer.headers["Access-Control-Allow-Headers"].lower()
    assert "POST" not in answer.headers["Access-Control-Allow-Methods"]


FORWARDED = {
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "news.example",
    "X-Forwarded-Prefix": "/archive",
}


def test_urls_follow_the_headers_of_a_trusted_proxy(backend: FakeBackend) -> None:
    client = create_app(backend, Settings(proxies=1)).test_client()
    page = Page(client.get("/search?q=bridge", headers=FORWARDED).text)
    outside = [link for link in page.links if not link.startswith(("#", "?", "/archive/"))]
    assert outside == []
    assert all(link["href"].startswith("/archive/") for link in page.all("link"))
    assert page.all("form", action="/archive/search")
    feed = client.get("/search.atom?q=bridge", headers=FORWARDED).text
    assert 'href="https://news.example/archive/article/' in feed
    robots = client.get("/robots.txt", headers=FORWARDED).text
    assert "Disallow: /archive/search" in robots
    assert "Sitemap: https://news.example/archive/sitemap.xml" in robots
    link = client.get("/api/v1/search?page_size=1", headers=FORWARDED).headers["Link"]
    assert link.startswith("<https://news.example/archive/api/v1/search?")
    home = client.get("/?q=bridge", headers=FORWARDED)
    assert home.location == "/archive/search?q=bridge"


def test_forwarded_headers_are_ignored_by_default(client: FlaskClient) -> None:
    feed = client.get("/search.atom?q=bridge", headers=FORWARDED).text
    assert "http://localhost/article/" in feed
    assert "news.example" not in feed
