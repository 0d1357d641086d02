"""From the admin: making a site, and replacing what another repository brought."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Site

from isomer.models import RunRequest
from isomer.runs import requests
from isomer.runs.request_process import work_on
from navigation.models import SiteIdentity
from tests.isomer.admin.people import log_in
from tests.isomer.importing import run_import
from tests.isomer.test_origin import OTHERS, PAGES, repository

pytestmark = pytest.mark.django_db


@pytest.fixture
def sources(tmp_path: Any, settings: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(requests, "start_process", lambda request: None)
    settings.ISOMER_REPORTS = str(tmp_path / "reports")
    settings.ISOMER_SOURCES = {
        "first": repository(tmp_path / "first", "First Agency", PAGES),
        "second": repository(tmp_path / "second", "Second Agency", OTHERS),
    }
    run_import(tmp_path / "first")


def ask(client: Any, **values: str) -> Any:
    site = Site.objects.get(is_default_site=True)
    return client.post(reverse("isomer_requests"), {"source": "second", "site": site.pk, **values})


def decide(client: Any, asked: RunRequest, **values: str) -> RunRequest:
    asked.refresh_from_db()
    data = {"confirm": "1", "digest": asked.plan["digest"], **values}
    client.post(reverse("isomer_request", args=[asked.pk]), data)
    work_on(asked.pk)
    asked.refresh_from_db()
    return asked


def test_what_another_repository_brought_needs_a_confirmation_of_its_own(
    client: Any, sources: None
) -> None:
    log_in(client, "starter")
    ask(client)
    asked = RunRequest.objects.get()
    work_on(asked.pk)
    page = client.get(reverse("isomer_request", args=[asked.pk])).content.decode()
    assert "was filled from “first” (First Agency)" in page
    assert "--replace-site" not in page
    assert decide(client, asked).state == "planned"
    assert SiteIdentity.objects.get().name == "First Agency"
    assert decide(client, asked, replace="1").state == "done"
    assert SiteIdentity.objects.get().name == "Second Agency"


def test_a_new_site_is_made_for_those_who_may_make_sites(client: Any, sources: None) -> None:
    log_in(client, "administrator")
    ask(client, new_hostname="WWW.Second.example")
    asked = RunRequest.objects.get()
    work_on(asked.pk)
    asked.refresh_from_db()
    assert asked.replaces == ""
    assert decide(client, asked).run.site.hostname == "www.second.example"
    assert SiteIdentity.objects.filter(name="First Agency").exists()


@pytest.mark.parametrize("name", ["localhost", "not a host/", "a@b"])
def test_a_name_that_can_not_be_a_new_site_is_refused(
    client: Any, sources: None, name: str
) -> None:
    log_in(client, "administrator")
    assert ask(client, new_hostname=name).status_code == 200
    assert not RunRequest.objects.exists()
