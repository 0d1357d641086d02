"""Every page type can be looked at in every way before it is published."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, get_page_models

from content.models import SectionPage, SiteImage
from content.rendering.previews import PRINT, SEARCH_RESULT, SOCIAL_CARD
from resources.models import ResourceLinkPage
from tests.factories import make_page, make_section
from tests.forms import page_form_data

pytestmark = pytest.mark.django_db

TYPES = [model for model in get_page_models() if model is not Page]
LEADING_ON = (SectionPage, ResourceLinkPage)
INLINE = re.compile(r"\sstyle=|<style|\son\w+=")


def shown(page: Page, mode: str):
    return page.make_preview_request(preview_mode=mode)


@pytest.fixture
def pages(home) -> dict[type, Page]:
    """One page of each type, wherever the rules would let it stand."""
    return {
        model: home if isinstance(home, model) else make_page(home, model.__name__, model=model)
        for model in TYPES
    }


def test_every_type_has_every_mode(pages):
    for model, page in pages.items():
        modes = [name for name, _ in page.preview_modes]
        expected = [""] if model in LEADING_ON else ["", PRINT, SEARCH_RESULT, SOCIAL_CARD]
        assert modes == expected, model
        labels = [label for _, label in page.preview_modes]
        assert len(set(labels)) == len(labels)
        assert [size["name"] for size in page.preview_sizes] == ["mobile", "tablet", "desktop"]


@pytest.mark.parametrize("model", TYPES)
def test_every_mode_renders_under_the_strict_policy(pages, model):
    page = pages[model]
    for mode, _ in page.preview_modes:
        response = shown(page, mode)
        assert response.status_code == 200, mode
        html = response.content.decode()
        own = html[: html.index("<template")] if "<template" in html else html
        assert not INLINE.search(own), mode
        assert html.count("<h1") == 1, mode
        assert 'content="noindex"' in html
        policy = response.headers["Content-Security-Policy"]
        assert "unsafe-inline" not in policy
        assert "frame-ancestors 'self'" in policy


def test_the_admin_shows_each_mode_of_what_is_in_the_form(client, superuser, home):
    client.force_login(superuser)
    page = make_page(home, "A page")
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert client.post(address, page_form_data(page)).json()["is_valid"]
    for mode, _ in page.preview_modes:
        assert client.get(address, {"mode": mode}).status_code == 200


def test_a_page_that_was_never_saved_has_previews_too(client, superuser, home):
    client.force_login(superuser)
    data = page_form_data(make_page(home, "A page")) | {"slug": "another"}
    address = reverse("wagtailadmin_pages:preview_on_add", args=["content", "contentpage", home.pk])
    assert client.post(address, data).json()["is_valid"]
    for mode in ("", PRINT, SEARCH_RESULT, SOCIAL_CARD):
        assert client.get(address, {"mode": mode}).status_code == 200, mode
    html = client.get(address, {"mode": SEARCH_RESULT}).content.decode()
    assert "once it is saved" in html


def test_paper(home):
    page = make_page(home, "A page")
    as_it_is, printed = (shown(page, mode).content.decode() for mode in ("", PRINT))
    assert re.search(r'css/print[.\w]*css" media="print"', as_it_is)
    assert "preview.css" not in as_it_is
    assert re.search(r'css/print[.\w]*css">', printed)
    assert 'class="paper"' in printed


def test_a_search_result_counts_characters(home):
    page = make_page(home, "Short", search_description="Says it all.")
    html = shown(page, SEARCH_RESULT).content.decode()
    assert "Says it all." in html
    assert "12 characters" in html
    assert page.full_url in html
    page.seo_title, page.search_description = "T" * 61, "D" * 156
    html = shown(page, SEARCH_RESULT).content.decode()
    assert "T" * 60 not in html
    assert "61 characters" in html
    assert "156 characters" in html
    assert html.count("Search engines cut it") == 2
    page.search_description = ""
    assert "There is none yet" in shown(page, SEARCH_RESULT).content.decode()


def test_a_shared_page_shows_its_picture(home):
    page = make_page(home, "Shared", search_description="Look at this.")
    html = shown(page, SOCIAL_CARD).content.decode()
    assert "There is none. Choose one" in html
    page.share_image = SiteImage.objects.create(title="A ward", file=get_test_image_file())
    html = shown(page, SOCIAL_CARD).content.decode()
    assert "The one that you chose" in html
    assert "<img" in html
    assert "Look at this." in html


def test_what_leads_on_says_where(home):
    section = make_section(home, "About us")
    assert "no published page yet" in shown(section, "").content.decode()
    first = make_page(section, "Our role")
    html = shown(section, "").content.decode()
    assert f'href="{first.url}"' in html
    assert "Our role" in html
    item = make_page(home, "A report", model=ResourceLinkPage)
    assert "leads nowhere yet" in shown(item, "").content.decode()
    item.external_address = "https://www.example.org/report/"
    assert "https://www.example.org/report/" in shown(item, "").content.decode()
