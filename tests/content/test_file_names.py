"""Names of files: those of earlier ones lead on, and old paths give their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, Page, Site

from content.models import MediaPath, SiteDocument
from tests import pictures
from tests.editors.people import client_of

pytestmark = pytest.mark.django_db
RTF = b"{\\rtf1 Words}"


@pytest.fixture(autouse=True)
def _an_empty_storage(settings: Any, tmp_path: Path) -> None:
    """Files outlive the rollback of a test, and a name that is taken becomes another one."""
    settings.MEDIA_ROOT = tmp_path


def a_file(name: str, **fields: Any) -> SiteDocument:
    file = ContentFile(pictures.PDF, name=name)
    made: SiteDocument = SiteDocument.objects.create(title="A file", file=file, **fields)
    return made


def replace(document: SiteDocument, name: str, data: bytes = pictures.PDF) -> None:
    """Replace a file as a publisher does."""
    answer = client_of("publisher", name).post(
        reverse("wagtaildocs:edit", args=[document.pk]),
        {
            "title": document.title,
            "collection": document.collection_id,
            "tags": "",
            "file": SimpleUploadedFile(name, data),
        },
    )
    assert answer.status_code == 302, answer.context["form"].errors
    document.refresh_from_db()


def test_every_earlier_name_leads_on_once(client: Client, home: Page) -> None:
    document = a_file("rates 2025.pdf")
    addresses = [document.url]
    for name in ("rates-2026.pdf", "rates.rtf", "rates-2027.pdf"):
        replace(document, name, RTF if name.endswith("rtf") else pictures.PDF)
        addresses.append(document.url)
    assert client.get(addresses.pop()).status_code == 200
    for address in addresses:
        answer = client.get(address, {"page": "2"})
        assert (answer.status_code, answer["Location"]) == (301, f"{document.url}?page=2")
        assert answer["Cache-Control"] == "no-cache"
    for name in ("other.pdf", "", "rates%00.pdf"):
        assert client.get(f"/-/documents/{document.pk}/{name}").status_code == 404
    assert client.get(addresses[0].replace(f"/{document.pk}/", "/999999999999/")).status_code == 404


def test_a_name_that_comes_back_is_that_of_the_file(client: Client, home: Page) -> None:
    document = a_file("a.pdf")
    replace(document, "b.pdf")
    replace(document, "a.pdf")
    assert document.filename == "a.pdf"
    assert document.earlier_names == ["b.pdf"]
    assert client.get(f"/-/documents/{document.pk}/a.pdf").status_code == 200
    assert client.get(f"/-/documents/{document.pk}/b.pdf")["Location"] == document.url


def test_other_changes_remember_nothing(home: Page) -> None:
    document = a_file("a.pdf")
    document.title = "Another title"
    document.save()
    document.save(update_fields=["title"])
    document.refresh_from_db()
    assert document.earlier_names == []


def test_an_earlier_name_of_a_private_file_tells_nothing(client: Client, home: Page) -> None:
    document = a_file("a.pdf")
    old = document.url
    replace(document, "secret-name.pdf")
    private = Collection.get_first_root_node().add_child(instance=Collection(name="Private"))
    CollectionViewRestriction.objects.create(
        collection=private, restriction_type=CollectionViewRestriction.LOGIN
    )
    document.collection = private
    document.save()
    answer = client.get(old)
    assert "login" in answer["Location"]
    assert "secret-name" not in answer["Location"]
    assert client_of("editor").get(old)["Location"] == document.url


@pytest.mark.parametrize(
    ("path", "stored", "called"),
    [
        ("/files/Annual report (1).pdf", "a_mqeUUdP.pdf", 'filename="Annual report (1).pdf"'),
        ("/files/UPPER.PDF", "upper_x.pdf", 'filename="UPPER.PDF"'),
        ("/files/表.pdf", "b.pdf", "filename*=utf-8''%E8%A1%A8.pdf"),
        ("/files/v1.2 of it", "v1.2_of_it.bin", 'filename="v1.2 of it"'),
        ("/files/form.doc", "form-2026.pdf", 'filename="form.pdf"'),
    ],
)
def test_an_old_path_gives_its_own_name(
    client: Client, home: Page, site: Site, path: str, stored: str, called: str
) -> None:
    document = a_file(stored)
    MediaPath.objects.create(site=site, path=path, document=document)
    answer = client.get(path)
    kind = "attachment" if stored.endswith(".bin") else "inline"
    assert answer["Content-Disposition"] == f"{kind}; {called}"
    unchanged = client.get(path, headers={"If-None-Match": answer["ETag"]})
    assert unchanged.status_code == 304


def test_an_old_path_still_answers_after_a_replacement(
    client: Client, home: Page, site: Site
) -> None:
    document = a_file("a.pdf")
    MediaPath.objects.create(site=site, path="/files/a.pdf", document=document)
    replace(document, "b.pdf")
    answer = client.get("/files/a.pdf")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'inline; filename="a.pdf"'
