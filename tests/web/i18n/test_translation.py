"""Translations: complete, consistent, and in the language that the reader selects."""

import re
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from index.lexical.engine import ArrayEngine
from index.local.engine import open_engine
from index.query import parse
from index.types.search import Totals
from tests.fakes import NoModels
from tests.source_tree import ROOT
from tests.web.fake_backend import FakeBackend
from tests.web.i18n.catalogue import Message, collect_messages
from tests.web.newsroom import at
from tests.web.page import Page
from web.app import create_app
from web.i18n import formatting
from web.i18n.translation import LANGUAGES, LOCALES, gettext, set_language

OTHERS = [tag for tag in LANGUAGES if tag != "en"]
_PLACEHOLDERS = re.compile(r"%\(\w+\)[-+.\d]*\w")


def _load_translations(tag: str) -> dict[Message, tuple[str, ...]]:
    with (LOCALES / f"{tag}.po").open("rb") as source:
        catalogue = read_po(source, locale=tag)
    return {
        tuple(each.id) if isinstance(each.id, list) else each.id: _texts(each.string)
        for each in catalogue
        if each.id and not each.fuzzy
    }


def _texts(value: object) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, tuple | list) else (str(value),)


@pytest.mark.parametrize("tag", OTHERS)
def test_every_text_is_translated_and_no_translation_is_unused(tag: str) -> None:
    assert set(_load_translations(tag)) == collect_messages()
    assert [text for text, strings in _load_translations(tag).items() if not all(strings)] == []


@pytest.mark.parametrize("tag", OTHERS)
def test_a_translation_has_the_same_placeholders(tag: str) -> None:
    for message, translations in _load_translations(tag).items():
        one = message if isinstance(message, str) else message[-1]
        for text in translations:
            assert sorted(_PLACEHOLDERS.findall(text)) == sorted(_PLACEHOLDERS.findall(one)), text


def _language(client: FlaskClient, address: str = "/search?q=bridge", **headers: str) -> str:
    answer = client.get(address, headers=headers)
    (page,) = Page(answer.text).all("html")
    assert answer.headers["Content-Language"] == page["lang"]
    assert {"Accept-Language", "Cookie"} <= set(answer.headers["Vary"].split(", "))
    return page["lang"]


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("es", "es"),
        ("es-MX,en;q=0.5", "es"),
        ("fr,es;q=0.8,en;q=0.5", "es"),
        ("en-GB,es;q=0.9", "en"),
        ("fr", "en"),
        ("", "en"),
        ("*", "en"),
        ("<script>", "en"),
    ],
)
def test_accept_language_sets_the_language(
    client: FlaskClient, accepted: str, language: str
) -> None:
    assert _language(client, **{"Accept-Language": accepted}) == language


def test_the_selected_language_is_stored_in_a_cookie(client: FlaskClient) -> None:
    answer = client.get("/?ui=es")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("ui=es;")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert _language(client) == "es"
    assert _language(client, **{"Accept-Language": "en"}) == "es"
    assert _language(client, "/search?ui=en") == "en"
    assert _language(client, **{"Accept-Language": "es"}) == "en"


@pytest.mark.parametrize("choice", ["xx", "", "es'\r\nX: y", "../es"])
def test_an_unknown_language_is_ignored(client: FlaskClient, choice: str) -> None:
    answer = client.get("/", query_string={"ui": choice})
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Content-Language"] == "en"


def test_every_page_links_to_its_other_language(client: FlaskClient) -> None:
    (link,) = Page(client.get("/search?q=bridge&source=The+Ledger").text).all("a", hreflang="es")
    assert link["href"] == "?q=bridge&source=The+Ledger&ui=es"
    (link,) = Page(client.get("/search?q=a&ui=es").text).all("a", hreflang="en")
    assert link["href"] == "?q=a&ui=en"


@pytest.mark.parametrize(
    "address",
    [
        *("/", "/search?q=bridge&explain=1", "/search?q=zzz&mode=lexical&lang=en", "/nowhere"),
        *("/story/alder-bridge", "/article/urn:harbour:whale", "/search?from=x", "/help"),
    ],
)
def test_spanish_pages_have_no_english_texts(client: FlaskClient, address: str) -> None:
    """No English text that has a translation is on the Spanish page."""
    page = Page(client.get(address, headers={"Accept-Language": "es"}).text)
    english = [text for text in _load_translations("es") if isinstance(text, str) and " " in text]
    plain = [text for text in english if "%" not in text and gettext(text) == text]
    assert [text for text in plain if text in page.text] == []


