"""Contents of exports in every format, and how they are sent."""

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
from tests.scripts.docs.markdown import rows
from tests.web import newsroom
from tests.web.exports.samples import FEEDS, text_at
from tests.web.fake_backend import FakeBackend
from tests.web.page import Page
from web.app import create_app
from web.exports.formats import FORMATS

FILES = [extension for extension, each in FORMATS.items() if not each.feed]


def _uris(client: FlaskClient, extension: str, query: str) -> list[str]:
    text = text_at(client, f"/search.{extension}?{query}")
    if extension == "csv":
        return [row["id"] for row in csv.DictReader(StringIO(text, newline=""))]
    if extension == "json":
        return [each["id"] for each in json.loads(text)["articles"]]
    if extension == "jsonl":
        return [json.loads(line)["id"] for line in text.splitlines()]
    if extension == "ninjs":
        return [each["altIds"][0]["value"] for each in json.loads(text)]
    return [record["id"] for record in rispy.loads(text)]


# Contents.


@pytest.mark.parametrize("extension", ["csv", "json", "jsonl", "ninjs", "ris"])
def test_an_export_has_every_article_in_the_order_of_the_search(
    client: FlaskClient, backend: FakeBackend, extension: str
) -> None:
    request = SearchRequest(text="bridge", languages=("en", "es"))
    expected = [article.uri for article in backend.matches(request)]
    assert len(expected) == 6
    assert _uris(client, extension, "q=bridge&lang=en&lang=es&page=7") == expected


@pytest.mark.parametrize("extension", FORMATS)
def test_an_export_applies_every_filter_of_the_page(
    client: FlaskClient, backend: FakeBackend, extension: str
) -> None:
    query = "q=bridge&mode=lexical&from=2023-07-11&to=2023-07-31&source=Northern+Wire&lang=en"
    text = text_at(client, f"/search.{extension}?{query}")
    request = backend.requests[-1]
    assert (request.text, request.mode, request.sources) == (
        "bridge",
        "lexical",
        ("Northern Wire",),
    )
    assert (str(request.date_from), str(request.date_to)) == ("2023-07-11", "2023-07-31")
    assert newsroom.BRIDGE_COST.headline in text.replace(r"\textbackslash{}", "")
    assert "Ferries return" not in text


@pytest.mark.parametrize("extension", FORMATS)
def test_a_search_without_results_is_an_empty_export(client: FlaskClient, extension: str) -> None:
    text = text_at(client, f"/search.{extension}?q=zeppelin&mode=lexical")
    empty = {"csv": 1, "json": 1, "ninjs": 1, "jsonl": 0, "ris": 0, "bib": 0}
    if extension in empty:
        assert len(text.splitlines()) == empty[extension]
    else:
        assert feedparser.parse(text).entries == []
    if extension in {"json", "ninjs"}:
        json.loads(text)


def test_an_export_is_streamed() -> None:
    """Articles are read one by one while the response is being sent."""
    count = 0

    class Endless(FakeBackend):
        def matches(self, request: SearchRequest, *, newest: bool = False) -> Iterator[Article]:
            nonlocal count
            while True:
                count += 1
                yield newsroom.WHALE

    client = create_app(Endless()).test_client()
    for extension in FILES:
        answer = client.get(f"/search.{extension}", buffered=False)
        pieces = answer.iter_encoded()
        for _ in range(20):
            next(pieces)
        answer.close()
    assert count <= 20 * len(FILES)


# Headers, streaming and errors.


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
def test_a_file_name_has_only_ascii_letters_and_digits(
    client: FlaskClient, query: str, name: str
) -> None:
    answer = client.get("/search.csv", query_string={"q": query})
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("extension", FORMATS)
def test_an_error_is_reported_before_the_first_byte(client: FlaskClient, extension: str) -> None:
    for query in ("q=a&from=2023-02-30", "q=bridge+date:2023-02-30", "mode=magic"):
        answer = client.get(f"/search.{extension}?{query}")
        assert answer.status_code == 400
        assert answer.mimetype == "application/problem+json"


def test_an_unknown_format_is_404_and_an_empty_archive_503() -> None:
    client = create_app(FakeBackend(generation=None)).test_client()
    assert "ris" in client.get("/search.docx").get_json()["detail"]
    assert client.get("/search.csv").status_code == 503


def test_the_results_page_links_to_every_format(client: FlaskClient) -> None:
    page = Page(client.get("/search?q=bridge&lang=en").text)
    for extension in FORMATS:
        assert f"/search.{extension}?q=bridge&lang=en" in page.links
    feeds = [link["href"] for link in page.all("link", rel="alternate")]
    assert feeds == [f"/search.{extension}?q=bridge&lang=en" for extension in FEEDS]
    assert not Page(client.get("/search?q=zzz&mode=lexical").text).all("section")


def test_every_format_is_documented() -> None:
    documented = {row[0] for row in rows("docs/exports.md")}
    assert {f"`/search.{extension}`" for extension in FORMATS} <= documented


def test_csv_has_a_byte_order_mark_on_request(client: FlaskClient) -> None:
    plain, marked = client.get("/search.csv?q=bridge"), client.get("/search.csv?q=bridge&bom=1")
    assert marked.data == b"\xef\xbb\xbf" + plain.data
    assert marked.headers["Content-Disposition"] == plain.headers["Content-Disposition"]
    for address in ("/search.json?bom=1", "/search.csv?bom=yes"):
        assert client.get(address).status_code == 400
    page = Page(client.get("/search?q=bridge&lang=en").text)
    assert "/search.csv?bom=1&q=bridge&lang=en" in page.links


def test_an_export_refuses_other_names_of_its_parameters(client: FlaskClient) -> None:
    answer = client.get("/search.csv?q=bridge&language=es")
    assert (answer.status_code, "use lang." in answer.get_json()["detail"]) == (400, True)
    assert client.get("/search.csv?q=bridge&utm_source=mail").status_code == 200
