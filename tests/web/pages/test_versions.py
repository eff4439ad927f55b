"""Versions of a text on the pages: what matched, the list of versions, what changed, and kills."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.contract.test_chains import CHAIN, FIRST, OTHER, THIRD, kill
from tests.index.library import Library
from tests.web.page import page_at
from web.app import create_app

HOSTILE = replace(
    OTHER,
    uri="<script>",
    headline="UPDATE 1-<b>Bees</b>",
    body="Volunteers <i>counted</i> wasps & bees at the entrances of hives with a form.",
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    library = Library(tmp_path_factory.mktemp("versions") / "home")
    library.put(*CHAIN, replace(HOSTILE, body=OTHER.body), HOSTILE).reindex()
    yield create_app(library.engine()).test_client()
    library.close()


def test_a_result_says_which_version_matched(client: FlaskClient) -> None:
    results = page_at(client, "/search?q=zebra&mode=lexical")
    assert "Matched in UPDATE 1" in results.text
    assert "10:42" in results.text
    assert {"/article/ferry-2", "/article/ferry-1?version=1"} <= set(results.links)
    assert "Matched in an older version" in page_at(client, "/search?q=lanterns&mode=lexical").text
    assert "Matched in" not in page_at(client, "/search?q=ferry&mode=lexical").text


def test_every_version_is_kept_in_the_links_of_a_search(client: FlaskClient) -> None:
    results = page_at(client, "/search?q=ferry&mode=lexical&every_version=1&group=none")
    assert {"/article/ferry-0", "/article/ferry-1", "/article/ferry-2"} <= set(results.links)
    assert results.all("input", type="hidden", name="every_version", value="1")
    exported = client.get("/search.jsonl?q=ferry&mode=lexical&every_version=1").text
    assert exported.count("\n") == 3
    assert client.get("/search.jsonl?q=ferry&mode=lexical").text.count("\n") == 1


def test_an_article_page_lists_the_versions_of_its_chain(client: FlaskClient) -> None:
    older = page_at(client, "/article/ferry-0")
    assert "This is version 1 of 3. A newer version is available." in older.text
    assert "Version 2 (UPDATE 1)" in older.text
    latest = page_at(client, "/article/ferry-2")
    assert "A newer version" not in latest.text
    for uri in ("ferry-0", "ferry-1"):
        assert f"/article/{uri}?version=1" in latest.links
    assert "/changes/ferry-2?version=1" in latest.links


def test_the_page_of_changes_marks_what_was_added_and_removed(client: FlaskClient) -> None:
    changes = client.get("/changes/ferry-2").text
    assert "<ins>" in changes
    assert "<del>" in changes
    assert "horse box" in changes
    page = page_at(client, "/changes/ferry-2")
    assert "/changes/ferry-1?version=1" in page.links
    assert client.get("/changes/ferry-0").status_code == 404
    assert client.get("/changes/nobody").status_code == 404


def test_hostile_text_is_escaped_in_changes(client: FlaskClient) -> None:
    page = client.get("/changes/%3Cscript%3E")
    assert page.status_code == 200
    assert "<i>" not in page.text
    assert "<b>Bees" not in page.text


def test_the_api_has_the_chain_and_what_matched(client: FlaskClient) -> None:
    article = client.get("/api/v1/articles/ferry-0").get_json()
    assert [entry["id"] for entry in article["chain"]] == [each.uri for each in CHAIN]
    assert [entry["signal"] for entry in article["chain"]] == ["", "UPDATE 1", "UPDATE 2"]
    assert (article["killed"], [v["version"] for v in article["versions"]]) == (False, [1])
    (group,) = client.get("/api/v1/search?q=zebra&mode=lexical").get_json()["results"]
    (hit,) = group["hits"]
    assert (hit["article"]["id"], hit["version_count"], hit["killed"]) == ("ferry-2", 3, False)
    assert (hit["matched"]["id"], hit["matched"]["signal"]) == ("ferry-1", "UPDATE 1")


def test_a_killed_article_has_its_banner_everywhere(tmp_path: Path) -> None:
    library = Library(tmp_path / "home")
    library.put(FIRST, kill()).reindex()
    client = create_app(library.engine()).test_client()
    banner = "The source has withdrawn this article."
    assert banner in page_at(client, "/search?q=lanterns&mode=lexical").text
    for uri in ("ferry-0", "kill"):
        assert banner in page_at(client, f"/article/{uri}").text
        assert client.get(f"/api/v1/articles/{uri}").get_json()["killed"] is True
    library.close()


def test_a_withdrawn_version_leaves_the_list_at_once(tmp_path: Path) -> None:
    library = Library(tmp_path / "home")
    library.put(*CHAIN).reindex()
    library.put(replace(THIRD, pub_status="canceled"))
    client = create_app(library.engine()).test_client()
    page = page_at(client, "/article/ferry-0")
    assert "/article/ferry-2" not in page.links
    assert "This is version 1 of 2." in page.text
    library.close()
