"""Whole tasks, done in a browser by a person of the group that the task needs.

People go by the words that they see, from the admin's first page or from the place where the
task begins, and look at the site as visitors do. Parts of tasks stand elsewhere: changing
lines of the directory and folded links in ``test_editing``, saving untouched in
``test_editor``, tables in ``test_table_editor``, the ways of the care list and rebuilding
with publishing in ``test_care``, colours and drafts that keep themselves in
``test_settings``, imports and their sign-off in ``test_sign_off``.
"""

from __future__ import annotations

import datetime
import re
from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page
from wagtail.models import Page as WagtailPage

from content.markup.sanitise import sanitise
from content.models import ContentPage, SectionPage, SiteImage
from home.models import HomePage
from navigation.templatetags import navigation_tags
from networks.models import OverviewPage
from resources.models import ResourceCategoryPage
from tests.browser.conftest import done, until
from tests.care.sites import page_with
from tests.factories import make_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROLE = "/about-us/our-role/"


@pytest.fixture
def visitor(context) -> Page:
    """A page of the browser of somebody who knows nothing of the admin."""
    page: Page = context.new_page()
    return page


def named(start: str) -> re.Pattern[str]:
    """Match a name by its beginning: most go on with what the thing holds."""
    return re.compile("^" + re.escape(start))


def find_page(person: Page, title: str) -> None:
    """Look for a page by its title on the admin's first page, and open its form."""
    person.goto(re.sub(r"/admin/.*", "/admin/", person.url))
    field = person.get_by_placeholder("Search all pages")
    field.fill(title)
    field.press("Enter")
    person.wait_for_url(re.compile(r"/admin/pages/.*[?]q="))
    person.locator("main").get_by_role("link", name=title, exact=True).click()
    person.wait_for_url("**/edit/")


def open_part(within: Page | Locator, name: str) -> Locator:
    """Unfold the part of a form whose name begins so, and return it."""
    region = within.get_by_role("region", name=named(name))
    number = region.get_attribute("id")
    assert number
    # Its name follows what is written into it.
    part = within.locator(f"[id='{number}']")
    toggle = part.get_by_role("button", name="Toggle section").first
    if toggle.get_attribute("aria-expanded") == "false":
        toggle.click()
    return part


def choose_action(person: Page, name: str) -> None:
    """Choose from the menu beside the main button of a form."""
    person.get_by_role("button", name="More actions").click()
    footer = person.get_by_role("navigation", name="Actions (footer)")
    footer.get_by_role("button", name=name, exact=True).click()


def kept(person: Page, field: str, words: str) -> None:
    """Wait until the editor of a text has handed its words to the form, a moment after typing."""
    until(person, f"document.querySelector('[name={field}]').value.includes({words!r})")


def publish(person: Page) -> None:
    choose_action(person, "Publish")
    done(person, "published")


def test_change_the_opening_of_the_home_page(enter, demo, visitor):
    person = enter("publisher")
    find_page(person, HomePage.objects.get(depth=2).title)
    opening = open_part(person, "Opening of the page")
    opening.get_by_role("textbox", name="Title").first.fill("Studies that change care")
    highlight = open_part(opening, "Key highlight Industry Partners")
    highlight.get_by_role("textbox", name="Title").fill("Companies")
    publish(person)
    visitor.goto(demo)
    assert visitor.get_by_role("heading", level=1).inner_text() == "Studies that change care"
    assert visitor.locator(".highlight", has_text="Companies").is_visible()
    assert visitor.locator(".highlight", has_text="Industry Partners").count() == 0


def test_add_a_network_that_visitors_find(enter, demo, visitor):
    person = enter("publisher")
    overview = OverviewPage.objects.get()
    find_page(person, overview.title)
    directory = person.get_by_role("region", name=named("Network directory"))
    directory.get_by_role("button", name="Add", exact=True).last.click()
    name = directory.get_by_role("textbox", name="Link text")
    name.fill("Singapore Sleep Study Group")
    directory.get_by_role("textbox", name="Text after").fill("(SSSG)")
    directory.get_by_role("textbox", name="Web address").fill("https://sleep.example.org/")
    publish(person)
    visitor.goto(f"{demo}{overview.url}")
    visitor.get_by_label("Filter").press_sequentially("sleep")
    visitor.get_by_role("status").get_by_text("1 of 13 shown").wait_for()
    link = visitor.get_by_role("link", name="Singapore Sleep Study Group")
    assert link.is_visible()
    assert link.get_attribute("href") == "https://sleep.example.org/"


