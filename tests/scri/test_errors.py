"""The pages for what went wrong: no entry, refused forms, and the server's own faults."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client, RequestFactory, override_settings
from wagtail.models import Page, PageViewRestriction, Site

from content.models import ContentPage
from scri.views import forbidden
from tests.factories import make_page, make_section

SECRET = "Merger with the Other Institute"


@pytest.fixture
def secret(home: Page) -> ContentPage:
    section = make_section(home, "Plans")
    page: ContentPage = make_page(
        section, SECRET, slug="plan", seo_title=SECRET, search_description=f"All on {SECRET}"
    )
    return page


def closed(page: Page, kind: str, **values: Any) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type=kind, **values)


def soup_of(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html5lib")


def says_nothing_of_it(response: Any) -> None:
    text = response.content.decode()
    assert SECRET not in text
    assert "Merger" not in text
    assert '<meta name="robots" content="noindex">' in text
    assert "site.css" in text
    soup = soup_of(response)
    assert len(soup.select("h1")) == 1
    assert soup.select_one(".header") is not None
    assert soup.select_one(".footer") is not None


def test_a_password_page_says_nothing_of_what_it_keeps(client: Client, secret: Page) -> None:
    closed(secret, "password", password="open")
    url = "/plans/plan/"
    response = client.get(url)
    says_nothing_of_it(response)
    assert response["Cache-Control"].count("no-store") == 1
    form = soup_of(response).select_one("form.form")
    assert form is not None
    label = form.select_one("label")
    assert label is not None
    assert form.select_one(f'input#{label["for"]}[type="password"]') is not None
    values = {"return_url": url, "password": "wrong"}
    refused = client.post(str(form["action"]), values)
    says_nothing_of_it(refused)
    assert soup_of(refused).select_one('.form__error[role="alert"]') is not None
    opened = client.post(str(form["action"]), values | {"password": "open"}, follow=True)
    assert SECRET in opened.content.decode()


def test_who_must_log_in_is_asked_in_the_look_of_the_site(
    client: Client, secret: Page, django_user_model: type[User]
) -> None:
    closed(secret, "login")
    response = client.get("/plans/plan/", follow=True)
    says_nothing_of_it(response)
    form = soup_of(response).select_one("form.form")
    assert form is not None
    user = django_user_model.objects.create_user("reader", password="right")
    given = {"username": "reader", "password": "wrong", "next": "/plans/plan/"}
    refused = client.post(str(form["action"]), given)
    assert soup_of(refused).select_one('.form__error[role="alert"]') is not None
    opened = client.post(str(form["action"]), given | {"password": "right"}, follow=True)
    assert SECRET in opened.content.decode()
    assert user.is_authenticated


def test_who_is_in_the_wrong_group_is_told_so(
    client: Client, secret: Page, django_user_model: type[User]
) -> None:
    closed(secret, "groups").groups.add(Group.objects.create(name="Board"))
    client.force_login(django_user_model.objects.create_user("reader"))
    response = client.get("/plans/plan/", follow=True)
    says_nothing_of_it(response)
    assert "Your account may not see this page" in response.content.decode()


def test_no_entry(rf: RequestFactory, home: Page) -> None:
    request = rf.get("/-/documents/1/x.pdf")
    response = forbidden(request, PermissionDenied())
    assert response.status_code == 403
    says_nothing_of_it(response)


def test_a_form_that_is_too_old_is_explained(site: Site, secret: Page) -> None:
    restriction = closed(secret, "password", password="open")
    strict = Client(enforce_csrf_checks=True)
    url = f"/_util/authenticate_with_password/{restriction.pk}/{secret.pk}/"
    response = strict.post(url, {"return_url": "/", "password": "open"})
    assert response.status_code == 403
    says_nothing_of_it(response)
    assert "send the form once more" in response.content.decode()


def test_a_broken_database_leaves_a_page_that_stands_alone(
    client: Client, home: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise OperationalError("the server closed the connection")

    client.raise_request_exception = False
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    # No manifest was made, so a page that asked for one would break a second time.
    with override_settings(STORAGES=storages), monkeypatch.context() as patch:
        patch.setattr("django.db.backends.utils.CursorWrapper.execute", broken)
        patch.setattr(BaseDatabaseWrapper, "ensure_connection", broken)
        response = client.get("/plain/")
    assert response.status_code == 500
    soup = soup_of(response)
    assert soup.select("h1")[0].get_text() == "Something went wrong"
    assert soup.select_one('meta[name="robots"][content="noindex"]') is not None
    assert "OperationalError" not in response.content.decode()
    static = [str(link["href"]) for link in soup.select("link")]
    root = Path(__file__).resolve().parents[2] / "scri" / "static"
    assert all((root / path.removeprefix("/-/static/")).is_file() for path in static)
