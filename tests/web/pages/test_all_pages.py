"""Every page: accessible structure, resources from this site only, readable errors."""

import pytest
from flask.testing import FlaskClient

from index.types.status import Status
from tests.web.fake_backend import FakeBackend
from tests.web.page import Page, page_at
from web.app import create_app


@pytest.mark.parametrize("address", ["/nowhere", "/article/none", "/story/none", "/article/"])
def test_404_is_a_page_with_links(client: FlaskClient, address: str) -> None:
    page = page_at(client, address, status=404)
    assert {"/", "/help"} <= {*page.links}


@pytest.mark.parametrize(
    ("how", "address", "english", "spanish"),
    [
        ("get", "/nowhere", "This page does not exist.", "Esta página no existe."),
        ("post", "/help", "This page can only be read", "Esta página solo se puede leer"),
    ],
)
def test_errors_are_in_the_readers_language(
    client: FlaskClient, how: str, address: str, english: str, spanish: str
) -> None:
    ask = getattr(client, how)
    assert english in Page(ask(address).text).text
    assert spanish in Page(ask(address, headers={"Accept-Language": "es"}).text).text
    problem = client.get("/api/v1/nowhere", headers={"Accept-Language": "es"}).get_json()
    assert "not found on the server" in problem["detail"]


@pytest.mark.parametrize("address", ["/", "/search?q=bridge"])
def test_without_an_index_pages_say_what_to_run(address: str) -> None:
    client = create_app(FakeBackend(generation=None)).test_client()
    page = page_at(client, address, status=503)
    assert "Nothing is indexed yet in fake. Run `dateline ingest PATH`" in page.text


@pytest.mark.parametrize("address", ["/", "/search?q=bridge", "/story/grain", "/nowhere"])
def test_pages_have_landmarks_labels_and_a_skip_link(client: FlaskClient, address: str) -> None:
    page = Page(client.get(address).text)
    assert page.all("html", lang="en")
    assert page.links[0] == "#main"
    assert page.all("main", id="main")
    labelled = {label["for"] for label in page.all("label") if "for" in label}
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {"q"} <= labelled <= set(ids)
    assert len(page.all("h1")) == 1


def test_pages_load_resources_from_this_site_only(client: FlaskClient) -> None:
    answer = client.get("/search?q=bridge")
    page = Page(answer.text)
    assert [script["src"] for script in page.all("script")] == ["/static/dateline.js"]
    loaded = [link for link in page.all("link") if link["rel"] not in ("alternate", "search")]
    assert all(link["href"].startswith("/static/") for link in loaded)
    for address in ("/static/dateline.js", *(link["href"] for link in page.all("link"))):
        with client.get(address) as sheet:
            assert sheet.status_code == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/", "/search?q=bridge", "/search.csv?q=bridge", "/sitemap.xml"])
def test_a_request_reads_the_status_once(
    backend: FakeBackend, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    reads: list[int] = []
    status = backend.status()

    def counted() -> Status:
        reads.append(1)
        return status

    monkeypatch.setattr(backend, "status", counted)
    assert client.get(path).status_code == 200
    assert len(reads) == 1
