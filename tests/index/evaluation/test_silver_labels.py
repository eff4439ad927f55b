"""Silver labels: one slug within two days is one story, a daily column is not."""

import json

from index.evaluation.silver_labels import add_silver_labels, assign_silver_labels


def filed(slug: str, *days: float) -> list[dict[str, object]]:
    return [
        {
            "id": f"{slug}{day}",
            "slug": slug,
            "date": f"2031-03-{int(day):02}T{int(day % 1 * 24):02}:00",
        }
        for day in days
    ]


def test_one_slug_within_two_days_is_one_story() -> None:
    labels = assign_silver_labels(filed("ferry", 1, 2.5, 4, 9))
    assert labels["ferry1"] == labels["ferry2.5"] == labels["ferry4"] == "ferry/2031-03-01"
    assert labels["ferry9"] == "ferry/2031-03-09"


def test_a_column_is_a_story_a_day() -> None:
    labels = assign_silver_labels(filed("markets", *range(1, 12), 3.5))
    assert len(set(labels.values())) == 11
    assert labels["markets3"] == labels["markets3.5"]


def test_other_slugs_and_none_are_apart() -> None:
    records: list[dict[str, object]] = [
        *filed("ferry", 1),
        *filed("nurses", 1),
        {"id": "a", "slug": "", "date": "2031-03-01"},
    ]
    assert set(assign_silver_labels(records)) == {"ferry1", "nurses1"}


def test_lines_keep_all_else() -> None:
    lines = [json.dumps(record | {"title": "Fähre"}) for record in filed("ferry", 1)]
    lines.append(json.dumps({"id": "b", "date": "2031-03-01", "story": "x"}))
    first, second = (json.loads(line) for line in add_silver_labels(lines))
    assert (first["story"], first["title"]) == ("ferry/2031-03-01", "Fähre")
    assert second["story"] is None
