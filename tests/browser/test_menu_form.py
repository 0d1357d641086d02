"""The forms of menus and footers look like what they make: a tree of single lines."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from wagtail.models import Site

from content.models import SectionPage
from tests.navigation.helpers import choose_menu, line, link

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def form(editor: Page, demo: str) -> Page:
    """The form of a menu with a section and a list of links."""
    site = Site.objects.get(is_default_site=True)
    section = SectionPage.objects.filter(depth=site.root_page.depth + 1).earliest("path")
    there = line("A study elsewhere", address="https://www.example.org/")
    menu = choose_menu(
        site,
        ("section", {"title": "", "page": section.pk}),
        ("links", {"title": "Resources", "link": link(), "entries": [there]}),
    )
    editor.goto(demo + reverse("wagtailsnippets_navigation_menu:edit", args=[menu.pk]))
    return editor


def test_entries_are_folded_lines_of_a_tree_that_can_be_dragged(form: Page) -> None:
    entries = form.locator("[data-contentpath=entries]").first
    lines = entries.locator("[data-panel-heading-text]")
    expect(lines.filter(has_text="About us").first).to_be_visible()
    expect(lines.filter(has_text="Resources").first).to_be_visible()
    titles = entries.get_by_label("Title")
    assert titles.count() > 0
    assert not any(titles.nth(number).is_visible() for number in range(titles.count()))
    # The links of a list stand in it, each a line of its own.
    lines.filter(has_text="Resources").first.click()
    below = lines.filter(has_text="A study elsewhere → https://www.example.org/").first
    expect(below).to_be_visible()
    assert entries.get_by_role("button", name="Drag").count() >= 3
    below.click()
    opened = titles.last
    expect(opened).to_be_visible()
    expect(opened).to_have_value("A study elsewhere")


def test_the_preview_shows_a_menu_as_wide_screens_do(form: Page) -> None:
    form.get_by_role("button", name="Toggle preview").click()
    expect(form.get_by_label("Preview in desktop size")).to_be_checked()
