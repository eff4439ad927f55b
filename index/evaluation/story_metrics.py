"""B-cubed measures of stories against labels.

Decision: all articles are clustered, only labelled ones are scored.
Must not know how stories are found.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryScores:
    """B-cubed means over labelled articles, 0..1; `largest` and `singletons` over all stories.

    Attributes:
        largest: Articles in the largest story.
        singletons: Share of articles that are alone in their story.
    """

    precision: float
    recall: float
    f1: float
    largest: int
    singletons: float


def score_stories(stories: Mapping[str, str], labels: Mapping[str, str]) -> StoryScores:
    """Score stories (article -> story) against labels (article -> label).

    Source: Bagga and Baldwin, 1998: for each article, the share of its story that has its label
    (precision) and the share of its label that is in its story (recall).
    """
    pairs = [(stories[uri], label) for uri, label in labels.items() if uri in stories]
    sizes = Counter(stories.values())
    precision, recall = _bcubed(pairs)
    total = precision + recall
    return StoryScores(
        precision=round(precision, 4),
        recall=round(recall, 4),
        f1=round(2 * precision * recall / total, 4) if total else 0.0,
        largest=max(sizes.values(), default=0),
        singletons=round(sum(n == 1 for n in sizes.values()) / max(len(stories), 1), 4),
    )


def _bcubed(pairs: Sequence[tuple[str, str]]) -> tuple[float, float]:
    if not pairs:
        return 0.0, 0.0
    together = Counter(pairs)
    found = Counter(story for story, _ in pairs)
    wanted = Counter(label for _, label in pairs)
    precision = sum(together[pair] / found[pair[0]] for pair in pairs) / len(pairs)
    recall = sum(together[pair] / wanted[pair[1]] for pair in pairs) / len(pairs)
    return precision, recall