def test_add_a_page_to_a_section(enter, demo, visitor):
    person = enter("publisher")
    section = SectionPage.objects.get(title="About us")
    person.goto(f"{demo}/admin/pages/{section.pk}/")
    person.get_by_role("link", name="Add child page").click()
    person.get_by_role("link", name=named("Page ")).first.click()
    person.get_by_role("textbox", name="Title*").fill("People of the institute")
    person.get_by_role("button", name="Insert a block").click()
    person.get_by_role("option", name="Text", exact=True).click()
    text = person.get_by_role("region", name=named("Text"))
    text.get_by_role("textbox").press_sequentially("All of them.")
    kept(person, "body-0-value", "All of them.")
    publish(person)
    visitor.goto(f"{demo}{ROLE}")
    side = visitor.get_by_role("navigation", name="In this section")
    assert side.get_by_role("link", name="People of the institute").is_visible()
    visitor.locator(".menu summary", has_text="More in About us").click()
    visitor.locator(".menu").get_by_role("link", name="People of the institute").click()
    visitor.wait_for_url("**/about-us/people-of-the-institute/")
    assert visitor.locator("main").get_by_text("All of them.").is_visible()


def test_post_a_circular_with_its_file(enter, demo, visitor):
    person = enter("publisher")
    category = ResourceCategoryPage.objects.get(title="Guides and forms")
    person.goto(f"{demo}/admin/pages/{category.pk}/")
    person.get_by_role("link", name="Add child page").click()
    person.get_by_role("link", name=named("File or link")).first.click()
    person.get_by_role("textbox", name="Title*").fill("Circular 7: opening hours")
    person.get_by_role("textbox", name="Date").fill("2024-07-01")
    person.get_by_role("button", name="Choose a document").click()
    chooser = person.get_by_role("dialog")
    chooser.get_by_role("tab", name="Upload").click()
    content = b"%PDF-1.4\n" + b" " * 24_000
    chooser.get_by_label("File").set_input_files(
        {"name": "circular-7.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    chooser.get_by_role("textbox", name="Title*").fill("Circular 7")
    chooser.get_by_role("button", name="Upload").click()
    chooser.wait_for(state="hidden")
    publish(person)
    visitor.goto(f"{demo}{category.url}")
    card = visitor.locator(".card", has_text="Circular 7: opening hours")
    assert card.get_by_text("1 July 2024").is_visible()
    assert re.fullmatch(r"PDF.*23(\.4)?\sKB.*", card.locator(".card__tag").inner_text())
    address = card.get_by_role("link").get_attribute("href")
    answer = visitor.request.get(f"{demo}{address}")
    assert answer.ok
    assert answer.body() == content


def test_write_a_missing_alternative_text_from_the_care_list(enter, demo, visitor):
    picture = SiteImage.objects.get(title="mark-circles")
    value = {"image": picture.pk, "alt": "", "caption": ""}
    page = page_with(HomePage.objects.get(depth=2), "Our marks", ("picture", value))
    person = enter("publisher")
    person.get_by_role("link", name="Pictures without alternative text").last.click()
    person.wait_for_url("**/reports/care/*")
    item = person.get_by_role("row").filter(has_text="mark-circles")
    item.get_by_role("textbox").fill("The circles of CRIS")
    person.get_by_label("Publish changed pages at once").check()
    person.get_by_role("button", name="Save what you typed").click()
    done(person, "1 item dealt with. 1 page published.")
    assert item.count() == 0
    visitor.goto(f"{demo}{page.url}")
    assert visitor.get_by_role("img", name="The circles of CRIS").count() == 1


def test_announce_something_for_a_time(enter, demo, visitor, monkeypatch):
    person = enter("publisher")
    person.get_by_role("button", name="Settings").click()
    person.get_by_role("link", name="Notification").click()
    editor = person.get_by_role("region", name="Text").get_by_role("textbox")
    editor.click()
    person.keyboard.press("ControlOrMeta+A")
    person.keyboard.type("The office is closed on Labour Day.")
    kept(person, "text", "Labour Day.")
    person.get_by_role("textbox", name="Shown from").fill("2030-04-30 09:00")
    person.get_by_role("textbox", name="Shown until").fill("2030-05-01 18:00")
    person.get_by_role("button", name="Save").click()
    done(person, "updated")
    place = timezone.get_default_timezone()
    for moment, is_shown in (
        ("2030-04-30 08:59", False),
        ("2030-04-30 09:00", True),
        ("2030-05-01 17:59", True),
        ("2030-05-01 18:00", False),
    ):
        then = datetime.datetime.fromisoformat(moment).replace(tzinfo=place)
        clock = SimpleNamespace(now=lambda then=then: then)
        monkeypatch.setattr(navigation_tags, "timezone", clock)
        visitor.goto(demo)
        words = visitor.get_by_text("The office is closed on Labour Day.")
        assert words.count() == is_shown, moment


def test_move_a_section(enter, demo, visitor):
    section = SectionPage.objects.get(title="Clinical Research Network")
    without = make_page(section, "How to join")
    places = [page.url for page in section.get_descendants().live().specific()]
    addresses = [place for place in places if place != without.url]
    former = section.url, without.url
    assert former[1] == f"{former[0]}how-to-join/"
    person = enter("publisher")
    person.goto(f"{demo}/admin/pages/{section.pk}/")
    person.get_by_role("button", name="Actions").first.click()
    person.get_by_role("link", name=named("Move")).first.click()
    person.get_by_role("button", name="Actions").click()
    person.get_by_role("button", name="Choose another page").click()
    chooser = person.get_by_role("dialog")
    chooser.get_by_role("link", name="For partners", exact=True).click()
    chooser.wait_for(state="hidden")
    person.get_by_role("button", name="Confirm").click()
    person.get_by_role("button", name="Yes, move this page").click()
    done(person, "moved")
    for path in addresses:
        visitor.goto(demo + path)
        assert visitor.url == demo + path, "pages with an address keep it"
    visitor.goto(demo + former[1])
    assert visitor.url == f"{demo}/for-partners/clinical-research-network/how-to-join/"
    visitor.goto(demo + former[0])
    assert visitor.url == demo + places[0], "the section still leads to its first page"
    side = visitor.get_by_role("navigation", name="In this section")
    assert side.get_by_text("For partners", exact=True).is_visible()


def test_four_eyes(enter, demo, visitor):
    editor = enter("editor")
    find_page(editor, "Our role")
    editor.get_by_role("textbox", name="Title*").fill("What we are for")
    choose_action(editor, "Submit to Publishing")
    done(editor, "submitted")
    visitor.goto(demo + ROLE)
    assert visitor.get_by_role("heading", level=1).inner_text() == "Our role"
    publisher = enter("publisher")
    waiting = publisher.get_by_role("region", name="Awaiting your review")
    waiting.get_by_role("link", name="What we are for").click()
    choose_action(publisher, "Approve and publish, with a comment")
    dialog = publisher.get_by_role("dialog")
    dialog.get_by_label("Comment").fill("Clearer than before.")
    dialog.get_by_role("button", name=named("Approve")).click()
    publisher.wait_for_url("**/pages/*/")
    done(publisher, "approved and published")
    visitor.goto(demo + ROLE)
    assert visitor.get_by_role("heading", level=1).inner_text() == "What we are for"
    # The editor reads the comment where the page's story is told.
    editor.goto(f"{demo}/admin/pages/{ContentPage.objects.get(address=ROLE).pk}/history/")
    assert editor.get_by_text("Clearer than before.").is_visible()


def test_go_back_to_an_old_version(enter, demo, visitor):
    person = enter("publisher")
    find_page(person, "Our role")
    person.get_by_role("textbox", name="Title*").fill("A mistake")
    publish(person)
    visitor.goto(demo + ROLE)
    assert visitor.get_by_role("heading", level=1).inner_text() == "A mistake"
    find_page(person, "A mistake")
    person.get_by_role("button", name="Toggle status").click()
    person.get_by_role("link", name="View history").click()
    first = person.get_by_role("row", name=named("Draft saved")).last
    first.get_by_role("button", name="Actions").click()
    first.get_by_role("link", name=named("Review this version")).click()
    title = person.get_by_role("textbox", name="Title*")
    assert title.input_value() == "Our role"
    choose_action(person, "Publish this version")
    done(person, "published")
    visitor.goto(demo + ROLE)
    assert visitor.get_by_role("heading", level=1).inner_text() == "Our role"


def test_rebuild_imported_markup_and_publish_it_later(enter, demo, visitor):
    """An editor turns the markup into blocks, which a publisher then publishes."""
    table = "<table><tr><th>Day</th></tr><tr><td>Monday</td></tr></table>"
    html = {"html": sanitise(f"<h2>Hours</h2>{table}").html, "pattern": "a test"}
    page = page_with(HomePage.objects.get(depth=2), "Old hours", ("imported_html", html))
    editor = enter("editor")
    editor.get_by_role("link", name="Imported HTML").last.click()
    editor.get_by_role("link", name="Turn it into blocks on Old hours").click()
    assert editor.get_by_label("Publish at once").count() == 0
    editor.get_by_role("button", name="Accept the blocks").click()
    done(editor, "draft")
    editor.goto(f"{demo}/admin/reports/care/?kind=imported-html")
    assert editor.get_by_role("link", name="Turn it into blocks on Old hours").count() == 0
    live = WagtailPage.objects.get(pk=page.pk).specific
    assert [block.block_type for block in live.body] == ["imported_html"]
    publisher = enter("publisher")
    find_page(publisher, "Old hours")
    publish(publisher)
    live = WagtailPage.objects.get(pk=page.pk).specific
    assert [block.block_type for block in live.body] == ["text", "table"]
    visitor.goto(demo + page.url)
    assert visitor.get_by_role("cell", name="Monday").is_visible()
    assert visitor.get_by_role("heading", name="Hours", exact=True).is_visible()
