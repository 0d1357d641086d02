"""An editor at work on a table."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import Page as WagtailPage

from content.models import ContentPage
from tests.browser.test_editor import publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TABLE = (
    '<table><thead><tr><th scope="col">Visit</th><th scope="col">Week</th></tr></thead>'
    "<tbody><tr><td>First</td><td>1</td></tr><tr><td>Second</td><td>6</td></tr></tbody></table>"
)


@pytest.fixture
def page(demo) -> ContentPage:
    home = WagtailPage.objects.get(depth=2)
    body = [("table", {"caption": "Visits", "table": TABLE})]
    page = ContentPage(title="Visits", slug="visits-of-a-study", body=body)
    return home.add_child(instance=page)


@pytest.fixture
def table(editor, demo, page):
    """The table in the open edit form."""
    editor.goto(f"{demo}{reverse('wagtailadmin_pages:edit', args=[page.pk])}")
    shown = editor.get_by_role("grid", name="Cells of the table")
    shown.wait_for()
    return shown


def stored(page: ContentPage) -> str:
    latest = ContentPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return str(latest.body[0].value["table"].source)


def tool(editor, group: str, name: str):
    bar = editor.get_by_role("toolbar", name="Table", exact=True)
    return bar.get_by_role("group", name=group).get_by_role("button", name=name, exact=True)


def test_write_add_link_merge_and_see_it(editor, demo, page, table):
    cell = table.locator("td", has_text="First")
    cell.click()
    editor.keyboard.press("End")
    editor.keyboard.type(" visit")
    editor.keyboard.press("Tab")
    assert table.locator("td:focus").inner_text() == "1"

    table.locator("td", has_text="Second").click()
    tool(editor, "Row", "Add below").click()
    editor.keyboard.type("Third")
    editor.keyboard.press("Tab")
    editor.keyboard.type("Ask the office")

    editor.keyboard.press("Home")
    editor.keyboard.press("Shift+End")
    tool(editor, "Text", "Link").click()
    chooser = editor.locator(".modal-content")
    chooser.locator("a.choose-page").first.wait_for()
    target = chooser.locator("a.choose-page").first
    number = target.get_attribute("data-id")
    target.click()
    table.locator(f"a[data-id='{number}']").wait_for()

    table.locator("td", has_text="Second").click()
    tool(editor, "Merge", "Right").click()
    publish(editor)

    assert stored(page) == (
        '<table><thead><tr><th scope="col">Visit</th><th scope="col">Week</th></tr></thead>'
        "<tbody><tr><td>First visit</td><td>1</td></tr>"
        '<tr><td colspan="2">Second<br/>6</td></tr>'
        f'<tr><td>Third</td><td><a linktype="page" id="{number}">Ask the office</a></td></tr>'
        "</tbody></table>"
    )
    editor.goto(f"{demo}{page.url}")
    shown = editor.get_by_role("table", name="Visits")
    assert shown.get_by_role("cell", name="First visit").is_visible()
    assert shown.get_by_role("link", name="Ask the office").get_attribute("href")


def test_tools_for_rows_columns_headers_and_marks(editor, page, table):
    table.locator("td", has_text="Second").click()
    tool(editor, "Row", "Remove the row").click()
    tool(editor, "Column", "Add after").click()
    editor.keyboard.type("New")
    editor.keyboard.press("Shift+Home")
    tool(editor, "Text", "Bold").click()
    table.locator("td", has_text="First").click()
    tool(editor, "Header", "This cell").click()
    publish(editor)
    assert stored(page) == (
        '<table><thead><tr><th scope="col">Visit</th><th scope="col"></th>'
        '<th scope="col">Week</th></tr></thead>'
        '<tbody><tr><th scope="row">First</th><td><b>New</b></td><td>1</td></tr></tbody></table>'
    )


def test_cells_of_a_spreadsheet_fill_the_table(editor, page, table):
    table.locator("td", has_text="Second").click()
    editor.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text/plain", 'a\\t"b\\nc"\\td\\r\\n\\t\\te\\r\\n');
            const cell = document.activeElement;
            const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true});
            cell.dispatchEvent(event);
        }"""
    )
    publish(editor)
    assert stored(page) == (
        '<table><thead><tr><th scope="col">Visit</th><th scope="col">Week</th>'
        '<th scope="col"></th></tr></thead>'
        "<tbody><tr><td>First</td><td>1</td><td></td></tr>"
        "<tr><td>a</td><td>b<br/>c</td><td>d</td></tr>"
        "<tr><td></td><td></td><td>e</td></tr></tbody></table>"
    )


def test_spans_survive_every_tool(editor, page, table):
    """Merging and splitting, and rows and columns that cross merged cells."""
    table.locator("td", has_text="First").click()
    tool(editor, "Merge", "Below").click()
    tool(editor, "Row", "Add below").click()
    table.locator("td", has_text="First").click()
    tool(editor, "Merge", "Split").click()
    tool(editor, "Header", "First row").click()
    table.locator("td", has_text="Visit").click()
    tool(editor, "Column", "Remove the column").click()
    publish(editor)
    assert stored(page) == (
        "<table><tbody><tr><td>Week</td></tr><tr><td>1</td></tr><tr><td>6</td></tr>"
        "<tr><td></td></tr></tbody></table>"
    )


def test_saving_untouched_changes_nothing(editor, page, table):
    before = ContentPage.objects.get(pk=page.pk).body.raw_data[0]
    publish(editor)
    assert stored(page) == before["value"]["table"] == TABLE


def test_a_new_table(editor, page, table):
    editor.get_by_role("button", name="Insert a block").last.click()
    editor.get_by_role("option", name="Table").click()
    grids = editor.get_by_role("grid", name="Cells of the table")
    grids.nth(1).wait_for()
    grids.nth(1).locator("th").first.click()
    editor.keyboard.type("Name")
    publish(editor)
    latest = ContentPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (
        latest.body[1]
        .value["table"]
        .source.startswith('<table><thead><tr><th scope="col">Name</th><th scope="col"></th>')
    )


def test_a_pasted_picture_brings_no_script(editor, page, table):
    table.locator("td", has_text="First").click()
    editor.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text/html", '<b>Seen</b><img data-embedtype="image" data-id="1" src="/no"'
                + ' alt="A" onerror="window.ran = true" data-controller="w-action">');
            const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true});
            document.activeElement.dispatchEvent(event);
        }"""
    )
    table.get_by_text("Seen").wait_for()
    names = table.locator("img").evaluate("(one) => one.getAttributeNames()")
    assert set(names) <= {
        "alt",
        "src",
        "data-embedtype",
        "data-id",
        "data-format",
        "contenteditable",
    }
    assert editor.evaluate("window.ran") is None
