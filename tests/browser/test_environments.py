"""Limited environments: no JavaScript, a phone, a dark colour scheme, reduced motion."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage

PHONE = {"width": 360, "height": 740}


def test_everything_works_without_javascript(open_page: OpenPage) -> None:
    page = open_page("/", java_script_enabled=False)
    expect(page.get_by_role("button", name="Shortcuts")).to_have_count(0)
    page.get_by_role("searchbox").fill("bridge")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile("/search"))
    page.get_by_label("Harbour Times").check()
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile("source=Harbour"))
    page.goto("/search")
    page.locator(".histogram a").nth(2).click()
    expect(page).to_have_url(re.compile(r"from=2023-0\d-\d\d&to=2023"))
    page.locator(".groups h2 a").first.click()
    expect(page.locator(".text h1")).to_be_visible()
    page.goto("/search?q=bridge")
    page.get_by_role("link", name=re.compile("Full story")).first.click()
    page.locator(".timeline a").last.click()
    expect(page.locator(".days li:target")).to_be_in_viewport()
    page.get_by_text("Cite this story").click()
    expect(page.locator(".cite pre").first).to_contain_text("/story/")


def test_no_page_is_wider_than_a_phone(open_page: OpenPage) -> None:
    page = open_page("/", viewport=PHONE)
    story = page.locator("a.story-link").first.get_attribute("href")
    article = page.locator("h3 a").first.get_attribute("href")
    for address in (
        *(
            "/",
            "/search",
            "/search?q=bridge&explain=1",
            story,
            article,
            "/help",
            "/api",
            "/nowhere",
        ),
    ):
        page.goto(str(address))
        widths = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert widths[0] <= widths[1], address


def test_a_link_goes_to_the_filters_on_a_phone(open_page: OpenPage) -> None:
    page = open_page("/search?q=bridge", viewport=PHONE, has_touch=True, is_mobile=True)
    page.get_by_role("link", name="Filter by date, source, language, place or name").tap()
    expect(page.get_by_label("From")).to_be_in_viewport()


def test_the_dark_colour_scheme_is_dark(open_page: OpenPage) -> None:
    colours = {
        scheme: open_page("/", color_scheme=scheme).evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        for scheme in ("light", "dark")
    }
    shades = {k: sum(map(int, re.findall(r"\d+", v)[:3])) for k, v in colours.items()}
    assert shades["dark"] < 150 < 600 < shades["light"]


def test_reduced_motion_has_no_animations(open_page: OpenPage) -> None:
    page = open_page("/search?q=bridge", reduced_motion="reduce")
    moving = """[...document.querySelectorAll("*")].filter((each) => {
      const style = getComputedStyle(each);
      return style.scrollBehavior !== "auto" || style.transitionDuration !== "0s"
        || style.animationName !== "none";
    }).length"""
    assert page.evaluate(moving) == 0
