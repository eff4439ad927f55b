"""The `dateline` command: every subcommand, its options and its help.

Decision: nothing heavy is imported before a command runs, so that help is instant.
Must not know how anything is done: each command hands over to its module.
"""

import os
from collections.abc import Callable
from datetime import datetime
from functools import partial, wraps
from pathlib import Path
from typing import Any

import click

from scripts.settings.loader import CONFIG, LoadedSettings, SettingError, load_settings
from scripts.settings.table import BY_NAME

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
EXIT_CODES = """
Exit codes: 0 done; 1 it could not be done, and standard error says why; 2 wrong usage.
"""

_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
_day = click.DateTime(["%Y-%m-%d"])
_DAY = "YYYY-MM-DD"
_paths = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))


def _setting(name: str, metavar: str) -> Callable[[Any], Any]:
    """An option that is a setting too; None where it is not given."""
    setting = BY_NAME[name]
    about = f"{setting.about} Also {setting.variable}. [default: {setting.shown_default}]"

    def taken(context: click.Context, option: click.Parameter, text: str | None) -> object:
        if text is None:
            return None
        held = setting.kind.taken(setting.kind.typed(text))
        if held is None:
            raise click.BadParameter(f"“{text}” will not do; write {setting.kind.allowed}.")
        return held

    return click.option(f"--{name}", metavar=metavar, callback=taken, help=about)


