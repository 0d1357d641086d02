"""While somebody else writes to an SQLite database, people are told so plainly."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.test import Client
from wagtail.models import Page

LOCKED = OperationalError("database is locked")


@pytest.fixture
def visitor() -> Client:
    return Client(HTTP_HOST="localhost", raise_request_exception=False)


def is_told(response: Any) -> bool:
    page = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert "save again" in page
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
