"""`dateline ingest`: add articles to the archive and report the outcome of each.

Responsibility: run an ingest and print its report.
Decision: the exit code is 1 only if every article was rejected, so that a few bad records in a feed
do not stop a pipeline.
Must not depend on: file formats.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from archive.database.store import ArticleStore
from archive.ingest import IngestOptions, IngestReport, ingest
from scripts.settings.loader import LoadedSettings
from scripts.terminal import count_progress, print_json, print_message, report_errors

_REJECTIONS_SHOWN = 20


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
    """Ingest and print the report; exit with 1 if every article was rejected."""
    options = IngestOptions(
        date=date.date() if date else None, source=source, language=language, dry_run=dry_run
    )
    with report_errors():
        report = ingest_paths(settings.home, paths, options, quiet=as_json)
    if as_json:
        print_json(convert_report(report))
    else:
        _print_report(report, dry_run=dry_run)
    accepted = report.added + report.updated + report.unchanged + report.duplicate
    if report.rejected and not accepted:
        raise click.exceptions.Exit(1)


def ingest_paths(
    home: Path, paths: tuple[Path, ...], options: IngestOptions, *, quiet: bool
) -> IngestReport:
    """Ingest paths and show a running count."""
    with (
        ArticleStore.open(home) as store,
        count_progress("Reading", quiet=quiet) as progress,
    ):
        return ingest(store, paths, options, progress=progress)


def convert_report(report: IngestReport) -> dict[str, Any]:
    """Convert the report to the documented JSON."""
    rejected = [{"where": r.where, "reason": r.reason} for r in report.rejected]
    return {
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "duplicate": report.duplicate,
        "rejected": rejected,
    }


def format_counts(report: IngestReport) -> str:
    """Return the counts in one line."""
    return (
        f"{report.added:,} added, {report.updated:,} updated, {report.unchanged:,} unchanged,"
        f" {report.duplicate:,} duplicate, {len(report.rejected):,} rejected"
    )


def print_rejections(report: IngestReport) -> None:
    """Print the first rejections, each with its place and reason, on standard error."""
    for rejection in report.rejected[:_REJECTIONS_SHOWN]:
        print_message(f"Rejected {rejection.where}: {rejection.reason}")
    more = len(report.rejected) - _REJECTIONS_SHOWN
    if more > 0:
        print_message(f"{more:,} more rejected; use --json to list all of them.")


def _print_report(report: IngestReport, *, dry_run: bool) -> None:
    click.echo(("Dry run: " if dry_run else "") + format_counts(report))
    print_rejections(report)
    if (report.added or report.updated) and not dry_run:
        print_message("Run `dateline reindex` to make them searchable.")
