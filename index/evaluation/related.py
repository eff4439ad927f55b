"""Quality of related articles: what is listed with and without the floor.

Responsibility: score related articles against story labels.
Decision: articles are listed by similarity alone, without stories, so that the floor is measured
and not the clustering. An article stands alone if the rest of its story is left out.
Must not depend on: how similarity is computed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.evaluation.labelled_folder import to_folder_id
from index.local.generation import OpenGeneration
from index.local.related import RelatedArticles

LISTED = 8
"""Articles in a list, as on an article's page."""
_NO_ROWS = np.empty(0, np.int32)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedScores:
    """Lists of related articles, means over labelled articles.

    Attributes:
        precision: The share of listed articles that have the label of the article.
        recall: The share of articles with its label, or of as many as fit, that are listed.
        empty_alone: The share of empty lists, if the article stands alone.
        listed_alone: How many articles a list has then.
    """

    precision: float
    recall: float
    empty_alone: float
    listed_alone: float


def score_related(
    generation: OpenGeneration, labels: Mapping[str, str]
) -> dict[str, RelatedScores]:
    """Score lists without the floor (`all`) and with it (`floor`), by the folder's own ids."""
    related, uris = RelatedArticles(generation), generation.doc_values.uris
    by_row = np.array(
        [labels.get(to_folder_id(uris[row]), "") for row in range(len(generation.doc_values))]
    )
    counts: dict[str, list[tuple[int, int, int, int]]] = {"all": [], "floor": []}
    for row in np.flatnonzero(by_row != "").tolist():
        rows, similarity = related.compare(row, also=_NO_ROWS)
        order = np.argsort(-similarity, kind="stable")
        rows, similarity = rows[order], similarity[order]
        same = by_row[rows] == by_row[row]
        wanted = min(int(np.count_nonzero(by_row == by_row[row])) - 1, LISTED)
        for name, floor in (("all", -np.inf), ("floor", related.get_floor(row))):
            passes = similarity >= floor
            listed = int(np.count_nonzero(passes[:LISTED])) if wanted else 0
            right = int(np.count_nonzero((passes & same)[:LISTED]))
            alone = min(int(np.count_nonzero(passes & ~same)), LISTED)
            counts[name].append((listed, right, wanted, alone))
    return {name: _summarize(np.array(values)) for name, values in counts.items()}


def _summarize(counts: NDArray[np.integer]) -> RelatedScores:
    """The scores of (articles, 4) counts: listed, right, wanted and listed if alone."""
    listed, right, wanted, alone = counts.T
    return RelatedScores(
        precision=round(float(right.sum() / max(listed.sum(), 1)), 4),
        recall=round(float(right.sum() / max(wanted.sum(), 1)), 4),
        empty_alone=round(float((alone == 0).mean()), 4),
        listed_alone=round(float(alone.mean()), 4),
    )
