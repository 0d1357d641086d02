"""The library by folder and by role: who sees, chooses, looks after, replaces and deletes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection

from content.models import SiteDocument, SiteImage
from tests.editors.people import GROUPS, client_of
from tests.pictures import picture

pytestmark = pytest.mark.django_db

# Who may give a stored picture or file other bytes, move it or delete it.
REPLACE = {"editor": False, "publisher": True, "manager": False}


@pytest.fixture
def folder() -> Collection:
    """A folder within a folder, as an import makes them."""
    outer = Collection.get_first_root_node().add_child(name="images")
    return outer.add_child(name="2019 campaign")


@pytest.fixture
def image(folder: Collection) -> SiteImage:
    """A picture that an import brought: nobody is known to have added it."""
    file = ContentFile(picture(), "a.png")
    return SiteImage.objects.create(title="a", file=file, collection=folder)


@pytest.fixture
def document(folder: Collection) -> SiteDocument:
    file = ContentFile(b"%PDF-1.4", "a.pdf")
    return SiteDocument.objects.create(title="A form", file=file, collection=folder)


def page_of(client: Client, name: str, *arguments: Any, **query: Any) -> str:
    answer = client.get(reverse(name, args=arguments), query)
    assert answer.status_code == 200
    content: str = answer.content.decode()
    return content


@pytest.mark.parametrize("role", GROUPS)
def test_every_role_finds_imported_pictures_by_folder(
    role: str, image: SiteImage, document: SiteDocument, folder: Collection
) -> None:
    client = client_of(role)
    for name, one in (("wagtailimages:index", image), ("wagtaildocs:index", document)):
        edit = reverse(name.replace("index", "edit"), args=[one.pk])
        assert edit in page_of(client, name)
        assert edit in page_of(client, name, collection_id=folder.pk)
    for name in ("wagtailimages_chooser:choose_results", "wagtaildocs_chooser:choose_results"):
        listed = page_of(client, name, collection_id=folder.pk)
        assert re.search(r"1 (site image|document)\b", listed)


@pytest.mark.parametrize("role", GROUPS)
def test_every_role_sets_the_focal_point_of_an_imported_picture(
    role: str, image: SiteImage
) -> None:
    client, before = client_of(role), image.file.name
    html = page_of(client, "wagtailimages:edit", image.pk)
    assert ('name="file"' in html) == REPLACE[role]
    assert ('name="collection"' in html) == REPLACE[role]
    data = {
        "title": "Nurses at a desk",
        "collection": Collection.get_first_root_node().pk,
        "file": ContentFile(picture(), "b.png"),
        "focal_point_x": "10", "focal_point_y": "12",
        "focal_point_width": "6", "focal_point_height": "8",
    }  # fmt: skip
    assert client.post(reverse("wagtailimages:edit", args=[image.pk]), data).status_code == 302
    after = SiteImage.objects.get(pk=image.pk)
    assert (after.title, after.focal_point_x) == ("Nurses at a desk", 10)
    assert (after.file.name != before) == REPLACE[role]
    assert (after.collection_id != image.collection_id) == REPLACE[role]


@pytest.mark.parametrize("role", GROUPS)
def test_who_deletes_and_moves(role: str, image: SiteImage, document: SiteDocument) -> None:
    client, root = client_of(role), Collection.get_first_root_node()
    for model, edit in ((SiteImage, "wagtailimages:edit"), (SiteDocument, "wagtaildocs:edit")):
        one, label = model.objects.get(), model._meta.model_name
        start = reverse("wagtail_bulk_action", args=["content", label, "add_to_collection"])
        client.post(f"{start}?id={one.pk}", {"collection": root.pk})
        one.refresh_from_db()
        assert (one.collection_id == root.pk) == REPLACE[role]
        delete = reverse(edit.replace("edit", "delete"), args=[one.pk])
        assert (delete in page_of(client, edit, one.pk)) == REPLACE[role]
        client.post(delete)
        start = reverse("wagtail_bulk_action", args=["content", label, "delete"])
        client.post(f"{start}?id={one.pk}")
        assert model.objects.filter(pk=one.pk).exists() != REPLACE[role]


def test_the_title_of_an_imported_file_is_an_editors_to_mend(document: SiteDocument) -> None:
    client = client_of("editor")
    client.post(reverse("wagtaildocs:edit", args=[document.pk]), {"title": "Consent form 2026"})
    document.refresh_from_db()
    assert document.title == "Consent form 2026"
    assert not re.search(r'name="file"', page_of(client, "wagtaildocs:edit", document.pk))


@pytest.mark.parametrize("role", ["anonymous", "visitor"])
def test_nobody_else_sees_the_library(role: str, image: SiteImage) -> None:
    client = client_of(role)
    for name in ("wagtailimages:index", "wagtaildocs:index", "wagtailimages_chooser:choose"):
        assert client.get(reverse(name)).status_code == 302
    assert client.get(reverse("wagtailimages:edit", args=[image.pk])).status_code == 302


@pytest.mark.parametrize("role", ["editor", "publisher"])
def test_a_folder_shows_what_lies_in_those_below(
    role: str, image: SiteImage, document: SiteDocument, folder: Collection
) -> None:
    client, root = client_of(role), Collection.get_first_root_node()
    beside = root.add_child(name="beside")
    for kind, one in (("images", image), ("docs", document)):
        listing, chooser = f"wagtail{kind}:index", f"wagtail{kind}_chooser:choose_results"
        edit = reverse(f"wagtail{kind}:edit", args=[one.pk])
        chosen = reverse(f"wagtail{kind}_chooser:chosen", args=[one.pk])
        for parent in (root, folder.get_parent(), folder):
            assert edit in page_of(client, listing, collection_id=parent.pk)
            assert chosen in page_of(client, chooser, collection_id=parent.pk)
            assert edit in page_of(client, listing, collection_id=parent.pk, q=one.title)
        assert edit not in page_of(client, listing, collection_id=beside.pk)
        assert chosen not in page_of(client, chooser, collection_id=beside.pk)
        assert edit not in page_of(client, listing, collection_id=folder.get_parent().pk, q="zz")


def test_all_of_a_listing_is_what_it_shows(
    image: SiteImage, document: SiteDocument, folder: Collection
) -> None:
    client, kept = client_of("publisher"), SiteImage.objects.create(title="b", file=image.file)
    outer = folder.get_parent()
    for app, model in (("content", "siteimage"), ("content", "sitedocument")):
        url = reverse("wagtail_bulk_action", args=[app, model, "delete"])
        answer = client.post(f"{url}?id=all&childOf={outer.pk}")
        assert answer.status_code == 302
    assert list(SiteImage.objects.all()) == [kept]
    assert not SiteDocument.objects.exists()
