"""`dateline settings`: what is in force, and where each value comes from.

Decision: what looks like a setting and is none is said too; nobody would look for it.
"""

import os
from pathlib import Path

import click

from scripts.settings.loader import CONFIG, FILE_NAME, LoadedSettings
from scripts.settings.table import BY_NAME, SETTINGS
from scripts.terminal import print_json, say


def run(settings: LoadedSettings, *, as_json: bool) -> None:
    """Print every setting."""
    if as_json:
        print_json(_json(settings))
    else:
        _print(settings)
    known = {CONFIG, *(setting.variable for setting in SETTINGS)}
    for name in sorted(os.environ):
        if name.startswith("DATELINE_") and name not in known:
            say(f"{name} is no setting of Dateline.")


def _json(settings: LoadedSettings) -> dict[str, object]:
    return {
        "file": None if settings.file is None else str(settings.file),
        "settings": {
            name: {
                "value": _plain(value.held),
                "origin": value.origin,
                "variable": BY_NAME[name].variable,
            }
            for name, value in settings.values.items()
        },
    }


def _plain(held: object) -> object:
    if isinstance(held, tuple):
        return list(held)
    return str(held) if isinstance(held, Path) else held


def _print(settings: LoadedSettings) -> None:
    click.echo(f"file: {settings.file or f'none ({settings.home / FILE_NAME} would be read)'}")
    for name, value in settings.values.items():
        click.echo(f"{name:<13} {_shown(value.held):<30} {value.origin}".rstrip())


def _shown(held: object) -> str:
    if isinstance(held, tuple):
        return ", ".join(held) or "none"
    return str(held).lower() if isinstance(held, bool) else str(held)
