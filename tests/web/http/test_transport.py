"""How answers travel: tags and what has not changed, compression, other people's pages."""

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
def test_what_has_not_changed_is_neither_made_nor_sent(
    client: FlaskClient, backend: FakeBackend, address: str
) -> None:
    tag = _tag(client, address)
    assert tag.startswith('W/"')
    asked = len(backend.requests)
    answer = client.get(address, headers={"If-None-Match": f'"other", {tag}'})
    assert (answer.status_code, answer.data) == (304, b"")
    assert answer.headers["ETag"] == tag
    assert answer.headers["Cache-Control"] == "no-cache"
    assert len(backend.requests) == asked


@pytest.mark.parametrize("address", TAGGED)
@pytest.mark.parametrize(
    "change",
    [
        {"generation": "g8"},
        {"modes": ("lexical",)},
        {"model_problem": "gone"},
        {"versions_held": 99},
    ],
)
def test_whatever_may_change_an_answer_changes_its_tag(
    client: FlaskClient, backend: FakeBackend, address: str, change: dict[str, Any]
) -> None:
    before = _tag(client, address)
    for name, value in change.items():
        setattr(backend, name, value)
    answer = client.get(address, headers={"If-None-Match": before})
    assert answer.status_code == 200
    assert answer.headers["ETag"] != before


def test_every_address_and_host_has_a_tag_of_its_own(client: FlaskClient) -> None:
    tags = [_tag(client, address) for address in TAGGED]
    tags += [_tag(client, "/search?q=bridge", Host="other.example")]
    assert len(set(tags)) == len(tags)


def test_a_query_about_today_changes_tomorrow(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _tag(client, "/search?q=date:today")

    class Tomorrow:
        @staticmethod
        def now(zone: object) -> Any:
            return newsroom.at(1)

    monkeypatch.setattr("web.http.etags.datetime", Tomorrow)
    assert _tag(client, "/search?q=date:today") != before


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/nowhere", "/api/v1/search?x=1"])
def test_health_and_problems_have_no_tag(client: FlaskClient, address: str) -> None:
    answer = client.get(address, headers={"If-None-Match": "*"})
    assert answer.status_code != 304
    assert "ETag" not in answer.headers


def test_any_tag_at_all_is_no_tag_that_was_given(client: FlaskClient) -> None:
    assert client.get("/search?q=bridge", headers={"If-None-Match": "*"}).status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/search?q=bridge", "/api/v1/search", "/search.csv", "/search.jsonl", "/search.atom"],
)
def test_answers_are_compressed_for_whoever_takes_them_so(
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
    ("taken", "page", "export"),
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
# flask-compress leaves it to Python to close a file that it has sent.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_what_is_taken_best_is_sent(
    client: FlaskClient, taken: str, page: str | None, export: str | None
) -> None:
    pages = ("/search?q=bridge", "/api/v1/search?q=bridge", "/help")
    streams = ("/search.csv", "/search.ris", "/static/dateline.css", "/static/dateline.js")
    for encoding, addresses in ((page, pages), (export, streams)):
        for address in addresses:
            told, plain = _encoded(client, address, taken), _encoded(client, address, "")
            assert (told[0], plain[0]) == (encoding, None)
            assert _untimed(_unpacked(told[1], encoding)) == _untimed(plain[1])


def _encoded(client: FlaskClient, address: str, taken: str) -> tuple[str | None, bytes]:
    with client.get(address, headers={"Accept-Encoding": taken}) as answer:
        return answer.headers.get("Content-Encoding"), answer.data


def _unpacked(body: bytes, encoding: str | None) -> bytes:
    if encoding == "br":
        return bytes(brotli.decompress(body))
    if encoding == "zstd":
        return zstandard.ZstdDecompressor().decompressobj().decompress(body)
    return gzip.decompress(body) if encoding == "gzip" else body


def _untimed(body: bytes) -> bytes:
    return re.sub(rb'"took_ms":[0-9.]+', b"", body)


def test_a_compressed_export_is_still_streamed() -> None:
    extra = tuple(replace(newsroom.WHALE, uri=f"whale-{n}") for n in range(3_000))
    client = create_app(FakeBackend(extra=extra)).test_client()
    answer = client.get("/search.jsonl", headers={"Accept-Encoding": "gzip"}, buffered=False)
    pieces = list(answer.iter_encoded())
    assert len(pieces) > 1
    lines = gzip.decompress(b"".join(pieces)).decode().splitlines()
    assert len([json.loads(line) for line in lines]) == 3_017


def _from(origin: str, *allowed: str, address: str = "/api/v1/search?q=bridge") -> Any:
    client = create_app(FakeBackend(), Settings(cors_origins=allowed)).test_client()
    return client.get(address, headers={"Origin": origin}).headers


def test_no_page_from_elsewhere_may_read_unless_it_is_allowed() -> None:
    allowed = "Access-Control-Allow-Origin"
    news, other = "https://news.example", "https://other.example"
    assert allowed not in _from(news)
    assert _from(news, news)[allowed] == news
    assert "Origin" in _from(news, news, other)["Vary"]
    assert allowed not in _from(other, news)
    assert _from(other, "*")[allowed] == "*"
    assert allowed not in _from(news, news, address="/search?q=bridge")
    assert _from(news, news, address="/search.csv")[allowed] == news
    assert "Access-Control-Allow-Credentials" not in _from(news, news)
    assert "Link" in _from(news, news)["Access-Control-Expose-Headers"]


def test_a_browser_may_ask_before_it_asks() -> None:
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


def test_behind_a_proxy_every_address_is_the_readers(backend: FakeBackend) -> None:
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


def test_without_a_proxy_nobody_is_believed(client: FlaskClient) -> None:
    feed = client.get("/search.atom?q=bridge", headers=FORWARDED).text
    assert "http://localhost/article/" in feed
    assert "news.example" not in feed
