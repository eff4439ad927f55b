from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article_builder import build_article
from archive.formats.web import feeds
from archive.formats.web.feeds import is_feed, read_feed
from archive.ingest_types import Draft, IngestOptions, RawRecord, Rejection, Remark
from tests.archive.formats.samples import (
    CASES,
    FIXTURES,
    places,
    read_bytes,
    read_fixture,
    reasons,
    remarks,
    values,
)


def test_rss_with_its_full_content() -> None:
    items = read_fixture(read_feed, "feed_rss.xml")
    mill, rain = values(items)
    assert mill == {
        "uri": "hal-1",
        "url": "https://halyard.example/mill",
        "headline": "Mill &amp; river",
        "body": "The old mill & its river.\n\nIt opens in June.",
        "by": "Ana Roth",
        "source": "Halyard",
        "first_created": "Sun, 02 Mar 2031 08:00:00 +0100",
        "language": "en-gb",
        "subjects": ["Culture", "Libraries"],
    }
    assert rain == {
        "url": "https://halyard.example/rain",
        "headline": "Rain",
        "body": "Rain is expected.",
        "by": "Jo Lind",
        "source": "Nuntia",
        "language": "en-gb",
    }
    assert places(items) == ["x#1", "x#2"]


def test_atom() -> None:
    [article] = values(read_fixture(read_feed, "feed_atom.xml"))
    assert article == {
        "uri": "tag:nuntia.example,2031:1",
        "url": "https://nuntia.example/1",
        "headline": "Mühle öffnet",
        "body": "Die alte Mühle.\n\nSie öffnet im Juni.",
        "by": "Ana Roth, Jo Lind",
        "source": "Nuntia",
        "first_created": "2031-03-02T08:00:00+01:00",
        "version_created": "2031-03-02T09:30:00+01:00",
        "language": "de",
        "subjects": ["Kultur"],
    }


def test_rdf() -> None:
    [article] = values(read_fixture(read_feed, "feed_rdf.xml"))
    assert article["uri"] == article["url"] == "https://slt.example/molino"
    assert (article["headline"], article["by"], article["source"]) == (
        "El molino abre",
        "Ana Roth",
        "SLT",
    )
    assert article["first_created"] == "2031-03-02T08:00:00+01:00"
    assert article["subjects"] == ["Cultura"]


def test_an_export_of_wordpress() -> None:
    items = read_fixture(read_feed, "feed_wordpress.xml")
    post, draft = values(items)
    assert post == {
        "uri": "https://blog.halyard.example/?p=7",
        "url": "https://blog.halyard.example/mill-opens/",
        "headline": "Mill opens",
        "body": "The old mill.\nIts river.\n\nIt opens in June [sic].",
        "by": "Ana Roth",
        "source": "Halyard blog",
        "first_created": "Sun, 02 Mar 2031 08:00:00 +0000",
        "language": "en-US",
        "slugline": "mill-opens",
        "subjects": ["Culture"],
    }
    assert (draft["body"], draft["pub_status"]) == ("Not yet.", "withheld")
    assert draft["first_created"] == "2031-03-03 09:00:00"
    assert "by" not in draft
    assert remarks(items) == [("skipped-records", "1 WordPress attachment")]