def _settled(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the settings in force; what is wrong with one ends it before it begins."""

    @click.pass_obj
    @wraps(command)
    def settled(asked: Callable[[], LoadedSettings], /, **options: Any) -> None:
        try:
            settings = asked()
        except SettingError as error:
            raise click.ClickException(str(error)) from error
        command(settings, **options)

    return settled


@click.group(context_settings=CONTEXT, epilog=EXIT_CODES)
@_setting("home", "FOLDER")
@click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    help=f"File of settings. Also {CONFIG}. [default: dateline.toml in the archive's folder]",
)
@click.version_option(package_name="dateline")
@click.pass_context
def main(context: click.Context, home: Path | None, config: Path | None) -> None:
    """Dateline: search an archive of news articles by words, by meaning and by story."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    context.obj = partial(load_settings, os.environ, home=home, config=config)


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--date", type=_day, metavar=_DAY, help="Day of articles that do not say it.")
@click.option("--source", default="", help="Source of articles that name none.")
@click.option("--language", default="", help="Language of articles that name none, e.g. es.")
@click.option("--dry-run", is_flag=True, help="Report what would be taken in; store nothing.")
@_json
@_settled
def ingest(settings: LoadedSettings, /, **options: Any) -> None:
    """Take articles into the archive: files or folders of wire text, JSON Lines or CSV.

    .gz, .xz and .zst files are read as they are. Taking the same articles in again changes
    nothing. Fails only if nothing at all could be taken in.
    """
    from scripts.commands.ingest import run

    run(settings, **options)


@main.command()
@click.option("--force", is_flag=True, help="Build again even if nothing has changed.")
@_setting("passages", "all|lead|N")
@_json
@_settled
def reindex(
    settings: LoadedSettings, /, *, force: bool, passages: str | int | None, as_json: bool
) -> None:
    """Bring the index up to date with the archive.

    The index in use answers until the new one is whole. Texts that have been embedded before are
    not embedded again, so an interrupted reindex goes on where it stopped.
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
    help="By words and meaning, by words, or by meaning.",
)
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=10,
    show_default=True,
    help="How many stories, or articles with --group none.",
)
@click.option("--from", "date_from", type=_day, metavar=_DAY, help="First day.")
@click.option("--to", "date_to", type=_day, metavar=_DAY, help="Last day.")
@click.option("--source", multiple=True, help="Only this source; may be repeated.")
@click.option("--lang", multiple=True, help="Only this language; may be repeated.")
@click.option("--place", multiple=True, help="Only what was filed from here; may be repeated.")
@click.option(
    "--group",
    type=click.Choice(["story", "none"]),
    default="story",
    show_default=True,
    help="One entry a story, or one an article.",
)
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest"]),
    default="relevance",
    show_default=True,
    help="Order of the stories, and of the articles in them.",
)
@click.option("--weaker", is_flag=True, help="Also the nearest in meaning that are not near.")
@click.option("--explain", is_flag=True, help="Say why each hit is there.")
@click.option("--url", metavar="ADDRESS", help="Ask the Dateline at this address, not the archive.")
@_json
@_settled
def search(settings: LoadedSettings, /, **options: Any) -> None:
    """Search the archive. Put -- before a QUERY that begins with a minus sign."""
    from scripts.commands.search import run

    run(settings, **options)


@main.command()
@click.argument("story_id", metavar="[ID]", required=False)
@click.option("--from", "date_from", type=_day, metavar=_DAY, help="First day.")
@click.option("--to", "date_to", type=_day, metavar=_DAY, help="Last day.")
@click.option("--source", multiple=True, help="Only this source; may be repeated.")
@click.option("--lang", multiple=True, help="Only this language; may be repeated.")
@click.option("--place", multiple=True, help="Only what was filed from here; may be repeated.")
@click.option(
    "--least",
    type=click.IntRange(1),
    default=2,
    show_default=True,
    help="Articles that a story must have in the period.",
)
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many stories."
)
@_json
@_settled
def stories(settings: LoadedSettings, /, **options: Any) -> None:
    """List the stories with most articles in a period, or tell the course of one by its ID."""
    from scripts.commands.stories import run

    run(settings, **options)


@main.command()
@click.argument("uri", metavar="ID")
@click.option("--version", "number", type=click.IntRange(1), help="An earlier version.")
@click.option("--raw", is_flag=True, help="The text as it was taken in.")
@_json
@_settled
def show(settings: LoadedSettings, /, **options: Any) -> None:
    """Show one article by its id."""
    from scripts.commands.show import run

    run(settings, **options)


@main.command()
@_json
@_settled
def status(settings: LoadedSettings, /, *, as_json: bool) -> None:
    """Say what the archive holds, what is indexed and what can be searched."""
    from scripts.commands.status import run

    run(settings, as_json=as_json)


@main.command()
@_json
@_settled
def settings(settings: LoadedSettings, /, *, as_json: bool) -> None:
    """Say what is set, and where each value comes from."""
    from scripts.commands.settings import run

    run(settings, as_json=as_json)


@main.command()
@_paths
@_setting("host", "ADDRESS")
@_setting("port", "NUMBER")
@_setting("threads", "NUMBER")
@click.option("--date", type=_day, metavar=_DAY, help="Day of articles that do not say it.")
@_setting("passages", "all|lead|N")
@_json
@_settled
def serve(
    settings: LoadedSettings,
    /,
    *,
    paths: tuple[Path, ...],
    date: datetime | None,
    as_json: bool,
    **given: object,
) -> None:
    """Serve pages and the JSON API; take in PATHS first and index what is new.

    Without PATHS an empty archive is filled with the sample articles. Pages open as soon as the
    words are indexed; search by meaning joins when its vectors are done.
    """
    from scripts.commands.serve import run

    run(settings.with_options(**given), paths=paths, date=date, as_json=as_json)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--stories", is_flag=True, help="Measure stories against `story` labels.")
@click.option("--baselines", is_flag=True, help="With --stories: two plain ways beside ours.")
@click.option(
    "--queries",
    "query_text",
    type=click.Choice(["title", "desc"]),
    default="title",
    show_default=True,
    help="Which text, where queries carry more than one.",
)
@_json
@_settled
def evaluate(settings: LoadedSettings, /, **options: Any) -> None:
    """Measure search or stories on a FOLDER of labelled articles.

    FOLDER holds articles.jsonl (or .gz, .xz) and, for search, queries.jsonl and qrels.tsv. Its
    articles are indexed apart from the archive; their embeddings are kept for the next time.
    """
    from scripts.commands.evaluate import run

    run(settings, **options)
