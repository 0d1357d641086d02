"""Where a page lives when it is moved or renamed (design, section 5)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from content.addresses.index import PageAddress
from tests.content.helpers import heading, problems, trail
from tests.factories import edit, fresh, make_page, make_section, make_site

Commits = Callable[..., AbstractContextManager[object]]


# Moves and names


def test_moving_keeps_the_address(client: Client, home: Page) -> None:
    page = make_page(make_section(home, "About us"), "History", "/our-past/")
    page.move(make_section(home, "Elsewhere"), pos="last-child")
    assert fresh(page).url == "/our-past/"
    assert heading(client, "/our-past/") == "History"
    assert trail(client, "/elsewhere/history/") == ["301 /our-past/", "200"]
    assert problems() == []


def test_moving_a_page_without_an_address_leaves_a_redirect(client: Client, home: Page) -> None:
    page = make_page(make_section(home, "About us"), "History")
    page.move(make_section(home, "Elsewhere"), pos="last-child")
    assert trail(client, "/about-us/history/") == ["301 /elsewhere/history/", "200"]
    assert problems() == []


def test_moving_a_section_takes_its_pages_along(client: Client, home: Page) -> None:
    section = make_section(home, "About us")
    group = make_section(section, "People")
    with_address = make_page(group, "Team", "/team/")
    without = make_page(group, "Board")
    group.move(make_section(home, "Elsewhere"), pos="last-child")
    assert fresh(with_address).url == "/team/"
    assert trail(client, "/team/") == ["200"]
    assert fresh(without).url == "/elsewhere/people/board/"
    assert trail(client, "/about-us/people/board/") == ["301 /elsewhere/people/board/", "200"]
    assert problems() == []


def test_reordering_changes_no_address(client: Client, home: Page) -> None:
    section = make_section(home, "About us")
    first = make_page(section, "First", "/first-of-all/")
    second = make_page(section, "Second")
    before = set(PageAddress.objects.values_list("path", "page_id", "kind"))
    second.move(fresh(section), pos="first-child")
    assert set(PageAddress.objects.values_list("path", "page_id", "kind")) == before
    assert fresh(first).url == "/first-of-all/"
    assert fresh(second).url == "/about-us/second/"
    assert trail(client, "/about-us/") == ["302 /about-us/second/", "200"]
    assert problems() == []


def test_moving_onto_a_taken_path_gets_a_free_slug(
    client: Client, home: Page, django_capture_on_commit_callbacks: Commits
) -> None:
    make_page(home, "Holder", "/elsewhere/history/")
    page = make_page(make_section(home, "About us"), "History")
    elsewhere = make_section(home, "Elsewhere")
    with django_capture_on_commit_callbacks(execute=True):
        page.move(elsewhere, pos="last-child")
    assert fresh(page).url == "/elsewhere/history-2/"
    assert heading(client, "/elsewhere/history-2/") == "History"
    assert heading(client, "/elsewhere/history/") == "Holder"
    assert trail(client, "/about-us/history/") == ["301 /elsewhere/history-2/", "200"]
    assert fresh(page).get_latest_revision_as_object().slug == "history-2"
    assert edit(page, title="Past").url == "/elsewhere/history-2/"
    assert problems() == []


def test_moving_a_section_frees_the_slugs_below_it(
    client: Client, home: Page, django_capture_on_commit_callbacks: Commits
) -> None:
    make_page(home, "Holder", "/elsewhere/people/board/")
    group = make_section(make_section(home, "About us"), "People")
    page = make_page(group, "Board")
    with django_capture_on_commit_callbacks(execute=True):
        group.move(make_section(home, "Elsewhere"), pos="last-child")
    assert fresh(page).url == "/elsewhere/people/board-2/"
    assert problems() == []


def test_a_new_title_changes_no_address(client: Client, home: Page) -> None:
    page = make_page(home, "History", "/our-past/")
    other = make_page(home, "Team")
    assert edit(page, title="Our story").url == "/our-past/"
    assert edit(other, title="Our people").url == "/team/"
    assert heading(client, "/our-past/") == "Our story"
    assert heading(client, "/team/") == "Our people"


def test_a_new_slug_does_not_matter_to_a_page_with_an_address(
    client: Client, home: Page, django_capture_on_commit_callbacks: Commits
) -> None:
    page = make_page(home, "History", "/our-past/")
    with django_capture_on_commit_callbacks(execute=True):
        page = edit(page, slug="past")
    assert page.url == "/our-past/"
    assert trail(client, "/past/") == ["301 /our-past/", "200"]


def test_a_new_slug_of_a_page_without_an_address_leaves_a_redirect(
    client: Client, home: Page, django_capture_on_commit_callbacks: Commits
) -> None:
    page = make_page(home, "History")
    with django_capture_on_commit_callbacks(execute=True):
        page = edit(page, slug="past")
    assert page.url == "/past/"
    assert trail(client, "/history/") == ["301 /past/", "200"]
    assert problems() == []


def test_a_new_slug_on_a_taken_path_becomes_a_free_one(home: Page) -> None:
    make_page(home, "Holder", "/past/")
    assert edit(make_page(home, "History"), slug="past").url == "/past-2/"


def test_a_new_slug_of_a_section_frees_the_slugs_below_it(
    client: Client, home: Page, django_capture_on_commit_callbacks: Commits
) -> None:
    make_page(home, "Holder", "/people/team/")
    section = make_section(home, "About us")
    page = make_page(section, "Team")
    with django_capture_on_commit_callbacks(execute=True):
        edit(section, slug="people")
    assert fresh(page).url == "/people/team-2/"
    assert heading(client, "/people/team-2/") == "Team"
    assert trail(client, "/about-us/team/")[-1] == "200"
    assert problems() == []


def test_a_new_page_on_a_taken_path_gets_a_free_slug(client: Client, home: Page) -> None:
    make_page(home, "Holder", "/history/")
    page = make_page(home, "History")
    assert page.url == "/history-2/"
    assert page.get_latest_revision_as_object().slug == "history-2"


def test_a_page_named_like_the_software_gets_a_free_slug(client: Client, home: Page) -> None:
    page = make_page(home, "Admin")
    assert page.url == "/admin-2/"
    assert heading(client, "/admin-2/") == "Admin"


# No circles


def states(home: Page, page: Page) -> list[Callable[[], object]]:
    """Everything that can happen to a page, in an order that has led in circles."""
    elsewhere = make_section(home, "Elsewhere")

    def move(target: Page) -> Callable[[], object]:
        return lambda: fresh(page).move(fresh(target), pos="last-child")

    return [
        lambda: edit(page, slug="past"),
        lambda: edit(page, slug="history"),
        move(elsewhere),
        move(home),
        lambda: edit(page, address="/past/"),
        lambda: edit(page, address="/elsewhere/history/"),
        lambda: edit(page, address="/history"),
        move(elsewhere),
        lambda: edit(page, address=""),
        move(home),
        lambda: edit(page, address="/past/", slug="other"),
    ]


def test_no_redirect_leads_in_a_circle(
    client: Client, home: Page, django_capture_on_commit_callbacks: Commits
) -> None:
    page = make_page(home, "History")
    paths = ["/history/", "/history", "/past/", "/elsewhere/history/", "/other/"]

    def check(moment: str) -> None:
        for path in paths:
            steps = trail(client, path)
            assert len(steps) <= 2, f"{moment}: {path} leads {steps}"
        assert problems() == [], moment

    for number, step in enumerate(states(home, page)):
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            step()
        assert trail(client, fresh(page).url) == ["200"], f"step {number}"
        check(f"step {number}")
        fresh(page).unpublish()
        check(f"step {number}, unpublished")
        edit(page)
    fresh(page).delete()
    check("deleted")


# What the admin says


def test_a_move_to_a_site_where_the_address_is_taken_is_refused(home: Page, client: Client):
    client.force_login(User.objects.create_superuser("editor"))
    other = make_site("other.example.org")
    make_page(other.root_page, "Holder", "/our-past/")
    page = make_page(home, "History", "/our-past/")
    view = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, other.root_page_id])
    answer = client.post(view, follow=True)
    assert "already lives there" in answer.content.decode()
    assert fresh(page).get_parent().pk == home.pk


def test_a_move_that_changes_the_slug_says_so(home: Page, client: Client):
    client.force_login(User.objects.create_superuser("editor"))
    make_page(home, "Holder", "/elsewhere/history/")
    page = make_page(make_section(home, "About us"), "History")
    elsewhere = make_section(home, "Elsewhere")
    view = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, elsewhere.pk])
    answer = client.post(view, follow=True)
    assert "has the slug history-2 now" in answer.content.decode()


# New pages among those that kept their addresses


def create(client: Client, parent: Page, title: str, slug: str, **more: str) -> Page:
    url = reverse("wagtailadmin_pages:add", args=["content", "contentpage", parent.pk])
    data = {"title": title, "slug": slug, "body-count": "0", "action-publish": "1"}
    data |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"} | more
    answer = client.post(url, data)
    assert answer.status_code == 302, answer.context["form"].errors
    return Page.objects.get(title=title)


def test_a_new_page_of_a_moved_section_lives_among_its_siblings(
    client: Client, superuser: User, home: Page
) -> None:
    section = make_section(home, "About us")
    for name in ("History", "Team"):
        make_page(section, name, f"/about-us/{name.lower()}/")
    client.force_login(superuser)
    assert create(client, section, "Before", "before").specific.address == ""
    section.move(make_section(home, "Elsewhere"), pos="last-child")
    page = create(client, fresh(section), "New", "new")
    assert page.specific.address == "/about-us/new/"
    assert trail(client, "/about-us/new/") == ["200"]
    assert create(client, fresh(section), "Own", "own", address="/own/").specific.url == "/own/"


def test_a_new_page_keeps_its_place_where_siblings_share_no_folder(
    client: Client, superuser: User, home: Page
) -> None:
    client.force_login(superuser)
    section = make_section(home, "About us")
    make_page(section, "Team", "/team/")
    assert create(client, section, "One", "one").specific.url == "/about-us/one/"
    make_page(section, "History", "/past/history/")
    assert create(client, section, "Two", "two").specific.url == "/about-us/two/"
    other = make_section(home, "Other")
    make_page(other, "A", "/past/a/")
    # Somebody lives there already.
    assert create(client, other, "Again", "history").specific.url == "/other/history/"
