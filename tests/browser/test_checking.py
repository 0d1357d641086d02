"""What to check on a page follows what is typed, on new pages as well."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from content.models import SectionPage
from home.models import HomePage
from tests.factories import make_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
COUNT = "#page-advice-count"
# The page saves itself two seconds after the last change.
SAVED_WITHIN = 30_000


def test_the_list_follows_what_is_typed(editor: Page, demo: str) -> None:
    body = [("button", {"text": "Go", "link": {"address": "https://www.example.org/"}})]
    page: Any = make_page(HomePage.objects.get(depth=2), "Checked", body=body)
    editor.goto(f"{demo}/admin/pages/{page.pk}/edit/")
    expect(editor.locator(COUNT)).to_contain_text("1 thing to check")
    words = editor.locator("[name='body-0-value-text']")
    words.fill("Read the report of 2026")
    expect(editor.locator(COUNT)).to_have_text(
        "Nothing to check before submitting", timeout=SAVED_WITHIN
    )
    words.fill("")
    expect(editor.locator(COUNT)).to_contain_text("1 thing to check", timeout=SAVED_WITHIN)
    link = editor.locator("#page-advice-found a")
    expect(link).to_contain_text("“Text on the button” is empty")
    assert editor.locator(link.get_attribute("href") or "").count() == 1


def test_a_new_page_has_the_list(editor: Page, demo: str) -> None:
    section = SectionPage.objects.live().first()
    editor.goto(f"{demo}/admin/pages/add/content/contentpage/{section.pk}/")
    expect(editor.locator(COUNT)).to_contain_text("What to check before submitting")
    editor.get_by_role("textbox", name="Title").first.fill("New here")
    editor.locator("[data-streamfield-stream-container] > div > .c-sf-add-button").first.click()
    editor.get_by_role("option", name="Quote").first.click()
    expect(editor.locator(COUNT)).to_contain_text("1 thing to check", timeout=SAVED_WITHIN)
