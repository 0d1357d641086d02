"""The admin's first page: what it offers to each role, and under whose name."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Site, WorkflowState

from isomer.models import ImportRun
from navigation.models import Footer, NavigationSettings, SiteIdentity
from resources.models import ResourceCategoryPage, ResourceRoomPage
from tests.editors.people import client_of, save
from tests.factories import edit, fresh, make_page, make_section

SUBMIT = {"action-submit": "1"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def category(home: Page) -> Any:
    room = make_page(home, "News", model=ResourceRoomPage)
    make_section(home, "About us")
    return make_page(room, "Circulars", model=ResourceCategoryPage)


def first_page(client: Client) -> str:
    text: str = client.get("/admin/").content.decode()
    return text


def panels_of(client: Client) -> dict[str, str]:
    """Return the panels of the first page by their names."""
    answer = client.get("/admin/")
    return {one.name: one.render_html(answer.context) for one in answer.context["panels"]}


def test_work_starts_where_somebody_may_add(category: Any) -> None:
    about = Page.objects.get(title="About us")
    ways = [
        reverse("wagtailadmin_pages:add", args=["resources", "articlepage", category.pk]),
        reverse("resources_add_files", args=[category.pk]),
        reverse("wagtailadmin_pages:add", args=["content", "contentpage", about.pk]),
    ]
    for role, seen in (("editor", True), ("publisher", True), ("manager", False)):
        client = client_of(role)
        html = first_page(client)
        assert [way in html for way in ways] == [seen] * 3, role
        if seen:
            assert [client.get(way).status_code for way in ways] == [200] * 3


def test_a_site_manager_starts_with_what_all_pages_share(home: Page) -> None:
    site = Site.objects.get()
    footer = Footer.objects.create(name="Below")
    NavigationSettings.objects.create(site=site, footer=footer)
    setting = "/admin/settings/navigation/"
    ways = {
        reverse("wagtailsnippets_navigation_menu:list"): {"manager"},
        reverse("wagtailsnippets_navigation_footer:edit", args=[footer.pk]): {"manager"},
        f"{setting}siteidentity/{site.pk}/": {"manager"},
        f"{setting}notification/{site.pk}/": {"manager", "publisher"},
        reverse("wagtailredirects:index"): {"manager"},
        reverse("isomer_requests"): {"manager"},
    }
    for role in ("editor", "publisher", "manager"):
        client = client_of(role)
        html = panels_of(client)["start"]
        for way, roles in ways.items():
            assert (f'href="{way}"' in html) == (role in roles), (role, way)
            if role in roles:
                assert client.get(way).status_code == 200
    assert "Elsewhere" not in html


def test_drafts_and_what_waits_for_whom(home: Page) -> None:
    page = make_page(home, "A plan")
    editor, other = client_of("editor"), client_of("editor", "second")
    assert "No draft of yours is open." in first_page(editor)
    save(editor, page, title="A better plan")
    html = first_page(editor)
    assert "A better plan" in html
    assert "No page waits for anybody." in html
    assert "No draft of yours is open." in first_page(other)
    save(editor, page, title="A better plan", **{"action-submit": "1"})
    for client in (editor, other):
        html = first_page(client)
        assert "waits for Publishers, submitted by Editor" in html
    assert "No draft of yours is open." in first_page(editor)
    edit(fresh(page), publish=True, title="Done")


def test_a_page_that_waits_stands_in_one_list_only(home: Page) -> None:
    editor, publisher = client_of("editor"), client_of("publisher")
    for title in ("First", "Second"):
        save(editor, make_page(home, title), title=f"{title} now", **SUBMIT)
    panels = {"editor": panels_of(editor), "publisher": panels_of(publisher)}
    for title in ("First now", "Second now"):
        assert title in panels["editor"]["waiting"]
        assert title in panels["publisher"]["workflow_objects_to_moderate"]
    assert panels["publisher"]["waiting"].strip() == ""
    WorkflowState.objects.all().delete()
    assert "No page waits for anybody." in first_page(publisher)


def test_how_the_last_import_stands(home: Page) -> None:
    moment = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
    ImportRun.objects.create(
        source="/sources/agency", site=Site.objects.get(), started_at=moment, finished_at=moment,
        created=7, state=ImportRun.State.DONE,
    )  # fmt: skip
    for role, seen in (("editor", False), ("publisher", False), ("manager", True)):
        html = first_page(client_of(role))
        assert ("7 pages created" in html) == seen, role
        assert ("agency" in html) == seen


NAME = "Institute of <Quokka> Studies"
SHOWN = "Institute of &lt;Quokka&gt; Studies"


def test_the_admin_bears_the_sites_own_name(home: Page) -> None:
    SiteIdentity.objects.create(site=Site.objects.get(), name=NAME)
    login = Client().get("/admin/login/").content.decode()
    assert f"Sign in to {SHOWN}" in login
    html = first_page(client_of("editor"))
    for text in (login, html):
        assert "Singapore Clinical" not in text
        assert f"- {SHOWN}</title>" in text
    assert str(settings.WAGTAIL_SITE_NAME) == NAME
    assert settings.WAGTAIL_SITE_NAME == NAME


def test_without_an_identity_it_bears_the_name_of_the_site(home: Page) -> None:
    Site.objects.update(site_name="Our site")
    assert "Sign in to Our site" in Client().get("/admin/login/").content.decode()
    Site.objects.update(site_name="")
    assert (
        f"Sign in to {Site.objects.get().hostname}"
        in Client().get("/admin/login/").content.decode()
    )
    Site.objects.all().delete()
    assert Client().get("/admin/login/").status_code == 200


def test_e_mails_bear_it(home: Page, django_capture_on_commit_callbacks: Any) -> None:
    SiteIdentity.objects.create(site=Site.objects.get(), name="Quokka Institute")
    client_of("publisher")
    page = make_page(home, "A plan")
    with django_capture_on_commit_callbacks(execute=True):
        save(client_of("editor"), page, **{"action-submit": "1"})
    assert mail.outbox
    for message in mail.outbox:
        assert "Quokka Institute" in message.body
        assert "Wagtail" not in message.body
