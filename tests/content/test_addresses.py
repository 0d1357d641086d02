"""Where a page lives from its first draft to its end (design, section 5)."""

from __future__ import annotations

import hashlib
import inspect
import logging
import unicodedata
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from urllib.parse import unquote

import pytest
import wagtail.views
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.urls import get_script_prefix, reverse, set_script_prefix
from django.utils import timezone
from wagtail.models import Page

from content.addresses.index import PageAddress, page_url, url_of
from tests.content.helpers import heading, problems, trail
from tests.factories import edit, fresh, make_page, make_section

Commits = Callable[..., AbstractContextManager[object]]


@pytest.mark.parametrize("prefix", ["/", "/below/"])
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/a b/",
        "/100%25/",
        "/\u0301e\u0301/",
        "//x/",
        "/a'(b);c=d,e&f~g:h@i!j$k*l+m",
        '/"<[^`{|}]>',
        "/?#",
    ],
)
def test_the_path_of_an_address_is_what_django_makes_of_it(address: str, prefix: str) -> None:
    before = get_script_prefix()
    set_script_prefix(prefix)
    path = unicodedata.normalize("NFC", unquote(address))[1:]
    assert url_of(address) == reverse("wagtail_serve", args=[path])
    set_script_prefix(before)


# Drafts and publishing


def test_a_page_without_an_address_lives_in_the_tree(client: Client, home: Page) -> None:
    page = make_page(make_section(home, "About us"), "History")
    assert page.url == "/about-us/history/"
    assert heading(client, "/about-us/history/") == "History"


def test_a_page_with_an_address_lives_there_alone(client: Client, home: Page) -> None:
    page = make_page(make_section(home, "About us"), "History", "/our-past/")
    assert page.url == "/our-past/"
    assert page.full_url.endswith("/our-past/")
    assert heading(client, "/our-past/") == "History"
    assert trail(client, "/about-us/history/") == ["301 /our-past/", "200"]


def test_a_drafts_new_address_is_not_public_before_it_is_published(
    client: Client, home: Page
) -> None:
    page = make_page(home, "History", "/old/")
    draft = edit(page, publish=False, address="/new/")
    assert draft.get_latest_revision_as_object().url == "/old/"
    assert draft.url == "/old/"
    assert trail(client, "/new/") == ["404"]
    assert trail(client, "/old/") == ["200"]
    published = edit(page)
    assert published.url == "/new/"
    assert trail(client, "/old/") == ["301 /new/", "200"]


def test_a_page_never_published_has_no_public_address(client: Client, home: Page) -> None:
    page = make_page(home, "History", "/history-of-ours/", live=False)
    assert trail(client, "/history-of-ours/") == ["404"]
    assert trail(client, "/history/") == ["404"]
    assert page_url(page, RequestFactory().get("/")) == ""


def test_a_page_held_in_memory_knows_its_published_address(home: Page) -> None:
    page = make_page(home, "History", "/old/")
    edit(page, address="/new/")
    page.refresh_from_db()
    assert page.url == "/new/"
    page.address = "/unsaved/"
    page.refresh_from_db(fields=["title"])
    assert page.url == "/new/"


def test_scheduled_publishing_publishes_the_address(client: Client, home: Page) -> None:
    page = make_page(home, "History", "/old/")
    schedule(page, minutes=-1, address="/new/")
    assert trail(client, "/new/") == ["404"]
    call_command("publish_scheduled")
    assert trail(client, "/new/") == ["200"]
    assert trail(client, "/old/") == ["301 /new/", "200"]


def test_scheduling_for_later_publishes_nothing(client: Client, home: Page) -> None:
    page = make_page(home, "History", "/old/")
    edit(page, address="/new/", go_live_at=timezone.now() + timedelta(days=1))
    call_command("publish_scheduled")
    assert trail(client, "/new/") == ["404"]
    assert trail(client, "/old/") == ["200"]


def test_of_two_scheduled_drafts_that_claim_one_address_the_first_gets_it(
    client: Client, home: Page, caplog: pytest.LogCaptureFixture
) -> None:
    late = make_page(home, "Late", "/wanted/", live=False)
    early = make_page(home, "Early", "/wanted/", live=False)
    schedule(late, minutes=-1)
    schedule(early, minutes=-2)
    with caplog.at_level(logging.WARNING, "content.addresses.index"):
        call_command("publish_scheduled")
    assert heading(client, "/wanted/") == "Early"
    assert fresh(late).url == "/late/"
    assert heading(client, "/late/") == "Late"
    assert "/wanted/ is taken" in caplog.text
    assert problems() == []


def test_a_draft_that_claims_a_place_in_the_tree_leaves_it_to_who_lives_there(
    client: Client, home: Page
) -> None:
    make_page(home, "History")
    claimant = make_page(home, "Claimant", "/history/")
    assert claimant.url == "/claimant/"
    assert heading(client, "/history/") == "History"
    assert heading(client, "/claimant/") == "Claimant"


