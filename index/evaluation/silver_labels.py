"""Silver story labels for a wire that has none: articles filed under one slug within two days.

Decision: a slug that goes on for longer than a week is a column and not a story, and has a label
for each day. The labels are too fine where an agency files one event under several slugs.
Must not know how stories are found.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby, pairwise

WITHIN = timedelta(days=2)
COLUMN = timedelta(days=7)

_Filed = tuple[datetime, str]
"""When an article was filed, and its id."""


def assign_silver_labels(records: Iterable[Mapping[str, object]]) -> dict[str, str]:
    """A label for every record that has `id`, `slug` and an ISO `date`, by id."""
    filed: dict[str, list[_Filed]] = {}
    for record in records:
        if record.get("id") and record.get("slug") and record.get("date"):
            when = datetime.fromisoformat(str(record["date"]))
            when = when if when.tzinfo else when.replace(tzinfo=UTC)
            filed.setdefault(str(record["slug"]), []).append((when, str(record["id"])))
    return {
        uri: f"{slug}/{first:%Y-%m-%d}"
        for slug, articles in filed.items()
        for first, run in _runs(sorted(articles))
        for _, uri in run
    }


def add_silver_labels(lines: Iterable[str]) -> Iterator[str]:
    """JSON lines with their `story` set to the silver label, null where there is none."""
    records = [json.loads(line) for line in lines]
    labels = assign_silver_labels(records)
    for record in records:
        story = labels.get(str(record.get("id")))
        yield json.dumps(record | {"story": story}, ensure_ascii=False) + "\n"


def _runs(articles: Sequence[_Filed]) -> Iterator[tuple[datetime, Sequence[_Filed]]]:
    """Articles of one slug by story, each with the time of its first."""
    breaks = [n for n, (a, b) in enumerate(pairwise(articles), start=1) if b[0] - a[0] > WITHIN]
    for first, last in pairwise([0, *breaks, len(articles)]):
        run = articles[first:last]
        if run[-1][0] - run[0][0] <= COLUMN:
            yield run[0][0], run
            continue
        for _, day in groupby(run, key=lambda filed: filed[0].date()):
            found = list(day)
            yield found[0][0], found
