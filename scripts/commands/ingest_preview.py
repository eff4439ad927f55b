"""The table of a dry run: what each file would become.

Responsibility: print one row for each file, with its first articles.
Decision: a row is as wide as the terminal allows; nothing is printed that could control it.
Must not depend on: how files are read.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from archive.article import Article
from archive.ingest_types import FilePreview
from scripts.terminal import escape_controls, print_message

_FILES_SHOWN = 50
_ARTICLES_SHOWN = 3
_WIDTH_OF_PIPES = 160


def convert_previews(previews: Iterable[FilePreview]) -> list[dict[str, Any]]:
    """Convert the files of a dry run to the documented JSON."""
    return [
        {
            "path": preview.file.where,
            "kind": preview.file.kind,
            "outcome": preview.file.outcome,
            "articles": preview.count,
            "first": [
                {
                    "headline": article.headline,
                    "date": _format_day(article),
                    "source": article.source,
                    "language": article.language,
                }
                for article in preview.first
            ],
        }
        for preview in previews
    ]


def print_previews(previews: tuple[FilePreview, ...]) -> None:
    """Print the first files as a table, and how many more there are."""
    if not previews:
        return
    shown = previews[:_FILES_SHOWN]
    folder = _find_folder([preview.file.where for preview in shown])
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(f"Files of {escape_controls(folder)}" if folder else "File", overflow="fold")
    table.add_column("Kind", max_width=16)
    table.add_column("Articles", justify="right")
    table.add_column("First headlines", no_wrap=True, overflow="ellipsis")
    table.add_column("Date", no_wrap=True)
    table.add_column("Source", max_width=16, no_wrap=True, overflow="ellipsis")
    table.add_column("Language", no_wrap=True)
    for preview in shown:
        for row in _list_rows(preview, folder):
            table.add_row(*(Text(escape_controls(cell)) for cell in row))
    console = Console(highlight=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = _WIDTH_OF_PIPES
    console.print(table)
    more = len(previews) - _FILES_SHOWN
    if more > 0:
        print_message(f"{more:,} more files; use --json to list all of them.")


def _find_folder(paths: list[str]) -> str:
    """The folder that all files are in, with its separator; empty if there is none."""
    try:
        folder = os.path.commonpath([str(Path(path).parent) for path in paths])
    except ValueError:  # absolute and relative paths
        return ""
    return f"{folder.rstrip(os.sep)}{os.sep}" if folder not in ("", ".") else ""


def _list_rows(preview: FilePreview, folder: str) -> Iterable[tuple[str, ...]]:
    file = preview.file
    begin = (file.where.removeprefix(folder), file.kind, f"{preview.count:,}")
    if not preview.first:
        yield *begin, "(refused)" if file.outcome == "refused" else "(no articles)", "", "", ""
    for article in preview.first[:_ARTICLES_SHOWN]:
        headline = article.headline or "(no headline)"
        yield *begin, headline, _format_day(article) or "-", article.source or "-", article.language
        begin = ("", "", "")


def _format_day(article: Article) -> str:
    return article.first_created.date().isoformat() if article.first_created else ""
