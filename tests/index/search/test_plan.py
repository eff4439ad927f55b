"""The plan of a search: which retrievers answer a request, decided before anything is read."""

from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query import parse
from index.search.plan import ENOUGH, SearchPlan, make_plan
from index.types.search import Mode, SearchRequest
from tests.index.library import MODES

ALL: tuple[Mode, ...] = MODES
WORDS_ONLY: tuple[Mode, ...] = ("lexical",)


def plan_of(text: str, mode: Mode = "hybrid", modes: Collection[Mode] = ALL) -> SearchPlan:
    return make_plan(SearchRequest(text=text, mode=mode), parse(text), modes)


@pytest.mark.parametrize(
    ("mode", "uses_words", "embeds"),
    [("hybrid", True, True), ("lexical", True, False), ("semantic", False, True)],
)
def test_each_mode_has_its_retrievers(mode: Mode, uses_words: bool, embeds: bool) -> None:
    plan = plan_of("ferry aground", mode)
    assert (plan.mode, plan.uses_words) == (mode, uses_words)
    assert plan.embedding_text == ("ferry aground" if embeds else "")


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("text", ["", "   ", "-ferry", "lang:en", "date:2031 -strike"])
def test_a_query_with_nothing_to_score_uses_no_retriever(text: str, mode: Mode) -> None:
    plan = plan_of(text, mode)
    assert (plan.uses_words, plan.embedding_text) == (False, "")


def test_a_pattern_has_no_text_to_embed_and_is_answered_by_words_in_every_mode() -> None:
    plan = plan_of("fer*", "semantic")
    assert (plan.uses_words, plan.embedding_text) == (True, "")


@pytest.mark.parametrize("mode", MODES)
def test_a_snapshot_without_vectors_is_searched_by_words(mode: Mode) -> None:
    plan = plan_of("ferry", mode, WORDS_ONLY)
    assert (plan.mode, plan.uses_words, plan.embedding_text) == ("lexical", True, "")


def test_a_long_page_takes_more_matches_to_be_enough() -> None:
    query = parse("ferry")
    for limit, enough in ((10, ENOUGH), (ENOUGH + 1, ENOUGH + 1)):
        assert make_plan(SearchRequest(text="ferry", limit=limit), query, ALL).enough == enough


@given(st.text(max_size=40), st.sampled_from(MODES), st.sampled_from([ALL, WORDS_ONLY]))
def test_what_is_scored_is_scored_by_a_retriever(
    text: str, mode: Mode, modes: Collection[Mode]
) -> None:
    plan = plan_of(text, mode, modes)
    assert (plan.uses_words or bool(plan.embedding_text)) == bool(plan.query.ranked_leaves)
    assert plan.mode in modes
