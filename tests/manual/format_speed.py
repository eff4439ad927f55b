"""How fast files in other formats are read: `python -m tests.manual.format_speed [FOLDER]`.

Responsibility: read NITF, pages and feeds over and over, and print articles per second and memory.
Decision: the whole way from bytes to an article, as ingest reads them, in the CPU time of this
process and, with its start, of the one that reads pages and feeds. With a folder, the pages in it,
else one page of the fixtures with menus and boxes around its article.
Must not depend on: the store.
"""

import argparse
import io
import resource
import time
from collections.abc import Iterator
from pathlib import Path

from archive.article_builder import build_article
from archive.ingest_types import IngestOptions, RawRecord
from archive.isolation import stop_workers
from archive.sources.kinds import recognize
from archive.sources.reading import read_items

FIXTURES = Path(__file__).parents[1] / "fixtures/formats"
_SENTENCE = "The council said on Tuesday that the old mill would open as a library in June. "
_PARAGRAPH = f"<p>{_SENTENCE * 4}</p>"


def _documents() -> Iterator[bytes]:
    document = (FIXTURES / "nitf_efe.xml").read_text(encoding="utf-8")
    document = document.replace("</body.content>", f"{_PARAGRAPH * 9}</body.content>")
    yield from (document.replace("90031002", str(n)).encode() for n in range(3000))


def _feeds() -> Iterator[bytes]:
    item = (
        "<item><title>Mill {}</title><guid>{}</guid>"
        "<description><![CDATA[{}]]></description></item>"
    )
    items = "".join(item.format(n, n, _PARAGRAPH * 9) for n in range(1000))
    yield f'<rss version="2.0"><channel><title>Halyard</title>{items}</channel></rss>'.encode()


def _pages(folder: Path | None) -> Iterator[bytes]:
    if folder:
        yield from (path.read_bytes() for path in sorted(folder.glob("**/*.html")))
        return
    page = (FIXTURES / "page_article.html").read_bytes()
    yield from [page.replace(b"</article>", _PARAGRAPH.encode() * 9 + b"</article>")] * 2000


def _measure(name: str, contents: Iterator[bytes]) -> None:
    options = IngestOptions()
    seconds, size, count, files = 0.0, 0, 0, 0
    others = _count_seconds_of_others()
    for content in contents:
        files += 1
        size += len(content)
        start = time.process_time()
        kind = recognize(content[:4096], name, is_named=True)
        stream = io.BytesIO(content[4096:])
        for item in read_items(kind, stream, content[:4096], name, options):
            if isinstance(item, RawRecord):
                build_article(item, options)
                count += 1
        seconds += time.process_time() - start
    stop_workers()
    seconds += _count_seconds_of_others() - others
    here, there = map(_get_peak, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(
        f"{name}: {count} articles of {files} files ({size / max(1, files) / 1000:.1f} kB each),"
        f" {count / seconds:,.0f}/s, {size / seconds / 1e6:.1f} MB/s,"
        f" peak {here} MB here and {there} MB there"
    )


def _count_seconds_of_others() -> float:
    """The processor time of the processes that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _get_peak(who: int) -> int:
    """The memory that a process took at most, in MB."""
    return resource.getrusage(who).ru_maxrss // 1024


def main() -> None:
    """Print one line for each format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="a folder with HTML pages")
    folder = parser.parse_args().folder
    _measure("NITF", _documents())
    _measure("RSS", _feeds())
    _measure("HTML", _pages(folder))


if __name__ == "__main__":
    main()
