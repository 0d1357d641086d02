"""Browsers ask for ``/favicon.ico`` whatever a page says, and so did the old sites' readers."""

from __future__ import annotations

from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image
from wagtail.models import Site

from content.models import SiteDocument
from navigation.models import SiteIdentity


def test_a_site_without_an_icon_has_a_neutral_one(client: Client, site: Site) -> None:
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert response["Location"].startswith("/-/static/favicon")
    assert "max-age" in response["Cache-Control"]
    found = finders.find("favicon.ico")
    assert isinstance(found, str)
    with Image.open(Path(found)) as icon:
        assert icon.info["sizes"] == {(16, 16), (32, 32), (48, 48)}


def test_a_sites_own_icon_comes_first(client: Client, site: Site) -> None:
    file = SiteDocument.objects.create(title="favicon.ico", file=ContentFile(b"x", "favicon.ico"))
    SiteIdentity.objects.update_or_create(site=site, defaults={"favicon_file": file})
    assert client.get("/favicon.ico")["Location"] == file.url


def test_a_host_without_a_site_has_the_neutral_icon(client: Client, site: Site) -> None:
    Site.objects.all().delete()
    assert client.get("/favicon.ico")["Location"].startswith("/-/static/favicon")
