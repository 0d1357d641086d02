"""Who starts imports can make a site for one, and changes no other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Site

from home.models import HomePage
from isomer.models import ImportMessage, RunRequest
from isomer.runs import requests
from isomer.runs.request_process import work_on
from tests.editors.people import client_of
from tests.isomer.importing import run_import, write_documents

pytestmark = pytest.mark.django_db
HOME = "---\nlayout: homepage\ntitle: Trials\npermalink: /\n---\n"


def make(client: Client, host: str) -> list[str]:
    """Ask for an import into a new site; return the sentences with which it is refused."""
    data = {"source": "agency", "site": Site.objects.get().pk, "new_hostname": host}
    answer = client.post(reverse("isomer_requests"), data)
    if answer.status_code == 302:
        return []
    return [str(one) for found in answer.context["form"].errors.values() for one in found]


@pytest.fixture(autouse=True)
def source(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that may be imported; tests do the work of the process themselves."""
    settings.ISOMER_SOURCES = {"agency": str(tmp_path / "source")}
    settings.ISOMER_REPORTS = str(tmp_path / "reports")
    monkeypatch.setattr(requests, "start_process", lambda request: None)
    write_documents(tmp_path / "source", home__md=HOME)


def test_the_import_makes_the_site_and_fills_it(home: Page) -> None:
    before = list(Site.objects.values())
    client = client_of("manager")
    assert make(client, "Trials.example.org") == []
    asked = RunRequest.objects.get()
    work_on(asked.pk)
    assert list(Site.objects.values()) == before, "a plan makes nothing"
    asked.refresh_from_db()
    address = reverse("isomer_request", args=[asked.pk])
    client.post(address, {"confirm": "1", "digest": asked.plan["digest"]})
    work_on(asked.pk)
    site = Site.objects.get(hostname="trials.example.org")
    assert not site.is_default_site
    assert isinstance(site.root_page.specific, HomePage)
    assert site.root_page.live
    assert list(Site.objects.exclude(pk=site.pk).values()) == before


def test_a_host_name_that_can_not_be_is_refused(home: Page) -> None:
    client = client_of("manager")
    for host in ("https://x.example.org/", "a@b", "x.example.org:port"):
        assert len(make(client, host)) == 1, host
    assert make(client, "localhost:80") == [
        "There is a site of this name. Choose it above and leave this empty."
    ]
    assert not RunRequest.objects.exists()


@pytest.mark.parametrize("role", ["editor", "publisher"])
def test_others_make_none(home: Page, role: str) -> None:
    make(client_of(role), "x.example.org")
    assert not RunRequest.objects.exists()


def test_the_filter_of_messages_says_rules_in_words(home: Page, tmp_path: Path) -> None:
    write_documents(tmp_path / "source", home__md=HOME)
    run_import(tmp_path / "source")
    message = ImportMessage.objects.filter(rule="description-missing").first()
    assert message is not None
    listing = reverse("isomer_importmessage_modeladmin_index")
    shown = client_of("manager").get(listing).content.decode()
    assert "?rule=description-missing" in shown
    assert ">description-missing<" not in shown.replace(" ", "").replace("\n", "")
