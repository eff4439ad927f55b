"""The `dateline` command: every subcommand, its options and its help.

Decision: nothing heavy is imported before a command runs, so that help is instant.
Must not know how anything is done: each command hands over to its module.
"""

import os
from pathlib import Path
from typing import Any

import click

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
EXIT_CODES = """
Exit codes: 0 done; 1 it could not be done, and standard error says why; 2 wrong usage.
"""

_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
_day = click.DateTime(["%Y-%m-%d"])
_DAY = "YYYY-MM-DD"
_MOST_PASSAGES = 1000


class _Passages(click.ParamType[Any]):
    """Which passages of an article are embedded."""

    name = "all|lead|N"

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> Any:
        """The scheme that is meant."""
        from index.semantic.passages import Scheme

        if isinstance(value, Scheme):
            return value
        if value in ("all", "lead"):
            return Scheme(None if value == "all" else 1)
        first = int(value) if value.isascii() and value.isdecimal() else 0
        if not 1 <= first <= _MOST_PASSAGES:
            told = f"{value!r} is neither all nor lead nor a number from 1 to {_MOST_PASSAGES}."
            self.fail(told, param, context)
        return Scheme(first)


_passages = click.option(
    "--passages",
    type=_Passages(),
    envvar="DATELINE_PASSAGES",
    help="How many passages of an article are embedded, from its beginning (also"
    " DATELINE_PASSAGES); as before unless told, all the first time.",
)
_paths = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))


@click.group(context_settings=CONTEXT, epilog=EXIT_CODES)
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="DATELINE_HOME",
    default=Path(".dateline"),
    show_default=True,
    help="Folder of the archive and its index (also DATELINE_HOME).",
)
@click.version_option(package_name="dateline")
@click.pass_context
def main(context: click.Context, home: Path) -> None:
    """Dateline: search an archive of news articles by words, by meaning and by story."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    context.obj = home


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--date", type=_day, metavar=_DAY, help="Day of articles that do not say it.")
@click.option("--source", default="", help="Source of articles that name none.")
@click.option("--language", default="", help="Language of articles that name none, e.g. es.")
@click.option("--dry-run", is_flag=True, help="Report what would be taken in; store nothing.")
@_json
@click.pass_obj
def ingest(home: Path, /, **options: Any) -> None:
    """Take articles into the archive: files or folders of wire text, JSON Lines or CSV.

    .gz, .xz and .zst files are read as they are. Taking the same articles in again changes
    nothing. Fails only if nothing at all could be taken in.
    """
    from scripts.commands import ingesting

    ingesting.run(home, **options)


@main.command()
@click.option("--force", is_flag=True, help="Build again even if nothing has changed.")
@_passages
@_json
@click.pass_obj
def reindex(home: Path, /, **options: Any) -> None:
    """Bring the index up to date with the archive.

    The index in use answers until the new one is whole. Texts that have been embedded before are
    not embedded again, so an interrupted reindex goes on where it stopped.
    """
    from scripts.commands import reindexing

    reindexing.run(home, **options)


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
@_json
@click.pass_obj
def search(home: Path, /, **options: Any) -> None:
    """Search the archive. Put -- before a QUERY that begins with a minus sign."""
    from scripts.commands import searching

    searching.run(home, **options)


@main.command()
@click.argument("story_id", metavar="[ID]", required=False)
@click.option("--from", "date_from", type=_day, metavar=_DAY, help="First day.")
@click.option("--to", "date_to", type=_day, metavar=_DAY, help="Last day.")
@click.option("--source", multiple=True, help="Only this source; may be repeated.")
@click.option("--lang", multiple=True, help="Only this language; may be repeated.")
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
@click.pass_obj
def stories(home: Path, /, **options: Any) -> None:
    """List the stories with most articles in a period, or tell the course of one by its ID."""
    from scripts.commands import storytelling

    storytelling.run(home, **options)


@main.command()
@click.argument("uri", metavar="ID")
@click.option("--version", "number", type=click.IntRange(1), help="An earlier version.")
@click.option("--raw", is_flag=True, help="The text as it was taken in.")
@_json
@click.pass_obj
def show(home: Path, /, **options: Any) -> None:
    """Show one article by its id."""
    from scripts.commands import showing

    showing.run(home, **options)


@main.command()
@_json
@click.pass_obj
def status(home: Path, *, as_json: bool) -> None:
    """Say what the archive holds, what is indexed and what can be searched."""
    from scripts.commands import reporting

    reporting.run(home, as_json=as_json)


@main.command()
@_paths
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0: all."
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on; 0: any that is free.",
)
@click.option("--date", type=_day, metavar=_DAY, help="Day of articles that do not say it.")
@_passages
@_json
@click.pass_obj
def serve(home: Path, /, **options: Any) -> None:
    """Serve pages and the JSON API; take in PATHS first and index what is new.

    Without PATHS an empty archive is filled with the sample articles. Pages open as soon as the
    words are indexed; search by meaning joins when its vectors are done.
    """
    from scripts.commands import serving

    serving.run(home, **options)


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
@click.pass_obj
def evaluate(home: Path, /, **options: Any) -> None:
    """Measure search or stories on a FOLDER of labelled articles.

    FOLDER holds articles.jsonl (or .gz, .xz) and, for search, queries.jsonl and qrels.tsv. Its
    articles are indexed apart from the archive; their embeddings are kept for the next time.
    """
    from scripts.commands import evaluating

    evaluating.run(home, **options)
