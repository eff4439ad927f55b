"""The period that `--from` and `--to` select.

Responsibility: turn the two options into days, and refuse a period that ends before it starts.
Decision: the same check and the same message as on the pages and in the API.
Must not depend on: what is searched for.
"""

from datetime import date, datetime

import click

from web.http.search_parameters import check_period

Period = tuple[date | None, date | None]


def read_period(first: datetime | None, last: datetime | None) -> Period:
    """The first and the last day, both included; None leaves that end open.

    Raises:
        UsageError: The period ends before it starts.
    """
    days = first.date() if first else None, last.date() if last else None
    for error in check_period(*days):
        raise click.UsageError(str(error))
    return days
