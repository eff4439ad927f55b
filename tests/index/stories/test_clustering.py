"""Clustering: every row is in one story, similar rows together, distant rows apart."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.index.stories.texts import (
    FERRY,
    NURSES,
    WORDS,
    cluster_labels,
    count_terms,
    embed_texts,
    to_seconds,
)

TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), max_size=30)
DATES = st.one_of(st.none(), st.floats(0, 30))


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.data(), st.booleans())
def test_every_row_is_in_exactly_one_story(
    texts: list[str], data: st.DataObject, with_vectors: bool
) -> None:
    when = to_seconds(*data.draw(st.lists(DATES, min_size=len(texts), max_size=len(texts))))
    vectors = embed_texts(texts) if with_vectors and texts else None
    labels = cluster_labels(count_terms(texts), vectors, when)
    assert (labels.shape, labels.dtype.name) == ((len(texts),), "int32")
    firsts = list(dict.fromkeys(labels.tolist()))
    assert firsts == list(range(len(firsts)))
    again = cluster_labels(count_terms(texts), vectors, when)
    assert labels.tolist() == again.tolist()


@pytest.mark.parametrize("with_vectors", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_two_distinct_stories_are_found_in_any_order(seed: int, with_vectors: bool) -> None:
    texts = FERRY + NURSES
    random.Random(seed).shuffle(texts)
    labels = cluster_labels(
        count_terms(texts),
        embed_texts(texts) if with_vectors else None,
        to_seconds(*[1.0] * len(texts)),
    )
    pairs = {(text.split()[0], label) for text, label in zip(texts, labels.tolist(), strict=True)}
    assert len(pairs) == 2
    assert labels.max() == 1


def test_the_same_words_after_a_long_time_are_two_stories() -> None:
    texts = [FERRY[0], FERRY[0], "whales stranded"]
    assert cluster_labels(count_terms(texts), None, to_seconds(0, 3, 0)).tolist() == [0, 0, 1]
    assert cluster_labels(count_terms(texts), None, to_seconds(0, 366, 0)).tolist() == [0, 1, 2]


@given(st.floats(0, 400), st.floats(0, 400))
def test_a_shorter_gap_never_separates_rows(one: float, other: float) -> None:
    texts = [FERRY[0], FERRY[1], "whales stranded"]
    shorter, longer = sorted((one, other))
    if cluster_labels(count_terms(texts), None, to_seconds(0, longer, 0))[1] == 0:
        assert cluster_labels(count_terms(texts), None, to_seconds(0, shorter, 0))[1] == 0


def test_developments_are_linked_day_by_day() -> None:
    texts = [FERRY[0], FERRY[1], FERRY[0], "whales stranded", "bank rates"]
    assert cluster_labels(count_terms(texts), None, to_seconds(0, 4, 8, 0, 0)).tolist() == [
        0,
        0,
        0,
        1,
        2,
    ]


def test_undated_rows_are_linked_to_any_date() -> None:
    texts = [FERRY[0], FERRY[1], "whales stranded", "bank rates"]
    assert cluster_labels(count_terms(texts), None, to_seconds(None, 900, 0, None)).tolist() == [
        0,
        0,
        1,
        2,
    ]
    assert cluster_labels(
        count_terms(texts), None, to_seconds(None, None, None, None)
    ).tolist() == [0, 0, 1, 2]


def test_rows_without_common_terms_are_no_story() -> None:
    labels = cluster_labels(count_terms(WORDS), None, to_seconds(*[0.0] * len(WORDS)))
    assert labels.tolist() == list(range(len(WORDS)))


def test_more_rows_than_neighbours_are_one_story() -> None:
    texts = [FERRY[0]] * 50 + [f"other{n} thing{n}" for n in range(10)]
    labels = cluster_labels(count_terms(texts), None, to_seconds(*[0.0] * 60))
    assert labels[:50].tolist() == [0] * 50
    assert len(set(labels[50:].tolist())) == 10


def test_average_linkage_does_not_chain() -> None:
    texts = [f"w{n} w{n + 1} w{n + 2} w{n + 3}" for n in range(40)]
    labels = cluster_labels(count_terms(texts), None, to_seconds(*[0.0] * 40))
    assert max(Counter(labels.tolist()).values()) <= 8


def test_a_crowded_theme_needs_more_similarity_than_a_quiet_topic() -> None:
    shared = "shares market index points traders session".split()
    theme = [" ".join([*shared, *(f"a{n}x{m}" for m in range(7))]) for n in range(30)]
    quiet = [f"ferry skerrow fog {' '.join(f'b{n}x{m}' for m in range(7))}" for n in range(2)]
    events = [f"{theme[0]} merger kestria alpina", f"{theme[1]} merger kestria alpina"]
    texts = [*theme[2:], *events, *quiet]
    labels = cluster_labels(count_terms(texts), None, to_seconds(*[0.0] * len(texts))).tolist()
    assert labels[-4] == labels[-3]
    assert labels[-2] == labels[-1]
    assert max(Counter(labels).values()) <= 3


def test_an_edited_copy_is_in_the_story_of_its_original_within_days() -> None:
    text = " ".join(f"word{n}" for n in range(20))
    others = [f"other{n} thing{n}" for n in range(6)]
    texts = [text, f"{text} update", *others]
    assert cluster_labels(count_terms(texts), None, to_seconds(0, 2, *[0.0] * 6)).tolist()[:2] == [
        0,
        0,
    ]
    assert cluster_labels(count_terms(texts), None, to_seconds(0, 90, *[0.0] * 6)).tolist()[:2] == [
        0,
        1,
    ]


def test_many_copies_do_not_split_a_story() -> None:
    one, other = "ferry aground skerrow fog coastguard", "ferry skerrow fog tug salvage"
    others = [f"other{n} thing{n}" for n in range(40)]
    labels = cluster_labels(
        count_terms([one] * 25 + [other] * 25 + others), None, to_seconds(*[0.0] * 90)
    )
    assert set(labels[:50].tolist()) == {0}
