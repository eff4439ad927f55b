"""`dateline reindex`: update the index with the articles in the archive.

Responsibility: run a reindex and print its reason, progress and result.
Decision: an empty archive is an error, because it is more often a wrong folder than a new archive.
Must not depend on: how an index is built.
"""

from pathlib import Path

import click

from archive.database.store import ArticleStore
from index.indexing.reindex import ReindexReport
from scripts.composition import create_reindexer
from scripts.settings.loader import LoadedSettings
from scripts.terminal import format_count, print_json, print_message, report_errors, stage_progress


def require_articles(home: Path) -> None:
    """Check that the archive has articles; migrate one of an older schema.

    Raises:
        StoreError: There is no archive, or it cannot be migrated.
        ClickException: The archive is empty.
    """
    with ArticleStore.open(home, create=False) as store:
        if not store.count():
            raise click.ClickException(
                f"The archive in {home} is empty; run `dateline ingest PATH` first."
            )


def run(settings: LoadedSettings, *, force: bool, as_json: bool) -> None:
    """Reindex and print the result."""
    with report_errors():
        require_articles(settings.home)
        reindexer = create_reindexer(settings)
        if not as_json and (reason := reindexer.find_reason()):
            print_message(f"Reindexing: {reason}.")
        with stage_progress(quiet=as_json) as progress:
            report = reindexer.run(force=force, progress=progress)
    if as_json:
        print_json(
            {
                "generation": report.generation,
                "articles": report.articles,
                "passages": report.passages,
                "added": report.added,
                "embedded": report.embedded,
                "seconds": report.seconds,
                "reason": report.reason,
                "model_problem": report.model_problem,
            }
        )
    else:
        _print_report(report)


def _print_report(report: ReindexReport) -> None:
    if not report.reason:
        click.echo(f"The index is up to date (generation {report.generation}).")
        return
    click.echo(
        f"Generation {report.generation}: {format_count(report.articles, 'article')}"
        f" ({report.added:,} indexed now), {format_count(report.passages, 'passage')}"
        f" ({report.embedded:,} embedded now), {report.seconds:.1f} s"
    )
    if report.model_problem:
        missing = (
            "New articles can be found by keyword only"
            if report.passages
            else "Semantic search is not available"
        )
        print_message(f"{missing}: {report.model_problem}")
