"""`dateline status`: what is held, what is indexed, what can be searched."""

from pathlib import Path

import click

from index.types import Status
from scripts.rooms import engine
from scripts.settings.reading import InForce
from scripts.terminal import errors_explained, print_json
from web.presenters import status_json


def run(settings: InForce, *, as_json: bool) -> None:
    """Print the status."""
    with errors_explained():
        opened = engine(settings)
        status = opened.status()
        opened.close()
    if as_json:
        print_json(status_json(status))
    else:
        _print(settings.home, status)


def _print(home: Path, status: Status) -> None:
    languages = ", ".join(f"{value.value} {value.count:,}" for value in status.languages)
    lines = [
        ("archive", f"{home}: {status.articles:,} articles, {status.versions:,} versions"),
        ("generation", f"{status.generation or 'none'}, {status.indexed:,} articles indexed"),
        ("to index", f"{status.pending:,} new or changed"),
        ("stories", f"{status.stories:,}"),
        ("languages", languages or "none"),
        ("modes", ", ".join(status.modes) or "none"),
        ("model", status.model or f"none. {status.model_problem}"),
    ]
    if status.passages:
        lines.insert(3, ("passages", f"{status.passages:,}"))
    for name, value in lines:
        click.echo(f"{name:<11} {value}")
