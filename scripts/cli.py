"""The `dateline` command: subcommands, options and help texts.

Responsibility: parse the command line and call the module of each subcommand.
Decision: large libraries are imported only when a command runs, so that help is instant.
Must not depend on: how a command does its work.
"""

import os
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from scripts.errors import Commands
from scripts.ingest_options import ingest_options, reading_options
from scripts.options import (
    PATH,
    date_option,
    filter_options,
    json_option,
    setting_option,
    with_settings,
)
from scripts.settings.loader import CONFIG_VARIABLE, LoadedSettings, load_settings
from scripts.terminal import accept_any_text

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
EXIT_CODES = """
Exit codes: 0 for success; 1 for failure, with the reason on standard error; 2 for invalid usage;
3 if a reindex or an evaluation is complete but for semantic search, because the model cannot be
loaded; 130 after Ctrl+C and 143 after SIGTERM.
"""


@click.group(cls=Commands, context_settings=CONTEXT, epilog=EXIT_CODES)
@setting_option("home", "FOLDER")
@click.option(
    "--config",
    type=PATH,
    help=f"Settings file. Variable: {CONFIG_VARIABLE}."
    " [default: dateline.toml in the archive's folder]",
)
@click.version_option(package_name="dateline")
@click.pass_context
def main(context: click.Context, home: Path | None, config: Path | None) -> None:
    """Dateline: search an archive of news articles by keyword, by meaning and by story."""
    accept_any_text()
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    context.obj = partial(load_settings, os.environ, home=home, config=config)


@main.command()
@click.argument("paths", nargs=-1, type=PATH)
@date_option
@ingest_options
@json_option
@with_settings
def ingest(settings: LoadedSettings, /, **options: Any) -> None:
    """Add articles to the archive from files or folders; - is standard input.

    Recognises files by their content, and refuses those that it cannot read by the name of their
    kind. Ingesting the same articles again changes nothing. Fails only if every article is
    rejected, or with --strict.
    """
    from scripts.commands.ingest import run

    run(settings, **options)


@main.command()
@click.argument("folders", nargs=-1, type=PATH)
@reading_options
@json_option
@with_settings
def watch(settings: LoadedSettings, /, **options: Any) -> None:
    """Read and index what arrives in FOLDERS, until interrupted.

    A file is read once it has not changed for two seconds; what a folder holds already is read
    first. A running server finds new articles within seconds.
    """
    from scripts.commands.watch import run

    run(settings, **options)


@main.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--source", metavar="NAME", help="All articles of this source.")
@click.option("--query", help="All articles that match this query by its words.")
@click.option("--undo", is_flag=True, help="Restore these forgotten articles, or all of them.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
@with_settings
def forget(settings: LoadedSettings, /, **options: Any) -> None:
    """Withdraw articles, so that no search or page shows them.

    Shows how many there are and the first headlines, and asks. The archive keeps their text.
    """
    from scripts.commands.forget import run

    run(settings, **options)


@main.command()
@click.option("--force", is_flag=True, help="Rebuild the index even if nothing has changed.")
@setting_option("passages", "all|lead|N")
@json_option
@with_settings
def reindex(
    settings: LoadedSettings, /, *, force: bool, passages: str | int | None, as_json: bool
) -> None:
    """Update the index with the articles in the archive.

    The current index serves searches until the new one is complete. Embeddings are cached, so that
    an interrupted reindex continues where it stopped.
    """
    from scripts.commands.reindex import run

    run(settings.with_options(passages=passages), force=force, as_json=as_json)


@main.command()
@click.argument("query", nargs=-1, required=True)
@click.option(
    "--mode",
    type=click.Choice(["hybrid", "lexical", "semantic"]),
    default="hybrid",
    show_default=True,
    help="Search by keyword (lexical), by meaning (semantic) or both.",
)
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=10,
    show_default=True,
    help="Maximum number of stories; of articles with --group none.",
)
@filter_options
@click.option(
    "--group",
    type=click.Choice(["story", "none"]),
    default="story",
    show_default=True,
    help="Print one result per story or per article.",
)
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest"]),
    default="relevance",
    show_default=True,
    help="Order of the stories and of the articles within them.",
)
@click.option("--weaker", is_flag=True, help="Include loosely related articles.")
@click.option("--every-version", is_flag=True, help="Print each version that matches.")
@click.option("--explain", is_flag=True, help="Show how each result was ranked.")
@click.option("--url", metavar="ADDRESS", help="Search the Dateline server at this address.")
@json_option
@with_settings
def search(settings: LoadedSettings, /, **options: Any) -> None:
    """Search the archive. Put -- before a QUERY that begins with a minus sign."""
    from scripts.commands.search import run

    run(settings, **options)


