"""The pages with a mouse: search, filter, select a period, read, export."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage


def _search(page: Page, text: str) -> None:
    page.get_by_role("combobox").fill(text)
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile(r"/search\?q="))


def test_search_then_filter_then_remove_the_filter(open_page: OpenPage) -> None:
    page = open_page("/")
    _search(page, "bridge")
    expect(page.get_by_role("heading", level=1)).to_contain_text("bridge")
    before = page.locator(".groups h2").count()
    page.get_by_label("Harbour Times").check()
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile("source=Harbour"))
    assert 0 < page.locator(".groups h2").count() <= before
    page.get_by_role("link", name="Remove filter Harbour Times").click()
    expect(page.locator(".groups h2")).to_have_count(before)


def test_a_source_can_be_excluded_or_selected_alone(open_page: OpenPage) -> None:
    page = open_page("/search?q=bridge&mode=lexical")
    page.get_by_role("link", name="exclude Northern Wire").click(force=True)
    expect(page.get_by_role("combobox")).to_have_value('bridge -source:"Northern Wire"')
    expect(page.get_by_label("Northern Wire")).to_have_count(0)
    page.go_back()
    page.get_by_role("link", name="only Northern Wire").click(force=True)
    expect(page.get_by_label("Northern Wire")).to_be_checked()


def test_a_name_can_be_selected_or_excluded(open_page: OpenPage) -> None:
    page = open_page("/search?q=bridge&mode=lexical")
    before = page.locator(".groups h2").count()
    page.locator("section", has=page.locator("#by-name")).get_by_role(
        "link", name="Marta Lindqvist", exact=True
    ).click()
    box = page.get_by_role("combobox")
    expect(box).to_have_value('bridge name:"Marta Lindqvist"')
    assert 0 < page.locator(".groups h2").count() <= before
    page.go_back()
    page.get_by_role("link", name="exclude Marta Lindqvist").click(force=True)
    expect(box).to_have_value('bridge -name:"Marta Lindqvist"')


def test_the_archive_contents_link_to_searches(open_page: OpenPage) -> None:
    page = open_page("/")
    contents = page.get_by_role("region", name="Archive contents")
    contents.get_by_role("link", name="Harbour Times").click()
    expect(page.get_by_label("Harbour Times")).to_be_checked()
    page.go_back()
    bar = contents.locator(".histogram a").last
    day = re.findall("from=([-0-9]+)", bar.get_attribute("href") or "")[0]
    bar.click()
    expect(page).to_have_url(re.compile(f"from={day}&to={day}"))


def test_dragging_over_the_histogram_selects_a_period(open_page: OpenPage) -> None:
    page = open_page("/search")
    bars = page.locator(".histogram a")
    first, last = bars.nth(2), bars.nth(5)
    days = [re.findall("from=([-0-9]+)", bar.get_attribute("href") or "") for bar in (first, last)]
    _drag(page, last, first)  # right to left selects a period too
    expect(page).to_have_url(re.compile(f"from={days[0][0]}&to={days[1][0]}"))
    expect(page.get_by_label("From")).to_have_value(days[0][0])
    expect(page.get_by_label("To", exact=True)).to_have_value(days[1][0])


def test_a_click_on_a_bar_follows_its_link(open_page: OpenPage) -> None:
    page = open_page("/search")
    bar = page.locator(".histogram a").nth(3)
    day = re.findall("from=([-0-9]+)", bar.get_attribute("href") or "")[0]
    bar.click()
    expect(page).to_have_url(re.compile(f"from={day}&to={day}"))


def _drag(page: Page, start: object, end: object) -> None:
    boxes = [each.bounding_box() for each in (start, end)]  # type: ignore[attr-defined]
    (x, y), (to, _) = ((box["x"] + box["width"] / 2, box["y"] + 30) for box in boxes)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move((x + to) / 2, y)
    page.mouse.move(to, y)
    expect(page.locator(".histogram output")).to_contain_text(" – ")
    page.mouse.up()


def test_open_a_story_and_an_article(open_page: OpenPage) -> None:
    page = open_page("/search?q=bridge")
    page.get_by_role("link", name=re.compile("Full story")).first.click()
    expect(page).to_have_url(re.compile("/story/"))
    page.locator(".timeline a").last.click()
    expect(page.locator(".days li:target")).to_be_in_viewport()
    page.locator(".days h2 a").first.click()
    expect(page).to_have_url(re.compile("/article/"))
    expect(page.locator(".body p").first).to_be_visible()


def test_an_export_is_downloaded(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("/search?q=bridge&mode=lexical")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV", exact=True).click()
    assert waiting.value.suggested_filename == "dateline-bridge.csv"
    waiting.value.save_as(tmp_path / "export.csv")
    assert (tmp_path / "export.csv").read_text(encoding="utf-8").startswith("id,version,headline")


def test_words_are_completed_while_typing(open_page: OpenPage) -> None:
    page = open_page("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("brid")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.get_by_role("option", name="bridge").click()
    expect(page).to_have_url(re.compile(r"q=bridge&"))


def test_recent_searches_are_listed_and_can_be_removed(
    open_page: OpenPage,
) -> None:
    page = open_page("/search?q=ferry")
    page.goto("/search?q=whale")
    page.goto("/search?q=qqqzzz&mode=lexical")  # no results: not stored
    page.goto("/")
    page.get_by_role("combobox").click()
    options = page.get_by_role("option")
    assert [text.rstrip("×") for text in options.all_inner_texts()] == ["whale\n", "ferry\n"]
    options.first.locator(".remove").click()
    expect(options).to_have_count(1)
    page.get_by_role("option", name="ferry").click()
    expect(page).to_have_url(re.compile(r"q=ferry&"))


def test_an_open_panel_stays_open_on_the_next_page(open_page: OpenPage) -> None:
    page = open_page("/search?q=bridge")
    page.locator(".groups h2 a").first.click()
    page.get_by_text("Cite this article").click()
    page.wait_for_function("localStorage.getItem('dateline.open')")
    page.go_back()
    page.locator(".groups h2 a").nth(1).click()
    expect(page.locator("#cite")).to_have_attribute("open", "")


def test_texts_of_the_script_are_in_spanish_too(open_page: OpenPage) -> None:
    page = open_page("/search?q=ferry", locale="es-ES")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.goto("/")
    page.get_by_role("combobox").click()
    expect(page.get_by_role("listbox")).to_have_attribute("aria-label", "Búsquedas recientes")