def test_numbers_dates_and_names_are_spanish(client: FlaskClient) -> None:
    page = Page(client.get("/search?q=bridge", headers={"Accept-Language": "es"}).text)
    assert (
        "6 artículos en 2 historias: 3 por palabras clave, 3 solo por búsqueda semántica"
        in page.text
    )
    assert "Inglés" in page.text
    assert "18 de julio de 2023" in page.text
    set_language("es")
    try:
        totals = Totals(articles=12_310, lexical=12_310, semantic_only=0, stories=1)
        assert formatting.format_totals(totals, "a") == (
            "12.310 artículos en 1 historia, todos por palabras clave"
        )
        assert formatting.format_period(at(3), at(15)) == "3–15 de julio de 2023"
        assert formatting.format_bucket(date(2023, 7, 1), "month") == "julio de 2023"
        assert (formatting.is_foreign("en"), formatting.is_foreign("es-AR")) == (True, False)
        assert formatting.format_gap(0.05) == "a 1 hora del artículo más cercano de la historia"
        assert formatting.format_gap(3.14) == "a 3,1 días del artículo más cercano de la historia"
        assert formatting.format_duration(31.4) == "0,03 segundos"
    finally:
        set_language("en")


@pytest.mark.parametrize(
    "address",
    ["/api/v1/search?page_size=0", "/search.csv?from=x", "/search.ris?q=chess", "/search.atom"],
)
def test_api_and_exports_are_in_english_for_every_reader(client: FlaskClient, address: str) -> None:
    plain = client.get(address)
    spanish = client.get(address, headers={"Accept-Language": "es", "Cookie": "ui=es"})
    assert spanish.data == plain.data
    assert "Content-Language" not in spanish.headers


def test_every_language_of_a_page_has_its_own_tag(client: FlaskClient) -> None:
    tag = client.get("/").headers["ETag"]
    headers = {"If-None-Match": tag, "Accept-Language": "es"}
    assert client.get("/", headers=headers).status_code == 200


def test_the_language_of_one_request_does_not_affect_the_next(client: FlaskClient) -> None:
    assert _language(client, **{"Accept-Language": "es"}) == "es"
    assert _language(client) == "en"


def test_an_error_in_a_query_is_in_the_readers_language(client: FlaskClient) -> None:
    answer = client.get("/search?q=bridge+date:2023-02-30", headers={"Accept-Language": "es"})
    assert answer.status_code == 400
    page = Page(answer.text)
    assert "La fecha «2023-02-30» no existe." in page.text
    assert page.all("mark")


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("date:soon", "«soon» no es una fecha. Use 2020,"),
        ("date:[2031", "«[2031» no es un intervalo de fechas"),
        ("date:last-9999-years", "«last-9999-years» queda fuera de los años admitidos"),
        ("date:[2031-02 TO 2031-01]", "2031-02-01"),
        ("date:2031-13", "La fecha «2031-13» no existe."),
    ],
)
def test_every_query_error_is_translated(query: str, text: str) -> None:
    error = parse(query).error
    assert error is not None
    set_language("es")
    try:
        assert text in formatting.format_notice(error)
        assert formatting.format_notice(error) != error.message
    finally:
        set_language("en")


def test_the_error_without_an_index_is_in_the_readers_language(tmp_path: Path) -> None:
    engine = open_engine(tmp_path, lexical=ArrayEngine(), models=NoModels())
    client = create_app(engine).test_client()
    answer = client.get("/search?q=x", headers={"Accept-Language": "es"})
    assert answer.status_code == 503
    assert f"Todavía no hay nada indexado en {tmp_path}." in answer.text
    problem = client.get("/api/v1/search?q=x", headers={"Accept-Language": "es"}).get_json()
    assert problem["detail"].startswith(f"Nothing is indexed yet in {tmp_path}.")


# Help page.


def test_the_help_page_has_the_search_syntax(client: FlaskClient) -> None:
    page = Page(client.get("/help").text)
    for text in ("Search syntax", "Phrases, patterns and weights", "date:last-week", "skerow~"):
        assert text in page.text
    assert "on the sample archive" not in page.text
    assert "/api" in page.links
    assert not [link for link in page.links if link.endswith(".md")]
    assert page.all("table")
    assert page.all("div", lang="en")
    assert len(page.all("h1")) == 1


def _examples(name: str) -> list[str]:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8").partition("\n## Examples")[0]
    return [" ".join(code.split()) for code in re.findall("`([^`]+)`", text)]


def test_the_spanish_help_page_has_the_same_examples(client: FlaskClient) -> None:
    assert _examples("query-syntax.es.md") == _examples("query-syntax.md")
    page = Page(client.get("/help", headers={"Accept-Language": "es"}).text)
    for text in ("Sintaxis de búsqueda", "Frases, patrones y pesos", "date:last-week", "skerow~"):
        assert text in page.text
    assert "/api" in page.links
    assert page.all("div", lang="es")
    assert "in English only" not in page.text


def test_every_page_links_to_the_help_page() -> None:
    client = create_app(FakeBackend()).test_client()
    for address in ("/", "/search?q=bridge", "/nowhere"):
        assert "/help" in Page(client.get(address).text).links
