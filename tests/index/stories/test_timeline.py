"""The course of a story: what each article added, who repeats whom, and no article lost."""

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


def line(*articles: Article, likeness: float = 0.5) -> Timeline:
    return build_timeline(articles, np.full(len(articles), likeness, np.float32))


def filed(number: int, body: str, **more: object) -> Article:
    when = START + timedelta(hours=12 * number)
    return make_article(f"a-{number}", headline="Ferry", body=body, first_created=when, **more)


def test_each_is_told_by_what_it_added() -> None:
    told = line(
        filed(0, f"{FIRST} {ASHORE}"),
        filed(1, f"{FIRST} {LEAK} {ASHORE}"),
    )
    assert [each.added for each in told.developments] == [FIRST, LEAK]


def test_what_says_nothing_new_is_folded_beneath_the_first() -> None:
    told = line(
        filed(0, f"{FIRST} {ASHORE}"),
        filed(1, f"{FIRST} {ASHORE}", source="Salitre"),
        filed(2, FIRST),
        filed(3, f"{FIRST} {ASHORE} {LEAK}"),
    )
    assert [each.article.uri for each in told.developments] == ["a-0", "a-3"]
    assert [other.uri for other in told.developments[0].repeats] == ["a-1", "a-2"]
    assert told.developments[1].repeats == ()


def test_why_an_article_is_in_the_story() -> None:
    told = line(
        filed(0, FIRST, located="SKERROW"),
        filed(1, f"{LEAK} Salvors from Skerrow and Brandvik Towage wait."),
        make_article("undated", headline="Ferry", body=ASHORE, first_created=None),
        likeness=0.75,
    )
    first, second, undated = told.developments
    assert (first.shared, second.shared) == (("Skerrow",), ("Skerrow",))
    assert (first.gap_days, second.gap_days, undated.gap_days) == (0.5, 0.5, None)
    assert first.likeness == 0.75
    assert [(each.value, each.count) for each in told.places] == [("SKERROW", 1)]
    assert told.names[0].value == "Skerrow"


def test_of_more_articles_than_are_read_the_rest_is_listed(monkeypatch: object) -> None:
    import index.stories.timeline as module

    articles = [filed(number, FIRST) for number in range(3)]
    assert len(line(*articles).developments) == 1
    monkeypatch.setattr(module, "MOST_READ", 1)  # type: ignore[attr-defined]
    told = line(*articles)
    assert [each.article.uri for each in told.developments] == ["a-0", "a-1", "a-2"]
    assert [each.added for each in told.developments] == [FIRST, "", ""]


BODIES = st.lists(st.sampled_from([FIRST, ASHORE, LEAK, "Fog.", ""]), max_size=4).map(" ".join)


@settings(max_examples=100)
@given(st.lists(BODIES, min_size=1, max_size=6))
def test_every_article_is_told_once(bodies: list[str]) -> None:
    articles = [filed(number, body) for number, body in enumerate(bodies)]
    told = line(*articles)
    uris = [a.uri for each in told.developments for a in (each.article, *each.repeats)]
    assert sorted(uris) == sorted(article.uri for article in articles)
    assert all(each.added in each.article.body for each in told.developments)
    assert [each.article.uri for each in told.developments] == sorted(
        each.article.uri for each in told.developments
    )
