"""Laws of any request: matches are complete, and totals, facets and groups agree."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.ports import InvalidQueryError, NoGenerationError, SearchBackend
from index.query import parse
from index.text.names import extract_names
from index.types.search import SearchRequest
from tests.fakes import make_article
from tests.index.library import MODES, SHOWN, Library

TEXTS = st.lists(
    st.sampled_from(["ferry", "strike", "fuel", "-fuel", "+ferry", '"ran aground"', "bank", "é"]),
    max_size=4,
).map(" ".join)
REQUESTS = st.builds(
    SearchRequest,
    text=st.one_of(TEXTS, st.text(alphabet=st.characters(codec="utf-8"), max_size=20)),
    mode=st.sampled_from(MODES),
    group=st.sampled_from(["story", "none"]),
    sources=st.sampled_from([(), ("Halyard",), ("halyard", "Salitre"), ("unknown",)]),
    languages=st.sampled_from([(), ("es",)]),
    date_from=st.sampled_from([None, date(2031, 3, 5)]),
    offset=st.integers(0, 3),
    limit=st.integers(1, 12),
)


@settings(max_examples=40, deadline=None)
@given(REQUESTS)
def test_matches_are_every_article_that_answers(
    engine: SearchBackend, request: SearchRequest
) -> None:
    """Articles in the order of the ranking, or newest first, from the offset to the end."""
    ranked = engine.rank(replace(request, group="none", limit=99))
    assert [article.uri for article in engine.matches(request)] == list(ranked)
    request = replace(request, offset=0)
    matches = [article.uri for article in engine.matches(request)]
    newest = [article.uri for article in engine.matches(replace(request, sort="newest"))]
    everything = [article.uri for article in engine.matches(SearchRequest())]
    assert newest == [uri for uri in everything if uri in set(matches)]


def test_matches_are_read_in_blocks_and_outlive_a_reindex(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.storage.articles.BLOCK", 2)
    library.put(*(make_article(f"a-{n}", headline="Ferry", body="A ferry.") for n in range(5)))
    library.reindex()
    engine = library.engine()
    matches = engine.matches(SearchRequest(text="ferry", mode="lexical"))
    first = next(matches)
    changed = make_article("a-4", headline="Ferry again", body="Another text.")
    library.put(changed, make_article("a-9", headline="Ferry", body="New.")).reindex()
    rest = list(matches)
    assert [article.uri for article in (first, *rest)] == [f"a-{n}" for n in range(5)]
    assert rest[-1].headline == "Ferry"
    assert len(list(engine.matches(SearchRequest(text="ferry", mode="lexical")))) == 6


def test_errors_of_matches_are_raised_by_the_call(library: Library, engine: SearchBackend) -> None:
    with pytest.raises(InvalidQueryError):
        engine.matches(SearchRequest(text="date:2031-02-30"))
    with pytest.raises(NoGenerationError):
        library.engine().matches(SearchRequest())


@settings(max_examples=80, deadline=None)
@given(REQUESTS)
def test_totals_facets_and_groups_agree(engine: SearchBackend, request: SearchRequest) -> None:
    results = engine.search(request)
    totals = results.totals
    scored = totals.lexical + totals.semantic_only
    assert scored == (totals.articles if parse(request.text).ranked_leaves else 0)
    all_uris = engine.rank(
        SearchRequest(
            text=request.text,
            mode=request.mode,
            sources=request.sources,
            languages=request.languages,
            date_from=request.date_from,
            limit=99,
        )
    )
    assert len(all_uris) == len(set(all_uris)) == totals.articles
    shown = {article.uri: article for article in SHOWN}
    stories = engine.stories_by_article()
    assert totals.stories == len({stories[uri] for uri in all_uris})
    for facet in results.facets:
        if facet.field == "location":  # of the gazetteer: tests/contract/test_places.py
            continue
        if facet.field == "name":
            counts = Counter(name.text for uri in all_uris for name in extract_names(shown[uri]))
        else:
            attribute = "located" if facet.field == "place" else facet.field
            counts = Counter(getattr(shown[uri], attribute) for uri in all_uris)
        counts.pop("", None)
        assert {value.value: value.count for value in facet.values} == counts
    entries = totals.stories if request.group == "story" else totals.articles
    end = request.offset + request.limit
    assert len(results.groups) == max(0, min(entries, end) - request.offset)
    assert results.next_offset == (end if end < entries else None)
    leads = [group.hits[0].article.uri for group in results.groups]
    if request.group == "story":
        first = {stories[uri]: uri for uri in reversed(all_uris)}
        ordered = [first[story] for story in dict.fromkeys(stories[uri] for uri in all_uris)]
    else:
        ordered = list(all_uris)
    assert leads == ordered[request.offset : end]
    hits = [group.hits[0] for group in results.groups]
    scores = [hit.score for hit in hits if hit.score is not None]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    # A score is the work of a retriever; what only filters found has neither.
    assert len(scores) == len([hit for hit in hits if hit.lexical or hit.semantic])
