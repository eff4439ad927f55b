"""Every page: no axe violations, a small size, three requests, no layout shifts."""

from importlib.resources import files

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Figures, OpenPage

MAX_BYTES = 64_000
"""A page with its stylesheet and script, uncompressed."""
MAX_SHIFT = 0.1
"""The limit that web.dev calls good."""
PAGES = {
    "home": "/",
    "all": "/search",
    "results": "/search?q=bridge",
    "reasons": "/search?q=bridge&explain=1&source=Northern+Wire&from=2023-07-01",
    "empty": "/search?q=zzzqqq&mode=lexical&lang=en",
    "mistake": "/search?q=bridge&from=yesterday",
    "refused": "/search?q=date:2023-02-30",
    "article": "/article/urn:harbour:ferry%2012/7",
    "older version": "/article/urn:harbour:ferry%2012/7?version=1",
    "Arabic": "/article/أخبار/٢٠٢٣/المكتبة",
    "story": "",
    "help": "/help",
    "api": "/api",
    "not found": "/nowhere",
    "withdrawn": "/article/northern:killed",
}
_AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
_LOADED = """[...performance.getEntriesByType("navigation"),
    ...performance.getEntriesByType("resource").filter((each) => !each.name.endsWith(".svg"))]
  .map((each) => ({ kind: each.initiatorType, bytes: each.decodedBodySize }))
  .sort((one, other) => one.kind.localeCompare(other.kind))"""
_SHIFT = """() => new Promise((done) => {
  let sum = 0;
  const add = (list) => list.getEntries().forEach((each) => { sum += each.value; });
  new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 100);
})"""


def _url(name: str, open_page: OpenPage) -> str:
    if name != "story":
        return PAGES[name]
    return open_page("/").locator("a.story-link").first.get_attribute("href") or ""


def _violations(page: Page) -> list[str]:
    page.evaluate(_AXE)
    violations = page.evaluate("axe.run().then((result) => result.violations)")
    return [
        f"{each['id']}: {node['html'][:200]}: {node['failureSummary']}"
        for each in violations
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_small_and_stable(
    open_page: OpenPage, figures: list[Figures], name: str
) -> None:
    page = open_page(_url(name, open_page))  # a new context has an empty cache
    loaded, shift, violations = (
        page.evaluate(_LOADED),
        page.evaluate(_SHIFT),
        _violations(page),
    )
    weight = sum(each["bytes"] for each in loaded)
    figures.append(
        Figures(
            page=name,
            bytes=weight,
            requests=len(loaded),
            shift=shift,
            violations=len(violations),
        )
    )
    assert [each["kind"] for each in loaded] == ["link", "navigation", "script"]
    assert min(each["bytes"] for each in loaded) > 0
    assert weight < MAX_BYTES, loaded
    assert shift < MAX_SHIFT
    assert violations == []


@pytest.mark.parametrize(
    "options",
    [
        {"color_scheme": "dark"},
        {"locale": "es-ES"},
        {"viewport": {"width": 360, "height": 740}},
    ],
    ids=str,
)
def test_pages_are_accessible_in_dark_spanish_and_on_a_phone(
    open_page: OpenPage, options: dict[str, object]
) -> None:
    page = open_page(PAGES["reasons"], **options)
    assert _violations(page) == []
    page.goto("/")
    page.get_by_role("combobox").click()
    expect(page.get_by_role("option")).to_have_count(1)
    assert _violations(page) == []
