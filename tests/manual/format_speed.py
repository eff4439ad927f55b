"""How fast files in other formats are read: `python -m tests.manual.format_speed [FOLDER]`.

Responsibility: read NITF, pages and feeds over and over, and print articles per second and memory.
Decision: the whole way from bytes to an article, in one process, in CPU time; with a folder, the
pages in it, else one page of the fixtures with menus and boxes around its article.
Must not depend on: the store.
"""

import argparse
import io
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from archive.article_builder import build_article
from archive.formats.web.feeds import read_feed
from archive.formats.web.pages import read_page
from archive.formats.xml.nitf import read_nitf
from archive.ingest_types import IngestOptions, RawRecord, SourceItems

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
    yield from [page.replace(b"</article>", _PARAGRAPH.encode() * 9 + b"</article>")] * 500


def _measure(name: str, contents: Iterator[bytes], read: Callable[..., SourceItems]) -> None:
    seconds, size, count, files = 0.0, 0, 0, 0
    for content in contents:
        files += 1
        size += len(content)
        start = time.process_time()
        for item in read(io.BytesIO(content[4096:]), name, head=content[:4096]):
            if isinstance(item, RawRecord):
                build_article(item, IngestOptions())
                count += 1
        seconds += time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{name}: {count} articles of {files} files ({size / max(1, files) / 1000:.1f} kB each),"
        f" {count / seconds:,.0f}/s, {size / seconds / 1e6:.1f} MB/s, peak {memory} MB"
    )


def main() -> None:
    """Print one line for each format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="a folder with HTML pages")
    folder = parser.parse_args().folder
    next(read_page(io.BytesIO(b""), "warm"))
    _measure("NITF", _documents(), read_nitf)
    _measure("RSS", _feeds(), read_feed)
    _measure("HTML", _pages(folder), read_page)


if __name__ == "__main__":
    main()
