"""The results page: counts, filters, notices, errors next to their fields, pagination."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.web.fake_backend import FakeBackend
from tests.web.page import page_at
from web.app import create_app


def test_results_are_grouped_by_story_with_exact_counts(client: FlaskClient) -> None:
    page = page_at(client, "/search?q=bridge")
    assert "6 articles in 2 stories: 3 keyword matches, 3 semantic only." in page.text
    assert "Took 0.03 seconds." in page.text
    assert "4 more in this story" in page.text
    assert "Showing the best 3; 5 articles in this story match." in page.text
    assert "/story/alder-bridge" in page.links
    assert page.all("mark")


def test_semantic_only_hits_are_tagged(client: FlaskClient) -> None:
    assert "semantic match" in page_at(client, "/search?q=music").text
    assert "semantic match" not in page_at(client, "/search?q=whale").text


def test_texts_have_their_language(client: FlaskClient) -> None:
    page = page_at(client, "/search?q=puente")
    assert page.all("a", lang="es", dir="auto")
    assert page.all("p", lang="es")
    assert "Spanish" in page.text


def test_an_inferred_date_is_marked_as_approximate(client: FlaskClient) -> None:
    assert "about 15 July 2023" in page_at(client, "/search?q=grano").text


def test_every_parameter_reaches_the_search_and_the_form(
    client: FlaskClient, backend: FakeBackend
) -> None:
    address = (
        "/search?q=bridge&mode=lexical&from=2023-07-01&to=2023-07-31"
        "&source=Northern+Wire&source=Harbour+Times&lang=en&unknown=ignored"
    )
    page = page_at(client, address)
    request = backend.requests[-1]
    assert (request.text, request.mode) == ("bridge", "lexical")
    assert (request.date_from, request.date_to) == (date(2023, 7, 1), date(2023, 7, 31))
    assert request.sources == ("Northern Wire", "Harbour Times")
    assert request.languages == ("en",)
    assert "checked" in page.all("input", name="mode", value="lexical")[0]
    assert "checked" in page.all("input", name="source", value="Northern Wire")[0]
    assert page.all("input", id="from", value="2023-07-01")
    assert "Remove filter From 1 July 2023" in page.text


def test_the_search_box_keeps_place_filters(client: FlaskClient) -> None:
    page = page_at(client, "/search?q=bridge&place=Port+Alder&place=A%22%3E")
    assert [box["value"] for box in page.all("input", type="hidden", name="place")] == [
        "Port Alder",
        'A">',
    ]
    assert "Remove filter Port Alder" in page.text
    assert "/search?q=bridge&place=A%22%3E" in page.links
    assert "/search?q=bridge" in page.links
    assert "/search.csv?q=bridge&place=Port+Alder&place=A%22%3E" in page.links


def test_each_filter_can_be_removed_separately(client: FlaskClient) -> None:
    page = page_at(client, "/search?q=bridge&source=Northern+Wire&source=The+Ledger")
    assert "/search?q=bridge&source=The+Ledger" in page.links
    assert "/search?q=bridge" in page.links


def test_a_selected_source_without_results_stays_visible(client: FlaskClient) -> None:
    page = page_at(client, "/search?q=bridge&source=EFE")
    assert "checked" in page.all("input", name="source", value="EFE")[0]
    assert "No articles found." in page.text
    assert "Clear all filters" in page.text


def test_keyword_search_without_results_suggests_hybrid(client: FlaskClient) -> None:
    page = page_at(client, "/search?q=music&mode=lexical")
    assert "/search?q=music&mode=hybrid" in page.links


def test_notices_are_shown_with_the_repaired_query(client: FlaskClient) -> None:
    page = page_at(client, "/search?q=brid*&lang=en")
    assert "The * was ignored." in page.text
    assert "Showing results for brid" in page.text
    assert "/search?q=brid&lang=en" in page.links


def test_did_you_mean_keeps_the_filters(client: FlaskClient) -> None:
    page = page_at(client, "/search?q=alder+brigde&lang=en&page=1")
    assert "Did you mean alder bridge?" in page.text
    assert "/search?q=alder+bridge&lang=en" in page.links
    assert "Did you mean" not in page_at(client, "/search?q=bridge").text


def test_an_invalid_query_is_shown_with_its_error(client: FlaskClient) -> None:
    page = page_at(client, "/search?q=bridge+date:2023-02-30", status=400)
    assert "The date “2023-02-30” does not exist." in page.text
    described = {"id": "q", "aria-describedby": "q-error", "aria-invalid": "true"}
    assert page.all("input", **described)
    assert page.all("p", id="q-error")
    assert page.all("mark")


@pytest.mark.parametrize(
    ("address", "message", "field"),
    [
        ("/search?q=a&from=2023-02-30", "The date “2023-02-30” does not exist.", "from"),
        ("/search?q=a&to=yesterday", "“yesterday” is not a date.", "to"),
        ("/search?q=a&from=2023-07-02&to=2023-07-01", "is before the start date", "to"),
        ("/search?q=a&from=20230701", "“20230701” is not a date.", "from"),
        ("/search?mode=magic", "mode must be one of: hybrid, lexical, semantic.", ""),
        ("/search?q=" + "x" * 2_001, "The text has 2,001 characters", "q"),
        ("/search?q=a&page=0", "page must be a whole number between 1 and 100,000.", ""),
        ("/search?q=a&page=²", "page must be a whole number between 1 and 100,000.", ""),
    ],
)
def test_an_invalid_value_is_shown_with_its_error_and_not_searched(
    client: FlaskClient, backend: FakeBackend, address: str, message: str, field: str
) -> None:
    page = page_at(client, address, status=400)
    assert message in page.text
    assert backend.requests == []
    if field:
        described = {"id": field, "aria-describedby": f"{field}-error", "aria-invalid": "true"}
        assert page.all("input", **described)
        assert page.all("p", id=f"{field}-error")


def test_a_single_page_of_results_has_no_pagination(client: FlaskClient) -> None:
    page = page_at(client, "/search?q=bridge&page=1")
    assert not page.all("nav", **{"aria-label": "Pagination"})


def test_pagination_keeps_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.pages.search_form.STORIES_PER_PAGE", 1)
    monkeypatch.setattr("web.pages.views.STORIES_PER_PAGE", 1)
    client = create_app(FakeBackend()).test_client()
    first = page_at(client, "/search?q=bridge&lang=en")
    assert "Page 1 of 2" in first.text
    assert [link["href"] for link in first.all("a", rel="next")] == [
        "/search?q=bridge&lang=en&page=2"
    ]
    second = page_at(client, "/search?q=bridge&lang=en&page=2")
    assert [link["href"] for link in second.all("a", rel="prev")] == ["/search?q=bridge&lang=en"]
    assert not second.all("a", rel="next")
    assert "Grain envoys" in second.text


def test_a_page_after_the_last_links_to_the_first(client: FlaskClient) -> None:
    page = page_at(client, "/search?q=bridge&page=9")
    assert "There is no page 9: the last page of results is 1." in page.text
    assert "/search?q=bridge" in page.links
