"""`dateline reindex`: bring the index up to date, with progress and the reason."""

from pathlib import Path

import click

from archive.store import ArticleStore
from index.build import Reindexer, ReindexReport
from index.lexical.engine import WhooshEngine
from index.semantic.models import SentenceModels
from index.semantic.passages import Scheme
from scripts.terminal import errors_explained, print_json, say, stage_progress


def reindexer(home: Path, passages: Scheme | None = None) -> Reindexer:
    """The reindexer of an archive folder, with the engine and model in use."""
    models = SentenceModels(home)
    return Reindexer(home, lexical=WhooshEngine(), models=models, passages=passages)


def require_articles(home: Path) -> None:
    """Fail where there is nothing to index.

    Raises:
        StoreError: There is no archive.
        ClickException: It is empty.
    """
    with ArticleStore.open(home, readonly=True) as store:
        if not store.count():
            raise click.ClickException(
                f"The archive in {home} is empty; ingest some articles first"
            )


def run(home: Path, *, force: bool, passages: Scheme | None, as_json: bool) -> None:
    """Reindex and print what was done."""
    with errors_explained():
        require_articles(home)
        builder = reindexer(home, passages)
        if not as_json and (reason := builder.reason()):
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
