"""Timelines: what each article adds, which articles repeat others, and no article is lost."""

from datetime import timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Article
from index.stories.timeline import build_timeline
from index.types.stories import Timeline
from tests.fakes import START, make_article

FIRST = "A ferry with 214 passengers ran aground off Skerrow island in thick fog on Tuesday night."
ASHORE = "Everyone was taken ashore by lifeboat before dawn, the coastguard of Hallan Bay said."
LEAK = (
    "Diesel oil leaks from the hull and has reached the seal colony on Maren Isle, salvors found."
)


def build(*articles: Article, similarity: float = 0.5) -> Timeline:
    return build_timeline(articles, np.full(len(articles), similarity, np.float32))


def make_filed(number: int, body: str, **more: object) -> Article:
    when = START + timedelta(hours=12 * number)
    return make_article(f"a-{number}", headline="Ferry", body=body, first_created=when, **more)


def test_each_article_has_the_sentence_that_it_added() -> None:
    timeline = build(
        make_filed(0, f"{FIRST} {ASHORE}"),
        make_filed(1, f"{FIRST} {LEAK} {ASHORE}"),
    )
    assert [each.added for each in timeline.developments] == [FIRST, LEAK]


def test_an_article_without_news_is_listed_under_the_one_it_repeats() -> None:
    timeline = build(
        make_filed(0, f"{FIRST} {ASHORE}"),
        make_filed(1, f"{FIRST} {ASHORE}", source="Salitre"),
        make_filed(2, FIRST),
        make_filed(3, f"{FIRST} {ASHORE} {LEAK}"),
    )
    assert [each.article.uri for each in timeline.developments] == ["a-0", "a-3"]
    assert [other.uri for other in timeline.developments[0].repeats] == ["a-1", "a-2"]
    assert timeline.developments[1].repeats == ()


def test_why_an_article_belongs_to_the_story() -> None:
    timeline = build(
        make_filed(0, FIRST, located="SKERROW"),
        make_filed(1, f"{LEAK} Salvors from Skerrow and Brandvik Towage wait."),
        make_article("undated", headline="Ferry", body=ASHORE, first_created=None),
        similarity=0.75,
    )
    first, second, undated = timeline.developments
    assert (first.shared, second.shared) == (("Skerrow",), ("Skerrow",))
    assert (first.gap_days, second.gap_days, undated.gap_days) == (0.5, 0.5, None)
    assert first.likeness == 0.75
    assert [(each.value, each.count) for each in timeline.places] == [("SKERROW", 1)]
    assert timeline.names[0].value == "Skerrow"


def test_articles_beyond_the_limit_are_only_listed(monkeypatch: object) -> None:
    import index.stories.timeline as module

    articles = [make_filed(number, FIRST) for number in range(3)]
    assert len(build(*articles).developments) == 1
    monkeypatch.setattr(module, "MAX_ANALYZED", 1)  # type: ignore[attr-defined]
    timeline = build(*articles)
    assert [each.article.uri for each in timeline.developments] == ["a-0", "a-1", "a-2"]
    assert [each.added for each in timeline.developments] == [FIRST, "", ""]


BODIES = st.lists(st.sampled_from([FIRST, ASHORE, LEAK, "Fog.", ""]), max_size=4).map(" ".join)


@settings(max_examples=100)
@given(st.lists(BODIES, min_size=1, max_size=6))
def test_every_article_is_listed_once(bodies: list[str]) -> None:
    articles = [make_filed(number, body) for number, body in enumerate(bodies)]
    timeline = build(*articles)
    uris = [a.uri for each in timeline.developments for a in (each.article, *each.repeats)]
    assert sorted(uris) == sorted(article.uri for article in articles)
    assert all(each.added in each.article.body for each in timeline.developments)
    assert [each.article.uri for each in timeline.developments] == sorted(
        each.article.uri for each in timeline.developments
    )
