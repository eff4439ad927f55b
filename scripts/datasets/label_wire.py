"""Make a labelled collection from a newswire.

Run: `.venv/bin/python -m scripts.datasets.label_wire search|stories SOURCE FOLDER`.

Responsibility: write a newswire's articles with queries and judgements, or with story labels.
Decision: collections are written outside the project, because the articles belong to their
publishers.
Must not depend on: how queries and labels are derived.
"""

import json
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import click

from index.evaluation.labelled_folder import read_records
from index.evaluation.wire_labels import add_silver_labels, build_wire_collection
from scripts.terminal import print_message

ROOT = Path(__file__).parents[2]
_source = click.argument("source", type=click.Path(exists=True, file_okay=False, path_type=Path))
_folder = click.argument("folder", type=click.Path(file_okay=False, path_type=Path))


@click.group()
def main() -> None:
    """Make a labelled collection from a newswire.

    SOURCE is a folder with articles.jsonl (or .gz, .xz) whose records have a `slug`. FOLDER is
    created.
    """


@main.command()
@_source
@_folder
@click.option("--skip", default=0, show_default=True, help="Number of articles to skip.")
@click.option("--articles", default=6000, show_default=True, help="Number of articles to read.")
def search(source: Path, folder: Path, skip: int, articles: int) -> None:
    """Write articles.jsonl, queries.jsonl and qrels.tsv, to measure search."""
    _create_folder(folder)
    collection = build_wire_collection(islice(read_records(source), skip, skip + articles))
    queries = [(f"{query.kind}-{number}", query) for number, query in enumerate(collection.queries)]
    _write(folder / "articles.jsonl", (json.dumps(article) for article in collection.articles))
    _write(
        folder / "queries.jsonl",
        (json.dumps({"id": id_, "text": q.text, "kind": q.kind}) for id_, q in queries),
    )
    _write(folder / "qrels.tsv", (f"{id_}\t{uri}\t1" for id_, q in queries for uri in q.relevant))
    print_message(
        f"Wrote {len(collection.articles)} articles and {len(queries)} queries to {folder}."
        f" Measure them with: dateline evaluate {folder}"
    )


@main.command()
@_source
@_folder
@click.option("--limit", type=int, help="Number of articles to read; all by default.")
def stories(source: Path, folder: Path, limit: int | None) -> None:
    """Write articles.jsonl with a `story` label for each slug, to measure stories."""
    _create_folder(folder)
    records = (json.dumps(record) for record in islice(read_records(source), limit))
    _write(folder / "articles.jsonl", (line.rstrip("\n") for line in add_silver_labels(records)))
    print_message(
        f"Wrote {folder / 'articles.jsonl'}. Measure it with: dateline evaluate --stories {folder}"
    )


def _create_folder(folder: Path) -> None:
    if folder.resolve().is_relative_to(ROOT):
        raise click.UsageError(f"{folder} is inside the project; choose a folder outside it.")
    folder.mkdir(parents=True, exist_ok=True)


def _write(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    main()
