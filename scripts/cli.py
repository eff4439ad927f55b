"""The `dateline` command: subcommands, options and help texts.

Responsibility: parse the command line and call the module of each subcommand.
Decision: large libraries are imported only when a command runs, so that help is instant.
Must not depend on: how a command does its work.
"""

import os
from collections.abc import Callable
from datetime import datetime
from functools import partial, wraps
from pathlib import Path
from typing import Any

import click

from scripts.errors import Commands
from scripts.ingest_options import ingest_options
from scripts.settings.definitions import BY_NAME
from scripts.settings.loader import CONFIG_VARIABLE, LoadedSettings, load_settings
from scripts.terminal import accept_any_text

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
EXIT_CODES = """
Exit codes: 0 for success; 1 for failure, with the reason on standard error; 2 for invalid usage;
3 if a reindex or an evaluation is complete but for semantic search, because the model cannot be
loaded; 130 after Ctrl+C and 143 after SIGTERM.
"""

_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_PATH = click.Path(readable=False, path_type=Path)
"""Whoever opens a path reports what is wrong with it."""
_DATE = click.DateTime(["%Y-%m-%d"])
_DATE_METAVAR = "YYYY-MM-DD"
_date = click.option(
    "--date",
    type=_DATE,
    metavar=_DATE_METAVAR,
    help="Date of articles without one; datelines without a year take it from this date.",
)


def _filters(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that select articles."""
    for option in (
        click.option("--place", multiple=True, help="Only articles from this place; repeatable."),
        click.option("--lang", multiple=True, help="Only articles in this language; repeatable."),
        click.option("--source", multiple=True, help="Only articles of this source; repeatable."),
        click.option("--to", "date_to", type=_DATE, metavar=_DATE_METAVAR, help="Last date."),
        click.option("--from", "date_from", type=_DATE, metavar=_DATE_METAVAR, help="First date."),
    ):
        command = option(command)
    return command


def _setting_option(name: str, metavar: str) -> Callable[[Any], Any]:
    """Define an option for a setting; its value is None if the option is not used."""
    setting = BY_NAME[name]
    text = f"{setting.description} Variable: {setting.variable}. [default: {setting.default_text}]"

    def parse(context: click.Context, option: click.Parameter, raw: str | None) -> object:
        if raw is None:
            return None
        value = setting.value_type.validate(setting.value_type.parse(raw))
        if value is None:
            raise click.BadParameter(f"must be {setting.value_type.expected}, not {raw!r}.")
        return value

    return click.option(f"--{name}", metavar=metavar, callback=parse, help=text)


def _with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Pass the settings to a command; an error in them ends it before it begins."""

    @click.pass_obj
    @wraps(command)
    def run(load: Callable[[], LoadedSettings], /, **options: Any) -> None:
        command(load(), **options)

    return run


@click.group(cls=Commands, context_settings=CONTEXT, epilog=EXIT_CODES)
@_setting_option("home", "FOLDER")
@click.option(
    "--config",
    type=_PATH,
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
@click.argument("paths", nargs=-1, type=_PATH)
@_date
@ingest_options
@_json
@_with_settings
def ingest(settings: LoadedSettings, /, **options: Any) -> None:
    """Add articles to the archive from files or folders; - is standard input.

    Recognises files by their content, and refuses those that it cannot read by the name of their
    kind. Ingesting the same articles again changes nothing. Fails only if every article is
    rejected, or with --strict.
    """
    from scripts.commands.ingest import run

    run(settings, **options)


@main.command()
@click.option("--force", is_flag=True, help="Rebuild the index even if nothing has changed.")
@_setting_option("passages", "all|lead|N")
@_json
@_with_settings
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
@_filters
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
@_json
@_with_settings
def search(settings: LoadedSettings, /, **options: Any) -> None:
    """Search the archive. Put -- before a QUERY that begins with a minus sign."""
    from scripts.commands.search import run

    run(settings, **options)


@main.command()
@click.argument("story_id", metavar="[ID]", required=False)
@_filters
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
@_json
@_with_settings
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
@_json
@_with_settings
def show(settings: LoadedSettings, /, **options: Any) -> None:
    """Show the article with this ID."""
    from scripts.commands.show import run

    run(settings, **options)


@main.command()
@_json
@_with_settings
def status(settings: LoadedSettings, /, *, as_json: bool) -> None:
    """Show the state of the archive and its index."""
    from scripts.commands.status import run

    run(settings, as_json=as_json)


@main.command()
@_json
@_with_settings
def settings(settings: LoadedSettings, /, *, as_json: bool) -> None:
    """Show the settings in effect and where each value comes from."""
    from scripts.commands.settings import run

    run(settings, as_json=as_json)


@main.command()
@click.argument("paths", nargs=-1, type=_PATH)
@_setting_option("host", "ADDRESS")
@_setting_option("port", "NUMBER")
@_setting_option("threads", "NUMBER")
@_date
@_setting_option("passages", "all|lead|N")
@_json
@_with_settings
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
@click.argument("folder", type=_PATH, required=False)
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
@_json
@_with_settings
def evaluate(settings: LoadedSettings, /, **options: Any) -> None:
    """Measure search, stories or related articles on a FOLDER of labelled articles.

    FOLDER must have articles.jsonl (or .gz, .xz) and, to measure search, queries.jsonl and
    qrels.tsv. Its articles are indexed apart from the archive; their embeddings are cached. With
    --names, FOLDER is one of labelled sentences; without it Dateline's own are measured.
    """
    from scripts.commands.evaluate import run

    run(settings, **options)
