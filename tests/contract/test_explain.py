"""Explanations: the figures add up to the score, and name each word's sections."""

from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.ports import SearchBackend
from index.types.search import Hit, Mode, SearchRequest, SearchResults, Sort

MODES: tuple[Mode, ...] = get_args(Mode)
QUERIES = st.lists(
    st.sampled_from(
        ["ferry", "strike", "hospital", "fuel", "ran", "-fuel", '"ran aground"', "fer*"]
    ),
    min_size=1,
    max_size=7,
).map(" ".join)


def hits(results: SearchResults) -> list[Hit]:
    return [hit for group in results.groups for hit in group.hits]


def explained(engine: SearchBackend, text: str, mode: Mode = "hybrid", **more: object) -> list[Hit]:
    request = SearchRequest(text=text, mode=mode, explain=True, limit=99, **more)  # type: ignore[arg-type]
    return hits(engine.search(request))


@settings(max_examples=60, deadline=None)
@given(QUERIES, st.sampled_from(MODES))
def test_the_components_add_up_to_the_score(engine: SearchBackend, text: str, mode: Mode) -> None:
    for hit in explained(engine, text, mode):
        explanation = hit.explanation
        assert explanation is not None
        total = sum(part.points for part in explanation.parts)
        assert total == pytest.approx(hit.score or 0, abs=1e-5)
        assert (hit.score is None) == (explanation.parts == ())
        for part in explanation.parts:
            scaled = (part.score - part.low) / (part.high - part.low)
            assert part.scaled == pytest.approx(min(max(scaled, 0), 1), abs=1e-5)
            assert part.points == pytest.approx(part.weight * part.scaled, abs=1e-6)
        if hit.lexical:
            shares = sum(match.score for match in explanation.terms)
            assert shares == pytest.approx(hit.lexical.score, rel=1e-4, abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(QUERIES, st.sampled_from(MODES), st.sampled_from(get_args(Sort)))
def test_each_hit_ranks_above_the_next_for_the_stated_reason(
    engine: SearchBackend, text: str, mode: Mode, sort: Sort
) -> None:
    found = explained(engine, text, mode, group="none", sort=sort)
    places = [hit.explanation.place for hit in found if hit.explanation]
    assert places == list(range(1, len(found) + 1))
    for hit, following in pairwise(found):
        above = hit.explanation.above if hit.explanation else None
        assert above is not None
        assert above.uri == following.article.uri
        if above.by == "score":
            assert hit.score is not None
            assert following.score is not None
            assert above.difference == pytest.approx(hit.score - following.score, abs=2e-6)
            assert sum(v for _, v in above.parts) == pytest.approx(above.difference, abs=1e-5)
        elif above.by == "date":
            assert hit.article.first_created != following.article.first_created
    if found:
        assert found[-1].explanation is not None
        assert found[-1].explanation.above is None


def test_a_lead_is_compared_with_the_next_lead(engine: SearchBackend) -> None:
    request = SearchRequest(text="ferry strike", explain=True, limit=2)
    results = engine.search(request)
    leads = [group.hits[0] for group in results.groups]
    assert len(leads) == 2
    after = engine.search(SearchRequest(text="ferry strike", offset=2, limit=1)).groups[0].hits[0]
    comparisons = [hit.explanation.above for hit in leads if hit.explanation]
    assert [above.uri for above in comparisons if above] == [
        leads[1].article.uri,
        after.article.uri,
    ]


def test_words_come_with_the_sections_that_contain_them(engine: SearchBackend) -> None:
    (first,) = [h for h in explained(engine, "ferry fog") if h.article.uri == "ferry-1"]
    assert first.explanation is not None
    places = {match.term: match.places for match in first.explanation.terms}
    assert places == {"ferry": ("headline", "body"), "fog": ("body",)}


def test_completeness_counts_for_sentences_only(
    engine: SearchBackend,
) -> None:
    def shares(text: str) -> list[float]:
        explanations = [hit.explanation for hit in explained(engine, text) if hit.explanation]
        return [
            p.score for each in explanations for p in each.parts if p.name == "complete" and p.score
        ]

    assert shares("ferry fog") == []
    found = explained(engine, "ferry fog")[0].article.body.split()
    assert shares(" ".join(found[:12])) == [1.0]


def test_the_passage_is_the_most_similar_one(engine: SearchBackend) -> None:
    (hit, *_) = explained(engine, "hired fighters coach infantry")
    assert hit.explanation is not None
    passage = hit.explanation.passage
    assert passage is not None
    assert passage.text == hit.article.body[slice(*passage.span)]
    assert hit.explanation.terms == ()
    assert hit.semantic is not None
    assert hit.semantic.score == pytest.approx(passage.cosine, abs=0.1)


def test_hits_are_explained_on_request_only(engine: SearchBackend) -> None:
    found = hits(engine.search(SearchRequest(text="ferry")))
    assert found
    assert all(hit.explanation is None for hit in found)
