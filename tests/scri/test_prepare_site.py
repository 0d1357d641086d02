"""Making a new database ready to look at."""

from __future__ import annotations

import io
import re

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, Site

from home.models import HomePage


def prepare() -> str:
    out = io.StringIO()
    call_command("prepare_site", stdout=out, no_color=True)
    return out.getvalue()


def test_an_empty_site_gets_the_demo_and_a_login(db: None, client: Client) -> None:
    said = prepare()
    home = Site.objects.get(is_default_site=True).root_page
    assert home.specific_class is HomePage
    assert client.get("/").status_code == 200
    assert Page.objects.descendant_of(home).live().count() > 5
    password = re.search(r"password +(\S+)", said)
    assert password is not None
    user = authenticate(username="admin", password=password[1])
    assert user is not None
    assert user.is_superuser
    pages = set(Page.objects.values_list("pk", "latest_revision_id"))

    again = prepare()
    assert password[1] not in again
    assert "changepassword admin" in again
    assert set(Page.objects.values_list("pk", "latest_revision_id")) == pages
    assert authenticate(username="admin", password=password[1]) is not None


def test_a_site_is_known_by_the_port_on_which_it_is_served_now(home: Page) -> None:
    Site.objects.update(hostname="127.0.0.1", port=8000)
    call_command("prepare_site", port=8105, stdout=io.StringIO())
    assert Site.objects.get().port == 8105
    Site.objects.update(hostname="www.agency.gov.sg", port=443)
    call_command("prepare_site", port=8000, stdout=io.StringIO())
    assert Site.objects.get().port == 443


def test_two_sites_never_get_the_same_password(home: Page) -> None:
    passwords = []
    for _ in range(2):
        passwords.append(re.search(r"password +(\S{12,})", prepare())[1])  # type: ignore[index]
        User.objects.all().delete()
    assert passwords[0] != passwords[1]


def test_a_site_with_a_home_page_is_left_as_it_is(home: Page) -> None:
    prepare()
    assert list(Page.objects.filter(depth__gt=1)) == [Page.objects.get(pk=home.pk)]


def test_another_administrator_is_enough(home: Page) -> None:
    User.objects.create_superuser("grace", password="x")
    said = prepare()
    assert "changepassword grace" in said
    assert not User.objects.filter(username="admin").exists()


@pytest.mark.parametrize("rights", [{"is_superuser": False}, {"is_active": False}])
def test_rights_that_were_taken_away_are_not_given_back(
    home: Page, rights: dict[str, bool]
) -> None:
    User.objects.create_superuser("admin", password="x")
    User.objects.filter(username="admin").update(**rights)
    assert "createsuperuser" in prepare()
    assert User.objects.filter(username="admin", **rights).count() == 1
