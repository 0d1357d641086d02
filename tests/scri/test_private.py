"""What visitors meet before a private page or file: the site's own look, and nothing told."""

from __future__ import annotations

import pytest
from wagtail.models import PageViewRestriction

from tests.factories import make_page

pytestmark = pytest.mark.django_db

PASSWORD = "a password to share"


@pytest.fixture
def private(home):
    page = make_page(home, "Plans of next year", "/plans/", search_description="We plan much.")
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password=PASSWORD
    )
    return page


def test_the_form_stands_in_the_frame_and_tells_nothing(client, private):
    shown = client.get("/plans/").content.decode()
    assert shown.count("<h1") == 1
    assert "Password needed" in shown
    assert 'class="header"' in shown
    assert 'name="robots" content="noindex"' in shown
    assert "Plans of next year" not in shown
    assert "We plan much" not in shown


def test_a_wrong_password_is_said_and_the_right_one_opens(client, private):
    form = client.get("/plans/").context["form"]
    action = client.get("/plans/").context["action_url"]
    wrong = client.post(action, {"password": "guessed", **form.initial})
    shown = wrong.content.decode()
    assert 'role="alert"' in shown
    assert "not correct" in shown
    right = client.post(action, {"password": PASSWORD, **form.initial})
    assert right.status_code == 302
    assert "Plans of next year" in client.get("/plans/").content.decode()


def test_a_page_for_some_people_asks_for_a_login(client, home, superuser):
    page = make_page(home, "Minutes", "/minutes/")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    answer = client.get("/minutes/", follow=True)
    shown = answer.content.decode()
    assert 'class="header"' in shown
    assert 'name="username"' in shown
    assert '<input type="hidden" name="next" value="/minutes/">' in shown
    refused = client.post(answer.request["PATH_INFO"], {"username": "a", "password": "b"})
    assert 'role="alert"' in refused.content.decode()
