"""A circular in a few clicks, chosen or dropped, by an editor in a browser."""

from __future__ import annotations

import base64

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page
from wagtail.models import Site

from resources.models import ResourceCategoryPage, ResourceLinkPage, ResourceRoomPage
from tests.editors.people import make_person
from tests.factories import make_home, make_page
from tools.screenshots import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PDF = b"%PDF-1.4\n1 0 obj<</Title (Circular 3 of 2026)>>endobj\n%%EOF\n"
DROP = """([coded, onto]) => {
  const bytes = Uint8Array.from(atob(coded), (one) => one.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], "circular.pdf", { type: "application/pdf" }));
  const how = { dataTransfer, bubbles: true, cancelable: true };
  const over = new DragEvent("dragover", how);
  document.querySelector(onto).dispatchEvent(over);
  document.querySelector(onto).dispatchEvent(new DragEvent("drop", how));
  return over.defaultPrevented;
}"""


@pytest.fixture
def category(groups: None) -> ResourceCategoryPage:
    home = make_home("Institute", "institute")
    Site.objects.update(root_page=home)
    room = make_page(home, "News", model=ResourceRoomPage)
    made: ResourceCategoryPage = make_page(room, "Circulars", model=ResourceCategoryPage)
    return made


@pytest.fixture
def editor(context: BrowserContext, category: ResourceCategoryPage, live_server) -> Page:
    make_person("editor")
    return sign_in(context, str(live_server.url), "editor", "x")


def assert_submitted() -> None:
    item = ResourceLinkPage.objects.get()
    assert (item.title, item.date) == ("Circular 3 of 2026", timezone.localdate())
    assert item.workflow_in_progress
    assert not item.live


def test_three_clicks_from_the_first_page(editor: Page) -> None:
    editor.get_by_role("link", name="Add circulars and files to Circulars").click()
    with editor.expect_file_chooser() as asked:
        editor.get_by_label("Files", exact=True).click()
    asked.value.set_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": PDF})
    editor.get_by_role("button", name="Submit for approval").click()
    editor.get_by_text("Submitted for approval:").wait_for()
    assert_submitted()


def drop(editor: Page, onto: str) -> None:
    """Drop the file on a part of the page, which has to say that it takes one."""
    assert editor.evaluate(DROP, [base64.b64encode(PDF).decode(), onto])


def test_dropped_on_the_list_of_a_category(
    editor: Page, category: ResourceCategoryPage, live_server
) -> None:
    editor.goto(f"{live_server.url}/admin/pages/{category.pk}/")
    drop(editor, "main")
    dialog = editor.get_by_role("dialog", name="Add files")
    dialog.get_by_role("button", name="Submit for approval").click()
    editor.get_by_text("Submitted for approval:").wait_for()
    assert_submitted()


def test_dropped_on_the_form_of_files(
    editor: Page, category: ResourceCategoryPage, live_server
) -> None:
    editor.goto(f"{live_server.url}/admin/resources/{category.pk}/files/")
    drop(editor, "[data-add-files] label")
    editor.get_by_role("button", name="Submit for approval").click()
    editor.get_by_text("Submitted for approval:").wait_for()
    assert_submitted()
