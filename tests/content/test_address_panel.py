"""The address as editors meet it: what it is now, what leads here, what a clash means."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from tests.factories import edit, make_page
from tests.forms import page_form_data


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("editor"))
    return client


def panel(client: Client, page: Page) -> str:
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    soup = BeautifulSoup(response.content, "html5lib")
    found = soup.select_one("#panel-child-promote-address_of_the_page-section")
    assert found is not None
    return " ".join(found.get_text(" ").split())


def test_the_form_says_where_the_page_is_and_what_leads_to_it(home: Page, editor: Client):
    page = make_page(home, "History", "/our-past/")
    edit(page, address="/our-story/")
    Redirect.add_redirect("/story", page)
    text = panel(editor, page)
    assert "Visitors find this page at http://localhost/our-story/ ." in text
    assert "2 other addresses that lead here /our-past/ /story" in text


def test_a_draft_has_no_address_yet(home: Page, editor: Client):
    assert "Visitors can't find this page yet." in panel(
        editor, make_page(home, "Plan", live=False)
    )


def test_a_clash_names_the_page_that_holds_the_address(home: Page, editor: Client):
    holder = make_page(home, "Holder", "/place/")
    page = make_page(home, "History", "/our-past/")
    data = page_form_data(page) | {"address": "/place/", "action-publish": "action-publish"}
    answer = editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    text = answer.content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[holder.pk]) in text
    assert "already lives there" in text
