"""`dateline ingest`: articles into the archive, and a report of what became of each."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from archive.database.store import ArticleStore
from archive.ingest import IngestOptions, IngestReport, ingest
from scripts.settings.loader import LoadedSettings
from scripts.terminal import count_progress, errors_explained, print_json, say

_SHOWN = 20


def run(
    settings: LoadedSettings,
    *,
    paths: tuple[Path, ...],
    date: datetime | None,
    source: str,
    language: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Ingest, print the report, fail if nothing at all could be taken in."""
    options = IngestOptions(
        date=date.date() if date else None, source=source, language=language, dry_run=dry_run
    )
    with errors_explained():
        report = ingest_paths(settings.home, paths, options, quiet=as_json)
    if as_json:
        print_json(report_json(report))
    else:
        _print(report, dry_run=dry_run)
    taken = report.added + report.updated + report.unchanged + report.duplicate
    if report.rejected and not taken:
        raise click.exceptions.Exit(1)


def ingest_paths(
    home: Path, paths: tuple[Path, ...], options: IngestOptions, *, quiet: bool
) -> IngestReport:
    """Ingest paths with a running count."""
    with (
        ArticleStore.open(home) as store,
        count_progress("Reading", quiet=quiet) as progress,
    ):
        return ingest(store, paths, options, progress=progress)


def report_json(report: IngestReport) -> dict[str, Any]:
    """The report as the documented JSON."""
    rejected = [{"where": r.where, "reason": r.reason} for r in report.rejected]
    return {
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "duplicate": report.duplicate,
        "rejected": rejected,
    }


def summary(report: IngestReport) -> str:
    """The counts in one line."""
    return (
        f"{report.added:,} added, {report.updated:,} updated, {report.unchanged:,} unchanged,"
        f" {report.duplicate:,} duplicate, {len(report.rejected):,} rejected"
    )


def print_rejections(report: IngestReport) -> None:
    """The first rejections, each with its place and reason, on standard error."""
    for rejection in report.rejected[:_SHOWN]:
        say(f"rejected {rejection.where}: {rejection.reason}")
    more = len(report.rejected) - _SHOWN
    if more > 0:
        say(f"and {more:,} more; --json lists them all")


def _print(report: IngestReport, *, dry_run: bool) -> None:
    click.echo(("Would be: " if dry_run else "") + summary(report))
    print_rejections(report)
    if (report.added or report.updated) and not dry_run:
        say("Run `dateline reindex` to make them searchable.")
