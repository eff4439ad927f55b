"""Export a complete archive in every format, and read the files with common libraries.

Run: `python -m tests.manual.export_readers HOME`.

Responsibility: check that each export is complete, and measure its time and memory.
Decision: run manually, because it needs an archive of thousands of articles and a minute; the suite
does the same with two thousand short articles. Exports are saved to files, as a browser does.
Must not depend on: how a format is written.
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
class Export:
    """The cost of one export.

    Attributes:
        size: Bytes.
        seconds: CPU time.
        memory: Megabytes added to the peak of the process.
    """

    size: int
    seconds: float
    memory: float


def save_export(client: FlaskClient, address: str, target: Path) -> Export:
    """Save an export to a file as it is streamed."""
    before, started = _peak_memory(), time.process_time()
    with client.get(address, buffered=False) as response, target.open("wb") as file:
        assert response.status_code == 200, response.get_data()
        for chunk in response.iter_encoded():
            file.write(chunk)
    seconds = time.process_time() - started
    return Export(target.stat().st_size, seconds, _peak_memory() - before)


def _peak_memory() -> float:
    """The peak memory of this process, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _count_feed(path: Path) -> int:
    feed = feedparser.parse(path.read_bytes())
    assert not feed.bozo, feed.bozo_exception
    return len(feed.entries)


def _count_bibtex(path: Path) -> int:
    library = parse_string(path.read_text(encoding="utf-8"))
    assert library.failed_blocks == []
    return len(library.entries)


def _count_csv(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as lines:
        return sum(1 for _ in csv.DictReader(lines, strict=True))


def _count_json_lines(path: Path) -> int:
    with path.open(encoding="utf-8") as lines:
        return sum(1 for _ in map(json.loads, lines))


COUNTERS: dict[str, Callable[[Path], int]] = {
    "csv": _count_csv,
    "json": lambda path: len(json.loads(path.read_bytes())["articles"]),
    "jsonl": _count_json_lines,
    "ninjs": lambda path: len(json.loads(path.read_bytes())),
    "ris": lambda path: len(rispy.loads(path.read_text(encoding="utf-8"))),
    "bib": _count_bibtex,
    "atom": _count_feed,
    "rss": _count_feed,
}


def check_exports(home: Path, query: str, formats: list[str]) -> Iterator[str]:
    """Save all exports, then read all of them; yield a line for each."""
    engine = composition.create_engine(load_settings({"DATELINE_MODEL": "/nonexistent"}, home=home))
    engine.warm_up()
    client = create_app(engine).test_client()
    parameters = {"query_string": {"q": query, "mode": "lexical"}}
    total = client.get("/api/v1/search", **parameters).get_json()["total"]["articles"]
    yield f"{total:,} articles; {_peak_memory():.0f} MB before"
    with TemporaryDirectory(prefix="exports-") as folder:
        files = {name: Path(folder) / name for name in formats}
        for name, path in files.items():
            export = save_export(client, f"/search.{name}?q={query}&mode=lexical", path)
            yield (
                f"{name:<6} {export.size:>12,} bytes {export.seconds:>6.2f} s CPU"
                f" {export.memory:>5.1f} MB more"
            )
        for name, path in files.items():
            started, count = time.process_time(), COUNTERS[name](path)
            expected = min(total, FEED_LENGTH) if FORMATS[name].feed else total
            assert count == expected, (name, count, expected)
            yield f"{name:<6} {count:>8,} read, {time.process_time() - started:.1f} s CPU"
    engine.close()


def main() -> None:
    """Save and read all exports; fail at the first incomplete one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--query", default="")
    parser.add_argument("--formats", nargs="+", default=list(COUNTERS), choices=list(COUNTERS))
    options = parser.parse_args()
    for line in check_exports(options.home, options.query, options.formats):
        print(line, flush=True)


if __name__ == "__main__":
    main()
