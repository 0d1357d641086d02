"""Every section and every hero of a home page in a browser."""

from __future__ import annotations

import pytest
from wagtail.models import Site

from home.models import HomePage
from tests.browser.conftest import until
from tests.browser.test_public import check
from tests.factories import make_page
from tests.home.helpers import make_picture, with_sections

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VARIANTS = [
    ("center", "white", "md", "left"),
    ("side", "white", "md", "left"),
    ("side", "black", "sm", "right"),
    ("floating", "gray", "sm", "left"),
    ("floating", "white", "md", "right"),
    ("image", "white", "md", "left"),
]
TO = {"page": None, "address": "/"}


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_heroes_are_accessible(context, demo, width):
    home = Site.objects.get().root_page
    picture = make_picture().pk
    paths = []
    for number, (variant, colour, size, side) in enumerate(VARIANTS):
        hero = {
            "title": "Clinical research that reaches patients",
            "subtitle": "We bring people together.",
            "background": picture,
            "variant": variant,
            "box_colour": colour,
            "size": size,
            "alignment": side,
            "button": {"text": "See what we do", "link": TO},
            "key_highlights": [{"title": "For patients", "description": "", "link": TO}],
        }
        if number % 2:
            options = [{"title": "Join a study", "link": TO}]
            hero["dropdown"] = {"title": "I want to…", "options": options}
        path = f"/hero-{number}/"
        page = make_page(home, f"Hero {number}", path, model=HomePage)
        with_sections(page, ("hero", hero))
        paths.append(path)
    check(context, demo, paths, width)


def test_a_list_in_the_hero_opens_without_javascript(browser, demo):
    home = Site.objects.get().root_page
    page = make_page(home, "List", "/list/", model=HomePage)
    options = [{"title": "Join a study", "link": {"page": None, "address": "/about-us/our-role/"}}]
    with_sections(page, ("hero", {"title": "T", "dropdown": {"title": "", "options": options}}))
    opened = browser.new_context(java_script_enabled=False)
    tab = opened.new_page()
    tab.goto(f"{demo}/list/")
    assert not tab.get_by_text("Join a study").is_visible()
    tab.locator("main summary").click()
    tab.get_by_text("Join a study").click()
    assert tab.url == f"{demo}/about-us/our-role/"
    opened.close()


def test_the_row_of_pictures_moves_by_keyboard(context, demo):
    tab = context.new_page()
    tab.set_viewport_size({"width": 768, "height": 900})
    tab.goto(demo)
    row = tab.get_by_role("region", name="Row of pictures")
    row.focus()
    tab.keyboard.press("ArrowRight")
    until(tab, "document.querySelector('.slides').scrollLeft > 0")
