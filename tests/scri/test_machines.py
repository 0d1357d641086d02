"""What machines ask a site for: robots.txt, security.txt, and the header for search engines."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Site

from content.addresses.paths import address_problem
from navigation.models import SiteIdentity
from tests.factories import make_page
from tests.navigation.helpers import choose_footer

SECURITY = "/.well-known/security.txt"


def fields(client: Client) -> dict[str, str]:
    response = client.get(SECURITY)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    found = dict(line.split(": ", 1) for line in lines)
    assert len(found) == len(lines), "each field stands once"
    return found


def test_a_site_that_is_open_names_its_sitemap(client: Client, site: Site) -> None:
    response = client.get("/robots.txt")
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /-/django-admin/",
        "",
        "Sitemap: http://testserver/sitemap.xml",
    ]
    assert "X-Robots-Tag" not in response


def test_a_site_that_is_not_open_yet_says_so_everywhere(
    client: Client, site: Site, settings: Any
) -> None:
    settings.ALLOW_INDEXING = False
    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"
    make_page(site.root_page, "Plain")
    paths = (
        "/",
        "/plain/",
        "/plain",
        "/nowhere/",
        "/-/healthz",
        "/-/static/favicon.ico",
        "/feed.xml",
    )
    for path in paths:
        assert client.get(path).headers["X-Robots-Tag"] == "noindex", path


def test_security_problems_are_reported_where_the_footer_says(
    client: Client, site: Site, home: Page
) -> None:
    assert client.get(SECURITY).status_code == 404
    footer = choose_footer(site, report_vulnerability="https://example.org/rep ort/é")
    found = fields(client)
    assert found["Contact"] == "https://example.org/rep%20ort/%C3%A9"
    assert found["Canonical"] == f"http://testserver{SECURITY}"
    assert found["Preferred-Languages"] == "en"
    expires = datetime.datetime.fromisoformat(found["Expires"])
    left = expires - timezone.now()
    assert datetime.timedelta(days=30) < left < datetime.timedelta(days=365)
    SiteIdentity.objects.update_or_create(site=site, defaults={"language": "zh-Hans"})
    assert fields(client)["Preferred-Languages"] == "zh-Hans"
    footer.unpublish()
    assert client.get(SECURITY).status_code == 404
    SiteIdentity.objects.update_or_create(site=site, defaults={"is_government": True})
    assert fields(client)["Contact"] == "https://www.tech.gov.sg/report_vulnerability/"


@pytest.mark.parametrize(
    ("address", "contact"),
    [
        ("mailto:safe@example.org", "mailto:safe@example.org"),
        ("/report/", "http://testserver/report/"),
        ("http://example.org/", ""),
        ("#report", ""),
        ("", ""),
        ("https://a.org/\nContact: https://evil.org/", "https://a.org/%0AContact:%20https://evil.org/"),
    ],
)  # fmt: skip
def test_only_what_the_standard_takes_is_a_contact(
    client: Client, site: Site, home: Page, address: str, contact: str
) -> None:
    choose_footer(site, report_vulnerability=address)
    if contact:
        assert fields(client)["Contact"] == contact
    else:
        assert client.get(SECURITY).status_code == 404


def test_no_page_can_live_there() -> None:
    assert "belong to the software" in address_problem("/.well-known/security.txt")


def test_the_admin_can_be_used_while_the_site_is_closed(
    client: Client, site: Site, superuser: User, settings: Any
) -> None:
    settings.ALLOW_INDEXING = False
    client.force_login(superuser)
    assert client.get("/admin/").status_code == 200
