"""B-cubed scores computed by hand and at their limits, and the baseline clusterings."""

import numpy as np

from index.evaluation.stories import (
    StoryScores,
    cluster_by_density,
    cluster_in_one_pass,
    score_stories,
)
from tests.index.stories.texts import FERRY, NURSES, count_terms, to_seconds

TEXTS = [*FERRY, *NURSES, "whales stranded kestria"]

LABELS = {"a": "x", "b": "x", "c": "x", "d": "y", "e": "y"}


def test_an_example_computed_by_hand() -> None:
    stories = {"a": "1", "b": "1", "c": "2", "d": "2", "e": "2", "f": "3", "g": "2"}
    # precision: a 2/2, b 2/2, c 1/3, d 2/3, e 2/3; recall: a 2/3, b 2/3, c 1/3, d 2/2, e 2/2.
    assert score_stories(stories, LABELS) == StoryScores(
        precision=round((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5, 4),
        recall=round((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5, 4),
        f1=0.7333,
        largest=4,
        singletons=round(1 / 7, 4),
    )


def test_perfect_stories_score_1() -> None:
    found = score_stories(LABELS, LABELS)
    assert (found.precision, found.recall, found.f1, found.largest) == (1, 1, 1, 3)


def test_one_story_with_all_articles() -> None:
    found = score_stories(dict.fromkeys(LABELS, "1"), LABELS)
    assert (found.precision, found.recall) == (round((3 * 3 / 5 + 2 * 2 / 5) / 5, 4), 1)


def test_every_article_in_its_own_story() -> None:
    found = score_stories({uri: uri for uri in LABELS}, LABELS)
    assert (found.precision, found.recall, found.singletons) == (1, round(2 / 5, 4), 1)


def test_labels_of_unknown_articles_do_not_count() -> None:
    assert score_stories({"a": "1"}, LABELS).recall == 1
    assert score_stories({}, LABELS) == StoryScores(
        precision=0, recall=0, f1=0, largest=0, singletons=0
    )


def test_one_pass_assigns_articles_in_order_of_time() -> None:
    when = to_seconds(*range(len(TEXTS)))
    assert cluster_in_one_pass(count_terms(TEXTS), when).tolist() == [0] * 6 + [1] * 6 + [2]
    backwards = cluster_in_one_pass(count_terms(TEXTS), when[::-1].copy()).tolist()
    assert backwards == [2] * 6 + [1] * 6 + [0]


def test_density_clustering_makes_noise_its_own_story() -> None:
    random = np.random.default_rng(1)
    centres = np.eye(3, 8)[[0] * 6 + [1] * 6 + [2]]
    points = centres + random.normal(size=centres.shape) * 0.02
    labels = cluster_by_density(
        (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)
    )
    assert labels.dtype == np.int32
    assert labels[0] != labels[6]
    assert labels.tolist().count(labels[12]) == 1
    assert {labels.tolist().count(label) for label in (labels[0], labels[6])} == {6}
