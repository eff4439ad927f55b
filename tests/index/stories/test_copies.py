"""Copies of one text are one story, however few articles there are besides."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Article
from index.semantic.ports import Models
from tests.fakes import FakeModels, NoModels, make_article, on_day
from tests.index.library import Library
from tests.index.stories.texts import WORDS, cluster_labels, count_terms, embed_texts, to_seconds

TEXT = make_article(
    "copy-0",
    headline="Ferry runs aground off Skerrow",
    body="A ferry with 214 passengers ran aground off Skerrow island in fog on Monday.\n\n"
    "Everyone was taken ashore by lifeboat, the coastguard said. A tug was expected from Halyard"
    " in the evening; the owner said that the hull was intact and that no fuel had leaked.",
    first_created=on_day(3),
)
OTHER = make_article(
    "other",
    headline="Nurses begin strike at Toulouse hospital",
    body="Nurses at the hospital began an open-ended strike over night shifts on Monday.",
    first_created=on_day(3),
)
# It has every word of the text, so that no word tells the copies from it.
LONGER = replace(
    TEXT,
    uri="longer",
    source="Wochenruf",
    body=f"{TEXT.body}\n\n{OTHER.headline}. {OTHER.body} " + "Rain fell. " * 40,
)
OUTLETS = ("Halyard", "Salitre", "Nordkap", "Garonde", "Ostwind")
HEADLINES = ("Ferry runs aground", "Passengers saved", "Fog off the island", "Aground", "Lifeboats")


def _copies(count: int, *, headlines: bool, days: float | None) -> list[Article]:
    return [
        replace(
            TEXT,
            uri=f"copy-{number}",
            source=OUTLETS[number],
            headline=HEADLINES[number] if headlines else TEXT.headline,
            first_created=None if days is None else on_day(3 + number * days),
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("models", [FakeModels, NoModels])
@pytest.mark.parametrize("others", [(), (OTHER,), (LONGER,)], ids=["alone", "other", "longer"])
@pytest.mark.parametrize("count", range(1, 6))
def test_copies_are_one_story_at_once_and_one_by_one(
    tmp_path: Path, count: int, others: tuple[Article, ...], models: type[Models]
) -> None:
    articles = _copies(count, headlines=False, days=0.5)
    at_once = Library(tmp_path / "at once", models=models()).put(*articles, *others)
    at_once.reindex()
    one_by_one = Library(tmp_path / "one by one", models=models())
    for article in (*others, *articles):
        one_by_one.put(article).reindex()
    for library in (at_once, one_by_one):
        stories = library.engine().stories_by_article()
        assert len({stories[article.uri] for article in articles}) == 1
        if others == (OTHER,):
            assert stories["other"] != stories["copy-0"]
        library.close()


@pytest.mark.parametrize("models", [FakeModels, NoModels])
@pytest.mark.parametrize("days", [0, 2, 10, None])
@pytest.mark.parametrize("count", range(2, 6))
def test_copies_under_other_headlines_and_dates_are_one_story(
    tmp_path: Path, count: int, days: float | None, models: type[Models]
) -> None:
    articles = _copies(count, headlines=True, days=days)
    library = Library(tmp_path, models=models()).put(*articles)
    library.reindex()
    assert len(set(library.engine().stories_by_article().values())) == 1
    library.close()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join),
    st.integers(1, 5),
    st.lists(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join), max_size=3),
    st.booleans(),
)
def test_equal_texts_of_one_day_are_one_story_in_any_archive(
    text: str, count: int, others: list[str], with_vectors: bool
) -> None:
    texts = [text] * count + others
    vectors = embed_texts(texts) if with_vectors else None
    labels = cluster_labels(count_terms(texts), vectors, to_seconds(*[1.0] * len(texts)))
    assert len(set(labels[:count].tolist())) == 1


@pytest.mark.parametrize("with_vectors", [False, True])
def test_two_different_articles_alone_in_an_archive_are_two_stories(with_vectors: bool) -> None:
    texts = [f"{TEXT.headline} {TEXT.body}".lower(), f"{OTHER.headline} {OTHER.body}".lower()]
    vectors = embed_texts(texts) if with_vectors else None
    assert cluster_labels(count_terms(texts), vectors, to_seconds(0, 0)).tolist() == [0, 1]
