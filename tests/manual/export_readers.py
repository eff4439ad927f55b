"""Every export of a whole archive, read by its users' readers.

Run: `python -m tests.manual.export_readers HOME`.

Decision: by hand and not in the suite, since it wants an archive of thousands and a minute; the
suite does the same with two thousand short articles. Exports go to files, as a browser saves them.
Must not know what a format looks like.
"""

import argparse
import csv
import json
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import feedparser
import rispy
from bibtexparser.entrypoint import parse_string
from flask.testing import FlaskClient

from scripts import composition
from scripts.settings.loader import load_settings
from web.app import create_app
from web.exports.feeds import FEED_LENGTH
from web.exports.formats import FORMATS


@dataclass(frozen=True)
class Taken:
    """One export: its bytes, the seconds of CPU that it took and the megabytes that it added."""

    size: int
    seconds: float
    more_memory: float


def take(client: FlaskClient, address: str, target: Path) -> Taken:
    """Save an export, piece by piece."""
    before, started = _most_memory(), time.process_time()
    with client.get(address, buffered=False) as answer, target.open("wb") as saved:
        assert answer.status_code == 200, answer.get_data()
        for piece in answer.iter_encoded():
            saved.write(piece)
    seconds = time.process_time() - started
    return Taken(target.stat().st_size, seconds, _most_memory() - before)


def _most_memory() -> float:
    """The most that this process has held, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _feed(path: Path) -> int:
    feed = feedparser.parse(path.read_bytes())
    assert not feed.bozo, feed.bozo_exception
    return len(feed.entries)


def _bibtex(path: Path) -> int:
    library = parse_string(path.read_text(encoding="utf-8"))
    assert library.failed_blocks == []
    return len(library.entries)


def _csv(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as lines:
        return sum(1 for _ in csv.DictReader(lines, strict=True))


def _json_lines(path: Path) -> int:
    with path.open(encoding="utf-8") as lines:
        return sum(1 for _ in map(json.loads, lines))


READERS: dict[str, Callable[[Path], int]] = {
    "csv": _csv,
    "json": lambda path: len(json.loads(path.read_bytes())["articles"]),
    "jsonl": _json_lines,
    "ninjs": lambda path: len(json.loads(path.read_bytes())),
    "ris": lambda path: len(rispy.loads(path.read_text(encoding="utf-8"))),
    "bib": _bibtex,
    "atom": _feed,
    "rss": _feed,
}


def reports(home: Path, query: str, endings: list[str]) -> Iterator[str]:
    """A line for each export; first all are taken, then all are read."""
    engine = composition.engine(load_settings({"DATELINE_MODEL": "/nonexistent"}, home=home))
    engine.warm_up()
    client = create_app(engine).test_client()
    asked = {"query_string": {"q": query, "mode": "lexical"}}
    found = client.get("/api/v1/search", **asked).get_json()["total"]["articles"]
    yield f"{found:,} articles; {_most_memory():.0f} MB before"
    with TemporaryDirectory(prefix="taken-") as folder:
        saved = {ending: Path(folder) / ending for ending in endings}
        for ending, path in saved.items():
            taken = take(client, f"/search.{ending}?q={query}&mode=lexical", path)
            yield (
                f"{ending:<6} {taken.size:>12,} bytes {taken.seconds:>6.2f} s CPU"
                f" {taken.more_memory:>5.1f} MB more"
            )
        for ending, path in saved.items():
            started, read = time.process_time(), READERS[ending](path)
            expected = min(found, FEED_LENGTH) if FORMATS[ending].feed else found
            assert read == expected, (ending, read, expected)
            yield f"{ending:<6} {read:>8,} read, {time.process_time() - started:.1f} s CPU"
    engine.close()


def main() -> None:
    """Take and read all, and fail with the first that is not whole."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--query", default="")
    parser.add_argument("--formats", nargs="+", default=list(READERS), choices=list(READERS))
    told = parser.parse_args()
    for line in reports(told.home, told.query, told.formats):
        print(line, flush=True)


if __name__ == "__main__":
    main()
