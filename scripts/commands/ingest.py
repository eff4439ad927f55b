"""`dateline ingest`: add articles to the archive and report the outcome of each.

Responsibility: run an ingest and print its report.
Decision: the exit code is 1 only if every article was rejected, so that a few bad records in a feed
do not stop a pipeline.
Must not depend on: file formats.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from archive.database.store import ArticleStore
from archive.ingest import IngestOptions, IngestReport, ingest
from archive.ingest_counter import StrictIngestError
from archive.ingest_types import FoundFile, Rejection, RemarkCode, RemarkCount
from archive.sources.refused import add_refused, read_refused, remove_refused
from scripts.commands.ingest_preview import convert_previews, print_previews
from scripts.progress import count_progress
from scripts.settings.loader import LoadedSettings
from scripts.terminal import escape_controls, format_count, print_json, print_message

_REJECTIONS_SHOWN = 20
# What is said of one article, of several, and what to do.
_REMARKS: dict[RemarkCode, tuple[str, str, str]] = {
    "no-date": (
        "1 article has no date",
        "{:,} articles have no date",
        "Searches for a period do not find them; `date:none` does. Give their day with --date, or"
        " in the file.",
    ),
    "unread-date": (
        "1 article has a date that cannot be read",
        "{:,} articles have a date that cannot be read",
        "Write it as 2031-03-15.",
    ),
    "year-from-file": (
        "1 article has no year; it was taken from the time when the file was written",
        "{:,} articles have no year; it was taken from the time when their file was written",
        "If that is wrong, give a day near theirs with --date.",
    ),
    "day-order-assumed": (
        "1 article has a date like 03/04/2031; the rest of its file or --day-first decided it",
        "{:,} articles have dates like 03/04/2031; the rest of their files or --day-first decided",
        "If that is wrong, ingest the file again with --day-first or --month-first.",
    ),
    "zone-left-out": (
        "1 article has a time zone with several meanings; its time was taken for UTC",
        "{:,} articles have time zones with several meanings; their times were taken for UTC",
        "Write the offset, such as +01:00.",
    ),
    "withdrawn": (
        "1 article was withdrawn or is withheld by its source",
        "{:,} articles were withdrawn or are withheld by their source",
        "Searches find them until the next `dateline reindex`.",
    ),
    "embargoed": (
        "1 article is under an embargo",
        "{:,} articles are under an embargo",
        "Nothing of them is shown before the time after their name. `dateline serve` then indexes"
        " them by itself; without it, run `dateline reindex`.",
    ),
    "unread-embargo": (
        "1 article has an embargo whose end cannot be read; it is withheld",
        "{:,} articles have an embargo whose end cannot be read; they are withheld",
        "To release one, ingest it again with a time that can be read, such as"
        " `Embargo: 2031-03-15T06:00-05:00`.",
    ),
    "no-body": (
        "1 article has no body",
        "{:,} articles have no body",
        "If their text is in another field, name it with --map body=FIELD.",
    ),
    "unknown-fields": (
        "1 file has fields that were not understood",
        "{:,} files have fields that were not understood",
        "Their values are kept only in the original text. Name the ones you need with"
        " --map FIELD=NAME.",
    ),
    "markup-removed": (
        "Markup was removed from 1 article",
        "Markup was removed from {:,} articles",
        "`dateline show ID --raw` prints the original text.",
    ),
    "encoding-guessed": (
        "The encoding of 1 file was guessed",
        "The encoding of {:,} files was guessed",
        "If that is wrong, name it with --encoding.",
    ),
    "skipped-records": (
        "1 file also has records that are no articles",
        "{:,} files also have records that are no articles",
        "They were left out; their number and kind is after the name of the file.",
    ),
    "attachments": (
        "1 message has attachments that were not read",
        "{:,} messages have attachments that were not read",
        "Save the ones that are articles, and ingest them as files.",
    ),
}


def run(
    settings: LoadedSettings,
    *,
    paths: tuple[Path, ...],
    date: datetime | None,
    retry: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Ingest and print the report; exit with 1 if every article was rejected.

    With `retry`, what was refused before is read again, after the paths.
    """
    if not (paths or retry):
        raise click.UsageError("Missing argument 'PATHS...'.")
    chosen = IngestOptions(date=date.date() if date else None, **options)
    report = ingest_paths(settings.home, paths, chosen, quiet=as_json, retry=retry)
    if as_json:
        print_json(convert_report(report))
    else:
        _print_report(report, dry_run=chosen.dry_run)
    accepted = report.added + report.updated + report.unchanged + report.duplicate
    if report.rejected and not accepted:
        raise click.exceptions.Exit(1)


