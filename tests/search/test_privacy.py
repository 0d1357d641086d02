"""What visitors may not see is nowhere: results, counts, filters, suggestions, spelling,
recommended pages."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    Site,
)

from tests.factories import make_page, make_section
from tests.search.sites import make_file, page_saying, soup, suggested, titles, titles_in

SECRET = "Zanubrutinib"


def draft(home: Page) -> None:
    page_saying(home, SECRET, SECRET, live=False)


def unpublished(home: Page) -> None:
    page_saying(home, SECRET, SECRET).unpublish()


def expired(home: Page) -> None:
    page = page_saying(home, SECRET, SECRET)
    past = timezone.now() - datetime.timedelta(minutes=1)
    Page.objects.filter(pk=page.pk).update(expire_at=past)


def scheduled(home: Page) -> None:
    later = timezone.now() + datetime.timedelta(days=1)
    page = page_saying(home, SECRET, SECRET, live=False, go_live_at=later)
    page.get_latest_revision().publish()


def behind_password(home: Page) -> None:
    page = page_saying(home, SECRET, SECRET)
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")


def in_private_section(home: Page) -> None:
    section = make_section(home, SECRET)
    page_saying(section, f"{SECRET} study", SECRET)
    PageViewRestriction.objects.create(page=section, restriction_type="login")


def of_another_site(home: Page) -> None:
    other = make_page(Page.get_first_root_node(), SECRET, model=type(home))
    Site.objects.create(hostname="other.example.org", root_page=other)


def private_document(home: Page) -> None:
    root = Collection.get_first_root_node()
    closed = root.add_child(name="Closed")
    inside = closed.add_child(name="Inside")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    make_file(SECRET, collection=inside)


HIDDEN = [
    draft, unpublished, expired, scheduled, behind_password, in_private_section, of_another_site,
    private_document,
]  # fmt: skip


@pytest.mark.parametrize("hide", HIDDEN, ids=lambda hide: hide.__name__)
def test_nothing_tells_of_what_is_hidden(home: Page, client: Client, hide: Callable):
    page_saying(home, "Open study", "A study that everybody may read of")
    hide(home)
    assert titles(client, SECRET) == []
    assert suggested(client, "zanu") == []
    # One letter off: the spelling of the title is not told either.
    said = soup(client, "Zanubrutinob").get_text()
    assert SECRET.lower() not in said.lower()
    both = soup(client, f"{SECRET} study")
    assert titles_in(both) == ["Open study"]
    assert "1 result for" in both.select_one(".search__count").get_text()
    assert not both.select(".choices")
    for page in Page.objects.filter(title__startswith=SECRET):
        SearchPromotion.objects.create(query=Query.get("study"), page=page)
    assert not soup(client, "study").select(".search__recommended")


def test_draft_of_a_live_page_is_not_searched(home: Page, client: Client):
    page = page_saying(home, "Study", "public words")
    page.body = [("text", f"<p>{SECRET}</p>")]
    page.save_revision()
    assert titles(client, SECRET) == []
    assert titles(client, "public") == ["Study"]


def test_page_is_found_again_when_it_is_public_again(home: Page, client: Client):
    page = page_saying(home, SECRET, SECRET)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert titles(client, SECRET) == []
    restriction.delete()
    assert titles(client, SECRET) == [SECRET]
