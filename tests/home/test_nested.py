"""A home page below the home page: old sites have such, visitors find them at their address."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Site

from home.models import HomePage
from tests.content.helpers import trail
from tests.factories import fresh, make_page
from tests.home.helpers import with_sections
from tests.isomer.importing import page_soup, run_import

pytestmark = pytest.mark.django_db


def test_only_the_root_of_a_site_has_no_address(client: Client, home: Page) -> None:
    below = make_page(home, "Campaign", "/Campaign/2021", model=HomePage)
    assert below.public_address == "/Campaign/2021"
    assert below.url == "/Campaign/2021"
    assert trail(client, "/Campaign/2021") == ["200"]
    assert trail(client, "/campaign/") == ["301 /Campaign/2021", "200"]
    HomePage.objects.filter(pk=home.pk).update(address="/elsewhere/")
    assert fresh(home).public_address == ""
    assert fresh(home).url == "/"


def test_a_nested_home_page_shows_its_sections(client: Client, home: Page) -> None:
    below = make_page(home, "Campaign", "/campaign/", model=HomePage)
    with_sections(below, ("hero", {"title": "Hello"}), ("infobar", {"title": "World"}))
    main = page_soup("/campaign/").main
    assert [h.get_text() for h in main.find_all(["h1", "h2"])] == ["Hello", "World"]


def test_an_editor_makes_a_home_page_at_the_top_alone(
    client: Client, home: Page, superuser: User
) -> None:
    assert HomePage.can_exist_under(home)
    assert not HomePage.can_create_at(home)
    assert HomePage.can_create_at(Page.get_first_root_node())
    client.force_login(superuser)
    response = client.get(reverse("wagtailadmin_pages:add", args=["home", "homepage", home.pk]))
    assert response.status_code in (302, 403)
    shown = client.get(reverse("wagtailadmin_pages:add_subpage", args=[home.pk]))
    assert "home/homepage" not in getattr(shown, "url", shown.content.decode())


def test_an_import_brings_further_home_pages(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    front = "layout: homepage\ntitle: {0}\npermalink: {1}\nsections:\n  - hero:\n      title: {0}\n"
    for file, title, permalink in (("index.md", "Front", "/"), ("pages/t.md", "Test", "/test/")):
        text = f"---\n{front.format(title, permalink)}---\n"
        (tmp_path / file).write_text(text, encoding="utf-8")
    (tmp_path / "_config.yml").write_text("title: A site\n", encoding="utf-8")
    run_import(tmp_path)
    assert Site.objects.get().root_page.specific_class is HomePage
    assert page_soup("/test/").h1.get_text() == "Test"
    assert page_soup("/").h1.get_text() == "Front"
