"""While somebody else writes to an SQLite database, people are told so plainly."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from tests.factories import fresh, make_home, make_page

LOCKED = OperationalError("database is locked")


@pytest.fixture
def visitor() -> Client:
    return Client(HTTP_HOST="localhost", raise_request_exception=False)


def is_told(response: Any) -> bool:
    page = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert "save again" in page
    assert "load this page again" in page
    return "Traceback" not in page and "locked" not in page


@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.django_db
def test_a_view_that_waited_in_vain(
    visitor: Client, home: Page, settings: Any, debug: bool
) -> None:
    settings.DEBUG = debug
    with patch.object(type(home), "serve", side_effect=LOCKED):
        assert is_told(visitor.get("/"))


@pytest.mark.django_db
def test_a_session_that_could_not_be_written(visitor: Client, superuser: Any, home: Page) -> None:
    visitor.force_login(superuser)
    with patch.object(SessionStore, "load", side_effect=LOCKED):
        assert is_told(visitor.get("/admin/"))


@pytest.mark.django_db
def test_another_error_is_still_the_page_for_errors(visitor: Client, home: Page) -> None:
    with patch.object(type(home), "serve", side_effect=OperationalError("disk I/O error")):
        response = visitor.get("/")
    assert response.status_code == 500
    assert "Something went wrong" in response.content.decode()


@contextmanager
def somebody_writing() -> Iterator[None]:
    """Hold the database with a second connection, for which the first waits but a moment."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_save_while_another_connection_writes(
    visitor: Client, tree_root: None, superuser: Any
) -> None:
    page = make_page(make_home("Home", slug="start"), "Our role")
    visitor.force_login(superuser)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = {"title": "Typed meanwhile", "slug": page.slug, "body-count": "0"}
    with somebody_writing():
        assert is_told(visitor.post(url, form))
        answer = visitor.post(url, form, headers={"accept": "application/json"})
        assert (answer.status_code, answer.json()["error_code"]) == (503, "busy")
        assert visitor.get(reverse("editors_form_state")).status_code == 200
        assert fresh(page).latest_revision.as_object().title == "Our role"
    assert visitor.post(url, form).status_code == 302
    assert fresh(page).latest_revision.as_object().title == "Typed meanwhile"