@pytest.mark.parametrize("name", ["feed_rss.xml", "feed_atom.xml", "feed_rdf.xml"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_a_feed_in_every_encoding(name: str, encoding: str) -> None:
    content = (FIXTURES / name).read_bytes()
    declared = "iso-8859-1" if "rdf" in name else "utf-8"
    text = content.decode(declared).replace("utf-8", encoding).replace("UTF-8", encoding)
    expected = values(read_bytes(read_feed, content))
    assert values(read_bytes(read_feed, text.encode(encoding))) == expected


def _long_feed(count: int) -> str:
    items = "".join(
        f"<item><title>Title {n}</title><guid>g{n}</guid><description>Body {n} é</description>"
        "</item>"
        for n in range(count)
    )
    return f'<rss version="2.0"><channel><title>Halyard</title>\n{items}\n</channel></rss>'


def test_a_long_feed_is_read_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "_PART_BYTES", 500)
    items = read_bytes(read_feed, _long_feed(60).encode())
    assert [one["uri"] for one in values(items)] == [f"g{n}" for n in range(60)]
    assert {one["source"] for one in values(items)} == {"Halyard"}
    assert places(items)[-1] == "x#60"
    assert reasons(items) == []
    assert remarks(items) == []


def test_an_entry_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "_PART_BYTES", 500)
    monkeypatch.setattr(feeds, "MAX_ARTICLE_BYTES", 5000)
    content = _long_feed(20).replace("</channel></rss>", "<item>" + "x" * 10_000)
    items = read_bytes(read_feed, content.encode())
    assert len(values(items)) == 20
    assert reasons(items) == ["x#21: an entry is longer than 32 MiB, the limit for an article"]


def test_a_feed_that_breaks_off_says_so() -> None:
    content = _long_feed(3).encode()
    items = read_bytes(read_feed, content[: content.index(b"Title 2") + 4])
    assert [one.get("headline") for one in values(items)][:2] == ["Title 0", "Title 1"]
    assert "breaks off" in reasons(items)[0]


def test_a_feed_without_entries_is_refused() -> None:
    assert "no entries" in reasons(read_bytes(read_feed, b"<rss><channel/></rss>"))[0]


def test_an_outside_entity_is_not_read() -> None:
    content = (
        '<!DOCTYPE rss [<!ENTITY e SYSTEM "file:///etc/hostname">]><rss><channel><item>'
        "<title>A&e;B</title></item></channel></rss>"
    )
    [article] = values(read_bytes(read_feed, content.encode()))
    assert article["headline"].replace("&e;", "") == "AB"


def test_content_that_is_an_address_is_not_fetched() -> None:
    items = read_bytes(read_feed, b"http://127.0.0.1:9/feed")
    assert values(items) == []
    assert len(reasons(items)) == 1


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        (b'<rss version="2.0">', True),
        (b"<?xml version='1.0'?><!-- x -->\n<RSS>", True),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', True),
        (b'<a:feed xmlns:a="http://www.w3.org/2005/Atom">', True),
        (b'<rdf:RDF xmlns:rdf="x" xmlns="http://purl.org/rss/1.0/">', True),
        (b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">', False),
        (b"<feed>", False),
        (b"<html>", False),
        (b"rss", False),
    ],
)
def test_it_is_recognised_by_content(head: bytes, is_one: bool) -> None:
    assert is_feed(head) is is_one


@settings(max_examples=50)
@given(st.binary(max_size=200), st.integers(0, 300))
def test_any_bytes_are_items_or_rejections(noise: bytes, place: int) -> None:
    content = _long_feed(3).encode()
    items = read_bytes(read_feed, content[:place] + noise + content[place:])
    assert items
    assert all(isinstance(one, RawRecord | Rejection | Remark) for one in items)


def _build(item: Any) -> Draft:
    draft = build_article(item, IngestOptions())
    assert isinstance(draft, Draft)
    return draft


@pytest.mark.shared
@pytest.mark.skipif(not CASES.exists(), reason="needs the cases beside the project")
def test_the_case_of_a_feed() -> None:
    mill, rain = map(_build, read_bytes(read_feed, (CASES / "x02_rss.xml").read_bytes()))
    assert mill.article.body == (
        "The old mill at Brenwick will open as a library in June, the council said.\n\n"
        "Work began two years ago and cost four million crowns."
    )
    assert (mill.article.uri, mill.article.source) == ("m1", "Halyard")
    assert str(mill.article.first_created) == "2031-03-02 06:00:00+00:00"
    assert (rain.article.headline, rain.article.body) == ("Rain", "")
