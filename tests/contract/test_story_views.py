"""Lists of stories, one story with its timeline, and similar stories."""

from collections import Counter
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from index.ports import SearchBackend
from index.types.search import SearchRequest
from index.types.stories import StoriesRequest
from tests.fakes import NoModels
from tests.index.library import SHELF, SHOWN, Library


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from([None, date(2031, 3, 2), date(2031, 3, 5)]),
    st.sampled_from([None, date(2031, 3, 5), date(2031, 3, 30)]),
    st.sampled_from([(), ("Halyard",)]),
    st.integers(1, 3),
    st.integers(1, 4),
)
def test_stories_of_a_period_have_as_many_articles_as_a_search_finds(
    engine: SearchBackend,
    first: date | None,
    last: date | None,
    sources: tuple[str, ...],
    least: int,
    limit: int,
) -> None:
    period = SearchRequest(date_from=first, date_to=last, sources=sources, limit=99)
    ids = engine.stories_by_article()
    expected = Counter(ids[uri] for uri in engine.rank(period))
    listed, offset = [], 0
    while True:
        page = engine.stories(
            StoriesRequest(
                date_from=first,
                date_to=last,
                sources=sources,
                least=least,
                offset=offset,
                limit=limit,
            )
        )
        listed += [(story.id, count) for story, count in page.stories]
        if page.next_offset is None:
            break
        offset = page.next_offset
    assert dict(listed) == {key: n for key, n in expected.items() if n >= least}
    assert len(listed) == page.total
    assert [n for _, n in listed] == sorted((n for _, n in listed), reverse=True)


def test_a_story_has_every_article_in_its_timeline_and_similar_stories(
    engine: SearchBackend,
) -> None:
    story = engine.story(engine.stories_by_article()["ferry-1"])
    assert story is not None
    in_timeline = [a.uri for each in story.line.developments for a in (each.article, *each.repeats)]
    assert sorted(in_timeline) == sorted(article.uri for article in story.articles)
    assert all(0.3 < each.likeness <= 1.001 for each in story.line.developments)
    assert story.story.id not in {other.id for other in story.related}
    excerpt = engine.story_of("ferry-1")
    assert excerpt is not None
    others = tuple(article for article in story.articles if article.uri != "ferry-1")
    assert (excerpt.story, excerpt.articles) == (story.story, others)


def test_without_vectors_a_story_has_a_timeline_and_no_similar_stories(library: Library) -> None:
    library.models = NoModels()
    library.put(*SHELF).reindex()
    engine = library.engine()
    for story_id in set(engine.stories_by_article().values()):
        view = engine.story(story_id)
        assert view is not None
        assert view.related == ()
        assert {each.likeness for each in view.line.developments} == {0.0}
    assert sum(n for _, n in engine.stories(StoriesRequest(limit=99)).stories) == len(SHOWN)
