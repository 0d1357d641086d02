"""What privacy covers, and moving files into a private collection."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupCollectionPermission,
    Page,
    PageViewRestriction,
    Site,
)

from content.editing.privacy import public_files
from content.models import MediaPath, SiteDocument, SiteImage
from tests import pictures
from tests.editors.people import client_of
from tests.factories import edit, make_page, make_section

pytestmark = pytest.mark.django_db


def a_picture(title: str) -> SiteImage:
    file = ContentFile(pictures.picture(), name="a.png")
    made: SiteImage = SiteImage.objects.create(title=title, file=file)
    return made


def a_file(title: str) -> SiteDocument:
    file = ContentFile(pictures.PDF, name="a.pdf")
    made: SiteDocument = SiteDocument.objects.create(title=title, file=file)
    return made


def showing(image: SiteImage) -> dict[str, Any]:
    link = {"page": None, "document": None, "address": ""}
    value = {"image": image.pk, "alt": "", "caption": "", "width": None, "pixels": None}
    return {"type": "picture", "value": {**value, "link": link}}


def linking(document: SiteDocument) -> dict[str, Any]:
    return {"type": "text", "value": f'<p><a linktype="document" id="{document.pk}">A</a></p>'}


@pytest.fixture
def section(home: Page, site: Site) -> Page:
    """A section whose pages show a picture and a file of their own, a shared picture, and a file
    by its old address."""
    section = make_section(home, "Board", slug="board")
    own, shared, minutes, old = (
        a_picture("Own"), a_picture("Shared"), a_file("Minutes"), a_file("Old")
    )  # fmt: skip
    MediaPath.objects.create(site=site, path="/files/old one.pdf", document=old)
    kept = {"html": '<a href="/files/old%20one.pdf">Old</a>', "pattern": ""}
    make_page(section, "Meetings", slug="meetings", body=[showing(own), linking(minutes)])
    make_page(
        section,
        "More",
        slug="more",
        body=[showing(shared), {"type": "imported_html", "value": kept}],
    )
    make_page(home, "Public", slug="public", body=[showing(shared)])
    found: Page = section
    return found


@pytest.fixture
def private(section: Page) -> Page:
    restriction = PageViewRestriction.objects.create(page=section, restriction_type="groups")
    restriction.groups.add(Group.objects.create(name="Board"))
    return section


def moved(client: Client, section: Page, files: list[str], collection: Any = "new") -> Any:
    return client.post(
        reverse("content_private_files", args=[section.pk]),
        {"files": files, "collection": collection},
    )


def keys(section: Page) -> dict[str, str]:
    person = User.objects.get_or_create(username="all", is_superuser=True)[0]
    return {one.instance.title: one.key for one in public_files(section, person)}


def test_files_and_pictures_are_found_with_what_else_uses_them(
    section: Page, superuser: Any
) -> None:
    found = {one.instance.title: one.elsewhere for one in public_files(section, superuser)}
    assert found == {"Minutes": (), "Old": (), "Own": (), "Shared": ("Public",)}
    alone = public_files(Page.objects.get(slug="meetings"), superuser)
    assert {one.instance.title for one in alone} == {"Minutes", "Own"}


def test_an_address_in_kept_markup_elsewhere_counts(
    section: Page, home: Page, superuser: Any
) -> None:
    kept = {"html": '<a href="/files/old%20one.pdf#page=2">Old</a>', "pattern": ""}
    make_page(home, "Other", slug="other", body=[{"type": "imported_html", "value": kept}])
    found = {one.instance.title: one.elsewhere for one in public_files(section, superuser)}
    assert found["Old"] == ("Other",)


def test_a_file_that_lies_beside_pages_counts(section: Page, site: Site, superuser: Any) -> None:
    MediaPath.objects.create(site=site, path="/about/beside.pdf", document=a_file("Beside"))
    kept = {"html": '<a href="/about/beside.pdf?x=1">Beside</a>', "pattern": ""}
    make_page(section, "Beside", slug="x", body=[{"type": "imported_html", "value": kept}])
    assert "Beside" in {one.instance.title for one in public_files(section, superuser)}


@pytest.mark.parametrize("day", [None, timezone.now() + datetime.timedelta(days=3)])
def test_what_a_draft_uses_is_as_public(section: Page, superuser: Any, day: Any) -> None:
    """A file is public from its upload on, whether its page is or not."""
    drafted, at_path = a_picture("Drafted"), a_file("At a path")
    site = section.get_site()
    MediaPath.objects.create(site=site, path="/files/next.pdf", document=at_path)
    kept = {"html": '<a href="/files/next.pdf">Next</a>', "pattern": ""}
    body = [showing(drafted), {"type": "imported_html", "value": kept}]
    meetings = Page.objects.get(slug="meetings")
    edit(meetings, publish=day is not None, body=body, go_live_at=day)
    found = {one.instance.title: one.elsewhere for one in public_files(section, superuser)}
    assert found["Drafted"] == found["At a path"] == ()
    # What is published still counts.
    assert found["Own"] == ()


def test_what_a_draft_elsewhere_uses_is_not_moved(
    section: Page, home: Page, superuser: Any
) -> None:
    body = [showing(SiteImage.objects.get(title="Own")), {"type": "imported_html", "value": {
        "html": '<a href="/files/old%20one.pdf">Old</a>', "pattern": ""
    }}]  # fmt: skip
    make_page(home, "Soon", live=False)
    edit(Page.objects.get(slug="soon"), publish=False, body=body)
    found = {one.instance.title: one.elsewhere for one in public_files(section, superuser)}
    assert found["Own"] == found["Old"] == ("Soon",)


def test_pages_that_a_person_does_not_see_are_not_named(section: Page) -> None:
    nobody = User.objects.create_user("nobody")
    [shared] = [one for one in public_files(section, nobody) if one.instance.title == "Shared"]
    assert shared.elsewhere == ("a page that you do not see",)


def test_the_privacy_screen_names_what_stays_public(section: Page) -> None:
    client = client_of("publisher")
    shown = client.get(reverse("wagtailadmin_pages:set_privacy", args=[section.pk]))
    html = shown.json()["html"]
    for words in ("Minutes (file)", "Own (picture)", "Shared (picture, also used elsewhere)",
                  "Move 3 of them"):  # fmt: skip
        assert words in html
    assert "stay public" in html.split('name="restriction_type"')[0]
    # Its form still works.
    client.post(
        reverse("wagtailadmin_pages:set_privacy", args=[section.pk]), {"restriction_type": "login"}
    )
    assert PageViewRestriction.objects.get().page_id == section.pk


def test_a_page_without_files_says_nothing(home: Page) -> None:
    page = make_page(home, "Plain", slug="plain")
    url = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    assert "stay public" not in client_of("publisher").get(url).json()["html"]


def test_moving_makes_them_as_private_as_the_page(private: Page) -> None:
    client, known = client_of("publisher"), keys(private)
    url = reverse("content_private_files", args=[private.pk])
    assert "Move Own" in client.get(url).content.decode()
    image = SiteImage.objects.get(title="Own")
    assert Client().get(image.file.url).status_code == 200
    # A file that is used elsewhere is not moved, whatever is posted.
    moved(client, private, [known["Own"], known["Minutes"], known["Shared"]])
    collection = Collection.objects.get(name="Private: Board")
    [restriction] = collection.get_view_restrictions()
    assert restriction.restriction_type == "groups"
    assert [group.name for group in restriction.groups.all()] == ["Board"]
    assert set(SiteImage.objects.filter(collection=collection).values_list("title", flat=True)) == {
        "Own"
    }
    assert SiteDocument.objects.get(title="Minutes").collection == collection
    assert Client().get(image.file.url).status_code == 302
    assert Client().get(SiteDocument.objects.get(title="Minutes").url).status_code == 302
    assert set(keys(private)) == {"Old", "Shared"}


def test_the_password_of_a_page_opens_its_pictures_and_files(section: Page) -> None:
    restriction = PageViewRestriction.objects.create(
        page=section, restriction_type="password", password="open sesame"
    )
    known = keys(section)
    moved(client_of("administrator"), section, [known["Own"], known["Minutes"]])
    image, document = SiteImage.objects.get(title="Own"), SiteDocument.objects.get(title="Minutes")
    visitor = Client()
    for address in (image.file.url, document.url):
        assert b"password" in visitor.get(address).content
    visitor.post(
        reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, section.pk]),
        {"password": "open sesame", "return_url": "/"},
    )
    for address in (image.file.url, document.url):
        assert b"password" not in b"".join(visitor.get(address))
    CollectionViewRestriction.objects.update(password="another")
    other = Client()
    other.cookies = visitor.cookies
    other.session.flush()
    assert b"password" in other.get(image.file.url).content


def test_an_existing_private_collection_can_be_chosen_and_a_public_one_not(private: Page) -> None:
    client, known = client_of("administrator"), keys(private)
    root = Collection.get_first_root_node()
    locked, public = root.add_child(name="Locked"), root.add_child(name="Public")
    CollectionViewRestriction.objects.create(collection=locked, restriction_type="login")
    for wrong in (public.pk, "x", "", 10**30, root.pk):
        moved(client, private, [known["Own"]], wrong)
        assert SiteImage.objects.get(title="Own").collection == root
    moved(client, private, [], locked.pk)
    moved(client, private, [known["Own"], "picture-0", "nonsense"], locked.pk)
    assert SiteImage.objects.get(title="Own").collection == locked


def test_without_the_right_to_change_a_file_it_stays(private: Page) -> None:
    client, known = client_of("publisher"), keys(private)
    for model in (SiteImage, SiteDocument):
        name = f"change_{model._meta.model_name}"
        GroupCollectionPermission.objects.filter(
            group__name="Publishers", permission__codename__in=[name, name.replace("site", "")]
        ).delete()
    shown = client.get(reverse("content_private_files", args=[private.pk])).content.decode()
    assert "you may not change it" in shown
    moved(client, private, [known["Own"]])
    assert not Collection.objects.filter(name__startswith="Private").exists()


@pytest.mark.parametrize("role", ["anonymous", "visitor", "editor"])
def test_who_may_not_set_privacy_sees_and_moves_nothing(private: Page, role: str) -> None:
    known = keys(private)
    client = client_of(role)
    url = reverse("content_private_files", args=[private.pk])
    assert client.get(url).status_code == 302
    moved(client, private, [known["Own"]])
    assert SiteImage.objects.get(title="Own").collection == Collection.get_first_root_node()
