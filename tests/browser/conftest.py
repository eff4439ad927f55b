"""Fixtures of the browser tests.

Responsibility: a real server with invented articles, and the system's Chromium.
Decision: only the encoder is a fake; archive, index and server are real. Without Chromium the tests
are skipped, but in CI they fail. A script error, or a request to another site, fails any test.
Must not depend on: what the tests assert. What they measure is printed after the tests.
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
STEP_TIMEOUT_MS = 15_000
"""For one step: a busy machine takes seconds to paint."""
OpenPage = Callable[..., Page]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Measurements of one page; `violations` counts those of axe."""

    page: str
    bytes: int
    requests: int
    shift: float
    violations: int


_FIGURES = pytest.StashKey[list[Figures]]()


@pytest.fixture
def figures(pytestconfig: pytest.Config) -> list[Figures]:
    """The list to which a test adds its measurements."""
    return pytestconfig.stash.setdefault(_FIGURES, [])


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the measurements of all pages as a table after the tests."""
    if not (figures := config.stash.get(_FIGURES, [])):
        return
    terminalreporter.section("pages")
    terminalreporter.write_line(
        f"{'page':<16} {'bytes':>8} {'requests':>8} {'shift':>8} {'axe':>4}"
    )
    for each in figures:
        terminalreporter.write_line(
            f"{each.page:<16} {each.bytes:>8,} {each.requests:>8} {each.shift:>8.4f}"
            f" {each.violations:>4}"
        )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of this folder: they need a browser."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)


def _move_to_july(article: Article) -> Article:
    """A library article moved to the newsroom's month, so that stories get longer."""
    when = article.first_created
    return replace(article, first_created=when and when.replace(year=2023, month=7))


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a server with the newsroom's articles."""
    library = Library(tmp_path_factory.mktemp("browser"))
    articles = [article for _, articles in newsroom.STORIES.values() for article in articles]
    library.put(
        *newsroom.EARLIER_VERSIONS, *articles, *newsroom.UNSEARCHED, *map(_move_to_july, SHELF)
    )
    library.reindex()
    server = waitress.create_server(
        create_app(library.engine()), host="127.0.0.1", port=0, asyncore_use_poll=True
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    with suppress(OSError):  # already closed
        server.trigger.pull_trigger(server.close)
    thread.join(10)
    server.task_dispatcher.shutdown()
    library.close()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The system's Chromium with a new profile."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        fail_or_skip = pytest.fail if os.environ.get("CI") else pytest.skip
        fail_or_skip("Chromium is not installed (on Debian: apt-get install chromium)")
    with sync_playwright() as driver:
        instance = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        yield instance
        instance.close()


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[OpenPage]:
    """A function that opens a URL in a new context, with the arguments of `new_context`."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def check_site(request: Request) -> None:
        if not request.url.startswith((site, "about:", "data:")):
            errors.append(f"request to another site: {request.url}")

    def open_url(address: str, **options: object) -> Page:
        context = browser.new_context(base_url=site, **({"locale": "en-GB"} | options))  # type: ignore[arg-type]
        context.set_default_timeout(STEP_TIMEOUT_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(f"{address}: {error}"))
        page.on("request", check_site)
        page.goto(address)
        return page

    yield open_url
    for context in contexts:
        context.close()
    assert errors == []
