from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.fakes import make_article, on_day
from tests.index.library import Library
from tests.web import newsroom
from tests.web.fake_backend import FakeBackend
from tests.web.page import Page
from web.addresses import quote_id
from web.app import create_app


def _page(client: FlaskClient, address: str, *, status: int = 200) -> Page:
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    assert len(answer.data) < 60_000
    return Page(answer.text)


def _lexical_only(*, problem: str = "") -> FlaskClient:
    model = None if problem else "all-MiniLM-L6-v2"
    backend = FakeBackend(modes=("lexical",), model=model, model_problem=problem)
    return create_app(backend).test_client()


def test_home_shows_the_newest_stories_and_what_is_held(client: FlaskClient) -> None:
    page = _page(client, "/")
    assert "17 articles from 9 sources in 7 languages" in page.text
    newest = page.text[page.text.index("The newest stories", 100) :]
    assert newest.index("Council votes 19 to 4") < newest.index("Heat closes schools")
    assert "Most written about, 19 June to 18 July 2023" in page.text
    assert "2 more wait to be indexed" in page.text


def test_home_says_what_the_archive_holds(client: FlaskClient) -> None:
    page = _page(client, "/")
    held = page.text[page.text.index("What the archive holds") :]
    assert "Northern Wire 4" in held
    assert "English 10" in held
    assert "/search?source=Northern+Wire" in page.links
    assert "/search?lang=es" in page.links
    days = [link["href"] for link in page.all("a") if "July 2023: " in link.get("aria-label", "")]
    assert "/search?from=2023-07-18&to=2023-07-18" in days


def test_home_counts_days_of_the_last_month_where_the_archive_is_old(tmp_path: Path) -> None:
    library = Library(tmp_path / "home").put(
        *(make_article(f"old-{n}", first_created=on_day(-40 * n)) for n in range(9)),
        make_article("new", first_created=on_day(1)),
        make_article("pt", language="pt-BR"),
    )
    library.reindex()
    page = _page(create_app(library.engine()).test_client(), "/")
    assert "By month" in page.text
    assert "By day, the last month" in page.text
    labels = [link["aria-label"] for link in page.all("a") if "aria-label" in link]
    assert labels[-2:] == ["1 March 2031: 2 articles", "2 March 2031: 1 article"]
    assert "March 2031: 3 articles" in labels
    assert "in 2 languages" in page.text
    assert "Portuguese (Brazil) 1" in page.text
    library.close()


def test_home_counts_all_sources_and_shows_those_with_most(tmp_path: Path) -> None:
    library = Library(tmp_path / "home").put(
        *(make_article(f"a-{n}", source=f"Source {n:02}") for n in range(60)),
        make_article("more", source="Source 59"),
    )
    library.reindex()
    page = _page(create_app(library.engine()).test_client(), "/")
    assert "61 articles from 60 sources in 1 language" in page.text
    assert "Source 59 2" in page.text
    assert len([link for link in page.links if link.startswith("/search?source=")]) == 24
    library.close()


def test_the_article_page_has_its_places_and_names(client: FlaskClient) -> None:
    page = _page(client, "/article/" + quote_id(newsroom.BRIDGE_CLOSED.uri))
    assert "/search?q=place:%22Port+Alder%22" in page.links
    assert "/search?q=name:%22Marta+Lindqvist%22" in page.links
    assert "/search?q=name:%22Port+Alder%22" not in page.links


def test_home_sends_a_query_to_the_results(client: FlaskClient) -> None:
    answer = client.get("/?q=bridge&source=Northern+Wire&source=Harbour+Times")
    assert answer.location == "/search?q=bridge&source=Northern+Wire&source=Harbour+Times"


def test_results_are_grouped_by_story_with_honest_counts(client: FlaskClient) -> None:
    page = _page(client, "/search?q=bridge")
    assert "6 articles in 2 stories: 3 match the words, 3 by meaning only." in page.text
    assert "Found in 0.03 seconds." in page.text
    assert "4 more in this story" in page.text
    assert "The best 3 are shown; 5 articles of the story match." in page.text
    assert "/story/alder-bridge" in page.links
    assert page.all("mark")


def test_hits_by_meaning_alone_say_so(client: FlaskClient) -> None:
    assert "by meaning" in _page(client, "/search?q=music").text
    assert "by meaning" not in _page(client, "/search?q=whale").text