@main.command()
@click.argument("story_id", metavar="[ID]", required=False)
@filter_options
@click.option(
    "--least",
    type=click.IntRange(1),
    default=2,
    show_default=True,
    help="Minimum number of matching articles in a story.",
)
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=20,
    show_default=True,
    help="Maximum number of stories.",
)
@json_option
@with_settings
def stories(settings: LoadedSettings, /, **options: Any) -> None:
    """List the top stories of a period, or show the timeline of one.

    The ID of a story is in the list. Without an ID, stories are ordered by their number of
    matching articles.
    """
    from scripts.commands.stories import run

    run(settings, **options)


@main.command()
@click.argument("uri", metavar="ID")
@click.option("--version", "number", type=click.IntRange(1), help="Show an earlier version.")
@click.option("--raw", is_flag=True, help="Show the original text.")
@json_option
@with_settings
def show(settings: LoadedSettings, /, **options: Any) -> None:
    """Show the article with this ID."""
    from scripts.commands.show import run

    run(settings, **options)


@main.command()
@json_option
@with_settings
def status(settings: LoadedSettings, /, *, as_json: bool) -> None:
    """Show the state of the archive and its index."""
    from scripts.commands.status import run

    run(settings, as_json=as_json)


@main.command()
@json_option
@with_settings
def settings(settings: LoadedSettings, /, *, as_json: bool) -> None:
    """Show the settings in effect and where each value comes from."""
    from scripts.commands.settings import run

    run(settings, as_json=as_json)


@main.command()
@click.argument("paths", nargs=-1, type=PATH)
@setting_option("host", "ADDRESS")
@setting_option("port", "NUMBER")
@setting_option("threads", "NUMBER")
@date_option
@setting_option("passages", "all|lead|N")
@json_option
@with_settings
def serve(
    settings: LoadedSettings,
    /,
    *,
    paths: tuple[Path, ...],
    date: datetime | None,
    as_json: bool,
    **options: object,
) -> None:
    """Start the web server.

    Ingests PATHS first, if any, and updates the index. An empty archive is filled with sample
    articles if there are no PATHS. Pages are available as soon as the text is indexed; semantic
    search follows when embedding is complete.
    """
    from scripts.commands.serve import run

    run(settings.with_options(**options), paths=paths, date=date, as_json=as_json)


@main.command()
@click.argument("folder", type=PATH, required=False)
@click.option("--stories", is_flag=True, help="Measure stories against the `story` labels.")
@click.option(
    "--related", is_flag=True, help="Measure related articles against the `story` labels."
)
@click.option("--baselines", is_flag=True, help="With --stories: also measure two baselines.")
@click.option("--names", is_flag=True, help="Measure names on Dateline's labelled sentences.")
@click.option(
    "--queries",
    "query_text",
    type=click.Choice(["title", "desc"]),
    default="title",
    show_default=True,
    help="Which text to search for if a query has both.",
)
@json_option
@with_settings
def evaluate(settings: LoadedSettings, /, **options: Any) -> None:
    """Measure search, stories or related articles on a FOLDER of labelled articles.

    FOLDER must have articles.jsonl (or .gz, .xz) and, to measure search, queries.jsonl and
    qrels.tsv. Its articles are indexed apart from the archive; their embeddings are cached. With
    --names, FOLDER is one of labelled sentences; without it Dateline's own are measured.
    """
    from scripts.commands.evaluate import run

    run(settings, **options)
