"""Files become items of a category in one go: titles, dates, rights, and what is refused."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from content.library.pdf_titles import pdf_title
from content.models import SiteDocument
from resources.models import ResourceCategoryPage, ResourceLinkPage, ResourceRoomPage
from tests.editors.people import client_of
from tests.factories import make_page

pytestmark = pytest.mark.django_db

TITLES = {
    b"/Title (Circular 3 of 2026)": "Circular 3 of 2026",
    rb"/Title (Fees \(new\)\040from May)": "Fees (new) from May",
    b"/Title <FEFF004E006F0074006500200031>": "Note 1",
    b"/Title (\xfe\xff\x00N\x00o\x00t\x00e)": "Note",
    b"<dc:title><rdf:Alt><rdf:li xml:lang='x'>R &amp; D grants</rdf:li></rdf:Alt></dc:title>": (
        "R & D grants"
    ),
    b"/Title (Microsoft Word - circular-3_final.docx)": "",
    b"/Title (untitled)": "",
    b"/Title (Slide 1)": "",
    b"/Title ()": "",
    b"/Title (circular.pdf)": "",
    b"/Title (Half": "",
    b"": "",
}


@pytest.mark.parametrize("written", TITLES)
def test_the_title_of_a_pdf(written: bytes) -> None:
    file = io.BytesIO(b"%PDF-1.4\n" + written + b"\n%%EOF")
    assert pdf_title(file) == TITLES[written]
    assert file.tell() == 0
    far = io.BytesIO(b"%PDF-1.4\n" + b"x" * 900_000 + written + b"\n%%EOF")
    assert pdf_title(far) == TITLES[written]
    assert pdf_title(io.BytesIO(b"PK " + written)) == ""


@pytest.fixture
def category(home: Page) -> Any:
    room = make_page(home, "News", model=ResourceRoomPage)
    return make_page(room, "Circulars", model=ResourceCategoryPage)


def pdf(name: str, title: str = "") -> SimpleUploadedFile:
    written = f"/Title ({title})".encode() if title else b""
    content = b"%PDF-1.4\n1 0 obj<<" + written + b">>endobj\n%%EOF\n"
    return SimpleUploadedFile(name, content, "application/pdf")


def post(client: Client, parent: Page, *files: Any, action: str = "submit") -> Any:
    address = reverse("resources_add_files", args=[parent.pk])
    return client.post(address, {"files": list(files), "action": action}, follow=True)


def test_an_editor_adds_two_circulars_and_submits_them(category: Any) -> None:
    client = client_of("editor")
    assert (
        "Submit for approval"
        in client.get(reverse("resources_add_files", args=[category.pk])).content.decode()
    )
    answer = post(client, category, pdf("a.pdf", "Circular 3 of 2026"), pdf("fee_rates-2026.pdf"))
    assert answer.redirect_chain[-1][0] == reverse("wagtailadmin_explore", args=[category.pk])
    assert "Submitted for approval:" in answer.content.decode()
    items = list(ResourceLinkPage.objects.child_of(category).order_by("pk"))
    assert [one.title for one in items] == ["Circular 3 of 2026", "fee rates 2026"]
    for item in items:
        assert item.date == timezone.localdate()
        assert item.document.title == item.title
        assert not item.live
        assert item.workflow_in_progress
        assert item.document.uploaded_by_user.username == "editor"


def test_a_publisher_publishes_at_once(category: Any) -> None:
    post(client_of("publisher"), category, pdf("a.pdf", "Circular 4"), action="publish")
    item = ResourceLinkPage.objects.get()
    assert item.live
    assert item.full_url is not None


def test_the_same_name_twice_gets_two_addresses(category: Any) -> None:
    files = [pdf("a.pdf", "Circular 3"), pdf("b.pdf", "Circular  3")]
    post(client_of("editor"), category, *files, action="draft")
    slugs = ResourceLinkPage.objects.values_list("slug", flat=True)
    assert len(set(slugs)) == 2


def test_the_same_file_twice_is_told_and_not_added(category: Any) -> None:
    client = client_of("editor")
    twice = [pdf("a.pdf", "Circular 3"), pdf("copy.pdf", "Circular 3")]
    told = post(client, category, *twice, action="draft").content.decode()
    item = ResourceLinkPage.objects.get()
    assert "copy.pdf was not added: the very same file is at" in told
    edit = reverse("wagtailadmin_pages:edit", args=[item.pk])
    assert f'<a href="{edit}">Circular 3</a>' in told
    again = post(client, category, pdf("later.pdf", "Circular 3")).content.decode()
    assert "later.pdf was not added" in again
    assert SiteDocument.objects.count() == ResourceLinkPage.objects.count() == 1
    item.delete()
    post(client, category, pdf("later.pdf", "Circular 3"))
    assert ResourceLinkPage.objects.count() == 1


def test_one_bad_file_keeps_no_other_back(category: Any) -> None:
    bad = SimpleUploadedFile("tool.exe", b"MZ", "application/octet-stream")
    answer = post(client_of("editor"), category, bad, pdf("good.pdf", "Good"))
    text = answer.content.decode()
    assert "tool.exe" in text
    assert "It was not added." in text
    assert [one.title for one in ResourceLinkPage.objects.all()] == ["Good"]
    assert SiteDocument.objects.count() == 1


def test_a_file_under_a_wrong_name_is_refused_in_one_sentence(category: Any) -> None:
    bad = SimpleUploadedFile("letter.pdf", b"PK\x03\x04 no PDF", "application/pdf")
    text = post(client_of("editor"), category, bad).content.decode()
    assert "“letter.pdf” is not what its name says" in text
    assert text.count("letter.pdf") == 1
    assert "File extension" not in text


def test_nothing_chosen(category: Any) -> None:
    assert "Choose at least one file first." in post(client_of("editor"), category).content.decode()
    assert not ResourceLinkPage.objects.exists()


def test_too_many_files(category: Any) -> None:
    files = [pdf(f"{number}.pdf") for number in range(21)]
    assert "20 are possible at once" in post(client_of("editor"), category, *files).content.decode()
    assert not SiteDocument.objects.exists()


@pytest.mark.parametrize("role", ["anonymous", "visitor", "manager"])
def test_who_may_not(role: str, category: Any) -> None:
    client = client_of(role)
    address = reverse("resources_add_files", args=[category.pk])
    assert client.get(address).status_code == 302
    client.post(address, {"files": [pdf("a.pdf")], "action": "draft"})
    assert not SiteDocument.objects.exists()


def test_an_editor_may_not_publish_by_asking_for_it(category: Any) -> None:
    post(client_of("editor"), category, pdf("a.pdf"), action="publish")
    assert not SiteDocument.objects.exists()


def test_other_pages_take_no_files(home: Page) -> None:
    client = client_of("editor")
    page = make_page(home, "An ordinary page")
    assert client.get(reverse("resources_add_files", args=[page.pk])).status_code == 302
    assert client.get(reverse("resources_add_files", args=[999_999])).status_code == 404


def test_the_way_there_stands_in_the_list(category: Any) -> None:
    address = reverse("resources_add_files", args=[category.pk])
    for role, seen in (("editor", True), ("publisher", True)):
        client = client_of(role)
        here = client.get(reverse("wagtailadmin_explore", args=[category.pk])).content.decode()
        above = client.get(
            reverse("wagtailadmin_explore", args=[category.get_parent().pk])
        ).content.decode()
        assert (f'data-drop-files="{address}"' in here) == seen
        assert (address in above) == seen
