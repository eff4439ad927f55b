"""Articles that are assigned to stories later give as good stories as all clustered at once."""

import random
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import sparse

from index.evaluation.stories import score_stories
from index.semantic.cache import PassageEmbeddings
from index.semantic.multi_vectors import MultiVectors
from index.semantic.vectors import write_vectors
from index.storage.segments import FAR_LARGER, Segment
from index.stories.assignment import RowStatistics, StoryAssigner, cluster_all
from tests.index.stories.texts import (
    FERRY,
    NURSES,
    WORDS,
    cluster_labels,
    count_terms,
    embed_texts,
    to_seconds,
)

MAX_DIFFERENCE = 0.02
"""Of B-cubed F1 between all articles at once, in batches and one by one."""
NO_STATISTICS = RowStatistics(*(np.empty(0, np.float32) for _ in range(3)))

Rows = tuple[sparse.csr_matrix, NDArray[np.float32] | None, NDArray[np.int64]]


def generate(seed: int, *, with_vectors: bool) -> tuple[Rows, list[str]]:
    """30 events of 1 to 12 articles over some weeks, with words of event, theme and neither."""
    rng = random.Random(seed)
    texts, when, labels = [], [], []
    for event in range(30):
        start, theme = rng.uniform(0, 60), f"theme{event % 5}x"
        for _ in range(rng.randint(1, 12)):
            own = [f"event{event}x{rng.randint(0, 9)}" for _ in range(12)]
            about = [f"{theme}{rng.randint(0, 9)}" for _ in range(4)]
            noise = [f"word{rng.randint(0, 400)}" for _ in range(6)]
            texts.append(" ".join([*own, *about, *noise]))
            when.append(None if rng.random() < 0.1 else start + rng.uniform(0, 4))
            labels.append(str(event))
    order = sorted(range(len(texts)), key=lambda row: when[row] or 0.0)
    texts = [texts[row] for row in order]
    vectors = embed_texts(texts) if with_vectors else None
    return (count_terms(texts), vectors, to_seconds(*[when[row] for row in order])), [
        labels[r] for r in order
    ]


def slice_rows(rows: Rows, first: int, last: int) -> Rows:
    counts, vectors, when = rows
    return counts[first:last], None if vectors is None else vectors[first:last], when[first:last]


def open_vectors(vectors: NDArray[np.float32] | None, folder: Path) -> MultiVectors | None:
    """Open vectors in which each row has one passage."""
    if vectors is None:
        return None
    folder.mkdir()
    spans = np.zeros((1, 2), np.int32)
    write_vectors(folder, [PassageEmbeddings(vector[None], spans) for vector in vectors])
    return MultiVectors([Segment(folder)])


def assign_in_batches(
    rows: Rows, sizes: list[int], *, larger: int = FAR_LARGER
) -> NDArray[np.int32]:
    """The stories after batches; as in a reindex, some batches cluster everything again.

    Args:
        larger: A batch is assigned if the rows that were clustered at once are more than so many
            times the rows that arrived since.
    """
    bounds = np.concatenate(([0], np.cumsum(sizes))).tolist()
    labels, statistics, clustered = np.empty(0, np.int32), NO_STATISTICS, 0
    with TemporaryDirectory() as folder:
        for first, last in pairwise(bounds):
            counts, vectors, when = slice_rows(rows, 0, last)
            if clustered <= larger * (last - clustered):
                labels, statistics = cluster_all(counts, vectors, when)
                clustered = last
                continue
            previous_rows = np.append(np.arange(first), np.full(last - first, -1))
            previous = np.where(previous_rows < 0, np.int32(-1), labels[previous_rows])
            statistics = statistics.select(previous_rows)
            index = open_vectors(vectors, Path(folder) / str(last))
            assigner = StoryAssigner(previous, statistics, counts, vectors=index, published=when)
            labels = assigner.run()
    return labels


def compute_f1(stories: NDArray[np.int32], labels: list[str]) -> float:
    by_row = {str(row): str(story) for row, story in enumerate(stories.tolist())}
    return score_stories(by_row, {str(row): label for row, label in enumerate(labels)}).f1


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 1000), st.booleans())
def test_assignment_is_as_good_as_clustering_all_at_once(seed: int, with_vectors: bool) -> None:
    rows, labels = generate(seed, with_vectors=with_vectors)
    tenth = len(labels) // 10
    at_once = compute_f1(cluster_labels(*rows), labels)
    assert at_once > 0.9
    assert (
        abs(compute_f1(assign_in_batches(rows, [len(labels) - tenth, tenth]), labels) - at_once)
        <= MAX_DIFFERENCE
    )


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 1000))
def test_assignment_one_by_one_is_as_good_as_clustering_all_at_once(seed: int) -> None:
    rows, labels = generate(seed, with_vectors=True)
    at_once = compute_f1(cluster_labels(*rows), labels)
    assert (
        abs(compute_f1(assign_in_batches(rows, [1] * len(labels)), labels) - at_once)
        <= MAX_DIFFERENCE
    )


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), min_size=1, max_size=30),
    st.data(),
)
def test_every_row_is_in_exactly_one_story_however_assign_in_batches(
    texts: list[str], data: st.DataObject
) -> None:
    dates = st.lists(st.one_of(st.none(), st.floats(0, 30)), min_size=len(texts))
    when = to_seconds(*data.draw(dates)[: len(texts)])
    sizes, remaining = [], len(texts)
    while remaining:
        sizes.append(data.draw(st.integers(1, remaining)))
        remaining -= sizes[-1]
    labels = assign_in_batches(
        (count_terms(texts), None, when), sizes, larger=data.draw(st.integers(0, 9))
    )
    assert labels.shape == (len(texts),)
    firsts = list(dict.fromkeys(labels.tolist()))
    assert firsts == list(range(len(firsts)))


def test_a_new_article_joins_its_story_and_leaves_the_others() -> None:
    texts = [*FERRY, *NURSES, *(f"other{n} thing{n}" for n in range(20))]
    new = ["coastguard tug ferry skerrow aground", "whales stranded kestria"]
    counts = count_terms(texts + new)
    rows = counts, None, to_seconds(*[1.0] * counts.shape[0])
    before = cluster_labels(*slice_rows(rows, 0, len(texts))).tolist()
    after = assign_in_batches(rows, [len(texts), len(new)]).tolist()
    assert after[: len(texts)] == before
    assert after[-2:] == [before[0], max(before) + 1]


def test_new_articles_may_have_no_date_and_unknown_words() -> None:
    texts = [*FERRY, *NURSES, *(f"other{n} thing{n}" for n in range(20))]
    new = ["ferry unheard", "unheard"]
    labels = assign_in_batches(
        (count_terms(texts + new), None, to_seconds(*[1.0] * len(texts), 1, None)), [32, 1, 1]
    )
    assert labels.shape == (len(texts) + 2,)
