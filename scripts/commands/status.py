"""`dateline status`: what is held, what is indexed, what can be searched."""

from pathlib import Path

import click

from index.types.status import Status, Vectors
from scripts.composition import engine
from scripts.settings.loader import LoadedSettings
from scripts.terminal import errors_explained, print_json
from web.api.presenters import status_json


def run(settings: LoadedSettings, *, as_json: bool) -> None:
    """Print the status."""
    with errors_explained():
        opened = engine(settings)
        status = opened.status()
        opened.close()
    if as_json:
        print_json(status_json(status))
    else:
        _print(settings.home, status)


def _compared(vectors: Vectors, indexed: int) -> str:
    """How, and how much is found of what comparing all would find."""
    if vectors.exact:
        return "exact, all passages are compared"
    then = vectors.recall_articles
    measured = "" if then == indexed else f", measured with {then:,} articles"
    return f"in two steps, {vectors.recall:.3f} of the exact best ten{measured}"


def _of_each(first: int | None) -> str:
    if first is None:
        return "all"
    return "the first" if first == 1 else f"the first {first}"


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
    if status.vectors:
        of_each = _of_each(status.vectors.first_passages)
        lines.insert(3, ("passages", f"{status.passages:,}, {of_each} of each article"))
        lines.insert(4, ("vectors", _compared(status.vectors, status.indexed)))
    for name, value in lines:
        click.echo(f"{name:<11} {value}")
