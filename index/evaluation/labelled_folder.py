"""The files of a labelled folder.

Responsibility: read articles, story labels, queries and judgements.
Decision: the formats that public collections use are read as they are: compressed articles, queries
with one or several texts, and judgements in three or in TREC's four columns.
Must not depend on: measures or indexes.
"""

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from gzip import open as open_gzip
from pathlib import Path
from typing import IO, Any

from ir_measures import Qrel

from archive.errors import DatelineError

ARTICLES_FILES = ("articles.jsonl", "articles.jsonl.gz", "articles.jsonl.xz")


class EvaluationError(DatelineError):
    """A file of a labelled folder is missing or invalid; the message says which."""


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query of a collection; `kind` is empty if the collection has only one kind."""

    id: str
    text: str
    kind: str = ""


def find_articles_file(folder: Path) -> Path:
    """Find the folder's articles.jsonl, compressed or not.

    Raises:
        EvaluationError: There is none.
    """
    for name in ARTICLES_FILES:
        if (folder / name).is_file():
            return folder / name
    raise EvaluationError(f"{folder} has no file {' or '.join(ARTICLES_FILES)}.")


def to_folder_id(uri: str) -> str:
    """Return the id that a labelled folder has for an article: of `4711@TIME`, the bare number."""
    number, _, source = uri.partition("@")
    return number if source and number.isdecimal() else uri


def read_story_labels(folder: Path) -> dict[str, str]:
    """Read the `story` label of each article that has one, by article id.

    Raises:
        EvaluationError: No article has one.
    """
    labels = {}
    for record in read_records(folder):
        if record.get("story") is not None:
            labels[str(record["id"])] = str(record["story"])
    if not labels:
        raise EvaluationError(f"No article in {folder} has a `story` label.")
    return labels


def read_records(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the folder's valid records; ingest reports invalid ones.

    Raises:
        EvaluationError: The folder has no articles file.
    """
    with _open(find_articles_file(folder)) as lines:
        for line in lines:
            try:
                record = json.loads(line)
            except ValueError:
                continue
            if isinstance(record, dict) and "id" in record:
                yield record


def _open(path: Path) -> IO[str]:
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8")
    if path.suffix == ".gz":
        return open_gzip(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def read_queries(folder: Path, query_text: str) -> list[JudgedQuery]:
    """Read queries.jsonl; a query without the field `query_text` has its text in `text` or `title`.

    Raises:
        EvaluationError: The file is missing or invalid.
    """
    path = folder / "queries.jsonl"
    queries = []
    for number, line in enumerate(_read_lines(path), start=1):
        try:
            record = json.loads(line)
            text = record.get(query_text) or record.get("text") or record["title"]
            name, kind = record.get("id", record.get("_id")), record.get("kind", "")
            queries.append(JudgedQuery(str(name), str(text), str(kind)))
        except (ValueError, KeyError, AttributeError) as error:
            raise EvaluationError(f"{path}:{number} is not a valid query ({error!r}).") from error
    return queries


def read_judgements(folder: Path) -> list[Qrel]:
    """Read qrels.tsv: query id, article id and grade, or the four columns of TREC.

    Raises:
        EvaluationError: The file is missing or invalid.
    """
    path = folder / "qrels.tsv"
    judgements = []
    for number, line in enumerate(_read_lines(path), start=1):
        fields = line.split("\t") if "\t" in line else line.split()
        try:
            judgements.append(Qrel(fields[0], fields[-2], int(float(fields[-1]))))
        except (IndexError, ValueError) as error:
            if number == 1:
                continue
            raise EvaluationError(f"{path}:{number} is not a valid judgement.") from error
    return judgements


def _read_lines(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path} cannot be read ({error}).") from error
