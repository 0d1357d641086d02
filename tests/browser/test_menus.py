"""A chosen menu and footer in a visitor's browser: keyboard, no JavaScript, narrow and wide."""

from __future__ import annotations

import pytest
from wagtail.models import Site

from content.models import SectionPage
from tests.browser.test_public import check
from tests.navigation.helpers import choose_footer, choose_menu, line, link

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATHS = ["/", "/about-us/our-role/"]


@pytest.fixture
def chosen(demo) -> str:
    """The demo with every form of entry, and a full footer."""
    site = Site.objects.get(is_default_site=True)
    sections = SectionPage.objects.filter(depth=site.root_page.depth + 1).order_by("path")
    there = line("Find a study elsewhere", address="https://www.example.org/")
    choose_menu(
        site,
        *(("section", {"title": "", "page": section.pk}) for section in sections),
        ("links", {"title": "Resources", "link": link(), "entries": [there]}),
        ("link", there),
    )
    choose_footer(
        site,
        links=[("privacy", link(address="/privacy/"))],
        show_reach=True,
        facebook="https://www.example.org/",
        youtube="https://www.example.org/",
    )
    return str(demo)


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_the_frame_is_accessible(context, chosen, width):
    check(context, chosen, PATHS, width)


@pytest.mark.parametrize("scripts", [True, False])
def test_the_keyboard_opens_one_list_at_a_time(browser, chosen, scripts):
    opened = browser.new_context(
        java_script_enabled=scripts, viewport={"width": 1440, "height": 900}
    )
    page = opened.new_page()
    page.goto(chosen + PATHS[1])
    first = page.locator(".menu summary", has_text="More in About Us")
    last = page.locator(".menu summary", has_text="More in Resources")
    inside = page.locator(".menu__panel").get_by_role("link", name="Our history")
    assert not inside.is_visible()
    first.focus()
    page.keyboard.press("Enter")
    inside.wait_for(state="visible")
    last.focus()
    page.keyboard.press("Enter")
    inside.wait_for(state="hidden")
    first.focus()
    page.keyboard.press("Enter")
    inside.click()
    page.wait_for_url("**/our-history/")
    assert page.locator(".menu__panel [aria-current=page]").text_content() == "Our history"
    opened.close()


def test_a_phone_opens_the_menu_as_a_panel(context, chosen):
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(chosen)
    heading = page.get_by_role("link", name="Find a study elsewhere").first
    assert not page.locator("#menu").is_visible()
    page.get_by_role("button", name="Menu").click()
    heading.wait_for(state="visible")
    page.keyboard.press("Escape")
    page.locator("#menu").wait_for(state="hidden")
