"""Keyboard use: order and visibility of the focus, and the keys that the script handles."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

_FOCUS = """() => {
  const at = document.activeElement, style = getComputedStyle(at);
  const place = at.getBoundingClientRect();
  const text = (at.getAttribute("aria-label") ?? at.innerText ?? "").trim();
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return {tag: at.tagName.toLowerCase(), id: at.id, text,
    seen: (outlined || at.matches(".skip")) && place.bottom > 0 && place.width > 0};
}"""


def _focus_stops(page: Page, limit: int = 200) -> list[dict[str, object]]:
    """Every element that the Tab key focuses, in order."""
    stops: list[dict[str, object]] = []
    for _ in range(limit):
        page.keyboard.press("Tab")
        stop = page.evaluate(_FOCUS)
        if stop["tag"] == "body":
            return stops
        stops.append(stop)
    raise AssertionError("the Tab key does not reach the end of the page")


def test_focus_is_visible_and_follows_the_order_of_the_page(open_page: OpenPage) -> None:
    page = open_page("/search?q=bridge&mode=lexical", reduced_motion="reduce")
    stops = _focus_stops(page)
    assert [stop for stop in stops if not stop["seen"]] == []
    texts = [str(stop["text"] or stop["id"]).replace("\xa0", " ") for stop in stops]
    assert texts[:4] == ["Skip to main content", "Dateline", "q", "Search"]
    headline = page.locator(".groups h2 a").first.inner_text()
    bars = [text for text in texts if re.search(r": \d+ articles?$", text)]
    assert len(bars) <= 1, "the histogram is one stop"
    assert texts.index("Newest first") < texts.index(headline) < texts.index("from")
    assert texts.index("from") < texts.index("Apply") < texts.index("CSV") < texts.index("JSON API")


def test_the_skip_link_goes_to_the_main_content(open_page: OpenPage) -> None:
    page = open_page("/search?q=bridge")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".sorts a").first).to_be_focused()


def test_arrow_keys_select_a_completion(open_page: OpenPage) -> None:
    page = open_page("/")
    box = page.get_by_role("combobox")
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("bri")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "suggestion-0")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(box).to_have_value("bri")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=bridge&"))


def test_delete_removes_a_recent_search(open_page: OpenPage) -> None:
    page = open_page("/search?q=ferry")
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Delete")
    expect(page.get_by_role("option")).to_have_count(0)
    page.reload()
    page.keyboard.press("/")
    expect(page.get_by_role("option")).to_have_count(0)


def test_shift_and_arrow_keys_select_a_period(open_page: OpenPage) -> None:
    page = open_page("/search")
    bars = page.locator(".histogram a")
    days = re.findall("from=([-0-9]+)", "".join(str(b) for b in _bar_urls(page)))
    bars.first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".histogram output")).to_contain_text(" – ")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"from={days[1]}&to={days[3]}"))


def test_arrow_keys_move_over_the_timeline_of_a_story(open_page: OpenPage) -> None:
    page = open_page("/search?q=bridge")
    page.get_by_role("link", name=re.compile("Full story")).first.click()
    bars = page.locator(".timeline a")
    stops = [
        stop for stop in _focus_stops(page) if re.search(r": \d+ articles?", str(stop["text"]))
    ]
    assert len(stops) == 1, "the timeline is one stop"
    bars.first.focus()
    page.keyboard.press("Shift+End")
    expect(bars.last).to_be_focused()
    expect(page.locator(".timeline .selected")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator(".days li:target")).to_be_in_viewport()


def test_escape_clears_the_selected_period(open_page: OpenPage) -> None:
    page = open_page("/search")
    page.locator(".histogram a").first.focus()
    day = re.findall("from=([-0-9]+)", _bar_urls(page)[-1])[0]
    page.keyboard.press("Shift+End")
    page.keyboard.press("Escape")
    expect(page.locator(".histogram .selected")).to_have_count(0)
    expect(page.locator(".histogram a").last).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"from={day}&to={day}"))


def _bar_urls(page: Page) -> list[str]:
    bars = page.locator(".histogram a")
    return [bars.nth(place).get_attribute("href") or "" for place in range(bars.count())]


def test_shortcuts_move_between_results(open_page: OpenPage) -> None:
    page = open_page("/search?q=port")
    heads = page.locator(".groups h2 a")
    for key, place in (("j", 0), ("j", 1), ("k", 0), ("ArrowDown", 1), ("ArrowUp", 0)):
        page.keyboard.press(key)
        expect(heads.nth(place)).to_be_focused()


def test_shortcuts_can_be_turned_off(open_page: OpenPage) -> None:
    page = open_page("/search?q=port")
    page.get_by_role("button", name="Shortcuts").click()
    page.reload()
    page.keyboard.press("j")
    page.keyboard.press("/")
    expect(page.locator("body")).to_be_focused()
    expect(page.get_by_role("button", name="Shortcuts")).to_have_attribute("aria-pressed", "false")


def test_shortcuts_do_not_work_in_a_text_field(open_page: OpenPage) -> None:
    page = open_page("/search?q=port")
    box = page.get_by_role("combobox")
    box.fill("")
    page.keyboard.type("j/k")
    expect(box).to_have_value("j/k")