def ingest_paths(
    home: Path,
    paths: Sequence[Path | FoundFile],
    options: IngestOptions,
    *,
    quiet: bool,
    retry: bool = False,
) -> IngestReport:
    """Ingest paths, and with `retry` what was refused before; show a running count.

    What is refused is put on the list of the archive's folder, unless it is a dry run.
    """
    refused = read_refused(home) if retry else ()
    again = [file.path if file.path.is_dir() else file for file in refused]
    with (
        ArticleStore.open(home) as store,
        count_progress("Reading", quiet=quiet) as progress,
    ):
        try:
            report = ingest(store, (*paths, *again), options, progress=progress)
        except StrictIngestError as error:
            raise click.ClickException(escape_controls(_describe_problem(error))) from error
    if not options.dry_run:
        remove_refused(home, (file.path for file in refused))
        named = {each for each in paths if isinstance(each, Path)}
        named.update(file.path for file in refused if file.is_named)
        add_refused(home, (each for each in report.refused if Path(each.path).exists()), named)
    return report


def _describe_problem(error: StrictIngestError) -> str:
    problem = error.problem
    if isinstance(problem, Rejection):
        what = f"{problem.where}: {problem.reason}."
    else:
        what = format_remark(RemarkCount(code=problem.code, count=1, examples=(problem,)))
    return (
        f"{what} Nothing was stored, because of --strict. To see all that an ingest would say, add"
        " --dry-run and leave out --strict."
    )


def convert_report(report: IngestReport) -> dict[str, Any]:
    """Convert the report to the documented JSON."""
    rejected = [{"where": r.where, "reason": r.reason} for r in report.rejected]
    return {
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "duplicate": report.duplicate,
        "files": [
            {
                "kind": each.kind,
                "outcome": each.outcome,
                "count": each.count,
                "examples": list(each.examples),
            }
            for each in report.files
        ],
        "rejected": rejected,
        "remarks": [
            {
                "code": remark.code,
                "count": remark.count,
                "message": format_remark(remark),
                "examples": [{"where": one.where, "value": one.value} for one in remark.examples],
                "files": [{"path": path, "count": count} for path, count in remark.files],
            }
            for remark in report.remarks
        ],
        "previews": convert_previews(report.previews),
    }


def format_counts(report: IngestReport) -> str:
    """Return the counts in one line."""
    return (
        f"{report.added:,} added, {report.updated:,} updated, {report.unchanged:,} unchanged,"
        f" {report.duplicate:,} duplicate, {len(report.rejected):,} rejected"
    )


def format_files(report: IngestReport) -> str:
    """Return how many files of which kind were read, skipped and refused, in one line."""
    parts = []
    for outcome in ("read", "skipped", "refused"):
        kinds = [each for each in report.files if each.outcome == outcome]
        if kinds:
            total = format_count(sum(each.count for each in kinds), "file")
            names = ", ".join(f"{each.kind} {each.count:,}" for each in kinds)
            parts.append(f"{total} {outcome} ({names})")
    return "; ".join(parts)


def format_remark(remark: RemarkCount) -> str:
    """Return a remark with its first examples and what to do about it."""
    one, several, advice = _REMARKS[remark.code]
    examples = ", ".join(
        f"{each.where} ({each.value})" if each.value else each.where for each in remark.examples
    )
    more = ", …" if remark.count > len(remark.examples) else ""
    head = one if remark.count == 1 else several.format(remark.count)
    return f"{head}: {examples}{more}. {advice}"


def print_details(report: IngestReport) -> None:
    """Print what was done with the files, the first rejections and all remarks.

    On standard error.
    """
    if report.files:
        print_message(format_files(report))
    for kind in report.files:
        if kind.outcome == "skipped":
            dots = ", …" if kind.count > len(kind.examples) else ""
            print_message(f"Skipped {kind.kind}: {', '.join(kind.examples)}{dots}")
    for rejection in report.rejected[:_REJECTIONS_SHOWN]:
        print_message(f"Rejected {rejection.where}: {rejection.reason}")
    more = len(report.rejected) - _REJECTIONS_SHOWN
    if more > 0:
        print_message(f"{more:,} more rejected; use --json to list all of them.")
    for remark in report.remarks:
        print_message(format_remark(remark))


def _print_report(report: IngestReport, *, dry_run: bool) -> None:
    if dry_run:
        print_previews(report.previews)
    click.echo(("Dry run: " if dry_run else "") + format_counts(report))
    print_details(report)
    if report.rejected and not dry_run:
        print_message("`dateline ingest --retry` reads the files with rejections again.")
    if (report.added or report.updated) and not dry_run:
        print_message("Run `dateline reindex` to make them searchable.")
