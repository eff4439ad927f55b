"""Each export, read by a reader that its users have: csv, feedparser, rispy, bibtexparser."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from xml.etree import ElementTree

import feedparser
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from archive.article import Article
from archive.composing import compose
from archive.report import IngestOptions
from archive.sources.pieces import RecordPiece
from index.types import SearchRequest
from tests.scripts.pages import rows
from tests.web import newsroom
from tests.web.fake_backend import FakeBackend
from tests.web.page import Page
from web.app import create_app
from web.exports.citations import bibtex, ris
from web.exports.export import Export, cleaned
from web.exports.feeds import NEWEST, write_atom, write_rss
from web.exports.formats import FORMATS
from web.exports.table import write_csv

HERE = "https://archive.example/a"
FEEDS = [ending for ending, each in FORMATS.items() if each.feed]
WHOLE = [ending for ending, each in FORMATS.items() if not each.feed]
# Whatever a source may send: markup, formulas, TeX, line breaks of every kind, control characters.
NASTY = st.text(
    st.one_of(
        st.sampled_from("<>&\"'\\{}%$#_^~@=+-;,\r\n\t\0\x0b\x0c\x1c\x85\u2028\ufffe\ud800]"),
        st.characters(),
    ),
    max_size=30,
)
ARTICLES = st.builds(
    Article,
    uri=NASTY.filter(bool),
    headline=NASTY,
    body=NASTY,
    by=NASTY,
    source=NASTY,
    located=NASTY,
    language=NASTY,
    url=NASTY,
    ed_note=NASTY,
    subjects=st.lists(NASTY, max_size=2).map(tuple),
    first_created=st.sampled_from([None, newsroom.at(3, 12)]),
)


def _export(*articles: Article) -> Export:
    return Export(
        text="x",
        search="q=x",
        own_address="https://archive.example/search.atom?q=x",
        page_address="https://archive.example/search?q=x",
        address_of=lambda uri: HERE,
        articles=iter(articles),
    )


def _get(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.text


def _uris(client: FlaskClient, ending: str, query: str) -> list[str]:
    text = _get(client, f"/search.{ending}?{query}")
    if ending == "csv":
        return [row["id"] for row in csv.DictReader(StringIO(text, newline=""))]
    if ending == "json":
        return [each["id"] for each in json.loads(text)["articles"]]
    if ending == "jsonl":
        return [json.loads(line)["id"] for line in text.splitlines()]
    if ending == "ninjs":
        return [each["altIds"][0]["value"] for each in json.loads(text)]
    return [record["id"] for record in rispy.loads(text)]


# What is in it.


@pytest.mark.parametrize("ending", ["csv", "json", "jsonl", "ninjs", "ris"])
def test_a_whole_format_has_every_article_in_the_order_of_the_search(
    client: FlaskClient, backend: FakeBackend, ending: str
) -> None:
    asked = SearchRequest(text="bridge", languages=("en", "es"))
    expected = [article.uri for article in backend.matches(asked)]
    assert len(expected) == 6
    assert _uris(client, ending, "q=bridge&lang=en&lang=es&page=7") == expected


@pytest.mark.parametrize("ending", FORMATS)
def test_every_filter_of_the_page_holds(
    client: FlaskClient, backend: FakeBackend, ending: str
) -> None:
    query = "q=bridge&mode=lexical&from=2023-07-11&to=2023-07-31&source=Northern+Wire&lang=en"
    text = _get(client, f"/search.{ending}?{query}")
    asked = backend.requests[-1]
    assert (asked.text, asked.mode, asked.sources) == ("bridge", "lexical", ("Northern Wire",))
    assert (str(asked.date_from), str(asked.date_to)) == ("2023-07-11", "2023-07-31")
    assert newsroom.BRIDGE_COST.headline in text.replace(r"\textbackslash{}", "")
    assert "Ferries return" not in text


@pytest.mark.parametrize("ending", FORMATS)
def test_nothing_found_is_an_empty_export(client: FlaskClient, ending: str) -> None:
    text = _get(client, f"/search.{ending}?q=zeppelin&mode=lexical")
    empty = {"csv": 1, "json": 1, "ninjs": 1, "jsonl": 0, "ris": 0, "bib": 0}
    if ending in empty:
        assert len(text.splitlines()) == empty[ending]
    else:
        assert feedparser.parse(text).entries == []
    if ending in {"json", "ninjs"}:
        json.loads(text)


@pytest.mark.parametrize("ending", FEEDS)
def test_a_feed_has_the_newest_first_and_is_capped(ending: str) -> None:
    extra = tuple(
        replace(newsroom.WHALE, uri=f"whale-{n}", first_created=newsroom.at(1 + n % 28, n % 24))
        for n in range(NEWEST + 20)
    )
    client = create_app(FakeBackend(extra=extra)).test_client()
    feed = feedparser.parse(_get(client, f"/search.{ending}?q=whale"))
    days = [entry.published_parsed for entry in feed.entries]
    assert len(days) == NEWEST
    assert days == sorted(days, reverse=True)


def test_a_long_export_is_streamed() -> None:
    """Articles are asked for one by one, while the answer is already on its way."""
    taken = 0

    class Endless(FakeBackend):
        def matches(self, request: SearchRequest, *, newest: bool = False) -> Iterator[Article]:
            nonlocal taken
            while True:
                taken += 1
                yield newsroom.WHALE

    client = create_app(Endless()).test_client()
    for ending in WHOLE:
        answer = client.get(f"/search.{ending}", buffered=False)
        pieces = answer.iter_encoded()
        for _ in range(20):
            next(pieces)
        answer.close()
    assert taken <= 20 * len(WHOLE)


# How it is sent.


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("bridge", "dateline-bridge.csv"),
        ("", "dateline-articles.csv"),
        ('../etc "x"\r\nSet-Cookie: a=b', "dateline-etc-x-set-cookie-a-b.csv"),
        ("المكتبة", "dateline-articles.csv"),
        ("x" * 200, f"dateline-{'x' * 40}.csv"),
    ],
)
def test_a_file_has_a_name_of_plain_letters(client: FlaskClient, query: str, name: str) -> None:
    answer = client.get("/search.csv", query_string={"q": query})
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("ending", FORMATS)
def test_what_is_wrong_is_told_before_the_first_byte(client: FlaskClient, ending: str) -> None:
    for query in ("q=a&from=2023-02-30", "q=bridge+date:2023-02-30", "mode=magic"):
        answer = client.get(f"/search.{ending}?{query}")
        assert answer.status_code == 400
        assert answer.mimetype == "application/problem+json"


def test_other_endings_and_an_empty_archive() -> None:
    client = create_app(FakeBackend(generation=None)).test_client()
    assert "ris" in client.get("/search.docx").get_json()["detail"]
    assert client.get("/search.csv").status_code == 503


def test_the_results_page_leads_to_every_format(client: FlaskClient) -> None:
    page = Page(client.get("/search?q=bridge&lang=en").text)
    for ending in FORMATS:
        assert f"/search.{ending}?q=bridge&lang=en" in page.links
    feeds = [link["href"] for link in page.all("link", rel="alternate")]
    assert feeds == [f"/search.{ending}?q=bridge&lang=en" for ending in FEEDS]
    assert not Page(client.get("/search?q=zzz&mode=lexical").text).all("section")


def test_every_format_is_documented() -> None:
    told = {row[0] for row in rows("docs/exports.md")}
    assert {f"`/search.{ending}`" for ending in FORMATS} <= told


# Each reader reads what was written.


def test_csv_can_be_read_back_whole(client: FlaskClient) -> None:
    table = csv.DictReader(StringIO(_get(client, "/search.csv?q=ferries"), newline=""))
    row = next(table)
    assert row["headline"] == newsroom.BRIDGE_FERRY.headline
    assert row["body"] == newsroom.BRIDGE_FERRY.body
    assert row["first_created"] == "2023-07-12T09:15:00Z"
    assert (row["version"], row["urgency"]) == ("2", "")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r", "\n", "＝"])
def test_no_cell_of_a_csv_begins_a_formula(start: str) -> None:
    nasty = f'{start}cmd|"/c calc"!A1'
    article = replace(newsroom.WHALE, headline=nasty, by=nasty, subjects=(nasty,))
    row = list(csv.reader(StringIO("".join(write_csv(_export(article))), newline="")))[1]
    assert row.count("'" + nasty) == 3


@given(ARTICLES)
def test_csv_holds_whatever_a_text_has(article: Article) -> None:
    table = list(
        csv.reader(StringIO("".join(write_csv(_export(article))), newline=""), strict=True)
    )
    assert len(table) == 2
    assert len(table[0]) == len(table[1])
    shown = cleaned(article)
    assert {shown.headline, "'" + shown.headline} & set(table[1])
    assert not any(cell.startswith(tuple("=+-@\t\r\n")) for cell in table[1])


@pytest.mark.parametrize("article", [newsroom.BRIDGE_FERRY, newsroom.ARABIC, newsroom.BRIDGE_ES])
def test_json_lines_can_be_taken_in_again(client: FlaskClient, article: Article) -> None:
    lines = map(json.loads, _get(client, "/search.jsonl?q=").splitlines())
    record = next(line for line in lines if line["id"] == article.uri)
    piece = RecordPiece(where="a:1", raw="", values=record)
    again = compose(piece, IngestOptions(), file_day=None)
    assert again == replace(article, version=1, raw="")


@given(ARTICLES)
def test_ris_is_one_record_whatever_a_text_has(article: Article) -> None:
    records = rispy.loads(ris(article, address=HERE))
    assert len(records) == 1
    assert records[0]["type_of_reference"] == "NEWS"
    assert records[0].get("id", "") == " ".join(cleaned(article).uri.split())


def test_ris_says_what_an_article_is() -> None:
    article = replace(newsroom.BRIDGE_CLOSED, by="Jonas Hale and Ines Okafor", subjects=("roads",))
    (record,) = rispy.loads(ris(article, address=HERE))
    assert record == {
        "type_of_reference": "NEWS",
        "title": article.headline,
        "authors": ["Jonas Hale", "Ines Okafor"],
        "secondary_title": "Northern Wire",
        "year": "2023",
        "date": "2023/07/10/",
        "place_published": "Port Alder",
        "language": "en",
        "keywords": ["roads"],
        "urls": [article.url],
        "id": article.uri,
    }


@given(ARTICLES)
def test_bibtex_is_one_entry_whatever_a_text_has(article: Article) -> None:
    library = parse_string(bibtex(article, address=HERE) + "@misc{after, title={x}}")
    assert library.failed_blocks == []
    assert library.comments == []
    first, second = library.entries
    assert re.fullmatch("[a-z]+[0-9]*-[0-9a-f]{8}", first.key)
    assert second.key == "after"
    assert "title" in first.fields_dict


def test_bibtex_says_what_an_article_is() -> None:
    headline = r"50% off: Fish & {chips} for $3 \input{x} #1_a ~ ^"
    article = replace(newsroom.BRIDGE_CLOSED, headline=headline)
    (entry,) = parse_string(bibtex(article, address=HERE)).entries
    told = {field.key: field.value for field in entry.fields}
    assert told["title"] == (
        r"{50\% off: Fish \& \textbraceleft{}chips\textbraceright{} for \$3"
        r" \textbackslash{}input\textbraceleft{}x\textbraceright{} \#1\_a"
        r" \textasciitilde{} \textasciicircum{}}"
    )
    assert (told["author"], told["journal"]) == ("Jonas Hale", "Northern Wire")
    assert (told["date"], told["url"]) == ("2023-07-10", article.url)


@pytest.mark.parametrize("ending", FEEDS)
def test_a_feed_is_read_by_a_feed_reader(client: FlaskClient, ending: str) -> None:
    feed = feedparser.parse(_get(client, f"/search.{ending}?q=bridge&lang=en"))
    assert feed.bozo is False
    assert feed.feed.title == "Dateline: bridge"
    assert feed.feed.link == "http://localhost/search?q=bridge&lang=en"
    first = feed.entries[0]
    assert first.title == newsroom.BRIDGE_VOTE.headline
    assert first.link.startswith("http://localhost/article/https://harbourtimes")
    assert first.id.startswith("urn:dateline:article:https%3A")
    assert first.published_parsed[:5] == (2023, 7, 18, 23, 10)
    assert client.get(first.link).status_code == 200


def test_an_atom_feed_and_its_entries_keep_their_ids(client: FlaskClient) -> None:
    first = feedparser.parse(_get(client, "/search.atom?q=ferries&lang=en"))
    moved = feedparser.parse(
        client.get("/search.atom?lang=en&q=ferries", base_url="https://other.example/").text
    )
    assert first.feed.id == moved.feed.id
    assert first.entries[0].id == moved.entries[0].id
    assert first.feed.updated == first.entries[0].updated == "2023-07-12T14:05:00Z"
    assert feedparser.parse(_get(client, "/search.atom?q=ferry")).feed.id != first.feed.id


@given(ARTICLES)
def test_feeds_are_xml_whatever_a_text_has(article: Article) -> None:
    for write in (write_atom, write_rss):
        root = ElementTree.fromstring("".join(write(_export(article))).encode())
        tags = [element.tag.rpartition("}")[2] for element in root.iter()]
        assert tags.count("entry") + tags.count("item") == 1
        assert " ".join(cleaned(article).headline.split()) in "".join(root.itertext())


def test_feeds_show_hostile_text_as_it_is_written(client: FlaskClient) -> None:
    for ending in FEEDS:
        text = _get(client, f"/search.{ending}?q=alert")
        assert "<script" not in text
        assert "alert('headline')" in text


# ninjs 3.1: the properties that the standard allows here, and what each must be.
_NINJS = {
    "uri": str, "type": str, "version": str, "firstCreated": str, "versionCreated": str,
    "pubStatus": str, "urgency": int, "edNote": str, "language": str, "headlines": list,
    "bodies": list, "by": str, "slugline": str, "located": str, "people": list,
    "organisations": list, "places": list, "subjects": list, "infoSources": list,
    "altIds": list, "standard": dict,
}  # fmt: skip


def test_ninjs_items_are_as_the_standard_says(client: FlaskClient) -> None:
    items = json.loads(_get(client, "/search.ninjs?q="))
    assert len(items) == 17
    for item in items:
        assert set(item) <= set(_NINJS)
        for name, value in item.items():
            assert isinstance(value, _NINJS[name]), name
        assert re.match("https?://|urn:", item["uri"])
        assert item["standard"]["version"] == "3.1"
    ferry = next(item for item in items if item["altIds"][0]["value"] == newsroom.BRIDGE_FERRY.uri)
    assert ferry["headlines"][0]["value"] == newsroom.BRIDGE_FERRY.headline
    assert ferry["versionCreated"] == "2023-07-12T14:05:00Z"
    assert ferry["infoSources"] == [{"name": "Harbour Times"}]
