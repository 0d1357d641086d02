"""Editors paste an address, old or new, into the admin's search and get the page."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from content.addresses.finding import pages_at, path_of
from tests.factories import edit, make_page, make_section


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("/about/", "/about/"),
        ("  /about/?q=1#part ", "/about/"),
        ("https://www.agency.gov.sg/about/us.html", "/about/us.html"),
        ("www.agency.gov.sg/about", "/about"),
        ("//agency.gov.sg/about", "/about"),
        ("https://agency.gov.sg", "/"),
        ("agency.gov.sg", None),
        ("report.pdf", None),
        ("someone@agency.gov.sg", None),
        ("live:no", None),
        ("and/or", None),
        ("localhost:8000/about/", "/about/"),
        ("http://127.0.0.1:8000/about/", "/about/"),
        ("about us", None),
        ("about", None),
        ("", None),
        ("Phase 2/3 trials", None),
        ("http://[broken", None),
    ],
)
def test_what_counts_as_an_address(text: str, path: str | None) -> None:
    assert path_of(text) == path


def titles(text: str) -> list[str]:
    return [page.title for page in pages_at(text)]


def test_a_page_is_found_by_every_address_it_has_or_had(home: Page) -> None:
    page = make_page(make_section(home, "About us"), "History", "/our-past/")
    edit(page, address="/Our story.html")
    for text in ("/Our%20story.html", "/our-past/", "https://old.example.org/our-past"):
        assert titles(text) == ["History"], text
    assert titles("/about-us/history/") == ["History"]
    assert titles(reverse("wagtailadmin_pages:edit", args=[page.pk])) == ["History"]
    assert titles("/nothing-here/") == []


def test_the_home_page_redirects_and_drafts_are_found(home: Page) -> None:
    page = make_page(home, "Team")
    make_page(home, "Plans", "/plans/", live=False)
    Redirect.add_redirect("/people", page)
    assert titles("https://example.org/") == [home.title]
    assert titles("/people/") == ["Team"]
    assert titles("/plans") == ["Plans"]


def test_where_a_page_lives_counts_more_than_where_another_was(home: Page) -> None:
    first = make_page(home, "First", "/place/")
    edit(first, address="/elsewhere/")
    make_page(home, "Second", "/place/")
    assert titles("/place/") == ["Second"]


def test_a_new_page_counts_more_than_one_that_was_moved_away(home: Page) -> None:
    team = make_page(home, "Team", "/team/")
    edit(team, address="/people/", slug="people")
    make_page(home, "New team", slug="team")
    assert titles("/team/") == ["New team"]
    section = make_section(home, "Work")
    one = make_page(section, "One", "/work/")
    edit(one, address="/one/")
    assert titles("/work/") == ["One"]


class Anything(HypothesisTestCase):
    """Whatever is pasted, nothing breaks."""

    @given(st.text(max_size=60))
    def test_no_text_gives_an_error(self, text: str) -> None:
        list(pages_at(text))
        list(pages_at(f"/{text}"))
        list(pages_at(f"https://{text}"))


def test_the_search_of_the_admin_shows_the_page(home: Page, client: Client) -> None:
    client.force_login(User.objects.create_superuser("officer"))
    page = make_page(home, "History", "/our-past/")
    make_page(home, "Our past is not history")
    for name in ("search", "search_results"):
        response = client.get(
            reverse(f"wagtailadmin_pages:{name}"), {"q": "https://x.gov.sg/our-past/"}
        )
        assert response.status_code == 200
        assert [one.pk for one in response.context["object_list"]] == [page.pk]
        assert response.context["all_pages"].count() == 1
        assert "1 None" not in " ".join(response.content.decode().split())
    words = client.get(reverse("wagtailadmin_pages:search"), {"q": "past"})
    assert "Our past is not history" in words.content.decode()


def test_so_does_the_search_of_the_first_page(home: Page, client: Client) -> None:
    client.force_login(User.objects.create_superuser("officer"))
    page = make_page(home, "History", "/our-past/")
    make_page(home, "Elsewhere entirely")
    listing = reverse("wagtailadmin_explore", args=[home.pk])
    found = client.get(listing, {"q": "https://x.gov.sg/our-past/"}).context["object_list"]
    assert [one.pk for one in found] == [page.pk]
    words = client.get(listing, {"q": "elsewhere"}).context["object_list"]
    assert [one.title for one in words] == ["Elsewhere entirely"]
    assert len(client.get(listing).context["object_list"]) == 2


def test_a_page_that_one_may_not_see_is_not_shown(home: Page, client: Client) -> None:
    make_page(home, "History", "/our-past/")
    user = User.objects.create_user("nobody")
    client.force_login(user)
    response = client.get(reverse("wagtailadmin_pages:search"), {"q": "/our-past/"})
    assert "History" not in response.content.decode()
