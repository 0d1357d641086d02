"""What the site identity puts into the head of a page, and what it keeps to itself."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.images.tests.utils import get_test_image_file, get_test_image_file_svg
from wagtail.models import Page, Site

from content.models import SiteDocument, SiteImage
from navigation.models import SiteIdentity
from tests.factories import edit, make_page
from tests.navigation.helpers import soup_of


@pytest.fixture
def picture(db: None) -> SiteImage:
    return SiteImage.objects.create(title="Picture", file=get_test_image_file(size=(800, 600)))


@pytest.fixture
def drawing(db: None) -> SiteImage:
    return SiteImage.objects.create(title="Drawing", file=get_test_image_file_svg())


def identify(site: Site, **values: Any) -> None:
    SiteIdentity.objects.update_or_create(site=site, defaults=values)


def icon(soup: BeautifulSoup) -> str:
    return str(soup.select('link[rel="icon"]')[0]["href"])


def shared(soup: BeautifulSoup) -> str:
    found = soup.select_one('meta[property="og:image"]')
    return "" if found is None else str(found["content"])


def test_the_icon_is_a_picture_a_drawing_or_a_file(
    client: Client, site: Site, picture: SiteImage, drawing: SiteImage
) -> None:
    assert icon(soup_of(client)).startswith("/-/static/favicon")
    file = SiteDocument.objects.create(title="favicon.ico", file=ContentFile(b"x", "favicon.ico"))
    identify(site, favicon_file=file)
    assert icon(soup_of(client)) == file.url
    identify(site, favicon=drawing)
    assert icon(soup_of(client)) == drawing.file.url
    identify(site, favicon=picture)
    assert icon(soup_of(client)).endswith(".max-96x96.format-png.png")
    picture.delete()
    assert icon(soup_of(client)) == file.url


def test_the_picture_for_sharing(
    client: Client, site: Site, home: Page, picture: SiteImage, drawing: SiteImage
) -> None:
    page = make_page(home, "Page")
    assert shared(soup_of(client, "/page/")) == ""
    identify(site, logo=picture)
    assert "max-1200x630" in shared(soup_of(client, "/page/"))
    identify(site, share_image=drawing)
    assert "max-1200x630" in shared(soup_of(client, "/page/"))
    identify(site, share_image=picture, logo=None)
    assert shared(soup_of(client, "/page/")).startswith("http://testserver/-/media/")
    identify(site, share_image=None)
    edit(page, share_image=picture)
    assert "fill-1200x630" in shared(soup_of(client, "/page/"))


def test_ids_of_statistics_are_kept_and_unused_until_switched_on(
    client: Client, site: Site
) -> None:
    ids = {
        "google_analytics": "UA-1-1",
        "google_analytics_4": "G-AB",
        "google_tag_manager": "GTM-AB",
        "facebook_pixel": "4242",
        "linkedin_insights": "2424",
    }
    identify(site, **ids)
    page = client.get("/").content.decode()
    assert not [value for value in ids.values() if value in page]
    assert SiteIdentity.objects.get(site=site).google_analytics_4 == "G-AB"
