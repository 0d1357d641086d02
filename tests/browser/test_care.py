"""The care list in a browser: each item leads to the very field or block."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from wagtail.models import Site

from content.markup.sanitise import sanitise
from tests.browser.conftest import administrator, done, until
from tests.care.sites import make_image, page_with, picture, stream
from tests.factories import fresh, make_home, make_section

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "<p>" + "Long text. " * 60 + "</p>"


@pytest.fixture
def site_home(tree_root):
    home = make_home("Institute", "institute")
    Site.objects.update(root_page=home)
    return home


@pytest.fixture
def editor(context, site_home, live_server) -> Page:
    """A page of the browser, logged in."""
    return administrator(context, live_server.url)


def in_view(page: Page, selector: str) -> None:
    """Wait until the first element of a kind stands in the window, visible."""
    until(
        page,
        f"(() => {{ const box = document.querySelector({selector!r})?.getBoundingClientRect();"
        " return box && box.height > 0 && box.top >= 0 && box.top < innerHeight; })()",
    )


def follow(editor: Page, address: str, kind: str) -> None:
    editor.goto(f"{address}/admin/reports/care/?kind={kind}")
    editor.get_by_role("link", name="Go to the place").first.click()
    editor.wait_for_url("**/edit/#:w:contentpath=*")


def check_accessibility(page: Page) -> None:
    """Fail on what axe finds in the part of the page that is ours; the rest is Wagtail's."""
    found = Axe().run(page, context="#main .nice-padding").response["violations"]
    assert not found, [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found]


def test_links_lead_to_the_exact_place(editor, live_server, site_home):
    image = make_image("Map")
    inner = stream(("text", LONG), picture(image))
    entry = {"type": "item", "id": "e1", "value": {"title": "Q", "open": False, "body": inner}}
    filler = [("text", LONG)] * 8
    page_with(site_home, "Nested", *filler, ("accordion", {"entries": [entry]}))
    page_with(site_home, "Words", *filler, ("text", "<p>TBC</p>"))

    follow(editor, live_server.url, "alt-text-missing")
    in_view(
        editor, "[data-contentpath='e1'] [data-contentpath='b2'] [data-contentpath='alt'] input"
    )
    follow(editor, live_server.url, "placeholder")
    in_view(editor, "[data-contentpath='b9']")
    follow(editor, live_server.url, "description-missing")
    in_view(editor, "#id_search_description")
    assert editor.locator("#tab-label-promote[aria-selected=true]").count() == 1


def test_the_list_and_the_panel(editor, live_server, site_home):
    section = make_section(site_home, "About us")
    for number in range(12):
        page_with(section, f"Page {number}", picture(make_image("Map")), search_description="")
    page_with(section, "Deep", ("text", "<h4>One</h4>"))
    editor.goto(f"{live_server.url}/admin/")
    editor.get_by_role("link", name="All pages that you may edit").click()
    editor.get_by_role("table").wait_for()
    for width in (1440, 768, 360):
        editor.set_viewport_size({"width": width, "height": 900})
        check_accessibility(editor)
        wide = "document.documentElement.scrollWidth > innerWidth"
        assert not editor.evaluate(wide), f"the page is wider than {width} px"
    items = "(one => one.scrollWidth > one.clientWidth)(document.querySelector('.care-scroll'))"
    assert not editor.evaluate(items), "a field stands beside the screen"
    editor.set_viewport_size({"width": 1440, "height": 900})
    field = editor.get_by_role("textbox", name="Description of Page 3")
    field.fill("What the page offers.")
    field.press("Enter")
    editor.get_by_text("1 item dealt with. 1 page saved as draft.").wait_for()
    deep = editor.get_by_role("checkbox", name="Headings that start too deep, Deep")
    deep.check()
    editor.get_by_role("button", name="Raise headings").click()
    deep.wait_for(state="detached")
    done(editor, "1 item dealt with.")


def test_rebuilding(editor, live_server, site_home):
    table = "<table><tr><th>Day</th></tr><tr><td>One</td></tr></table>"
    html = {"html": sanitise(f"<h2>Hours</h2>{table}").html, "pattern": "a test"}
    page = page_with(site_home, "Old", ("text", "<p>A</p>"), ("imported_html", html))
    editor.goto(f"{live_server.url}/admin/reports/care/?kind=imported-html")
    editor.get_by_role("link", name="Turn it into blocks").click()
    for side in ("Before", "After"):
        frame = editor.frame_locator(f"iframe[title={side}]")
        frame.get_by_role("heading", name="Hours").wait_for()
        assert frame.get_by_role("cell", name="One").is_visible()
    check_accessibility(editor)
    editor.get_by_label("Publish at once").check()
    editor.get_by_role("button", name="Accept the blocks").click()
    editor.get_by_text("was rebuilt and published").wait_for()
    assert [block.block_type for block in fresh(page).body] == ["text", "text", "table"]
