"""How much of the list one click deals with, and which sections it offers."""

from __future__ import annotations

import pytest
from django.utils import timezone
from wagtail.models import Site

from care.listing import sections
from care.models import CareItem
from tests.care.sites import many_pages
from tests.factories import fresh, make_page, make_section

pytestmark = pytest.mark.django_db

REPORT = "/admin/reports/care/"


def many_items(page, kind, number, **fields):
    moment = timezone.now()
    CareItem.objects.bulk_create(
        CareItem(page=page, kind=kind, text="Text", key=f"{kind} {one}", found_at=moment, **fields)
        for one in range(number)
    )


def test_all_of_the_list_means_all(client, superuser, home):
    """The limit is one of pages; how many items they have makes no difference."""
    page = make_page(home, "Page")
    many_items(page, "alt-text-missing", 150)
    many_items(page, "link-unclear", 150)
    client.force_login(superuser)
    client.post(REPORT, {"action": "decorative", "scope": "all"})
    dismissed = CareItem.objects.filter(state="dismissed")
    assert set(dismissed.values_list("kind", flat=True)) == {"alt-text-missing"}
    assert dismissed.count() == 150
    client.post(REPORT, {"action": "dismiss", "scope": "all", "reason": "Why"})
    assert not CareItem.objects.filter(state="open").exists()


def test_only_pages_that_the_action_changes_count(client, superuser, home):
    many_pages(home, 101)
    answer = act(client, superuser, action="raise", scope="all")
    assert "These are more than 100 pages. Nothing was changed." in answer
    CareItem.objects.filter(kind="headings-deep").exclude(page__title="Page 7").delete()
    CareItem.objects.filter(kind="headings-deep").update(detail={"stream": "body"})
    answer = act(client, superuser, action="raise", scope="all")
    assert "1 item dealt with." in answer


def act(client, person, **data):
    client.force_login(person)
    return client.post(REPORT, data, follow=True).content.decode()


def test_sections_to_choose_from_are_those_that_somebody_may_explore(client, people, home):
    secret = make_section(home, "Secret plans", live=False)
    make_page(secret, "In the secret section")
    names = {role: [title for _, title in sections(someone)] for role, someone in people.items()}
    everything = ["First", "Second", "Secret plans"]
    assert names == {
        "superuser": everything,
        "editor": everything,
        "of the first section": ["First"],
        "author": ["First"],
        "reader": [],
    }
    client.force_login(people["of the first section"])
    assert "Secret plans" not in client.get(REPORT).content.decode()


def test_sections_stand_below_the_home_page_of_a_site_wherever_it_is(home, superuser):
    deeper = make_section(make_section(home, "Other site"), "Its home page")
    below = make_section(deeper, "Below it")
    make_page(below, "A page")
    Site.objects.create(hostname="other.example", root_page=fresh(deeper))
    assert [title for _, title in sections(superuser)] == ["Other site", "Below it"]
