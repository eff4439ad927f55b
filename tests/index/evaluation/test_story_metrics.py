"""B-cubed, on an example that was computed by hand, and at its ends."""

from index.evaluation.story_metrics import StoryScores, score_stories

LABELS = {"a": "x", "b": "x", "c": "x", "d": "y", "e": "y"}


def test_a_hand_computed_example() -> None:
    stories = {"a": "1", "b": "1", "c": "2", "d": "2", "e": "2", "f": "3", "g": "2"}
    # precision: a 2/2, b 2/2, c 1/3, d 2/3, e 2/3; recall: a 2/3, b 2/3, c 1/3, d 2/2, e 2/2.
    assert score_stories(stories, LABELS) == StoryScores(
        precision=round((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5, 4),
        recall=round((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5, 4),
        f1=0.7333,
        largest=4,
        singletons=round(1 / 7, 4),
    )


def test_perfect_stories() -> None:
    found = score_stories(LABELS, LABELS)
    assert (found.precision, found.recall, found.f1, found.largest) == (1, 1, 1, 3)


def test_one_story_for_everything() -> None:
    found = score_stories(dict.fromkeys(LABELS, "1"), LABELS)
    assert (found.precision, found.recall) == (round((3 * 3 / 5 + 2 * 2 / 5) / 5, 4), 1)


def test_each_article_alone() -> None:
    found = score_stories({uri: uri for uri in LABELS}, LABELS)
    assert (found.precision, found.recall, found.singletons) == (1, round(2 / 5, 4), 1)


def test_labels_of_articles_that_are_not_there_do_not_count() -> None:
    assert score_stories({"a": "1"}, LABELS).recall == 1
    assert score_stories({}, LABELS) == StoryScores(
        precision=0, recall=0, f1=0, largest=0, singletons=0
    )
