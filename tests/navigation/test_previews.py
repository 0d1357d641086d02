"""Settings are seen before they are saved, and their colours are judged in the form."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from wagtail.models import Page, PageViewRestriction, Site

from navigation.colours import contrast, parse, samples
from navigation.models import Menu, NavigationSettings, Notification, SiteIdentity
from tests.factories import make_site
from tests.navigation.helpers import line, menu_of
from tests.navigation.test_colours import COLOURS

PARAGRAPH = (
    '{"blocks":[{"key":"a1","text":"%s","type":"unstyled","depth":0,"inlineStyleRanges":[],'
    '"entityRanges":[]}],"entityMap":{}}'
)


@pytest.fixture
def manager(client: Client, db: None) -> Client:
    person = User.objects.create_user("manager", "manager@example.org", "x")
    person.groups.add(Group.objects.get(name="Site managers"))
    client.force_login(person)
    return client


def url_of(site: Site, setting: str, view: str = "preview_on_edit") -> str:
    return reverse(f"wagtailsettings:{view}", args=["navigation", setting, site.pk])


def preview(client: Client, site: Site, setting: str, data: dict[str, Any]) -> BeautifulSoup:
    url = url_of(site, setting)
    assert client.post(url, data).json() == {"is_valid": True, "is_available": True}
    answer = client.get(url)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html5lib")


def identity_data(**changes: str) -> dict[str, str]:
    colours = {"primary_colour": "#1f3a6e", "secondary_colour": "#0b6b66"}
    return {"name": "Now", "language": "en"} | colours | changes


def test_an_identity_that_is_not_saved_is_seen_on_the_home_page(
    manager: Client, home: Page
) -> None:
    site = Site.objects.get()
    data = identity_data(name="Quite new", primary_colour="#FFEE00", is_government="on")
    page = preview(manager, site, "siteidentity", data)
    assert "Quite new" in page.title.get_text()
    assert page.select_one(".masthead")
    assert page.select_one("h1").get_text().strip() == home.title
    sheet = "/admin/colours/FFEE00-0b6b66.css"
    assert page.select_one(f'link[rel="stylesheet"][href="{sheet}"]')
    css = manager.get(sheet)
    assert css["Content-Type"].startswith("text/css")
    assert b"--brand:#ffee00;--on-brand:#000000" in css.content
    assert SiteIdentity.for_site(site).name == ""
    public = BeautifulSoup(manager.get("/").content, "html5lib")
    assert public.select_one('link[rel="stylesheet"][href*="/-/theme/"]')


def test_a_colour_that_is_empty_while_somebody_types_breaks_no_preview(
    manager: Client, home: Page
) -> None:
    page = preview(manager, Site.objects.get(), "siteidentity", identity_data(primary_colour=""))
    sheet = "/admin/colours/1f3a6e-0b6b66.css"
    assert page.select_one(f'link[rel="stylesheet"][href="{sheet}"]')


def test_the_preview_is_that_of_the_settings_own_site(manager: Client, home: Page) -> None:
    other = make_site("other.example")
    page = preview(manager, other, "siteidentity", identity_data(name="Other"))
    assert page.select_one("h1").get_text().strip() == "other.example"


@pytest.mark.parametrize("state", ["private", "draft"])
def test_a_home_page_that_is_not_public_is_no_part_of_the_preview(
    manager: Client, home: Page, state: str
) -> None:
    home.title = "Secret"
    home.save()
    if state == "private":
        PageViewRestriction.objects.create(page=home, restriction_type="login")
    else:
        home.unpublish()
    page = preview(manager, Site.objects.get(), "siteidentity", identity_data(name="Quite new"))
    assert "Quite new" in page.get_text()
    assert "Secret" not in page.select_one("main").get_text()


@pytest.mark.parametrize("days", [None, 1, -1])
def test_an_announcement_is_seen_whatever_its_time(
    manager: Client, home: Page, days: int | None
) -> None:
    data = {"text": PARAGRAPH % "Closed on Monday"}
    if days:
        moment = timezone.localtime() + datetime.timedelta(days=days)
        data["starts_at" if days > 0 else "ends_at"] = moment.strftime("%Y-%m-%d %H:%M")
    page = preview(manager, Site.objects.get(), "notification", data)
    assert "Closed on Monday" in page.select_one(".notification").get_text()
    page = preview(manager, Site.objects.get(), "notification", {"text": PARAGRAPH % ""})
    assert page.select_one(".notification") is None
    assert not Notification.for_site(Site.objects.get()).text


def test_another_menu_is_seen_before_it_is_chosen(manager: Client, home: Page) -> None:
    menu = Menu(name="New")
    menu.entries = menu.entries.stream_block.to_python(
        [{"type": "link", "value": line("There", address="/there/")}]
    )
    menu.save()
    page = preview(manager, Site.objects.get(), "navigationsettings", {"menu": str(menu.pk)})
    assert menu_of(page) == [("There", "/there/", [])]
    assert NavigationSettings.for_site(Site.objects.get()).menu is None


def test_the_form_shows_the_contrast_of_its_colours(manager: Client, site: Site) -> None:
    SiteIdentity.objects.create(site=site, primary_colour="#ffee00", secondary_colour="#ffaa00")
    page = BeautifulSoup(manager.get(url_of(site, "siteidentity", "edit")).content, "html5lib")
    panel = page.select("[data-contrast]")[0]
    words = panel.get_text(" ", strip=True)
    assert "Black is used; white would have 1.2 : 1." in words
    assert "#ffaa00 is darkened to" in words
    assert "4.5 : 1" in words
    assert any("contrast.js" in str(script.get("src")) for script in page.select("script"))
    # What a script asks for while somebody types is the same.
    answer = manager.get(
        str(panel["data-contrast"]), {"primary": "#ffee00", "secondary": "#ffaa00"}
    )
    part = BeautifulSoup(answer.content, "html5lib")
    assert part.get_text(" ", strip=True) == words


def test_after_an_error_the_form_judges_what_was_typed(manager: Client, site: Site) -> None:
    url = url_of(site, "siteidentity", "edit")
    answer = manager.post(url, identity_data(primary_colour="#ffff00", secondary_colour="teal"))
    panel = BeautifulSoup(answer.content, "html5lib").select_one("[data-contrast]")
    assert "Write a colour as #" in panel.get_text()


@pytest.mark.parametrize("given", [{}, {"primary": "red"}, {"primary": "<b>", "secondary": "#"}])
def test_what_is_no_colour_yet_gets_advice(manager: Client, given: dict[str, str]) -> None:
    answer = manager.get(reverse("navigation_contrast"), given)
    assert b"Write a colour as #" in answer.content
    assert b"<b>" not in answer.content


@given(COLOURS, COLOURS)
def test_every_use_of_the_colours_can_be_read(primary: str, secondary: str) -> None:
    found = samples(primary, secondary)
    assert len(found) == 4
    for sample in found:
        ratio = contrast(parse(sample.text), parse(sample.surface))
        assert ratio >= 4.5
        assert float(sample.ratio.split()[0]) <= ratio
