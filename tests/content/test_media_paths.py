"""Old paths of pictures and files: who answers, how, and to whom."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.documents.models import document_served
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction, Page, Site

from content.models import MediaPath
from tests import pictures
from tests.editors.people import client_of
from tests.factories import make_page, make_section, make_site

pytestmark = pytest.mark.django_db


def a_document(site: Site, path: str, data: bytes = pictures.PDF, **fields: Any) -> Any:
    document = get_document_model()(
        title="A file", file=ContentFile(data, name=path.rsplit("/", 1)[-1]), **fields
    )
    document.save()
    MediaPath.objects.create(site=site, path=path, document=document)
    return document


def a_picture(site: Site, path: str) -> Any:
    image = get_image_model().objects.create(
        title="A picture", file=ContentFile(pictures.picture(), name="a.png")
    )
    MediaPath.objects.create(site=site, path=path, image=image)
    return image


def test_a_picture_gives_one_redirect_that_is_asked_for_anew(
    client: Client, home: Page, site: Site
) -> None:
    image = a_picture(site, "/images/a b.png")
    for path in ("/images/a b.png", "/images/a%20b.png", "/images/a%2520b.png"):
        response = client.get(path)
        assert response.status_code == 301
        assert response["Location"] == image.file.url
        assert response["Cache-Control"] == "no-cache"
    assert client.get(image.file.url).status_code == 200


def test_a_document_is_served_at_its_old_path(client: Client, home: Page, site: Site) -> None:
    a_document(site, "/files/a.pdf")
    response = client.get("/files/a.pdf")
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == pictures.PDF  # type: ignore[attr-defined]
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    unchanged = client.get("/files/a.pdf", headers={"If-None-Match": response["ETag"]})
    assert unchanged.status_code == 304


def test_head_and_range_are_answered(client: Client, home: Page, site: Site) -> None:
    a_document(site, "/files/a.pdf")
    head = client.head("/files/a.pdf")
    assert head.status_code == 200
    assert head["Content-Length"] == str(len(pictures.PDF))
    assert not b"".join(head)
    part = client.get("/files/a.pdf", headers={"Range": "bytes=0-3"})
    # A server may answer a range with the whole file (RFC 9110, 14.2).
    assert part.status_code in (200, 206)
    image = a_picture(site, "/images/a.png")
    assert client.head("/images/a.png")["Location"] == image.file.url


def test_an_unknown_path_is_not_found(client: Client, home: Page, site: Site) -> None:
    a_document(site, "/files/a.pdf")
    for path in (
        "/files/A.pdf",
        "/files/b.pdf",
        "/images/a.pdf",
        "/files/%00",
        f"/files/{'x' * 600}",
    ):
        assert client.get(path).status_code == 404


def test_downloads_are_counted_as_wagtail_counts_them(
    client: Client, home: Page, site: Site
) -> None:
    document = a_document(site, "/files/a.pdf")
    served: list[Any] = []

    def note(sender: Any, instance: Any, **kwargs: Any) -> None:
        served.append(instance)

    document_served.connect(note)
    try:
        client.get("/files/a.pdf")
    finally:
        document_served.disconnect(note)
    assert served == [document]


def test_a_private_document_is_not_shown(
    client: Client, home: Page, site: Site, superuser: Any
) -> None:
    private = Collection.get_first_root_node().add_child(instance=Collection(name="Private"))
    CollectionViewRestriction.objects.create(
        collection=private, restriction_type=CollectionViewRestriction.LOGIN
    )
    document = a_document(site, "/files/secret.pdf", collection=private)
    response = client.get("/files/secret.pdf")
    assert response.status_code == 302
    assert "login" in response["Location"]
    # Nor through the folder in which it is stored.
    for path in (document.file.url, document.file.url.replace("/-/media/", "/-/media/x/../")):
        assert client.get(path).status_code == 404
    client.force_login(superuser)
    assert client.get("/files/secret.pdf").status_code == 200


def test_active_content_does_not_run(client: Client, home: Page, site: Site) -> None:
    a_document(site, "/files/page.html", b"<script>alert(1)</script>")
    response = client.get("/files/page.html")
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/assets/a.js", "text/plain"), ("/docs/page.html", "text/plain"),
        ("/docs/a.mjs", "text/plain"), ("/CNAME", "application/octet-stream"),
        ("/data/a.json", "application/json"), ("/data/a.csv", "text/csv"),
        ("/a.ics", "text/calendar"),
    ],
)  # fmt: skip
def test_files_of_every_kind_answer_at_their_path_and_none_runs(
    client: Client, home: Page, site: Site, path: str, kind: str
) -> None:
    document = a_document(site, path, b"alert(1)")
    for address in (path, document.url):
        response = client.get(address)
        assert (response.status_code, response["Content-Type"]) == (200, kind)
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Disposition"].startswith("attachment")
    make_page(home, "A page", path)
    assert b"A page" in client.get(path).content


def test_pages_may_live_at_the_same_places(client: Client, home: Page, site: Site) -> None:
    make_page(home, "Pictures", "/images/")
    make_page(make_section(home, "Files", slug="files"), "About", slug="about")
    assert client.get("/images/").status_code == 200
    assert client.get("/files/about/").status_code == 200


def test_a_page_comes_before_a_file(client: Client, home: Page, site: Site) -> None:
    a_document(site, "/files/a.pdf")
    page = make_page(home, "A page", "/files/a.pdf")
    assert "text/html" in client.get("/files/a.pdf")["Content-Type"]
    page.unpublish()
    assert client.get("/files/a.pdf")["Content-Type"] == "application/pdf"


def test_each_site_has_its_own_files(client: Client, home: Page, site: Site) -> None:
    a_document(site, "/files/a.pdf")
    make_site("other.example.org")
    assert client.get("/files/a.pdf", headers={"Host": "other.example.org"}).status_code == 404


def test_a_deleted_file_does_not_answer(client: Client, home: Page, site: Site) -> None:
    a_document(site, "/files/a.pdf").delete()
    assert client.get("/files/a.pdf").status_code == 404
    assert not MediaPath.objects.exists()


# Pictures of private collections


def the_private(kind: str = "login") -> Collection:
    private = Collection.get_first_root_node().add_child(instance=Collection(name="Private"))
    restriction = CollectionViewRestriction.objects.create(
        collection=private, restriction_type=kind, password="x" if kind == "password" else ""
    )
    if kind == "groups":
        restriction.groups.add(Group.objects.create(name="Board"))
    below: Collection = private.add_child(instance=Collection(name="Below"))
    return below


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_a_private_picture_is_private_at_every_address(
    client: Client, home: Page, site: Site, superuser: Any, kind: str
) -> None:
    image = a_picture(site, "/images/secret.png")
    made = image.get_rendition("width-20|format-webp")
    addresses = [
        "/images/secret.png", image.file.url, made.url,
        image.file.url.replace("/-/media/", "/-/media//"),
        image.file.url.replace("/-/media/", "/-/media/x/../"),
        image.file.url.replace("original_images", "%6frigina%6c_images"),
    ]  # fmt: skip
    assert client.get(made.url).status_code == 200
    image.collection = the_private(kind)
    image.save()
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code in (302, 200)
        assert not answer.streaming
        assert not answer.content.startswith(b"\x89PNG")
        if kind == "password":
            assert b"<form" in answer.content
        else:
            assert "login" in answer["Location"]
        assert "no-store" in answer["Cache-Control"]
    client.force_login(superuser)
    for address in addresses[1:]:
        answer = client.get(address)
        assert answer.status_code == 200
        assert "private" in answer["Cache-Control"]
    assert client.get("/images/secret.png").status_code == 301


def test_a_public_picture_stays_public_beside_a_private_one(
    client: Client, home: Page, site: Site
) -> None:
    the_private()
    image = a_picture(site, "/images/ours.png")
    assert client.get(image.file.url).status_code == 200
    assert client.get("/images/ours.png").status_code == 301


def test_editors_still_see_the_private_pictures_that_they_work_with(home: Page, site: Site) -> None:
    image = a_picture(site, "/images/ours.png")
    image.collection = the_private("password")
    image.save()
    assert client_of("editor").get(image.file.url).streaming
    assert not client_of("visitor").get(image.file.url).streaming


def test_the_web_server_in_front_sends_what_is_allowed(
    client: Client, home: Page, site: Site, settings: Any
) -> None:
    settings.MEDIA_ACCEL = "/stored/"
    image = a_picture(site, "/images/ours.png")
    answer = client.get(image.file.url)
    assert answer["X-Accel-Redirect"] == f"/stored/{image.file.name}"
    assert not answer.content
    image.collection = the_private()
    image.save()
    assert "X-Accel-Redirect" not in client.get(image.file.url)
