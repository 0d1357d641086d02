"""Role × view × object: who may look, who may decide, who may start an import."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from isomer.models import ImportedObject, RunRequest, SignOff
from isomer.review.sign_off import seen
from isomer.runs import requests
from tests.isomer.admin.people import ROLES, log_in, row_of

pytestmark = pytest.mark.django_db

SEE = {"officer", "signer", "administrator"}
SEE_REQUESTS = {"officer", "starter", "administrator"}
# By view: who may look, and who may change something there.
VIEWS = {
    "isomer_sign_off": (SEE, set()),
    "isomer_sign_off_record": (SEE, set()),
    "isomer_sign_off_record_json": (SEE, set()),
    "isomer_sign_off_page": (SEE, {"signer", "administrator"}),
    "isomer_requests": (SEE_REQUESTS, {"starter", "administrator"}),
    "isomer_request": (SEE_REQUESTS, {"starter", "administrator"}),
    "isomer_request_progress": (SEE_REQUESTS, set()),
}


@pytest.fixture
def started(monkeypatch):
    """The requests whose process would have been started."""
    found: list[int] = []
    monkeypatch.setattr(requests, "start_process", lambda request: found.append(request.pk))
    return found


def planned() -> RunRequest:
    now = timezone.now()
    return RunRequest.objects.create(
        source_name="agency", person_name="P", requested_at=now, alive_at=now,
        state="planned", plan={"digest": "abc"},
    )  # fmt: skip


def arguments_of(view: str, site) -> list[int]:
    if view == "isomer_sign_off_page":
        return [row_of(site, "third.md").pk]
    return [planned().pk] if view in ("isomer_request", "isomer_request_progress") else []


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("view", VIEWS)
def test_who_may_look_and_who_may_act(client, signed_site, settings, started, role, view):
    settings.ISOMER_SOURCES = {"agency": "/srv/agency"}
    may_look, may_act = VIEWS[view]
    row = row_of(signed_site, "third.md")
    url = reverse(view, args=arguments_of(view, signed_site))
    log_in(client, role)
    answer = client.get(url)
    assert answer.status_code == (200 if role in may_look else 302)
    if role == "anonymous":
        assert "/admin/login/" in answer["Location"]
    data = {
        "decision": "accepted", "remark": "", "seen": seen(row), "confirm": "1", "digest": "abc",
        "source": "agency", "site": signed_site.pk,
    }  # fmt: skip
    acted = client.post(url, data)
    if role in may_act:
        assert acted.status_code == 302
        assert "/login" not in acted["Location"]
        assert SignOff.objects.count() + len(started) == 1
    else:
        assert acted.status_code in (302, 405)
        assert not SignOff.objects.exists()
        assert not started
        assert not RunRequest.objects.exclude(state="planned").exists()


@pytest.mark.parametrize("role", ["signer", "administrator"])
@pytest.mark.parametrize("source", ["no page", "deleted", "none"])
def test_only_pages_that_are_there_can_be_signed_off(client, signed_site, role, source):
    log_in(client, role)
    row = row_of(signed_site, "third.md")
    pk = row.pk
    if source == "no page":
        pk = ImportedObject.objects.exclude(kind="page").first().pk
    elif source == "deleted":
        Page.objects.get(pk=row.object_id).delete()
    else:
        pk = 999_999
    url = reverse("isomer_sign_off_page", args=[pk])
    assert client.get(url).status_code == 404
    data = {"decision": "accepted", "seen": seen(row)}
    assert client.post(url, data).status_code == 404
    assert not SignOff.objects.exists()


@pytest.mark.parametrize(
    ("role", "is_shown"), [("signer", False), ("officer", False), ("administrator", True)]
)
@pytest.mark.parametrize("hidden", ["private", "draft"])
def test_text_that_is_not_public_any_more_is_for_those_who_may_edit_the_page(
    client, signed_site, role, is_shown, hidden
):
    row = row_of(signed_site, "third.md")
    page = Page.objects.get(pk=row.object_id)
    if hidden == "private":
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    else:
        page.specific.unpublish()
    person = log_in(client, role)
    if role != "administrator":
        # Editors may edit every page; these people may edit another one of the site.
        other = row_of(signed_site, "first.md").object_id
        person.groups.first().page_permissions.update(page=other)
    answer = client.get(reverse("isomer_sign_off_page", args=[row.pk]))
    assert answer.status_code == 200
    assert ("A text" in answer.content.decode()) is is_shown
    assert ("is not shown" in answer.content.decode()) is not is_shown


@pytest.mark.parametrize("role", ["editor", "officer", "signer", "starter", "administrator"])
def test_the_note_on_a_page_is_for_those_who_may_see_imports(client, signed_site, role):
    log_in(client, role)
    row = row_of(signed_site, "first.md")
    page = client.get(reverse("wagtailadmin_pages:edit", args=[row.object_id])).content.decode()
    sees = role in SEE
    assert ("Where this page came from" in page) is sees
    assert ("first.md" in page) is sees
    assert (reverse("isomer_sign_off_page", args=[row.pk]) in page) is sees
    if sees:
        assert "Complete" in page
        assert "A link leads to a page that is not there" in page


def test_a_page_that_was_not_imported_has_no_note(client, signed_site):
    log_in(client, "administrator")
    page = type(Page.objects.get(title="Third").specific)(title="New", slug="new")
    signed_site.root_page.add_child(instance=page)
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "Where this page came from" not in edit
    add = reverse(
        "wagtailadmin_pages:add", args=["content", "contentpage", signed_site.root_page_id]
    )
    assert "Where this page came from" not in client.get(add).content.decode()


@pytest.mark.parametrize("role", ["editor", "officer", "signer", "starter", "administrator"])
def test_menu_and_first_page_show_what_a_person_may_do(client, signed_site, role):
    log_in(client, role)
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert ("4 imported pages to accept" in page) is (role in SEE)
    assert ('"/admin/imports/sign-off/"' in page) is (role in SEE)
    assert ('"/admin/imports/start/"' in page) is (role in SEE_REQUESTS)


def test_groups_can_be_given_these_permissions(client, signed_site):
    log_in(client, "administrator")
    page = client.get(reverse("wagtailusers_groups:add")).content.decode()
    assert "Can sign off imported pages" in page
    assert "Can start imports" in page
