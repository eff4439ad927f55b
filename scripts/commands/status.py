"""`dateline status`: the state of the archive, its index and its search modes.

Responsibility: print the status.
Decision: an archive that does not exist yet has a status too, so that monitoring needs no special
case.
Must not depend on: how the values are computed.
"""

from pathlib import Path

import click

from index.types.status import Status, Vectors
from scripts.composition import create_engine
from scripts.settings.loader import LoadedSettings
from scripts.terminal import format_count, print_json
from web.api.schema.answer import encode
from web.api.schema.status import Status as StatusAnswer


def run(settings: LoadedSettings, *, as_json: bool) -> None:
    """Print the status."""
    engine = create_engine(settings)
    status = engine.status()
    engine.close()
    if as_json:
        print_json(encode(StatusAnswer.from_status(status)))
    else:
        _print_status(settings.home, status)


def _print_status(home: Path, status: Status) -> None:
    languages = ", ".join(f"{value.value} {value.count:,}" for value in status.languages)
    articles = format_count(status.articles, "article")
    indexed = format_count(status.indexed, "article")
    lines = [
        ("archive", f"{home}: {articles}, {format_count(status.versions, 'version')}"),
        ("generation", f"{status.generation or 'none'}, {indexed} indexed"),
        ("pending", f"{format_count(status.pending, 'new or changed article')} to index"),
        ("stories", f"{status.stories:,}"),
        ("languages", languages or "none"),
        ("modes", ", ".join(status.modes) or "none"),
        ("model", status.model or f"none. {status.model_problem}"),
    ]
    if status.vectors:
        embedded = _format_embedded(status.vectors.first_passages)
        lines.insert(3, ("passages", f"{status.passages:,}, {embedded} of each article"))
        lines.insert(4, ("vectors", _format_recall(status.vectors, status.indexed)))
    if status.index_problem:
        lines.append(("problem", status.index_problem))
    for name, value in lines:
        click.echo(f"{name:<11} {value}")


def _format_embedded(first: int | None) -> str:
    if first is None:
        return "all"
    return "the first" if first == 1 else f"the first {first}"


def _format_recall(vectors: Vectors, indexed: int) -> str:
    """How vectors are compared, and the recall of the approximate comparison."""
    if vectors.exact:
        return "exact search: every passage is compared"
    articles = vectors.recall_articles
    measured = "" if articles == indexed else f", measured with {format_count(articles, 'article')}"
    return f"two-step search, recall of the exact top ten {vectors.recall:.3f}{measured}"
