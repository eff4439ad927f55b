"""Make a labelled set from a wire.

Run: `.venv/bin/python -m scripts.collections.wire_set SOURCE FOLDER`.

Decision: written to a folder outside the project, because the articles are not ours to keep.
"""

import json
from itertools import islice
from pathlib import Path

import click

from index.evaluation.collection import read_records
from index.evaluation.wire_collection import build_wire_collection
from scripts.terminal import say

ROOT = Path(__file__).parents[2]


@click.command()
@click.argument("source", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--skip", default=0, show_default=True, help="Articles of SOURCE left out first.")
@click.option("--articles", default=6000, show_default=True, help="How many articles to take.")
def main(source: Path, folder: Path, skip: int, articles: int) -> None:
    """Write articles.jsonl, queries.jsonl and qrels.tsv into FOLDER, which is made.

    SOURCE is a folder with articles.jsonl (or .gz, .xz) whose records have a `slug`.
    """
    if folder.resolve().is_relative_to(ROOT):
        raise click.UsageError(f"{folder} is within the project; name a folder elsewhere.")
    made = build_wire_collection(islice(read_records(source), skip, skip + articles))
    folder.mkdir(parents=True, exist_ok=True)
    named = [(f"{query.kind}-{number}", query) for number, query in enumerate(made.queries)]
    _write(folder / "articles.jsonl", [json.dumps(article) for article in made.articles])
    _write(
        folder / "queries.jsonl",
        [json.dumps({"id": name, "text": q.text, "kind": q.kind}) for name, q in named],
    )
    _write(folder / "qrels.tsv", [f"{name}\t{uri}\t1" for name, q in named for uri in q.relevant])
    say(f"{len(made.articles)} articles and {len(named)} queries in {folder}.")


def _write(path: Path, lines: list[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
