"""A new block is ready to type in, and a reached limit offers no further one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from content.models import SectionPage
from home.models import HomePage
from tests.browser.conftest import until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KINDS = ("Text", "Numbered list", "Bulleted list", "Picture", "Film or embedded content", "Cards")
# The newest block of the body, and whether the focus is on something in it that is seen.
IN_NEWEST = """(() => {
  const at = document.activeElement;
  const block = at.closest("[data-streamfield-stream-container] > [data-streamfield-child]");
  return Boolean(block) && at.getClientRects().length > 0 && block.id === NEWEST;
})()"""


def add(editor: Page, kind: str) -> None:
    """Add a block of a kind at the top of the body."""
    plus = "[data-contentpath='body'] [data-streamfield-stream-container] > div > button"
    editor.locator(plus).first.click()
    editor.get_by_role("option", name=kind).first.click()


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_block_has_the_focus(editor: Page, demo: str, kind: str) -> None:
    section = SectionPage.objects.live().first()
    editor.goto(f"{demo}/admin/pages/add/content/contentpage/{section.pk}/")
    add(editor, kind)
    newest = editor.locator("[data-streamfield-stream-container] > [data-streamfield-child]").first
    newest.wait_for()
    name = newest.get_attribute("id")
    until(editor, IN_NEWEST.replace("NEWEST", repr(name)))


def test_a_full_list_offers_no_further_entry(editor: Page, demo: str) -> None:
    home = HomePage.objects.get(depth=2)
    entry = {"title": "One", "text": "", "link": {"page": None, "document": None, "address": ""}}
    infocols = {"title": "Here", "subtitle": "", "boxes": [entry] * 3}
    home.sections = [("infocols", infocols)]
    home.save_revision()
    editor.goto(f"{demo}/admin/pages/{home.pk}/edit/")
    entries = editor.locator("[name='sections-0-value-boxes-count']")
    entries.wait_for(state="attached")
    count = "document.querySelectorAll('[data-streamfield-list-add]:not([aria-hidden])')"
    most = home.sections.stream_block.child_blocks["infocols"].child_blocks["boxes"].meta.max_num
    for _ in range(most - 3):
        editor.evaluate(f"{count}[0].click()")
    until(editor, f"[...{count}].every((one) => one.disabled)")
    title = editor.evaluate(f"{count}[0].title")
    assert title == f"There is room for {most} at most"