def test_texts_carry_their_language(client: FlaskClient) -> None:
    page = _page(client, "/search?q=puente")
    assert page.all("a", lang="es", dir="auto")
    assert page.all("p", lang="es")
    assert "Spanish" in page.text


def test_an_inferred_date_says_about(client: FlaskClient) -> None:
    assert "about 15 July 2023" in _page(client, "/search?q=grano").text


def test_every_choice_reaches_the_search_and_the_page(
    client: FlaskClient, backend: FakeBackend
) -> None:
    address = (
        "/search?q=bridge&mode=lexical&from=2023-07-01&to=2023-07-31"
        "&source=Northern+Wire&source=Harbour+Times&lang=en&unknown=ignored"
    )
    page = _page(client, address)
    asked = backend.requests[-1]
    assert (asked.text, asked.mode) == ("bridge", "lexical")
    assert (asked.date_from, asked.date_to) == (date(2023, 7, 1), date(2023, 7, 31))
    assert asked.sources == ("Northern Wire", "Harbour Times")
    assert asked.languages == ("en",)
    assert "checked" in page.all("input", name="mode", value="lexical")[0]
    assert "checked" in page.all("input", name="source", value="Northern Wire")[0]
    assert page.all("input", id="from", value="2023-07-01")
    assert "Remove the filter From 1 July 2023" in page.text


def test_places_filter_and_are_kept_by_the_box(client: FlaskClient) -> None:
    page = _page(client, "/search?q=bridge&place=Port+Alder&place=A%22%3E")
    assert [box["value"] for box in page.all("input", type="hidden", name="place")] == [
        "Port Alder",
        'A">',
    ]
    assert "Remove the filter Port Alder" in page.text
    assert "/search?q=bridge&place=A%22%3E" in page.links
    assert "/search?q=bridge" in page.links
    assert "/search.csv?q=bridge&place=Port+Alder&place=A%22%3E" in page.links


def test_a_filter_can_be_taken_back_alone(client: FlaskClient) -> None:
    page = _page(client, "/search?q=bridge&source=Northern+Wire&source=The+Ledger")
    assert "/search?q=bridge&source=The+Ledger" in page.links
    assert "/search?q=bridge" in page.links


def test_a_chosen_source_with_nothing_found_stays_visible(client: FlaskClient) -> None:
    page = _page(client, "/search?q=bridge&source=EFE")
    assert "checked" in page.all("input", name="source", value="EFE")[0]
    assert "No article matches within these filters." in page.text
    assert "Search the whole archive" in page.text


def test_no_results_in_words_offers_meaning(client: FlaskClient) -> None:
    page = _page(client, "/search?q=music&mode=lexical")
    assert "/search?q=music&mode=hybrid" in page.links


def test_notices_are_shown_with_the_query_as_it_was_taken(client: FlaskClient) -> None:
    page = _page(client, "/search?q=brid*&lang=en")
    assert "The * was ignored." in page.text
    assert "Searched for brid" in page.text
    assert "/search?q=brid&lang=en" in page.links


def test_another_spelling_is_offered_and_keeps_the_filters(client: FlaskClient) -> None:
    page = _page(client, "/search?q=alder+brigde&lang=en&page=1")
    assert "Did you mean alder bridge?" in page.text
    assert "/search?q=alder+bridge&lang=en" in page.links
    assert "Did you mean" not in _page(client, "/search?q=bridge").text


def test_a_query_that_cannot_be_answered_is_shown_beside_the_box(client: FlaskClient) -> None:
    page = _page(client, "/search?q=bridge+date:2023-02-30", status=400)
    assert "“2023-02-30” is not in the calendar." in page.text
    described = {"id": "q", "aria-describedby": "q-error", "aria-invalid": "true"}
    assert page.all("input", **described)
    assert page.all("p", id="q-error")
    assert page.all("mark")


