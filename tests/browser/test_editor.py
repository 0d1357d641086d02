"""An editor at work in the admin."""

from __future__ import annotations

import pytest
from wagtail.models import Revision

from home.models import HomePage
from isomer.plan.model import Action
from networks.models import OverviewPage
from platforms.models import PlatformPage
from tests.browser.conftest import done
from tests.isomer.importing import DEMO, run_import

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def publish(page) -> None:
    """Choose “Publish” from the menu of the page editor's main button."""
    page.locator("[data-w-dropdown-target='toggle']", has=page.locator("svg")).last.wait_for()
    page.locator(
        "footer .w-dropdown__toggle, footer [data-w-dropdown-target='toggle']"
    ).last.click()
    page.get_by_role("button", name="Publish", exact=True).click()
    done(page, "published")


def test_change_a_highlight_and_a_network(editor, demo):
    home = HomePage.objects.get(depth=2)
    editor.goto(f"{demo}/admin/pages/{home.pk}/edit/")
    field = editor.locator("input[name$='key_highlights-0-value-title']")
    field.wait_for(state="attached")
    reveal(editor, field)
    field.fill("Trials for everyone")
    publish(editor)
    editor.goto(demo)
    assert editor.get_by_text("Trials for everyone").first.is_visible()

    overview = OverviewPage.objects.get()
    editor.goto(f"{demo}/admin/pages/{overview.pk}/edit/")
    field = editor.locator("input[name$='entries-2-value-link_text']")
    field.wait_for(state="attached")
    reveal(editor, field)
    field.fill("Network of the editor")
    publish(editor)
    editor.goto(f"{demo}{overview.url}")
    assert editor.locator("main").get_by_text("Network of the editor").is_visible()


def test_saving_untouched_in_the_browser_is_no_edit(editor, demo):
    pages = [*HomePage.objects.all(), OverviewPage.objects.get(), PlatformPage.objects.first()]
    for page in pages:
        editor.goto(f"{demo}/admin/pages/{page.pk}/edit/")
        editor.locator("[data-draftail-input], [data-streamfield-stream-count]").first.wait_for(
            state="attached"
        )
        publish(editor)
    count = Revision.objects.count()
    again = run_import(DEMO)
    assert {planned.action for planned in again.plan.pages} == {Action.KEEP}
    assert Revision.objects.count() == count
    from wagtail.models import Site

    from isomer.present.snapshot import read_present

    present = read_present(Site.objects.get(), "home.HomePage")
    edited = [key for key, known in present.pages.items() if known.edited]
    assert edited == []


def reveal(page, field) -> None:
    """Open whatever panels hide a field."""
    for _ in range(12):
        if field.is_visible():
            return
        closed = page.locator("[data-panel-toggle][aria-expanded='false']")
        for number in range(closed.count()):
            if closed.nth(number).is_visible():
                closed.nth(number).click()
    assert field.is_visible()
