"""Fixtures: the invented newsroom behind a real server, and the system's Chromium to open it.

Decision: everything above the browser is real: archive, index, waitress; only the encoder is the
tests' own. Without Chromium the tests are skipped, but never in CI, where they must have run.
Must not know what is asserted, but for what no page may do: fail in its script or leave the site.
What a page weighs and does is told after the tests, whether they pass or not.
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import waitress
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from archive.article import Article
from tests.index.library import SHELF, Library
from tests.web import newsroom
from web.app import create_app

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
PATIENCE_MS = 15_000
"""For one step; a machine that does something else besides takes seconds to paint."""
OpenPage = Callable[..., Page]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What was measured of one page; `violations` are those that axe found."""

    page: str
    bytes: int
    requests: int
    shift: float
    violations: int


_FIGURES = pytest.StashKey[list[Figures]]()


@pytest.fixture
def figures(pytestconfig: pytest.Config) -> list[Figures]:
    """Where a test puts what it measured."""
    return pytestconfig.stash.setdefault(_FIGURES, [])


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """The figures of every page that was measured, as a table below the tests."""
    if not (found := config.stash.get(_FIGURES, [])):
        return
    terminalreporter.section("pages")
    terminalreporter.write_line(
        f"{'page':<16} {'bytes':>8} {'requests':>8} {'shift':>8} {'axe':>4}"
    )
    for each in found:
        terminalreporter.write_line(
            f"{each.page:<16} {each.bytes:>8,} {each.requests:>8} {each.shift:>8.4f}"
            f" {each.violations:>4}"
        )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever stands in this folder needs a browser."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)


def _moved(article: Article) -> Article:
    """An article of the other shelf in the newsroom's month; with these, stories are longer."""
    when = article.first_created
    return replace(article, first_created=when and when.replace(year=2023, month=7))


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over the newsroom."""
    library = Library(tmp_path_factory.mktemp("browser"))
    held = [article for _, articles in newsroom.STORIES.values() for article in articles]
    library.put(*newsroom.EARLIER_VERSIONS, *held, *newsroom.UNSEARCHED, *map(_moved, SHELF))
    library.reindex()
    server = waitress.create_server(
        create_app(library.engine()), host="127.0.0.1", port=0, asyncore_use_poll=True
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    with suppress(OSError):  # closed already, by an earlier pull that it came in time for
        server.trigger.pull_trigger(server.close)
    thread.join(10)
    server.task_dispatcher.shutdown()
    library.close()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The system's Chromium, with a profile of its own."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        without = pytest.fail if os.environ.get("CI") else pytest.skip
        without("there is no Chromium here (on Debian: apt-get install chromium)")
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[OpenPage]:
    """Opens an address in a context of its own; the keywords are those of `new_context`."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def watch(asked: Request) -> None:
        if not asked.url.startswith((site, "about:", "data:")):
            wrong.append(f"asked elsewhere: {asked.url}")

    def opened(address: str, **how: object) -> Page:
        context = browser.new_context(base_url=site, **({"locale": "en-GB"} | how))  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"{address}: {error}"))
        page.on("request", watch)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []
