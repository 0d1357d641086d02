"""Sections, and which page may stand where."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, get_page_models

from content.models import ContactPage, ContentPage, SectionPage
from home.models import HomePage
from networks.models import NetworkPage, OverviewPage
from platforms.models import PlatformPage
from resources.models import (
    ArticlePage,
    ResourceCategoryPage,
    ResourceLinkPage,
    ResourceRoomPage,
)
from tests.content.helpers import trail
from tests.factories import fresh, make_home, make_page, make_section

# A tuple, because every test process must list its tests in the same order.
PAGES_OF_SECTIONS = (ContactPage, ContentPage, NetworkPage, OverviewPage, PlatformPage)
ITEMS = (ArticlePage, ResourceLinkPage)
CHILDREN: dict[type[Page], set[type[Page]]] = {
    Page: {HomePage},
    # Home pages below a home page come from imports alone: tests/home says who may make one.
    HomePage: {ContactPage, ContentPage, HomePage, ResourceRoomPage, SectionPage},
    SectionPage: {SectionPage, *PAGES_OF_SECTIONS},
    ResourceRoomPage: {ResourceCategoryPage, *ITEMS},
    ResourceCategoryPage: {*ITEMS},
    **{model: set() for model in (*PAGES_OF_SECTIONS, *ITEMS)},
}


# What a visitor sees


def test_a_section_leads_to_its_first_page(client: Client, home: Page) -> None:
    section = make_section(home, "About us")
    make_page(section, "History", "/our-past/")
    make_page(section, "Team")
    assert trail(client, "/about-us/") == ["302 /our-past/", "200"]


def test_a_section_leads_through_its_groups(client: Client, home: Page) -> None:
    section = make_section(home, "About us")
    make_section(section, "Empty")
    group = make_section(section, "People")
    make_page(section, "History")
    make_page(group, "Draft", live=False)
    make_page(group, "Team")
    assert trail(client, "/about-us/") == ["302 /about-us/people/team/", "200"]
    assert trail(client, "/about-us/people/") == ["302 /about-us/people/team/", "200"]


def test_an_empty_section_is_not_found(client: Client, home: Page) -> None:
    section = make_section(home, "About us")
    make_page(section, "Draft", live=False)
    assert trail(client, "/about-us/") == ["404"]


def test_an_unpublished_section_is_not_found_but_its_pages_are(client: Client, home: Page) -> None:
    section = make_section(home, "About us")
    make_page(section, "History")
    fresh(section).unpublish()
    assert trail(client, "/about-us/") == ["404"]
    assert trail(client, "/about-us/history/") == ["200"]


def test_a_section_is_not_in_the_sitemap(client: Client, home: Page) -> None:
    make_page(make_section(home, "About us"), "History")
    sitemap = client.get("/sitemap.xml").content.decode()
    assert "/about-us/</loc>" not in sitemap
    assert "/about-us/history/</loc>" in sitemap


# What may stand where


def test_every_page_type_is_in_the_table() -> None:
    # Tests may register further page types of other apps; ours are what counts.
    assert set(get_page_models()) == set(CHILDREN)


@pytest.mark.parametrize("parent", CHILDREN, ids=lambda model: model._meta.label)
def test_what_may_be_created_under_what(parent: type[Page]) -> None:
    allowed = {
        model for model in parent.allowed_subpage_models() if model.is_creatable and model != Page
    }
    assert allowed == CHILDREN[parent]


def test_groups_hold_no_groups(home: Page) -> None:
    section = make_section(home, "About us")
    group = make_section(section, "People")
    assert SectionPage.can_create_at(home)
    assert SectionPage.can_create_at(section)
    assert not SectionPage.can_create_at(group)
    for model in PAGES_OF_SECTIONS:
        assert model.can_create_at(group)


def test_sections_can_not_be_created_outside_a_site(home: Page) -> None:
    assert not SectionPage.can_create_at(Page.get_first_root_node())
    assert not SectionPage.can_create_at(make_page(home, "History"))


def test_moves_keep_to_two_levels(home: Page) -> None:
    section, other = make_section(home, "About us"), make_section(home, "Elsewhere")
    group, other_group = make_section(section, "People"), make_section(other, "Places")
    assert group.can_move_to(other)
    assert group.can_move_to(home)
    assert not group.can_move_to(other_group)
    assert not fresh(section).can_move_to(other)
    assert fresh(section).can_move_to(make_home("Second", "second"))
    empty = make_section(home, "Empty")
    assert empty.can_move_to(other)
    assert not empty.can_move_to(other_group)


def test_the_admin_refuses_a_third_level(client: Client, home: Page, superuser: User) -> None:
    group = make_section(make_section(home, "About us"), "People")
    empty = make_section(home, "Empty")
    client.force_login(superuser)
    add = reverse("wagtailadmin_pages:add", args=["content", "sectionpage", group.pk])
    assert client.get(add).status_code == 302
    move = reverse("wagtailadmin_pages:move_confirm", args=[empty.pk, group.pk])
    client.post(move)
    assert fresh(empty).get_parent().pk == home.pk


def test_a_copy_keeps_to_two_levels(home: Page, superuser: User) -> None:
    section = make_section(home, "About us")
    make_section(section, "People")
    permissions = fresh(section).permissions_for_user(superuser)
    other = make_section(home, "Elsewhere")
    assert permissions.can_copy_to(home, recursive=True)
    assert not permissions.can_copy_to(other, recursive=True)
    assert fresh(other).permissions_for_user(superuser).can_copy_to(section)
    # Wagtail asks plain pages as well.
    plain = Page.objects.get(pk=section.pk)
    assert not plain.permissions_for_user(superuser).can_copy_to(other)
