"""Menus, footers and their settings in the admin."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.test import Client
from django.urls import reverse
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page, Site

from content.blocks import LinkBlock
from content.models import SiteDocument
from navigation.blocks import FooterLinksBlock, MenuBlock, MenuLinkBlock
from navigation.models import Footer, Menu
from tests.factories import make_page, make_section, make_site
from tests.forms import block_data
from tests.navigation.helpers import choose_footer, choose_menu, footer_links, line, link, menu_of


@pytest.fixture
def editor(client: Client, superuser: User) -> Client:
    client.force_login(superuser)
    return client


@pytest.fixture
def parts(site: Site, home: Page) -> list[Menu | Footer]:
    """A menu and a footer with every form of entry."""
    section = make_section(home, "About us")
    page = make_page(section, "Our role")
    document = SiteDocument.objects.create(title="Report", file=ContentFile(b"x", "report.pdf"))
    items = [line("Report", document=document), line("There", address="https://www.example.org/")]
    entries: list[tuple[str, Any]] = [
        ("section", {"title": "", "page": section.pk}),
        ("resource_room", {"title": "News", "page": section.pk}),
        ("link", line("Role", page=page)),
        ("links", {"title": "More", "link": link(), "entries": items}),
    ]
    links = [("privacy", link(address="/privacy/")), ("other", line("Role", page=page))]
    footer = choose_footer(site, links=links, entries=entries, facebook="https://fb.example/us")
    return [choose_menu(site, *entries), footer]


def form_data(part: models.Model) -> dict[str, str]:
    data: dict[str, str] = {}
    for field in part._meta.get_fields():
        if isinstance(field, StreamField):
            data |= block_data(field.stream_block, getattr(part, field.name), field.name)
        elif isinstance(field, models.BooleanField):
            data |= {field.name: "on"} if getattr(part, field.name) else {}
        elif isinstance(field, models.CharField):
            data[field.name] = getattr(part, field.name)
    return data


def content_of(part: models.Model) -> dict[str, Any]:
    return {
        field.name: field.get_prep_value(getattr(part, field.name))
        for field in part._meta.get_fields()
        if isinstance(field, (StreamField, models.CharField, models.BooleanField))
    }


def edit_url(part: models.Model, view: str = "edit") -> str:
    name = f"wagtailsnippets_navigation_{part._meta.model_name}:{view}"
    return reverse(name, args=[part.pk])


def test_saving_an_untouched_part_changes_nothing(
    editor: Client, parts: list[Menu | Footer]
) -> None:
    for part in parts:
        stored = type(part).objects.get(pk=part.pk)
        data = form_data(stored) | {"action-publish": "action-publish"}
        response = editor.post(edit_url(part), data)
        assert response.status_code == 302, response.context["form"].errors
        assert content_of(type(part).objects.get(pk=part.pk)) == content_of(stored)


def test_previews_show_the_draft_in_the_real_frame(
    editor: Client, parts: list[Menu | Footer]
) -> None:
    menu, footer = parts
    menu.entries = menu.entries.stream_block.to_python(
        [{"type": "link", "value": line("Only in the draft", address="/draft/")}]
    )
    menu.save_revision()
    footer.copyright_name = "Nobody yet"
    footer.save_revision()
    data = form_data(menu)
    assert editor.post(edit_url(menu, "preview_on_edit"), data).json()["is_valid"]
    page = BeautifulSoup(editor.get(edit_url(menu, "preview_on_edit")).content, "html5lib")
    assert menu_of(page) == [("Only in the draft", "/draft/", [])]
    assert ("Only in the draft", "/draft/") in footer_links(page, ".footer__columns")
    data = form_data(footer)
    assert editor.post(edit_url(footer, "preview_on_edit"), data).json()["is_valid"]
    page = BeautifulSoup(editor.get(edit_url(footer, "preview_on_edit")).content, "html5lib")
    assert "Nobody yet" in page.select(".footer p")[-1].get_text()
    assert menu_of(page)[0][0] == "About us"


def test_a_preview_shows_the_site_that_chose_the_part(site: Site) -> None:
    other = make_site("other.example")
    assert Menu(name="New").full_url == f"{site.root_url}/"
    assert choose_menu(other).full_url == "http://other.example/"


def test_a_new_menu_can_be_previewed(editor: Client, site: Site) -> None:
    url = reverse("wagtailsnippets_navigation_menu:preview_on_add")
    menu = Menu(name="New")
    menu.entries = menu.entries.stream_block.to_python(
        [{"type": "link", "value": line("First", address="/first/")}]
    )
    assert editor.post(url, form_data(menu)).json()["is_valid"]
    page = BeautifulSoup(editor.get(url).content, "html5lib")
    assert menu_of(page) == [("First", "/first/", [])]


def test_the_admin_offers_them(editor: Client, site: Site, parts: list[Menu | Footer]) -> None:
    for model in ("menu", "footer"):
        listing = editor.get(reverse(f"wagtailsnippets_navigation_{model}:list"))
        assert f"{model} of {site.hostname}".encode() in listing.content.lower()
    for setting in ("navigationsettings", "siteidentity"):
        url = reverse("wagtailsettings:edit", args=["navigation", setting, site.pk])
        assert editor.get(url).status_code == 200


def test_only_those_who_may_edit_see_them(client: Client, parts: list[Menu | Footer]) -> None:
    client.force_login(User.objects.create_user("visitor"))
    for part in parts:
        assert client.get(edit_url(part)).status_code == 302


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (line("Nowhere"), "link"),
        (line("", address="/x/"), "title"),
        (line("Bad", address="x y"), "link"),
    ],
)
def test_entries_that_lead_nowhere_are_refused(value: dict[str, Any], name: str) -> None:
    block = MenuLinkBlock()
    with pytest.raises(blocks.StructBlockValidationError) as caught:
        block.clean(block.to_python(value))
    assert list(caught.value.block_errors) == [name]


@pytest.mark.django_db
def test_a_link_has_one_target(home: Page) -> None:
    document = SiteDocument.objects.create(title="Report", file=ContentFile(b"x", "report.pdf"))
    block = LinkBlock()
    for given, name in (
        (link(page=home, document=document), "document"),
        (link(document=document, address="/x/"), "address"),
        (link(page=home, address="/x/"), "address"),
    ):
        with pytest.raises(blocks.StructBlockValidationError) as caught:
            block.clean(block.to_python(given))
        assert list(caught.value.block_errors) == [name]
    for good in (link(), link(page=home), link(document=document), link(address="/x/")):
        assert block.get_prep_value(block.clean(block.to_python(good))) == good
    old = {"page": None, "address": "/x/"}
    assert block.get_prep_value(block.to_python(old)) == link(address="/x/")


def test_a_required_link_stands_once() -> None:
    block = FooterLinksBlock()
    twice = [{"type": "privacy", "value": link(address="/privacy/")}] * 2
    with pytest.raises(ValidationError):
        block.clean(block.to_python(twice))


@pytest.mark.django_db
def test_every_entry_is_explained_and_has_a_preview(editor: Client, site: Site) -> None:
    for stream in (MenuBlock(), FooterLinksBlock()):
        for block in stream.child_blocks.values():
            assert block.get_description()
            assert block.meta.icon
            assert block.is_previewable
    for field in ("entries", "links"):
        for block in Footer._meta.get_field(field).stream_block.child_blocks.values():
            url = reverse("wagtailadmin_block_preview")
            response = editor.get(url, {"id": block.definition_prefix})
            assert response.status_code == 200
