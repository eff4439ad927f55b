"""Whether day or month comes first in `03/04/2031`: the file decides, or the caller."""

from pathlib import Path

import pytest

from archive.database.store import ArticleStore
from archive.ingest import ingest
from archive.ingest_types import IngestOptions


def _days(folder: Path, dates: list[str], *, day_first: bool | None = None) -> list[str]:
    path = folder / "a.csv"
    rows = [f"a{number},Headline {number},{date}" for number, date in enumerate(dates)]
    path.write_text("\n".join(["id,title,date", *rows]))
    with ArticleStore.open(folder) as store:
        ingest(store, [path], IngestOptions(day_first=day_first))
        found = [next(iter(store.versions(f"a{number}"))) for number in range(len(dates))]
    return [
        f"{one.first_created:%d %b %H:%M}" + (" assumed" if one.date_inferred else "")
        if one.first_created
        else ""
        for one in found
    ]


def test_a_later_row_decides(tmp_path: Path) -> None:
    dates = ["03/04/2031 10:30 PM", "25/12/2031", "05-06-2031"]
    assert _days(tmp_path, dates) == [
        "03 Apr 22:30 assumed",
        "25 Dec 00:00",
        "05 Jun 00:00 assumed",
    ]


def test_the_month_can_come_first(tmp_path: Path) -> None:
    assert _days(tmp_path, ["7/25/2031 10:37 PM", "03/04/2031"]) == [
        "25 Jul 22:37",
        "04 Mar 00:00 assumed",
    ]


@pytest.mark.parametrize(
    ("day_first", "day"),
    [(None, ""), (True, "03 Apr 00:00 assumed"), (False, "04 Mar 00:00 assumed")],
)
def test_else_the_caller_decides(tmp_path: Path, day_first: bool | None, day: str) -> None:
    assert _days(tmp_path, ["03/04/2031"], day_first=day_first) == [day]


def test_a_file_that_has_both_decides_nothing(tmp_path: Path) -> None:
    dates = ["25/12/2031", "12/25/2031", "03/04/2031"]
    assert _days(tmp_path, dates)[2] == ""


def test_a_day_that_is_also_the_month_needs_no_decision(tmp_path: Path) -> None:
    assert _days(tmp_path, ["04/04/2031"]) == ["04 Apr 00:00"]
