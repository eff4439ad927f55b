"""Stories: every row in exactly one, alike together, unlike and far apart in time not."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.index.stories.texts import FERRY, NURSES, WORDS, cluster, counted, days, vectors

TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), max_size=30)
DATES = st.one_of(st.none(), st.floats(0, 30))


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.data(), st.booleans())
def test_every_row_is_in_exactly_one_story(
    texts: list[str], data: st.DataObject, with_vectors: bool
) -> None:
    when = days(*data.draw(st.lists(DATES, min_size=len(texts), max_size=len(texts))))
    meaning = vectors(texts) if with_vectors and texts else None
    labels = cluster(counted(texts), meaning, when)
    assert (labels.shape, labels.dtype.name) == ((len(texts),), "int32")
    firsts = list(dict.fromkeys(labels.tolist()))
    assert firsts == list(range(len(firsts)))
    again = cluster(counted(texts), meaning, when)
    assert labels.tolist() == again.tolist()


@pytest.mark.parametrize("with_vectors", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_two_clear_stories_are_found_in_any_order(seed: int, with_vectors: bool) -> None:
    texts = FERRY + NURSES
    random.Random(seed).shuffle(texts)
    labels = cluster(
        counted(texts), vectors(texts) if with_vectors else None, days(*[1.0] * len(texts))
    )
    told = {(text.split()[0], label) for text, label in zip(texts, labels.tolist(), strict=True)}
    assert len(told) == 2
    assert labels.max() == 1


def test_the_same_words_long_apart_are_two_stories() -> None:
    texts = [FERRY[0], FERRY[0], "whales stranded"]
    assert cluster(counted(texts), None, days(0, 3, 0)).tolist() == [0, 0, 1]
    assert cluster(counted(texts), None, days(0, 366, 0)).tolist() == [0, 1, 2]


@given(st.floats(0, 400), st.floats(0, 400))
def test_nearer_in_time_is_never_more_apart(one: float, other: float) -> None:
    texts = [FERRY[0], FERRY[1], "whales stranded"]
    near, far = sorted((one, other))
    if cluster(counted(texts), None, days(0, far, 0))[1] == 0:
        assert cluster(counted(texts), None, days(0, near, 0))[1] == 0


def test_developments_join_day_by_day() -> None:
    texts = [FERRY[0], FERRY[1], FERRY[0], "whales stranded", "bank rates"]
    assert cluster(counted(texts), None, days(0, 4, 8, 0, 0)).tolist() == [0, 0, 0, 1, 2]


def test_undated_rows_join_whatever_the_date() -> None:
    texts = [FERRY[0], FERRY[1], "whales stranded", "bank rates"]
    assert cluster(counted(texts), None, days(None, 900, 0, None)).tolist() == [0, 0, 1, 2]
    assert cluster(counted(texts), None, days(None, None, None, None)).tolist() == [0, 0, 1, 2]


def test_nothing_in_common_is_no_story() -> None:
    labels = cluster(counted(WORDS), None, days(*[0.0] * len(WORDS)))
    assert labels.tolist() == list(range(len(WORDS)))


def test_more_rows_than_neighbours_are_one_story() -> None:
    texts = [FERRY[0]] * 50 + [f"other{n} thing{n}" for n in range(10)]
    labels = cluster(counted(texts), None, days(*[0.0] * 60))
    assert labels[:50].tolist() == [0] * 50
    assert len(set(labels[50:].tolist())) == 10


def test_average_linkage_does_not_chain() -> None:
    texts = [f"w{n} w{n + 1} w{n + 2} w{n + 3}" for n in range(40)]
    labels = cluster(counted(texts), None, days(*[0.0] * 40))
    assert max(Counter(labels.tolist()).values()) <= 8


def test_a_crowded_theme_needs_more_than_a_quiet_corner() -> None:
    shared = "shares market index points traders session".split()
    theme = [" ".join([*shared, *(f"a{n}x{m}" for m in range(7))]) for n in range(30)]
    quiet = [f"ferry skerrow fog {' '.join(f'b{n}x{m}' for m in range(7))}" for n in range(2)]
    events = [f"{theme[0]} merger kestria alpina", f"{theme[1]} merger kestria alpina"]
    texts = [*theme[2:], *events, *quiet]
    labels = cluster(counted(texts), None, days(*[0.0] * len(texts))).tolist()
    assert labels[-4] == labels[-3]
    assert labels[-2] == labels[-1]
    assert max(Counter(labels).values()) <= 3


def test_an_edited_copy_joins_what_it_repeats_in_the_same_days_only() -> None:
    text = " ".join(f"word{n}" for n in range(20))
    others = [f"other{n} thing{n}" for n in range(6)]
    texts = [text, f"{text} update", *others]
    assert cluster(counted(texts), None, days(0, 2, *[0.0] * 6)).tolist()[:2] == [0, 0]
    assert cluster(counted(texts), None, days(0, 90, *[0.0] * 6)).tolist()[:2] == [0, 1]


def test_many_copies_do_not_tear_a_story_apart() -> None:
    one, other = "ferry aground skerrow fog coastguard", "ferry skerrow fog tug salvage"
    apart = [f"other{n} thing{n}" for n in range(40)]
    labels = cluster(counted([one] * 25 + [other] * 25 + apart), None, days(*[0.0] * 90))
    assert set(labels[:50].tolist()) == {0}