def test_saving_again_keeps_the_address_even_if_another_page_got_into_its_way(home: Page) -> None:
    page = make_page(home, "History", "/wanted/")
    other = make_page(home, "Wanted elsewhere")
    Page.objects.filter(pk=other.pk).update(slug="wanted", url_path=f"{home.url_path}wanted/")
    assert edit(page, title="History of ours").url == "/wanted/"


def schedule(page: Page, minutes: int, **changes: str) -> None:
    moment = timezone.now() + timedelta(minutes=minutes)
    draft = page.get_latest_revision_as_object()
    draft.go_live_at = moment
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.save_revision(approved_go_live_at=moment)


# Changing and clearing an address


def test_every_earlier_address_leads_to_todays_in_one_step(client: Client, home: Page) -> None:
    page = make_page(home, "History", "/one/")
    edit(page, address="/two/")
    edit(page, address="/three/")
    for path in ("/one/", "/two/", "/history/"):
        assert trail(client, path) == ["301 /three/", "200"]
    edit(page, address="/one/")
    for path in ("/two/", "/three/", "/history/"):
        assert trail(client, path) == ["301 /one/", "200"]
    assert trail(client, "/one/") == ["200"]


def test_a_cleared_address_leads_back_to_the_tree(client: Client, home: Page) -> None:
    page = edit(make_page(home, "History", "/one/"), address="")
    assert page.url == "/history/"
    assert trail(client, "/history/") == ["200"]
    assert trail(client, "/one/") == ["301 /history/", "200"]


def test_redirects_are_asked_for_again_because_an_address_may_be_cleared(
    client: Client, home: Page
) -> None:
    make_page(home, "History", "/one/")
    assert client.get("/history/")["Cache-Control"] == "no-cache"


def test_only_the_trailing_slash_changes(client: Client, home: Page) -> None:
    page = edit(make_page(home, "History", "/one/"), address="/one")
    assert page.url == "/one"
    assert trail(client, "/one/") == ["301 /one", "200"]
    assert PageAddress.objects.get(page=page).address == "/one"


def test_the_place_a_page_had_before_its_first_address_keeps_leading_there(
    client: Client, home: Page, django_capture_on_commit_callbacks: Commits
) -> None:
    page = make_page(make_section(home, "About us"), "History")
    edit(page, address="/our-past/")
    with django_capture_on_commit_callbacks(execute=True):
        edit(page, slug="past")
    fresh(page).move(make_section(home, "Elsewhere"), pos="last-child")
    assert trail(client, "/about-us/history/") == ["301 /our-past/", "200"]
    assert trail(client, "/elsewhere/past/") == ["301 /our-past/", "200"]


def test_an_old_address_is_reused_by_a_new_page(client: Client, home: Page) -> None:
    edit(make_page(home, "First", "/one/"), address="/two/")
    second = make_page(home, "Second", "/one/")
    assert heading(client, "/one/") == "Second"
    assert heading(client, "/two/") == "First"
    second.delete()
    assert trail(client, "/one/") == ["404"]
    assert trail(client, "/two/") == ["200"]


def test_a_new_page_in_the_tree_comes_before_an_old_address(client: Client, home: Page) -> None:
    edit(make_page(home, "First", "/one/"), address="/two/")
    make_page(home, "One")
    assert heading(client, "/one/") == "One"


# Copies and aliases


@pytest.mark.parametrize("live", [True, False])
def test_a_copy_has_no_address(client: Client, home: Page, live: bool) -> None:
    page = make_page(home, "History", "/our-past/")
    edit(page, publish=False, address="/draft/")
    copy = fresh(page).copy(update_attrs={"title": "Copy", "slug": "copy"}, keep_live=live)
    assert fresh(copy).address == ""
    assert [revision.as_object().address for revision in fresh(copy).revisions.order_by("id")] == [
        ""
    ] * copy.revisions.count()
    assert heading(client, "/our-past/") == "History"
    assert trail(client, "/copy/") == ["200" if live else "404"]
    assert edit(copy).url == "/copy/"
    assert problems() == []


def test_a_copied_subtree_has_no_addresses(client: Client, home: Page) -> None:
    section = make_section(home, "About us", address="/about/")
    make_page(section, "History", "/our-past/")
    copy = fresh(section).copy(
        recursive=True, update_attrs={"title": "About them", "slug": "about-them"}, keep_live=True
    )
    below = fresh(fresh(copy).get_children().get())
    assert (fresh(copy).address, below.address) == ("", "")
    assert below.url == "/about-them/history/"
    assert trail(client, "/our-past/") == ["200"]
    assert trail(client, "/about-them/history/") == ["200"]
    assert problems() == []


