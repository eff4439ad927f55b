"""The plain ways that ours is measured against find clear stories too."""

import numpy as np

from index.evaluation.baselines import cluster_by_density, cluster_in_one_pass
from tests.index.stories.texts import FERRY, NURSES, count_terms, to_seconds

TEXTS = [*FERRY, *NURSES, "whales stranded kestria"]


def test_a_single_pass_in_order_of_time() -> None:
    when = to_seconds(*range(len(TEXTS)))
    assert cluster_in_one_pass(count_terms(TEXTS), when).tolist() == [0] * 6 + [1] * 6 + [2]
    backwards = cluster_in_one_pass(count_terms(TEXTS), when[::-1].copy()).tolist()
    assert backwards == [2] * 6 + [1] * 6 + [0]


def test_density_leaves_noise_alone() -> None:
    dice = np.random.default_rng(1)
    centres = np.eye(3, 8)[[0] * 6 + [1] * 6 + [2]]
    found = centres + dice.normal(size=centres.shape) * 0.02
    labels = cluster_by_density(
        (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)
    )
    assert labels.dtype == np.int32
    assert labels[0] != labels[6]
    assert labels.tolist().count(labels[12]) == 1
    assert {labels.tolist().count(label) for label in (labels[0], labels[6])} == {6}