@pytest.mark.parametrize(
    ("address", "message", "field"),
    [
        ("/search?q=a&from=2023-02-30", "“2023-02-30” is not in the calendar.", "from"),
        ("/search?q=a&to=yesterday", "“yesterday” is not a day;", "to"),
        ("/search?q=a&from=2023-07-02&to=2023-07-01", "comes before the first", "to"),
        ("/search?q=a&from=20230701", "“20230701” is not a day;", "from"),
        ("/search?mode=magic", "“magic” is not a mode;", ""),
        ("/search?q=" + "x" * 2_001, "The query has 2,001 characters", "q"),
        ("/search?q=a&page=0", "“0” will not do for page;", ""),
        ("/search?q=a&page=²", "“²” will not do for page;", ""),
    ],
)
def test_a_bad_value_is_shown_beside_its_field_and_nothing_is_searched(
    client: FlaskClient, backend: FakeBackend, address: str, message: str, field: str
) -> None:
    page = _page(client, address, status=400)
    assert message in page.text
    assert backend.requests == []
    if field:
        described = {"id": field, "aria-describedby": f"{field}-error", "aria-invalid": "true"}
        assert page.all("input", **described)
        assert page.all("p", id=f"{field}-error")


def test_one_page_of_results_has_no_paging(client: FlaskClient) -> None:
    page = _page(client, "/search?q=bridge&page=1")
    assert not page.all("nav", **{"aria-label": "Pages"})


def test_previous_and_next_keep_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.forms.STORIES_PER_PAGE", 1)
    monkeypatch.setattr("web.pages.STORIES_PER_PAGE", 1)
    client = create_app(FakeBackend()).test_client()
    first = _page(client, "/search?q=bridge&lang=en")
    assert "Page 1 of 2" in first.text
    assert [link["href"] for link in first.all("a", rel="next")] == [
        "/search?q=bridge&lang=en&page=2"
    ]
    second = _page(client, "/search?q=bridge&lang=en&page=2")
    assert [link["href"] for link in second.all("a", rel="prev")] == ["/search?q=bridge&lang=en"]
    assert not second.all("a", rel="next")
    assert "Grain envoys" in second.text


def test_a_page_beyond_the_last_leads_back(client: FlaskClient) -> None:
    page = _page(client, "/search?q=bridge&page=9")
    assert "There is no page 9: these results end on page 1." in page.text
    assert "/search?q=bridge" in page.links


def test_modes_that_cannot_be_used_say_why() -> None:
    page = _page(_lexical_only(), "/")
    assert "Searching by meaning joins when its vectors are done." in page.text
    assert "disabled" in page.all("input", name="mode", value="hybrid")[0]
    assert "checked" in page.all("input", name="mode", value="lexical")[0]
    broken = _page(_lexical_only(problem="the model's files are damaged"), "/search?q=bridge")
    assert "Searching by meaning is off: the model's files are damaged" in broken.text
    waiting = FakeBackend(modes=("lexical",), model=None)
    page = _page(create_app(waiting).test_client(), "/")
    assert "Searching by meaning joins when its vectors are done." in page.text


def test_the_article_page_has_the_whole_article(client: FlaskClient) -> None:
    page = _page(client, "/article/" + quote_id(newsroom.BRIDGE_CLOSED.uri))
    for paragraph in newsroom.BRIDGE_CLOSED.paragraphs:
        assert paragraph in page.text
    assert "By Jonas Hale" in page.text
    assert "Port Alder, July 10 (NW).-" in page.text
    assert "Published 10 July 2023, 07:40 UTC" in page.text
    assert newsroom.BRIDGE_CLOSED.url in page.links


def test_the_article_page_shows_its_story_and_related_articles_once(client: FlaskClient) -> None:
    page = _page(client, "/article/" + quote_id(newsroom.BRIDGE_COST.uri))
    assert "In this story" in page.text
    assert "Related articles" in page.text
    assert page.text.count("Council votes 19 to 4") == 1
    assert page.text.count("Grain envoys meet") == 1


def test_an_older_version_has_a_banner(client: FlaskClient) -> None:
    address = "/article/" + quote_id(newsroom.BRIDGE_FERRY.uri)
    newest = _page(client, address)
    assert "Editor’s note. Corrects the number of passengers" in newest.text
    assert f"{address}?version=1" in newest.links
    older = _page(client, f"{address}?version=1")
    assert "This is version 1 of 2" in older.text
    assert "Each takes 150 people" in older.text
    assert address in older.links


