"""Articles that come one after another end in stories as good as all at once."""

import random
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import sparse

from index.evaluation.story_metrics import score_stories
from index.semantic.cache import PassageEmbeddings
from index.semantic.multi_vectors import MultiVectors
from index.semantic.vectors import write_vectors
from index.storage.segments import FAR_LARGER, Segment
from index.stories.assignment import RowStatistics, StoryAssigner, cluster_all
from tests.index.stories.texts import FERRY, NURSES, WORDS, cluster, counted, days, vectors

MOST_APART = 0.02
"""Of B-cubed F1 between all at once, in parts and one by one."""
NOTHING = RowStatistics(*(np.empty(0, np.float32) for _ in range(3)))

Rows = tuple[sparse.csr_matrix, NDArray[np.float32] | None, NDArray[np.int64]]


def made_up(seed: int, *, with_vectors: bool) -> tuple[Rows, list[str]]:
    """30 events of 1 to 12 articles over some weeks: words of the event, of its theme, of none."""
    dice = random.Random(seed)
    texts, when, labels = [], [], []
    for event in range(30):
        start, theme = dice.uniform(0, 60), f"theme{event % 5}x"
        for _ in range(dice.randint(1, 12)):
            own = [f"event{event}x{dice.randint(0, 9)}" for _ in range(12)]
            about = [f"{theme}{dice.randint(0, 9)}" for _ in range(4)]
            noise = [f"word{dice.randint(0, 400)}" for _ in range(6)]
            texts.append(" ".join([*own, *about, *noise]))
            when.append(None if dice.random() < 0.1 else start + dice.uniform(0, 4))
            labels.append(str(event))
    order = sorted(range(len(texts)), key=lambda row: when[row] or 0.0)
    texts = [texts[row] for row in order]
    meaning = vectors(texts) if with_vectors else None
    return (counted(texts), meaning, days(*[when[row] for row in order])), [
        labels[r] for r in order
    ]


def part(rows: Rows, first: int, last: int) -> Rows:
    counts, meaning, when = rows
    return counts[first:last], None if meaning is None else meaning[first:last], when[first:last]


def joined(meaning: NDArray[np.float32] | None, folder: Path) -> MultiVectors | None:
    """Each row's vector as that of its only passage."""
    if meaning is None:
        return None
    folder.mkdir()
    spans = np.zeros((1, 2), np.int32)
    write_vectors(folder, [PassageEmbeddings(vector[None], spans) for vector in meaning])
    return MultiVectors([Segment(folder)])


def fed(rows: Rows, sizes: list[int], *, larger: int = FAR_LARGER) -> NDArray[np.int32]:
    """The stories after so many rows at a time: as a reindex does, some join, or all is anew.

    Args:
        larger: How many times the rows that have come since must those found anew be.
    """
    bounds = np.concatenate(([0], np.cumsum(sizes))).tolist()
    labels, around, whole = np.empty(0, np.int32), NOTHING, 0
    with TemporaryDirectory() as folder:
        for first, last in pairwise(bounds):
            counts, meaning, when = part(rows, 0, last)
            if whole <= larger * (last - whole):
                labels, around = cluster_all(counts, meaning, when)
                whole = last
                continue
            known = np.append(np.arange(first), np.full(last - first, -1))
            before = np.where(known < 0, np.int32(-1), labels[known])
            around = around.of(known)
            vectors = joined(meaning, Path(folder) / str(last))
            joining = StoryAssigner(before, around, counts, vectors=vectors, published=when)
            labels = joining.run()
    return labels


def f1(stories: NDArray[np.int32], labels: list[str]) -> float:
    told = {str(row): str(story) for row, story in enumerate(stories.tolist())}
    return score_stories(told, {str(row): label for row, label in enumerate(labels)}).f1


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 1000), st.booleans())
def test_what_joins_and_all_at_once_are_equally_good(seed: int, with_vectors: bool) -> None:
    rows, labels = made_up(seed, with_vectors=with_vectors)
    tenth = len(labels) // 10
    at_once = f1(cluster(*rows), labels)
    assert at_once > 0.9
    assert abs(f1(fed(rows, [len(labels) - tenth, tenth]), labels) - at_once) <= MOST_APART


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 1000))
def test_one_by_one_is_as_good_as_all_at_once(seed: int) -> None:
    rows, labels = made_up(seed, with_vectors=True)
    at_once = f1(cluster(*rows), labels)
    assert abs(f1(fed(rows, [1] * len(labels)), labels) - at_once) <= MOST_APART


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), min_size=1, max_size=30),
    st.data(),
)
def test_every_row_is_in_exactly_one_story_however_fed(
    texts: list[str], data: st.DataObject
) -> None:
    dates = st.lists(st.one_of(st.none(), st.floats(0, 30)), min_size=len(texts))
    when = days(*data.draw(dates)[: len(texts)])
    sizes, left = [], len(texts)
    while left:
        sizes.append(data.draw(st.integers(1, left)))
        left -= sizes[-1]
    labels = fed((counted(texts), None, when), sizes, larger=data.draw(st.integers(0, 9)))
    assert labels.shape == (len(texts),)
    firsts = list(dict.fromkeys(labels.tolist()))
    assert firsts == list(range(len(firsts)))


def test_a_new_article_joins_its_story_and_leaves_the_others() -> None:
    texts = [*FERRY, *NURSES, *(f"other{n} thing{n}" for n in range(20))]
    new = ["coastguard tug ferry skerrow aground", "whales stranded kestria"]
    counts = counted(texts + new)
    rows = counts, None, days(*[1.0] * counts.shape[0])
    before = cluster(*part(rows, 0, len(texts))).tolist()
    after = fed(rows, [len(texts), len(new)]).tolist()
    assert after[: len(texts)] == before
    assert after[-2:] == [before[0], max(before) + 1]


def test_undated_articles_and_words_never_seen_before_can_come() -> None:
    texts = [*FERRY, *NURSES, *(f"other{n} thing{n}" for n in range(20))]
    new = ["ferry unheard", "unheard"]
    labels = fed((counted(texts + new), None, days(*[1.0] * len(texts), 1, None)), [32, 1, 1])
    assert labels.shape == (len(texts) + 2,)
