"""Label a wire by its slugs.

Run: `.venv/bin/python -m scripts.collections.silver SOURCE FOLDER [--limit N]`.

Decision: written beside the project and never into it; the articles have their owners.
"""

import lzma
from itertools import islice
from pathlib import Path

import click

from index.evaluation.silver_labels import add_silver_labels
from scripts.terminal import say

ROOT = Path(__file__).parents[2]


@click.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--limit", type=int, help="Only the first so many articles.")
def main(source: Path, folder: Path, limit: int | None) -> None:
    """Write FOLDER/articles.jsonl: the articles of SOURCE, an articles.jsonl.xz, with labels."""
    if folder.resolve().is_relative_to(ROOT):
        raise click.UsageError(f"{folder} is within the project; name a folder elsewhere.")
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "articles.jsonl"
    with lzma.open(source, "rt", encoding="utf-8") as lines, target.open("w") as written:
        written.writelines(add_silver_labels(islice(lines, limit)))
    say(f"Written to {target}; measure it with dateline evaluate --stories {folder}")


if __name__ == "__main__":
    main()
