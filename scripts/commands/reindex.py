"""`dateline reindex`: update the index with the articles in the archive.

Responsibility: run a reindex and print its reason, progress and result.
Decision: an empty archive is an error, because it is more often a wrong folder than a new archive.
A model that cannot be loaded has an exit code of its own: the words are indexed, but a timer or a
script must notice.
Must not depend on: how an index is built.
"""

from functools import partial
from pathlib import Path

import click

from archive.database.store import ArticleStore
from index.indexing.reindex import ReindexReport
from index.ports import IndexUnavailableError
from index.storage.generation import read_current_id
from scripts.composition import create_reindexer
from scripts.errors import WITHOUT_SEMANTIC_SEARCH, saying_what_is_kept
from scripts.progress import stage_progress
from scripts.settings.loader import LoadedSettings
from scripts.terminal import format_count, print_json, print_message


def require_articles(home: Path) -> None:
    """Check that the archive has articles; migrate one of an older schema.

    Raises:
        StoreError: There is no archive, or it cannot be migrated.
        ClickException: The archive is empty.
    """
    with ArticleStore.open(home, create=False) as store:
        if not store.count():
            raise click.ClickException(
                f"The archive in {home} is empty. Run `dateline ingest PATH` first."
            )


def run(settings: LoadedSettings, *, force: bool, as_json: bool) -> None:
    """Reindex and print the result."""
    require_articles(settings.home)

    def announce(reason: str) -> None:
        if not as_json:
            print_message(f"Reindexing: {reason}.")

    with (
        saying_what_is_kept(partial(describe_kept_index, settings.home)),
        stage_progress(quiet=as_json) as progress,
    ):
        report = create_reindexer(settings).run(force=force, progress=progress, announce=announce)
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
    if report.model_problem:
        raise click.exceptions.Exit(WITHOUT_SEMANTIC_SEARCH)


def describe_kept_index(home: Path) -> str:
    """What an interrupted reindex leaves, in sentences."""
    try:
        live = read_current_id(home)
    except IndexUnavailableError:
        live = None
    kept = f"generation {live} answers searches" if live else "there is no index yet"
    return (
        f"The archive in {home} is unchanged; {kept}. Embeddings that were made are kept: the next"
        " `dateline reindex` continues."
    )


def _print_report(report: ReindexReport) -> None:
    if report.reason:
        click.echo(
            f"Generation {report.generation}: {format_count(report.articles, 'article')}"
            f" ({report.added:,} indexed now), {format_count(report.passages, 'passage')}"
            f" ({report.embedded:,} embedded now), {report.seconds:.1f} s"
        )
    else:
        click.echo(f"The index is up to date (generation {report.generation}).")
    if report.model_problem:
        missing = (
            "New articles can be found by keyword only"
            if report.passages
            else "Semantic search is not available"
        )
        print_message(f"{missing}: {report.model_problem}")
