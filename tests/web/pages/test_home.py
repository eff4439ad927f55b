"""The home page: archive contents, latest stories, unavailable modes."""

from pathlib import Path

from flask.testing import FlaskClient

from tests.fakes import make_article, on_day
from tests.index.library import Library
from tests.web.fake_backend import FakeBackend
from tests.web.page import page_at
from web.app import create_app


def _lexical_only(*, problem: str = "") -> FlaskClient:
    model = None if problem else "all-MiniLM-L6-v2"
    backend = FakeBackend(modes=("lexical",), model=model, model_problem=problem)
    return create_app(backend).test_client()


def test_home_shows_totals_top_and_latest_stories(client: FlaskClient) -> None:
    page = page_at(client, "/")
    assert "17 articles from 9 sources in 7 languages" in page.text
    newest = page.text[page.text.index("Latest stories", 100) :]
    assert newest.index("Council votes 19 to 4") < newest.index("Heat closes schools")
    assert "Top stories, 19 June to 18 July 2023" in page.text
    assert "2 articles not indexed yet" in page.text


def test_home_shows_the_archive_contents(client: FlaskClient) -> None:
    page = page_at(client, "/")
    contents = page.text[page.text.index("Archive contents") :]
    assert "Northern Wire 4" in contents
    assert "English 10" in contents
    assert "/search?source=Northern+Wire" in page.links
    assert "/search?lang=es" in page.links
    days = [link["href"] for link in page.all("a") if "July 2023: " in link.get("aria-label", "")]
    assert "/search?from=2023-07-18&to=2023-07-18" in days


def test_home_adds_the_last_30_days_for_a_long_archive(tmp_path: Path) -> None:
    library = Library(tmp_path / "home").put(
        *(make_article(f"old-{n}", first_created=on_day(-40 * n)) for n in range(9)),
        make_article("new", first_created=on_day(1)),
        make_article("pt", language="pt-BR"),
    )
    library.reindex()
    page = page_at(create_app(library.engine()).test_client(), "/")
    assert "By month" in page.text
    assert "By day, last 30 days" in page.text
    labels = [link["aria-label"] for link in page.all("a") if "aria-label" in link]
    assert labels[-2:] == ["1 March 2031: 2 articles", "2 March 2031: 1 article"]
    assert "March 2031: 3 articles" in labels
    assert "in 2 languages" in page.text
    assert "Portuguese (Brazil) 1" in page.text
    library.close()


def test_home_counts_all_sources_and_lists_the_largest(tmp_path: Path) -> None:
    library = Library(tmp_path / "home").put(
        *(make_article(f"a-{n}", source=f"Source {n:02}") for n in range(60)),
        make_article("more", source="Source 59"),
    )
    library.reindex()
    page = page_at(create_app(library.engine()).test_client(), "/")
    assert "61 articles from 60 sources in 1 language" in page.text
    assert "Source 59 2" in page.text
    assert len([link for link in page.links if link.startswith("/search?source=")]) == 24
    library.close()


def test_home_redirects_a_query_to_the_results(client: FlaskClient) -> None:
    answer = client.get("/?q=bridge&source=Northern+Wire&source=Harbour+Times")
    assert answer.location == "/search?q=bridge&source=Northern+Wire&source=Harbour+Times"


def test_unavailable_modes_have_a_reason() -> None:
    page = page_at(_lexical_only(), "/")
    assert "Semantic search will be available when all articles are embedded." in page.text
    assert "disabled" in page.all("input", name="mode", value="hybrid")[0]
    assert "checked" in page.all("input", name="mode", value="lexical")[0]
    broken = page_at(_lexical_only(problem="the model's files are damaged"), "/search?q=bridge")
    assert "Semantic search is unavailable: the model's files are damaged" in broken.text
    waiting = FakeBackend(modes=("lexical",), model=None)
    page = page_at(create_app(waiting).test_client(), "/")
    assert "Semantic search will be available when all articles are embedded." in page.text
