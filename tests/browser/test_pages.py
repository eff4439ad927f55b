"""What every page owes its reader: nothing that axe objects to, light, three requests, no jumps."""

from importlib.resources import files

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Figures, OpenPage

MOST_BYTES = 60_000
"""Of a page with its sheet and script, before compression."""
MOST_SHIFT = 0.1
"""What web.dev calls good; ours are far below."""
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


def _address(name: str, open_page: OpenPage) -> str:
    if name != "story":
        return PAGES[name]
    return open_page("/").locator("a.story-link").first.get_attribute("href") or ""


def _violations(page: Page) -> list[str]:
    page.evaluate(_AXE)
    found = page.evaluate("axe.run().then((told) => told.violations)")
    return [
        f"{each['id']}: {node['html'][:200]}: {node['failureSummary']}"
        for each in found
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_open_to_all_light_and_still(
    open_page: OpenPage, figures: list[Figures], name: str
) -> None:
    page = open_page(_address(name, open_page))  # in a context of its own, where nothing is cached
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
    assert weight < MOST_BYTES, loaded
    assert shift < MOST_SHIFT
    assert violations == []


@pytest.mark.parametrize(
    "how",
    [
        {"color_scheme": "dark"},
        {"locale": "es-ES"},
        {"viewport": {"width": 360, "height": 740}},
    ],
    ids=str,
)
def test_axe_objects_to_nothing_however_it_is_shown(
    open_page: OpenPage, how: dict[str, object]
) -> None:
    page = open_page(PAGES["reasons"], **how)
    assert _violations(page) == []
    page.goto("/")
    page.get_by_role("combobox").click()
    expect(page.get_by_role("option")).to_have_count(1)
    assert _violations(page) == []
