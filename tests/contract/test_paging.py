"""Pages of results: disjoint, complete together, and in a stable order."""

import pytest

from index.lexical.ports import LexicalEngine
from index.ports import SearchBackend
from index.types.search import Mode, SearchRequest, SearchResults
from tests.index.library import MODES, VOCABULARY, Library, generated, uris


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory, lexical: LexicalEngine) -> Library:
    """Three hundred generated articles, indexed by each lexical engine in turn."""
    library = Library(tmp_path_factory.mktemp("many"), lexical=lexical)
    library.put(*generated(300, seed=2, longest=20)).reindex()
    return library


def pages(engine: SearchBackend, request: SearchRequest) -> list[SearchResults]:
    found, offset = [], 0
    while True:
        page_request = SearchRequest(
            text=request.text,
            mode=request.mode,
            group=request.group,
            offset=offset,
            limit=request.limit,
        )
        found.append(engine.search(page_request))
        after = found[-1].next_offset
        if after is None:
            return found
        assert after > offset
        offset = after


def check_pages(engine: SearchBackend, request: SearchRequest) -> None:
    found = pages(engine, request)
    (totals,) = {page.totals for page in found}
    entries = [group for page in found for group in page.groups]
    if request.group == "story":
        names = [group.story.id for group in entries if group.story]
        assert len(names) == totals.stories
        assert sum(group.matching for group in entries) == totals.articles
    else:
        names = [group.hits[0].article.uri for group in entries]
        assert len(names) == totals.articles
    assert len(names) == len(set(names))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("group", ["story", "none"])
@pytest.mark.parametrize("text", ["orchestra", "violin theatre", '"harbour ferry"', "-ferry storm"])
def test_pages_are_disjoint_and_complete_together(
    many: Library, text: str, mode: Mode, group: str
) -> None:
    grouped = "story" if group == "story" else "none"
    request = SearchRequest(text=text, mode=mode, group=grouped, limit=9)  # type: ignore[arg-type]
    check_pages(many.engine(), request)


def test_pages_of_an_empty_query_go_to_the_end(many: Library) -> None:
    check_pages(many.engine(), SearchRequest(group="none", limit=40))
    check_pages(many.engine(), SearchRequest(limit=40))


@pytest.mark.parametrize("mode", MODES)
def test_pages_beyond_a_hundred_are_those_of_one_ranking(many: Library, mode: Mode) -> None:
    check_pages(
        many.engine(), SearchRequest(text="harbour strike", mode=mode, group="none", limit=40)
    )


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("text", ["", *VOCABULARY[:6], "ferry hospital -storm"])
def test_the_order_is_the_same_twice_and_after_reopening(
    many: Library, text: str, mode: Mode
) -> None:
    request = SearchRequest(text=text, mode=mode, limit=60)
    one = many.engine()
    first, again = one.search(request), one.search(request)
    other = many.engine().search(request)
    assert uris(first) == uris(again) == uris(other)
    assert first.groups == again.groups == other.groups
