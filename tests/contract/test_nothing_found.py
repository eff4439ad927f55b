"""Notices tell what happened: which value, filter or clause is why nothing is found."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.ports import SearchBackend
from index.types.search import Mode, SearchRequest
from tests.fakes import make_article
from tests.index.library import MODES, Library

IN_MARCH = {"date_from": date(2031, 3, 1), "date_to": date(2031, 3, 31)}


def read(backend: SearchBackend, text: str, mode: Mode, **filters: Any) -> tuple[int, list[str]]:
    """How many articles are found, and the messages about them."""
    results = backend.search(SearchRequest(text=text, mode=mode, **filters))
    return results.totals.articles, [notice.message for notice in results.notices]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("text", "filters", "messages"),
    [
        ("ferry", {"sources": ("Nobody",)}, ["is from the source “Nobody”."]),
        ("ferry", {"languages": ("xx",)}, ["is in the language “xx”."]),
        ("ferry", {"places": ("Oz",)}, ["was filed from “Oz”."]),
        ("", {"sources": ("Nobody",)}, ["is from the source “Nobody”."]),
        ("ferry", {"languages": ("en,es",)}, ["the language “en,es”.", "once for each."]),
        (
            "ferry",
            {"date_to": date(1999, 12, 31)},
            ["was published in this period (… – 1999-12-31)."],
        ),
        ("lang:xx ferry", {}, ["matches lang:xx."]),
        ("lang:es,en ferry", {}, ["matches lang:es,en.", "Write lang:(es OR en)."]),
        ("source:nobody ferry", {}, ["matches source:nobody."]),
        ("name:nobody place:oz ferry", {}, ["matches name:nobody.", "matches place:oz."]),
        ('"ferry rates"', {}, ['matches "ferry rates".']),
        ("rates", {"sources": ("Salitre",)}, ["The source filter (Salitre) excludes every"]),
        ("rates", {"languages": ("es",)}, ["The language filter (es) excludes every"]),
        (
            "rates",
            {"date_from": date(2031, 3, 20)},
            ["The date filter (2031-03-20 – …) excludes every"],
        ),
        ("rates lang:es", {}, ["“lang:es” excludes every"]),
        (
            "kestria rates -interest",
            {},
            ["“-interest” excludes every"],
        ),
        (
            "rates lang:es source:salitre",
            {},
            ["otherwise also matches all of these: lang:es; source:salitre."],
        ),
        ("", {"languages": ("es",), "sources": ("Nordkap",)}, ["(Nordkap) excl", "(es) excludes"]),
    ],
)
def test_the_reason_is_named(
    engine: SearchBackend, text: str, filters: dict[str, Any], messages: list[str], mode: Mode
) -> None:
    found, notices = read(engine, text, mode, **filters)
    assert found == 0
    assert len(notices) == len(messages)
    assert all(part in notice for part, notice in zip(messages, notices, strict=True)), notices


def test_an_unknown_value_beside_known_ones_is_told_too(engine: SearchBackend) -> None:
    found, notices = read(engine, "ferry", "lexical", sources=("Halyard", "Nobody"))
    assert (found, notices) == (2, ["No article in the archive is from the source “Nobody”."])
    assert read(engine, "ferry", "lexical", sources=("hALYARD",)) == (2, [])


@pytest.mark.parametrize(
    ("text", "mode", "message"),
    [
        ("zebra", "lexical", "No article contains “zebra”."),
        ("Zebra quartz", "lexical", "No article contains any of these words."),
        ("zebra", "hybrid", "No article in the archive is closely related to this query."),
        ("zebra", "semantic", "No article in the archive is closely related to this query."),
        ("zebra lang:en", "hybrid", "No article in the archive is closely related to this query."),
    ],
)
def test_words_that_find_nothing_are_not_blamed_on_a_filter(
    engine: SearchBackend, text: str, mode: Mode, message: str
) -> None:
    assert read(engine, text, mode) == (0, [message])


def test_a_filter_that_leaves_only_distant_articles_is_named(library: Library) -> None:
    near = make_article("near", headline="Ferry boats", body="Vessel.", source="Halyard")
    far = make_article("far", headline="Blue", body="Blue paint. Wood. Sky.", source="Salitre")
    library.put(near, far).reindex()
    engine = library.engine()
    found, (notice,) = read(engine, "ferry boat blue", "hybrid", sources=("Salitre",))
    assert (found, "that passes the filters" in notice) == (1, True)
    assert read(engine, "ferry boat blue", "hybrid")[1] != [notice]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["ferry", "zebra", "+strike", "-strike", "lang:es", "lang:xx", '"ran aground"', "!!!"]
        ),
        max_size=4,
    ),
    st.sampled_from(MODES),
    st.sampled_from([(), ("Halyard",), ("Nobody",), ("Nobody", "Salitre")]),
    st.sampled_from([{}, IN_MARCH, {"date_from": date(2032, 1, 1)}]),
)
def test_nothing_found_always_has_a_reason(
    engine: SearchBackend,
    clauses: list[str],
    mode: Mode,
    sources: tuple[str, ...],
    period: dict[str, Any],
) -> None:
    found, notices = read(engine, " ".join(clauses), mode, sources=sources, **period)
    assert notices or found
    assert len(notices) == len(set(notices))
    assert ("source “Nobody”" in " ".join(notices)) == ("Nobody" in sources)


def test_relaxed_words_are_told_only_if_others_are_found(library: Library) -> None:
    library.put(
        make_article("both", headline="Windmill", body="The windmill was rebuilt."),
        make_article("far", headline="Bees", body="Honey."),
    ).reindex()
    assert read(library.engine(), "windmill rebuilt", "lexical") == (1, [])
    library.put(make_article("one", headline="Mill", body="The windmill stands.")).reindex()
    message = "1 article contains both words; every other keyword match contains one of them."
    assert read(library.engine(), "windmill rebuilt", "lexical") == (2, [message])
    message = "No article contains all 3 words; every keyword match contains at least 1."
    assert read(library.engine(), "windmill honey zebra", "lexical") == (3, [message])
