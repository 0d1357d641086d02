"""A new block is ready to type in, and a reached limit offers no further one."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from content.models import SectionPage
from home.models import HomePage
from tests.browser.conftest import until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KINDS = ("Text", "Numbered list", "Bulleted list", "Picture", "Film or embedded content", "Cards")
# Whether the focus is on something in a block of the body that is seen.
IN_BLOCK = """(() => {
  const at = document.activeElement;
  return at.closest("[data-streamfield-child]") !== null && at.getClientRects().length > 0;
})()"""


def add(editor: Page, kind: str) -> None:
    """Add a block of a kind at the top of the body."""
    plus = "[data-streamfield-stream-container] > div > .c-sf-add-button"
    editor.locator(plus).first.click()
    editor.get_by_role("option", name=kind).first.click()


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_block_has_the_focus(editor: Page, demo: str, kind: str) -> None:
    section = SectionPage.objects.live().first()
    editor.goto(f"{demo}/admin/pages/add/content/contentpage/{section.pk}/")
    add(editor, kind)
    until(editor, IN_BLOCK)


def test_a_full_list_offers_no_further_entry(editor: Page, demo: str) -> None:
    home: Any = HomePage.objects.get(depth=2)
    infocols = {"title": "Here", "subtitle": "", "boxes": [{"title": "One"}] * 3}
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
