"""Options that several commands share, and how a command gets its settings.

Responsibility: define each of them once.
Decision: an option for a setting takes its help text and its check from the table of settings.
Must not depend on: the commands.
"""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from scripts.settings.definitions import BY_NAME
from scripts.settings.loader import LoadedSettings

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
PATH = click.Path(readable=False, path_type=Path)
"""Whoever opens a path reports what is wrong with it."""
DATE = click.DateTime(["%Y-%m-%d"])
DATE_METAVAR = "YYYY-MM-DD"
date_option = click.option(
    "--date",
    type=DATE,
    metavar=DATE_METAVAR,
    help="Date of articles without one; datelines without a year take it from this date.",
)


def filter_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that select articles."""
    for option in (
        click.option("--place", multiple=True, help="Only articles from this place; repeatable."),
        click.option("--lang", multiple=True, help="Only articles in this language; repeatable."),
        click.option("--source", multiple=True, help="Only articles of this source; repeatable."),
        click.option("--to", "date_to", type=DATE, metavar=DATE_METAVAR, help="Last date."),
        click.option("--from", "date_from", type=DATE, metavar=DATE_METAVAR, help="First date."),
    ):
        command = option(command)
    return command


def setting_option(name: str, metavar: str) -> Callable[[Any], Any]:
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


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Pass the settings to a command; an error in them ends it before it begins."""

    @click.pass_obj
    @wraps(command)
    def run(load: Callable[[], LoadedSettings], /, **options: Any) -> None:
        command(load(), **options)

    return run