@pytest.mark.parametrize(
    ("tail", "status"), [("?version=3", 404), ("?version=0", 400), ("?version=two", 400)]
)
def test_versions_that_are_not_there(client: FlaskClient, tail: str, status: int) -> None:
    _page(client, "/article/" + quote_id(newsroom.BRIDGE_FERRY.uri) + tail, status=status)


@pytest.mark.parametrize("tail", ["", "?version=1"])
def test_no_version_of_a_withdrawn_article_is_shown(client: FlaskClient, tail: str) -> None:
    page = _page(client, "/article/northern:killed" + tail, status=410)
    assert "Its source has withdrawn this article." in page.text
    assert "libel" not in page.text


def test_a_withheld_article_is_not_shown() -> None:
    held = replace(newsroom.WHALE, uri="held", pub_status="withheld")
    client = create_app(FakeBackend(extra=(held,))).test_client()
    assert "withholds" in _page(client, "/article/held", status=403).text


def test_the_story_page_reads_oldest_first(client: FlaskClient) -> None:
    page = _page(client, "/story/alder-bridge")
    assert "5 articles from 3 sources, 10 to 18 July 2023, oldest first" in page.text
    assert page.text.index("Ferries return") < page.text.index("Council votes")


def test_a_story_without_a_title_or_date(client: FlaskClient) -> None:
    page = _page(client, "/story/" + quote("chess/park?"))
    assert "Untitled story" in page.text
    assert "date not known" in page.text


def test_a_long_story_has_pages(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.pages._STORY_PAGE", 2)
    assert "/story/alder-bridge?page=2" in _page(client, "/story/alder-bridge").links
    last = _page(client, "/story/alder-bridge?page=3")
    assert "Council votes" in last.text
    assert "Page 3 of 3" in last.text
    _page(client, "/story/alder-bridge?page=4", status=400)


@pytest.mark.parametrize("address", ["/nowhere", "/article/none", "/story/none", "/article/"])
def test_what_is_not_there_has_a_page(client: FlaskClient, address: str) -> None:
    page = _page(client, address, status=404)
    assert {"/", "/help"} <= {*page.links}


@pytest.mark.parametrize(
    ("how", "address", "english", "spanish"),
    [
        ("get", "/nowhere", "There is no such page here.", "Aquí no hay tal página."),
        ("post", "/help", "This address is there to be read", "Esta dirección es para leer"),
    ],
)
def test_what_goes_wrong_is_said_in_the_readers_language(
    client: FlaskClient, how: str, address: str, english: str, spanish: str
) -> None:
    ask = getattr(client, how)
    assert english in Page(ask(address).text).text
    assert spanish in Page(ask(address, headers={"Accept-Language": "es"}).text).text
    told = client.get("/api/v1/nowhere", headers={"Accept-Language": "es"}).get_json()
    assert "not found on the server" in told["detail"]


@pytest.mark.parametrize("address", ["/", "/search?q=bridge"])
def test_before_the_first_reindex_the_page_says_what_to_run(address: str) -> None:
    client = create_app(FakeBackend(generation=None)).test_client()
    page = _page(client, address, status=503)
    assert "run: dateline reindex" in page.text


@pytest.mark.parametrize("address", ["/", "/search?q=bridge", "/story/grain", "/nowhere"])
def test_every_page_can_be_used_by_keyboard_and_by_ear(client: FlaskClient, address: str) -> None:
    page = Page(client.get(address).text)
    assert page.all("html", lang="en")
    assert page.links[0] == "#main"
    assert page.all("main", id="main")
    labelled = {label["for"] for label in page.all("label") if "for" in label}
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {"q"} <= labelled <= set(ids)
    assert len(page.all("h1")) == 1


def test_pages_load_nothing_from_elsewhere(client: FlaskClient) -> None:
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


def test_a_note_that_stands_in_the_body_is_shown_once_and_the_dateline_after_it() -> None:
    note = "(Corrects the river)"
    noted = replace(
        newsroom.BRIDGE_ES, uri="noted", ed_note=note, body=f"{note}\n\n{newsroom.BRIDGE_ES.body}"
    )
    client = create_app(FakeBackend(extra=(noted,))).test_client()
    page = _page(client, "/article/noted")
    assert page.text.count(note) == 1
    assert "Port Alder, 13 jul (Litoral).- Un centenar de camiones" in page.text
