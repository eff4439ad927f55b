"""The options of `dateline ingest`: what is known about the files, and how careful it is.

Responsibility: define them, and check their values.
Decision: a wrong value is invalid usage, before any file is opened.
Must not depend on: how files are read.
"""

import codecs
from collections.abc import Callable, Mapping
from typing import Any

import click


def ingest_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say how to read files, and how careful to be."""
    command = reading_options(command)
    for option in (
        click.option(
            "--retry", is_flag=True, help="Read the files again of which something was rejected."
        ),
        click.option(
            "--strict",
            "is_strict",
            is_flag=True,
            help="Fail and store nothing if anything is refused, not understood or assumed.",
        ),
        click.option(
            "--dry-run", is_flag=True, help="Show what each file would become; store nothing."
        ),
    ):
        command = option(command)
    return command


def reading_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say how to read files."""
    for option in (
        click.option(
            "--day-first/--month-first",
            default=None,
            help="Read 03/04/2031 as 3 April, or as March 4, in files that do not tell.",
        ),
        click.option(
            "--encoding",
            default="",
            callback=_check_encoding,
            help="Encoding of files that do not state theirs, e.g. windows-1251.",
        ),
        click.option(
            "--columns",
            metavar="NAME,NAME...",
            callback=_split_columns,
            help="Names of the columns of tables without a row of names.",
        ),
        click.option(
            "--map",
            "field_map",
            metavar="FIELD=NAME",
            multiple=True,
            callback=_parse_map,
            help="Take a field from this name or column, e.g. headline=kop; repeatable.",
        ),
        click.option(
            "--language",
            default="",
            help="Language of articles that do not name one, e.g. es.",
        ),
        click.option("--source", default="", help="Source of articles that do not name one."),
    ):
        command = option(command)
    return command


def _parse_map(
    context: click.Context, option: click.Parameter, values: tuple[str, ...]
) -> Mapping[str, str]:
    """Return the field for each name."""
    from archive.values.field_names import ARTICLE_FIELDS

    fields = {}
    for value in values:
        field, equals, name = (part.strip() for part in value.partition("="))
        if field not in ARTICLE_FIELDS:
            raise click.BadParameter(
                f"{field!r} is not a field. Fields: {', '.join(ARTICLE_FIELDS)}."
            )
        if not equals or not name:
            raise click.BadParameter(f"must be FIELD=NAME, not {value!r}.")
        fields[name] = field
    return fields


def _split_columns(
    context: click.Context, option: click.Parameter, value: str | None
) -> tuple[str, ...]:
    names = tuple(name.strip() for name in (value or "").split(","))
    if value is not None and not any(names):
        raise click.BadParameter("names no column.")
    return names if value else ()


def _check_encoding(context: click.Context, option: click.Parameter, value: Any) -> str:
    try:
        return codecs.lookup(value).name if value else ""
    except LookupError as error:
        raise click.BadParameter(f"{value!r} is not an encoding.") from error
