"""What the page form says about addresses, asked through the real edit and create views."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from content.models import ContentPage, SectionPage
from home.models import HomePage
from tests.factories import edit, fresh, make_page, make_section
from tests.forms import page_form_data


@pytest.fixture
def editor(client: Client, superuser: User) -> Client:
    client.force_login(superuser)
    return client


def save(editor: Client, page: Page, publish: bool = True, **changes: str) -> Any:
    """Post the edit form of a page with changes."""
    data = page_form_data(page.get_latest_revision_as_object()) | changes
    if publish:
        data["action-publish"] = "action-publish"
    return editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)


def create(editor: Client, parent: Page, model: type[Page], **fields: str) -> Any:
    blank = model(title="")
    data = page_form_data(blank) | fields | {"action-publish": "action-publish"}
    app, name = model._meta.app_label, model._meta.model_name
    return editor.post(reverse("wagtailadmin_pages:add", args=[app, name, parent.pk]), data)


def errors(response: Any) -> dict[str, str]:
    """Return the messages of a form that was sent back, by field."""
    assert response.status_code == 200, "the form was accepted"
    return {name: " ".join(texts) for name, texts in response.context["form"].errors.items()}


@pytest.mark.parametrize("is_in_section", [True, False])
def test_a_new_page_of_a_section_is_in_menus_unless_somebody_says_no(
    editor: Client, home: Page, is_in_section: bool
) -> None:
    parent = make_section(home, "About us") if is_in_section else home
    url = reverse("wagtailadmin_pages:add", args=["content", "contentpage", parent.pk])
    form = editor.get(url).context["form"]
    assert form["show_in_menus"].value() is is_in_section
    create(editor, parent, ContentPage, title="Shown", slug="shown", show_in_menus="on")
    create(editor, parent, ContentPage, title="Hidden", slug="hidden")
    shown = {page.title: page.show_in_menus for page in fresh(parent).get_children()}
    assert shown == {"Shown": True, "Hidden": False}


def test_a_page_that_was_taken_out_of_menus_stays_out(editor: Client, home: Page) -> None:
    page = make_page(make_section(home, "About us"), "Hidden", show_in_menus=False)
    form = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["form"]
    assert form["show_in_menus"].value() is False


def test_a_further_home_page_below_the_root_has_an_address(editor: Client, home: Page) -> None:
    further = make_page(home, "For teams", "/teams/", model=HomePage)
    assert save(editor, further).status_code == 302
    assert fresh(further).url == "/teams/"


def test_an_address_is_published_through_the_form(editor: Client, home: Page) -> None:
    page = make_page(home, "History")
    assert save(editor, page, address="/our-past.html").status_code == 302
    assert fresh(page).url == "/our-past.html"


def test_a_draft_saved_through_the_form_publishes_nothing(editor: Client, home: Page) -> None:
    page = make_page(home, "History", "/one/")
    assert save(editor, page, publish=False, address="/two/").status_code == 302
    assert fresh(page).url == "/one/"
    assert fresh(page).get_latest_revision_as_object().address == "/two/"


def test_an_unchanged_form_is_accepted(editor: Client, home: Page) -> None:
    for page in (make_page(home, "One", "/one-of-ours/"), make_page(home, "Two"), home):
        assert save(editor, page).status_code == 302


def test_an_address_that_another_page_holds(editor: Client, home: Page) -> None:
    holder = make_page(home, "Holder & Sons", "/wanted/")
    page = make_page(home, "History")
    message = errors(save(editor, page, address="/wanted"))["address"]
    assert "Holder &amp; Sons" in message
    assert reverse("wagtailadmin_pages:edit", args=[holder.pk]) in message
    assert "already lives there. Choose another address." in message


def test_an_address_at_which_another_page_lives_in_the_tree(editor: Client, home: Page) -> None:
    make_page(make_section(home, "About us"), "Team")
    page = make_page(home, "History")
    message = errors(save(editor, page, address="/about-us/team/"))["address"]
    assert "Team" in message
    assert "already lives there" in message


@pytest.mark.parametrize("path", ["/about-us/", "/hidden/", "/draft/", "/moved/", "/history/"])
def test_addresses_that_are_free(editor: Client, home: Page, path: str) -> None:
    make_section(home, "About us")
    make_page(home, "Hidden", "/hidden/").unpublish()
    make_page(home, "Draft", live=False)
    edit(make_page(home, "Moved", "/moved/"), address="/elsewhere/")
    page = make_page(home, "History")
    assert save(editor, page, address=path).status_code == 302
    assert fresh(page).url == path


def test_a_slug_whose_place_another_page_holds(editor: Client, home: Page) -> None:
    make_page(home, "Holder", "/past/")
    page = make_page(home, "History")
    message = errors(save(editor, page, slug="past"))["slug"]
    assert "Holder" in message
    assert "Choose another slug." in message
    # The address decides, not the place.
    assert save(editor, page, slug="past", address="/elsewhere/").status_code == 302


def test_a_section_gives_way_instead(editor: Client, home: Page) -> None:
    make_page(home, "Holder", "/past/")
    assert save(editor, make_section(home, "History"), slug="past").status_code == 302


def test_clearing_an_address_looks_at_the_place(editor: Client, home: Page) -> None:
    page = make_page(home, "History", "/elsewhere/")
    make_page(home, "Holder", "/history/")
    assert "Holder" in errors(save(editor, page, address=""))["slug"]


def test_a_slug_that_belongs_to_the_software(editor: Client, home: Page) -> None:
    page = make_page(home, "History")
    assert "/admin/ belong to the software" in errors(save(editor, page, slug="admin"))["slug"]
    section = make_section(home, "About us")
    assert "/admin/ belong to the software" in errors(save(editor, section, slug="admin"))["slug"]
    assert save(editor, make_page(section, "Team"), slug="admin").status_code == 302


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/admin/x/", "/admin/ belong to the software"),
        ("/Admin/", "belong to the software"),
        ("no-slash/", "Begin the address with a slash"),
        ("/", "Begin the address with a slash"),
        ("/a?b/", "question mark"),
        ("/a#b/", "hash sign"),
        ("/a//b/", "two slashes"),
        ("/a/%2e%2e/b/", "dots"),
        ("/a%00/", "can't hold"),
    ],
)
def test_addresses_that_can_not_be(editor: Client, home: Page, address: str, words: str) -> None:
    page = make_page(home, "History")
    assert words in errors(save(editor, page, address=address))["address"].replace("&#x27;", "'")
    assert fresh(page).url == "/history/"


def test_the_home_page_can_have_no_address(editor: Client, home: Page) -> None:
    assert "lives at /" in errors(save(editor, home, address="/welcome/"))["address"]


def test_creating_a_page(editor: Client, home: Page) -> None:
    make_page(home, "Holder", "/past/")
    make_page(home, "Other", "/wanted/")
    fields = {"title": "New", "slug": "past"}
    assert "Holder" in errors(create(editor, home, ContentPage, **fields))["slug"]
    fields["address"] = "/wanted/"
    assert "Other" in errors(create(editor, home, ContentPage, **fields))["address"]
    fields["address"] = "/new.html"
    assert create(editor, home, ContentPage, **fields).status_code == 302
    assert ContentPage.objects.get(title="New").url == "/new.html"
    assert create(editor, home, SectionPage, title="S", slug="wanted").status_code == 302


def test_only_the_root_of_a_site_can_have_no_address(editor: Client, home: Page) -> None:
    below = make_page(home, "Campaign", "/campaign/", model=HomePage)
    assert save(editor, below).status_code == 302
    assert fresh(below).address == "/campaign/"
    assert "no other address" in errors(save(editor, home, address="/x/"))["address"]
