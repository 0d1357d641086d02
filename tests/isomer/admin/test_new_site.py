"""Who starts imports can make a site for one, and changes no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Site

from home.models import HomePage
from isomer.models import ImportMessage
from tests.editors.people import client_of
from tests.isomer.importing import command_output, run_import, write_documents

pytestmark = pytest.mark.django_db
HOME = "---\nlayout: homepage\ntitle: Trials\npermalink: /\n---\n"


def make(client: Client, host: str, name: str = "Trials") -> list[str]:
    """Send the form; return the sentences with which it is refused."""
    answer = client.post(reverse("isomer_new_site"), {"host": host, "name": name})
    if answer.status_code == 302:
        return []
    return [str(one) for found in answer.context["form"].errors.values() for one in found]


def test_a_site_manager_makes_a_site_and_an_import_fills_it(home: Page, tmp_path: Path) -> None:
    before = list(Site.objects.values())
    assert make(client_of("manager"), "Trials.example.org") == []
    site = Site.objects.get(hostname="trials.example.org")
    assert not site.is_default_site
    assert not site.root_page.live
    assert list(Site.objects.exclude(pk=site.pk).values()) == before
    write_documents(tmp_path / "source", home__md=HOME)
    command_output(str(tmp_path / "source"), "--site", "trials.example.org")
    site.refresh_from_db()
    assert isinstance(site.root_page.specific, HomePage)
    assert site.root_page.live
    assert not Page.objects.filter(title="Trials", live=False).exists()


def test_a_host_name_that_can_not_be_is_refused(home: Page) -> None:
    client = client_of("manager")
    for host in ("https://x.example.org/", "a@b", "x.example.org:port", ""):
        assert len(make(client, host)) == 1, host
    assert make(client, "localhost:80") == [
        "There is a site with this host name already. Choose it instead."
    ]
    assert Site.objects.count() == 1


@pytest.mark.parametrize("role", ["editor", "publisher"])
def test_others_make_none(home: Page, role: str) -> None:
    client_of(role).post(reverse("isomer_new_site"), {"host": "x.example.org", "name": "X"})
    assert Site.objects.count() == 1


def test_the_filter_of_messages_says_rules_in_words(home: Page, tmp_path: Path) -> None:
    write_documents(tmp_path / "source", home__md=HOME)
    run_import(tmp_path / "source")
    message = ImportMessage.objects.filter(rule="description-missing").first()
    assert message is not None
    listing = reverse("isomer_importmessage_modeladmin_index")
    shown = client_of("manager").get(listing).content.decode()
    assert "?rule=description-missing" in shown
    assert ">description-missing<" not in shown.replace(" ", "").replace("\n", "")
