"""What is in an export, whatever its format, and how it is sent."""

import csv
import json
from collections.abc import Iterator
from io import StringIO

import feedparser
import pytest
import rispy
from flask.testing import FlaskClient

from archive.article import Article
from index.types.search import SearchRequest
from tests.scripts.markdown import rows
from tests.web import newsroom
from tests.web.exports.exported import FEEDS, text_at
from tests.web.fake_backend import FakeBackend
from tests.web.page import Page
from web.app import create_app
from web.exports.formats import FORMATS

WHOLE = [ending for ending, each in FORMATS.items() if not each.feed]


def _uris(client: FlaskClient, ending: str, query: str) -> list[str]:
    text = text_at(client, f"/search.{ending}?{query}")
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
    text = text_at(client, f"/search.{ending}?{query}")
    asked = backend.requests[-1]
    assert (asked.text, asked.mode, asked.sources) == ("bridge", "lexical", ("Northern Wire",))
    assert (str(asked.date_from), str(asked.date_to)) == ("2023-07-11", "2023-07-31")
    assert newsroom.BRIDGE_COST.headline in text.replace(r"\textbackslash{}", "")
    assert "Ferries return" not in text


@pytest.mark.parametrize("ending", FORMATS)
def test_nothing_found_is_an_empty_export(client: FlaskClient, ending: str) -> None:
    text = text_at(client, f"/search.{ending}?q=zeppelin&mode=lexical")
    empty = {"csv": 1, "json": 1, "ninjs": 1, "jsonl": 0, "ris": 0, "bib": 0}
    if ending in empty:
        assert len(text.splitlines()) == empty[ending]
    else:
        assert feedparser.parse(text).entries == []
    if ending in {"json", "ninjs"}:
        json.loads(text)


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
