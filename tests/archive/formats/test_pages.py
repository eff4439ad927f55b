import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.formats.web.pages import is_page, read_content, read_page
from archive.ingest_types import RawRecord, Rejection, Remark
from tests.archive.formats.samples import (
    CASES,
    FIXTURES,
    read_bytes,
    read_fixture,
    reasons,
    remarks,
    values,
)

_PROSE = (
    "The old mill at Brenwick will open as a library in June, the council said on Tuesday.",
    "Work began two years ago and cost four million crowns, twice as much as was expected.",
    "The library will hold four thousand books, sixty chairs and the wheel of the mill.",
)


def _page(head: str = "", *, title: str = "Mill opens", prose: tuple[str, ...] = _PROSE) -> bytes:
    text = "".join(f"<p>{one}</p>" for one in prose)
    page = (
        f"<!doctype html><html><head><meta charset='utf-8'><title>{title}</title>{head}</head>"
        f"<body><nav><a href='/'>Home</a></nav><h1>Mill opens</h1><div>{text}</div></body></html>"
    )
    return page.encode()


def test_the_article_without_what_is_around_it() -> None:
    [article] = values(read_fixture(read_page, "page_article.html"))
    assert article.pop("body").split("\n\n") == [
        "The old mill at Brenwick will open as a library in June, the council said on Tuesday"
        " after a long debate.",
        "Work began two years ago and cost four million crowns, twice as much as the council had"
        " expected at first.",
        "What it holds",
        "The library will hold four thousand books, sixty chairs and a room in which the wheel of"
        " the mill can be seen.",
        "“It is the most beautiful room in the county,” said Edda Lind, who runs the library of"
        " the neighbouring town.",
    ]
    assert article == {
        "url": "https://halyard.example/culture/mill",
        "headline": "Mill at Brenwick & its river",
        "by": "Ana Roth, Jo Lind",
        "source": "Halyard",
        "first_created": "2031-03-02T08:00:00+01:00",
        "version_created": "2031-03-02T09:30:00+01:00",
        "language": "en-GB",
        "section": "Culture",
        "subjects": ["libraries", "mills"],
        "located": "Brenwick",
    }


def test_meta_elements_and_an_old_encoding() -> None:
    text = (FIXTURES / "page_meta.html").read_text(encoding="utf-8")
    items = read_bytes(read_page, text.encode("latin-1"))
    [article] = values(items)
    assert article == {
        "url": "https://slt.example/molino",
        "headline": "El molino de Brenwick abre",
        "body": "El viejo molino de Brenwick abrirá en junio como biblioteca, informó el concejo"
        " este martes.\n\nLas obras costaron cuatro millones de coronas, el doble de lo que se"
        " había previsto hace dos años.",
        "by": "Ana Roth",
        "source": "SLT",
        "first_created": "2031-03-02T08:00:00+01:00",
        "version_created": "2031-03-02T09:00:00+01:00",
        "language": "es_ES",
        "section": "Cultura",
        "subjects": ["molinos", "bibliotecas", "libros"],
    }
    assert remarks(items) == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<html></html>", "no text was found between its menus and links"),
        (_page(prose=("Short.",)), "no text was found between its menus and links"),
        (
            _page(prose=("A line that is quite a bit longer than sixty characters in all.",)),
            "it does not say that it is one, and has little text",
        ),
        (
            _page(prose=(*_PROSE[:2], *(f"A short teaser, number {n}" for n in range(30)))),
            "its text is a list of short lines, as on a front page",
        ),
    ],
)
def test_a_page_without_an_article_is_refused_with_why(content: bytes, reason: str) -> None:
    items = read_bytes(read_page, content)
    assert values(items) == []
    assert reasons(items) == [f"x: an HTML page without an article: {reason}"]


def test_a_front_page_is_refused() -> None:
    items = read_fixture(read_page, "page_front.html")
    assert reasons(items) == ["x: an HTML page without an article: it is the front page of a site"]


def test_a_page_that_states_an_article_may_be_short() -> None:
    prose = ("A line that is quite a bit longer than sixty characters in all.",)
    data = json.dumps({"@type": ["NewsArticle"], "headline": "Mill"})
    script = f'<script type="application/ld+json">{data}</script>'
    [article] = values(read_bytes(read_page, _page(script, prose=prose)))
    assert (article["headline"], article["body"]) == ("Mill", prose[0])


def test_the_stated_text_counts_where_the_page_shows_less() -> None:
    body = "\n".join(one.replace("mill", "watermill") for one in _PROSE * 3)
    data = json.dumps({"@type": "NewsArticle", "articleBody": body})
    script = f'<script type="application/ld+json">{data}</script>'
    [article] = values(read_bytes(read_page, _page(script, prose=_PROSE[:1])))
    assert article["body"] == body.replace("\n", "\n\n")


