"""Scores of related articles, computed by hand."""

from pathlib import Path

import pytest

from index.evaluation.related import RelatedScores, score_related
from index.semantic.ports import Models
from tests.fakes import FakeModels, NoModels
from tests.index.library import FERRY_AGROUND, FERRY_LEAK, NURSES, NURSES_END, UNDATED, Library

LABELS = {"ferry-1": "ferry", "ferry-2": "ferry", "nurses-1": "strike", "nurses-2": "strike"}


@pytest.mark.parametrize("models", [FakeModels, NoModels])
def test_two_stories_and_an_article_that_stands_alone(tmp_path: Path, models: type[Models]) -> None:
    library = Library(tmp_path, models=models())
    library.put(FERRY_AGROUND, FERRY_LEAK, NURSES, NURSES_END, UNDATED).reindex()
    scores = score_related(library.generation(), LABELS | {"undated": "bees"})
    # Without a floor, four articles are listed for each of the four, and one of them is right.
    # Alone, four labelled articles have three others, and the one about bees has four.
    assert scores["all"] == RelatedScores(
        precision=0.25, recall=1.0, empty_alone=0.0, listed_alone=3.2
    )
    assert scores["floor"] == RelatedScores(
        precision=1.0, recall=1.0, empty_alone=1.0, listed_alone=0.0
    )
    library.close()
