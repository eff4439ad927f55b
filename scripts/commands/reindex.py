"""`dateline reindex`: bring the index up to date, with progress and the reason."""

from pathlib import Path

import click

from archive.database.store import ArticleStore
from index.indexing.reindex import ReindexReport
from scripts.composition import reindexer
from scripts.settings.loader import LoadedSettings
from scripts.terminal import errors_explained, print_json, say, stage_progress


def require_articles(home: Path) -> None:
    """Fail where there is nothing to index.

    Raises:
        StoreError: There is no archive.
        ClickException: It is empty.
    """
    with ArticleStore.open(home, readonly=True) as store:
        if not store.count():
            raise click.ClickException(
                f"The archive in {home} is empty; run `dateline ingest PATH` first."
            )


def run(settings: LoadedSettings, *, force: bool, as_json: bool) -> None:
    """Reindex and print what was done."""
    with errors_explained():
        require_articles(settings.home)
        builder = reindexer(settings)
        if not as_json and (reason := builder.find_reason()):
            say(f"Reindexing: {reason}.")
        with stage_progress(quiet=as_json) as progress:
            report = builder.run(force=force, progress=progress)
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
        _print(report)


def _print(report: ReindexReport) -> None:
    if not report.reason:
        click.echo(f"Nothing to do: generation {report.generation} is up to date.")
        return
    click.echo(
        f"Generation {report.generation}: {report.articles:,} articles, {_indexed(report)},"
        f" {report.passages:,} passages, {report.embedded:,} of them embedded now,"
        f" {report.seconds:.1f} s"
    )
    if report.model_problem:
        few = "What is new is found by words only" if report.passages else "By words only"
        say(f"{few}: {report.model_problem}")


def _indexed(report: ReindexReport) -> str:
    """Whether all was built again or what is new was added to what stays."""
    if report.added == report.articles:
        return "all of them indexed now"
    return f"{report.added:,} of them indexed now and the rest kept"
