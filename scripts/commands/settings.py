"""`dateline settings`: the settings in effect, and where each value comes from.

Responsibility: print every setting with its origin.
Decision: unknown `DATELINE_` variables are reported here, because nothing else would mention them.
Must not depend on: what a setting does.
"""

import os
from pathlib import Path

import click

from scripts.settings.definitions import BY_NAME, SETTINGS
from scripts.settings.loader import CONFIG_VARIABLE, FILE_NAME, LoadedSettings
from scripts.terminal import print_json, print_message


def run(settings: LoadedSettings, *, as_json: bool) -> None:
    """Print every setting."""
    if as_json:
        print_json(_convert_settings(settings))
    else:
        _print_settings(settings)
    known = {CONFIG_VARIABLE, *(setting.variable for setting in SETTINGS)}
    for name in sorted(os.environ):
        if name.startswith("DATELINE_") and name not in known:
            print_message(f"Unknown variable {name}: no setting has this name.")


def _convert_settings(settings: LoadedSettings) -> dict[str, object]:
    return {
        "file": None if settings.file is None else str(settings.file),
        "settings": {
            name: {
                "value": _convert_value(setting.value),
                "origin": setting.origin,
                "variable": BY_NAME[name].variable,
            }
            for name, setting in settings.values.items()
        },
    }


def _convert_value(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, Path) else value


def _print_settings(settings: LoadedSettings) -> None:
    click.echo(f"file: {settings.file or f'none ({settings.home / FILE_NAME} does not exist)'}")
    for name, setting in settings.values.items():
        click.echo(f"{name:<13} {_format_value(setting.value):<30} {setting.origin}".rstrip())


def _format_value(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    return str(value).lower() if isinstance(value, bool) else str(value)