def test_a_copy_on_a_taken_path_gets_a_free_slug(home: Page) -> None:
    make_page(home, "Holder", "/elsewhere/history/")
    page = make_page(home, "History")
    copy = page.copy(to=make_section(home, "Elsewhere"), keep_live=True)
    assert fresh(copy).url == "/elsewhere/history-2/"
    assert problems() == []


def test_an_alias_lives_in_the_tree(client: Client, home: Page) -> None:
    page = make_page(home, "History", "/our-past/")
    alias = fresh(page.create_alias(parent=make_section(home, "Elsewhere")))
    assert (alias.address, alias.url) == ("", "/elsewhere/history/")
    assert trail(client, "/our-past/") == ["200"]
    assert trail(client, "/elsewhere/history/") == ["200"]
    assert problems() == []


def test_an_alias_keeps_its_place_when_its_original_is_published(
    client: Client, home: Page
) -> None:
    page = make_page(home, "History", "/our-past/")
    alias = page.create_alias(parent=make_section(home, "Elsewhere"))
    edit(page, title="Our story", address="/our-story/")
    assert (fresh(alias).title, fresh(alias).address) == ("Our story", "")
    assert trail(client, "/our-story/") == ["200"]
    assert trail(client, "/our-past/") == ["301 /our-story/", "200"]
    assert heading(client, "/elsewhere/history/") == "Our story"


# Unpublishing and deleting


def test_an_unpublished_page_answers_nowhere_and_comes_back(client: Client, home: Page) -> None:
    page = edit(make_page(home, "History", "/one/"), address="/two/")
    page.unpublish()
    for path in ("/one/", "/two/", "/history/"):
        assert trail(client, path) == ["404"]
    edit(page)
    assert trail(client, "/one/") == ["301 /two/", "200"]
    assert trail(client, "/two/") == ["200"]


def test_an_unpublished_page_leaves_its_address_to_others(client: Client, home: Page) -> None:
    page = make_page(home, "History", "/our-past/")
    page.unpublish()
    make_page(home, "Successor", "/our-past/")
    assert heading(client, "/our-past/") == "Successor"
    assert edit(page).url == "/history/"
    assert heading(client, "/our-past/") == "Successor"
    assert heading(client, "/history/") == "History"


def test_a_deleted_page_takes_its_addresses_along(client: Client, home: Page) -> None:
    section = make_section(home, "About us")
    page = edit(make_page(section, "History", "/one/"), address="/two/")
    fresh(section).delete()
    assert not PageAddress.objects.filter(page_id=page.pk).exists()
    for path in ("/one/", "/two/", "/about-us/history/"):
        assert trail(client, path) == ["404"]
    assert problems() == []


def test_an_expired_page_answers_no_more(client: Client, home: Page) -> None:
    page = make_page(home, "History", "/our-past/")
    edit(page, expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    assert trail(client, "/our-past/") == ["404"]


# Preview


def test_a_preview_shows_the_draft_before_its_address_is_public(
    client: Client, home: Page, superuser: User
) -> None:
    page = edit(make_page(home, "History", "/one/"), publish=False, title="New", address="/two/")
    assert b"New" in page.get_latest_revision_as_object().make_preview_request().content
    client.force_login(superuser)
    view_draft = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    assert heading(client, view_draft) == "New"
    assert trail(client, "/two/") == ["404"]


def test_a_page_never_published_can_be_previewed(home: Page) -> None:
    page = make_page(home, "History", "/one/", live=False)
    assert page.make_preview_request().status_code == 200


# What is overridden


@pytest.mark.parametrize(
    ("function", "digest", "ours"),
    [
        (
            Page.get_url_parts,
            "be4f52b3a4585295132b8051bdde13bbedc67a9e4aca8ae1e42a21113dfcc2c7",
            "content.addresses.index.AddressedPage.get_url_parts",
        ),
        (
            Page.with_content_json,
            "dbd407eb32b136d6d0ffc640784ed59e02c5a566c0ebf8926a1650f61d3176ba",
            "content.addresses.index.AddressedPage.with_content_json",
        ),
        (
            Page.route,
            "643c9afcc2deb381296f704fbcfb95e6b200c7d8710bafcc62d3d8c8070b6da3",
            "content.addresses.routing.SiteRootMixin.route",
        ),
        (
            wagtail.views.serve,
            "eab2a9d475a3384347f8dd3a62e522b635298d6990adf6e3fbbdd302bfa8d62b",
            "content.addresses.routing.serve",
        ),
    ],
)
def test_what_we_override_in_wagtail_is_what_we_read(
    function: Callable[..., object], digest: str, ours: str
) -> None:
    today = hashlib.sha256(inspect.getsource(function).encode()).hexdigest()
    assert today == digest, (
        f"Wagtail has changed {function.__module__}.{function.__qualname__}. Read its new source"
        f" beside {ours}, which stands in for it or builds on it. When both fit together again,"
        f" write {today} here."
    )
