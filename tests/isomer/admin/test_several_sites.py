"""Several sites in one database: each is seen and judged by those who look after it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Site

from isomer.models import Certificate, ImportedObject, ImportMessage, ImportRun, RunRequest, SignOff
from isomer.review.sign_off import seen
from isomer.verify.run import verify_run
from isomer.views.whose_site import sites_of
from tests.editors.people import client_of
from tests.isomer.admin.people import make_site, row_of
from tests.isomer.importing import command_output, write_documents

pytestmark = pytest.mark.django_db

OTHER = {
    "home__md": "---\nlayout: homepage\ntitle: Other\npermalink: /\n---\n",
    "secret__md": "---\ntitle: Secret\npermalink: /work/secret/\n---\nOther words.\n",
}
RIGHTS = (
    "sign_off_pages", "view_signoff", "start_import", "view_runrequest", "view_importrun",
    "view_importmessage", "view_importedobject", "view_certificate",
)  # fmt: skip


@pytest.fixture
def sites(tmp_path: Path) -> tuple[Site, Site]:
    """Two sites, each filled from a source of its own and verified."""
    first = make_site(tmp_path / "first")
    write_documents(tmp_path / "second", **OTHER)
    command_output(str(tmp_path / "second"), "--site", "other.example.org")
    verify_run(hostname="other.example.org")
    return first, Site.objects.get(hostname="other.example.org")


def person_of(place: Any, right: str = "change_page") -> Client:
    """Return the client of somebody with all rights on imports and one right on a page."""
    person = User.objects.create_user(f"of-{place.pk if place else 'nothing'}")
    group = Group.objects.create(name=str(person))
    own = Permission.objects.filter(content_type__app_label="isomer", codename__in=RIGHTS)
    admin = Permission.objects.get(codename="access_admin")
    group.permissions.add(admin, *own)
    assert own.count() == len(RIGHTS)
    if place is not None:
        permission = Permission.objects.get(
            codename=right, content_type__app_label="wagtailcore", content_type__model="page"
        )
        GroupPagePermission.objects.create(group=group, page=place, permission=permission)
    person.groups.add(group)
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("right", ["change_page", "publish_page", "lock_page"])
def test_any_right_on_a_page_of_the_site_counts(sites, right: str) -> None:
    _first, other = sites
    section = other.root_page.get_children().first()
    client = person_of(section, right)
    assert sites_of(User.objects.get(pk=client.session["_auth_user_id"])) == {other.pk}


def test_who_has_a_right_above_all_sites_looks_after_each(sites) -> None:
    first, other = sites
    client = person_of(first.root_page.get_parent())
    assert sites_of(User.objects.get(pk=client.session["_auth_user_id"])) == {first.pk, other.pk}


def test_site_managers_look_after_every_site_and_rights_on_imports_alone_are_none(sites) -> None:
    client_of("manager")
    assert sites_of(User.objects.get(username="manager")) == {site.pk for site in sites}
    client = person_of(None)
    assert sites_of(User.objects.get(pk=client.session["_auth_user_id"])) == frozenset()


def test_the_list_and_the_record_are_those_of_the_own_site(sites) -> None:
    first, other = sites
    client = person_of(other.root_page)
    listing = client.get(reverse("isomer_sign_off")).content.decode()
    assert "Secret" in listing
    assert "First" not in listing
    for name in ("isomer_sign_off", "isomer_sign_off_record", "isomer_sign_off_record_json"):
        assert client.get(f"{reverse(name)}?site={other.pk}").status_code == 200, name
        assert client.get(f"{reverse(name)}?site={first.pk}").status_code == 404, name


def test_a_page_of_another_site_is_not_judged(sites) -> None:
    first, other = sites
    client = person_of(other.root_page)
    for site, document, allowed in ((first, "first.md", False), (other, "secret.md", True)):
        row = row_of(site, document)
        address = reverse("isomer_sign_off_page", args=[row.pk])
        data = {"decision": "accepted", "remark": "", "seen": seen(row)}
        assert (client.get(address).status_code == 200) is allowed
        client.post(address, data)
        assert SignOff.objects.filter(imported=row.pk).exists() is allowed
        side = client.get(reverse("isomer_sign_off_side", args=[row.pk, "source"]))
        assert (side.status_code == 200) is allowed


def test_several_pages_of_another_site_are_not_accepted(sites) -> None:
    first, other = sites
    client = person_of(other.root_page)
    row = row_of(first, "first.md")
    data = {"page": [row.pk], f"seen-{row.pk}": seen(row), "action": "accept", "accept": "ticked"}
    client.post(f"{reverse('isomer_sign_off')}?site={first.pk}", data)
    client.post(reverse("isomer_sign_off"), data)
    assert not SignOff.objects.exists()


@pytest.mark.parametrize("model", [ImportRun, ImportMessage, ImportedObject, Certificate])
def test_listings_hold_the_rows_of_the_own_site(sites, model: Any) -> None:
    first, other = sites
    client = person_of(other.root_page)
    name = f"isomer_{model._meta.model_name}_modeladmin"
    field = "site" if model in (ImportRun, ImportedObject) else "run__site"
    listing = client.get(reverse(f"{name}_index"))
    assert listing.status_code == 200
    shown = {row.pk for row in listing.context["object_list"]}
    foreign = model.objects.filter(**{field: first})
    assert foreign.exists()
    assert shown
    assert not shown & set(foreign.values_list("pk", flat=True))
    inspect = reverse(f"{name}_inspect", args=[foreign.first().pk])
    assert client.get(inspect).status_code == 302
    own = model.objects.filter(**{field: other}).first()
    assert client.get(reverse(f"{name}_inspect", args=[own.pk])).status_code == 200


def test_an_import_is_started_into_the_own_site_only(
    sites, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, other = sites
    settings.ISOMER_SOURCES = {"agency": str(tmp_path / "second")}
    monkeypatch.setattr("isomer.runs.requests.start_process", lambda request: None)
    client = person_of(other.root_page)
    client.post(reverse("isomer_requests"), {"source": "agency", "site": first.pk})
    assert not RunRequest.objects.exists()
    client_of("manager").post(reverse("isomer_requests"), {"source": "agency", "site": first.pk})
    foreign = RunRequest.objects.get()
    for name in ("isomer_request", "isomer_request_progress"):
        assert client.get(reverse(name, args=[foreign.pk])).status_code == 404
    client.post(reverse("isomer_request", args=[foreign.pk]), {"cancel": "1"})
    foreign.refresh_from_db()
    assert foreign.state == RunRequest.State.PLANNING