@pytest.mark.parametrize(
    ("title", "site", "headline"),
    [
        ("Mill opens | Halyard", "", "Mill opens"),
        ("Mill opens - The Halyard Press", "", "Mill opens"),
        ("Mill opens again | Halyard", "Halyard", "Mill opens again"),
        ("Mill opens again - at last", "", "Mill opens again - at last"),
    ],
)
def test_the_site_is_no_part_of_a_headline(title: str, site: str, headline: str) -> None:
    head = f'<meta property="og:site_name" content="{site}">' if site else ""
    [article] = values(read_bytes(read_page, _page(head, title=title)))
    assert article["headline"] == headline


@pytest.mark.parametrize(
    ("head", "by"),
    [
        ('<meta name="author" content="Ana Roth"><meta name="author" content="Jo Lind">',
         "Ana Roth, Jo Lind"),
        ('<meta property="article:author" content="https://social.example/ana">', None),
        ('<meta name="author" content="admin">', None),
        ('<meta property="article:author" content="https://social.example/ana">'
         '<meta name="parsely-author" content="Ana Roth">', "Ana Roth"),
    ],
)  # fmt: skip
def test_an_address_is_no_author(head: str, by: str | None) -> None:
    [article] = values(read_bytes(read_page, _page(head)))
    assert article.get("by") == by


@pytest.mark.parametrize(
    "data",
    [
        "not JSON",
        "[" * 100_000,
        '{"@type": "NewsArticle", "author": [[[]]], "datePublished": 5, "headline": {"a": 1}}',
        '{"@graph": [1, null, "x", {"@type": 7}]}',
        '{"@type": "NewsArticle", "articleBody": 1, "publisher": [], "keywords": {}}',
    ],
)
def test_damaged_json_costs_only_itself(data: str) -> None:
    script = f'<script type="application/ld+json">{data}</script>'
    [article] = values(read_bytes(read_page, _page(script)))
    assert article["headline"] == "Mill opens"
    assert article["body"] == "\n\n".join(_PROSE)


def test_the_address_and_time_of_a_capture_are_used_if_the_page_states_none() -> None:
    url, captured = "https://halyard.example/mill", "2031-03-05T10:00:00Z"
    items = list(read_content(_page(), "x", url=url, captured=captured))
    [article] = values(items)
    assert (article["url"], article["first_created"]) == (url, captured)
    dated = _page('<meta property="article:published_time" content="2031-03-02">')
    [article] = values(list(read_content(dated, "x", url=url, captured=captured)))
    assert (article["first_created"], article["version_created"]) == ("2031-03-02", captured)


def test_a_page_that_a_browser_saved_has_its_address() -> None:
    saved = b"<!-- saved from url=(0028)https://halyard.example/mill -->\n"
    [article] = values(read_bytes(read_page, saved + _page()))
    assert article["url"] == "https://halyard.example/mill"


def test_a_page_with_too_many_elements_is_refused() -> None:
    content = _page().replace(b"<div>", b"<p>x</p>" * 40_001 + b"<div>")
    [reason] = reasons(read_bytes(read_page, content))
    assert reason.endswith("it has more than 40,000 elements")


@pytest.mark.parametrize("depth", [300, 50_000])
def test_deep_nesting_ends(depth: int) -> None:
    content = _page().replace(b"<div>", b"<div>" * depth)
    assert len(read_bytes(read_page, content)) == 1


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        (b"<!DOCTYPE html><html>", True),
        (b"<html lang='en'>", True),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x' 'y'>\n<html xmlns='z'>", True),
        (b"<!-- saved from url=(0014)about:internet -->\n<HTML>", True),
        (b"<!doctype html>" + b"<!--" + b" " * 5000, True),
        (b"<article><p>x", True),
        (b"<rss>", False),
        (b"<DOC>", False),
        (b"<p", False),
        (b"Text with <html> in it", False),
    ],
)
def test_it_is_recognised_by_content(head: bytes, is_one: bool) -> None:
    assert is_page(head) is is_one


@settings(max_examples=30)
@given(st.binary(max_size=200), st.integers(0, 300))
def test_any_bytes_are_items_or_rejections(noise: bytes, place: int) -> None:
    content = _page()
    items = read_bytes(read_page, content[:place] + noise + content[place:])
    assert items
    assert all(isinstance(one, RawRecord | Rejection | Remark) for one in items)


@pytest.mark.shared
@pytest.mark.skipif(not CASES.exists(), reason="needs the cases beside the project")
def test_the_case_of_a_page() -> None:
    [article] = values(read_bytes(read_page, (CASES / "x03_page.html").read_bytes()))
    assert article == {
        "headline": "Mill opens",
        "body": "The old mill at Brenwick will open as a library in June, the council said.\n\n"
        "Work began two years ago and cost four million crowns.",
        "first_created": "2031-03-02T08:00:00+01:00",
        "language": "en",
    }
