"""What people upload: the content decides, and nothing private is stored with a picture."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from PIL import Image, ImageCms, PngImagePlugin
from wagtail.models import Collection

from content.library.picture_data import without_private_data
from content.library.uploads import checked_document
from content.models import SiteDocument, SiteImage
from tests import pictures
from tests.editors.people import client_of

pytestmark = pytest.mark.django_db

SECRET = b"Secret"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">SecretXmp</x:xmpmeta>'
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}><circle r="3"/></svg>'


def exif() -> Image.Exif:
    found = Image.Exif()
    found[0x0112], found[0x010F], found[0x013B] = 6, "SecretCamera", "SecretArtist"
    found.get_ifd(0x8825).update({1: "N", 2: (1.0, 17.0, 31.4159), 29: "SecretDay"})
    found.get_ifd(0x8769).update({0x9003: "SecretTime", 0x927C: b"SecretMaker" * 10})
    return found


def telling(kind: str) -> bytes:
    """A picture that tells all that its format can."""
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "SecretText")
    words.add_itxt("Comment", "SecretItxt")
    more: dict[str, dict[str, Any]] = {
        "JPEG": {"comment": b"SecretComment", "xmp": XMP},
        "PNG": {"pnginfo": words, "xmp": XMP},
        "WEBP": {"xmp": XMP, "lossless": True},
        "TIFF": {},
        "AVIF": {"xmp": XMP},
        "HEIF": {"xmp": XMP},
        "GIF": {"comment": b"SecretComment"},
    }
    image = Image.effect_noise((60, 40), 90).convert("P" if kind == "GIF" else "RGB")
    out, told = io.BytesIO(), exif()
    if kind == "TIFF":
        told[700], told[270] = XMP, "SecretDescription"
    image.save(
        out,
        kind,
        exif=told if kind == "TIFF" else told.tobytes(),
        icc_profile=PROFILE,
        **more[kind],
    )
    return out.getvalue()


ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "TIFF": "tiff", "AVIF": "avif",
           "HEIF": "heic", "GIF": "gif"}  # fmt: skip


def office(folder: str = "word/document.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(folder, "<document/>")
    return out.getvalue()


def root() -> int:
    return int(Collection.get_first_root_node().pk)


def upload(client: Client, kind: str, way: str, name: str, data: bytes) -> Any:
    """Upload a picture ("image") or file ("document") in one of the ways that the admin has."""
    app, noun = ("wagtailimages", "image") if kind == "image" else ("wagtaildocs", "document")
    prefix = f"{noun}-chooser-upload-" if way == "chooser" else ""
    file = SimpleUploadedFile(name, data)
    url, fields = {
        "single": (f"{app}:add", {"file": file}),
        "multiple": (f"{app}:add_multiple", {"files[]": file}),
        "chooser": (f"{app}_chooser:create", {f"{prefix}file": file}),
    }[way]
    return client.post(
        reverse(url), {f"{prefix}title": "Ours", f"{prefix}collection": root(), **fields}
    )


WAYS = ("single", "multiple", "chooser")


def beginning(value: object) -> str | None:
    """Return the id of a test's argument: of a file how it begins, since an archive holds the time
    at which it was made, and all workers must name a test alike."""
    return repr(value[:8]) if isinstance(value, bytes) else None


@pytest.mark.parametrize("kind", ENDINGS)
def test_pixels_orientation_and_profile_stay_and_the_rest_goes(kind: str) -> None:
    data = telling(kind)
    assert SECRET in data
    cleaned = without_private_data(data)
    assert SECRET not in cleaned
    assert without_private_data(cleaned) == cleaned
    before, after = Image.open(io.BytesIO(data)), Image.open(io.BytesIO(cleaned))
    read = dict(after.getexif())
    assert before.tobytes() == after.tobytes()
    assert before.info.get("icc_profile") == after.info.get("icc_profile")
    assert not {0x8825, 0x8769, 0x010F, 0x013B} & set(read)
    if kind in ("JPEG", "PNG", "WEBP", "TIFF"):
        assert read[0x0112] == 6


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF", "HEIF"])
def test_a_picture_without_such_data_stays_byte_for_byte(kind: str) -> None:
    data = pictures.picture(kind)
    assert without_private_data(data) == data
    # Nor does a damaged one become an error.
    for end in range(0, len(data), max(1, len(data) // 50)):
        without_private_data(data[:end])


def test_further_pictures_and_what_is_hidden_behind_the_end_go() -> None:
    out = io.BytesIO()
    plain = Image.new("RGB", (30, 20), "teal")
    plain.save(out, "MPO", save_all=True, append_images=[plain], exif=exif().tobytes())
    cleaned = without_private_data(out.getvalue() + b"Secret tail")
    assert SECRET not in cleaned
    assert Image.open(io.BytesIO(cleaned)).format == "JPEG"
    for kind in ("PNG", "GIF", "WEBP"):
        assert SECRET not in without_private_data(pictures.picture(kind) + b"Secret tail")


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_what_moves_keeps_moving(kind: str) -> None:
    data = without_private_data(pictures.moving(kind))
    assert Image.open(io.BytesIO(data)).n_frames == 2  # type: ignore[attr-defined]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF"])
def test_an_upload_tells_nothing_and_neither_do_its_sizes(kind: str, way: str) -> None:
    answer = upload(client_of("editor"), "image", way, f"a.{ENDINGS[kind]}", telling(kind))
    assert answer.status_code in (200, 302)
    image = SiteImage.objects.get()
    stored = image.file.read()
    assert SECRET not in stored
    assert (image.file_size, image.file_hash) == (len(stored), image.file_hash)
    for size in ("width-20|format-jpeg", "max-20x20|format-webp", "original|format-avif"):
        assert SECRET not in image.get_rendition(size).file.read()
    if kind == "JPEG":
        upright = image.get_rendition("original|format-png")
        assert (upright.width, upright.height) == (40, 60)


def test_a_replaced_file_and_one_that_a_program_stores_tell_nothing() -> None:
    client = client_of("publisher")
    upload(client, "image", "single", "a.png", pictures.picture())
    image = SiteImage.objects.get()
    answer = client.post(
        reverse("wagtailimages:edit", args=[image.pk]),
        {
            "title": "Ours",
            "collection": root(),
            "file": SimpleUploadedFile("b.jpg", telling("JPEG")),
        },
    )
    assert answer.status_code == 302
    assert SECRET not in SiteImage.objects.get().file.read()
    made = SiteImage.objects.create(title="B", file=ContentFile(telling("WEBP"), name="b.webp"))
    assert SECRET not in SiteImage.objects.get(pk=made.pk).file.read()


def test_a_size_of_a_picture_that_was_stored_long_ago_tells_nothing() -> None:
    image = SiteImage.objects.create(title="A", file=ContentFile(pictures.picture(), name="a.jpg"))
    with image.file.storage.open(image.file.name, "wb") as stored:
        stored.write(telling("JPEG"))
    made = SiteImage.objects.get().get_rendition("width-20|format-jpeg")
    assert SECRET not in made.file.read()
    assert b"Exif" not in made.file.read()


ODD_DRAWINGS = (
    'viewBox="0 0 nan 1"', 'viewBox="0 0 inf 1"', 'viewBox="a b"', 'width="1e999" height="3"',
    'width="1e300" height="3"', 'width="99999999999999" height="3"', 'width="-5" height="3"',
    'width="0" height="0"', 'width="nan" height="nan"', 'viewBox="0 0 0 10" width="9" height="9"',
    'viewBox="0 0 9 9" preserveAspectRatio="none of that"',
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("attributes", ODD_DRAWINGS)
def test_a_drawing_of_no_size_is_refused_in_a_sentence(attributes: str, way: str) -> None:
    answer = upload(client_of("editor"), "image", way, "a.svg", SVG.format(attributes).encode())
    assert answer.status_code == 200
    assert "a.svg" in answer.content.decode()
    assert "shown as a picture" in answer.content.decode()
    assert not SiteImage.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>',
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg"><g>',
        b"<svg></svg>",
        b"\xff\xfe<svg",
        b"",
    ],
)
def test_a_dangerous_or_broken_drawing_is_refused(data: bytes) -> None:
    answer = upload(client_of("editor"), "image", "single", "a.svg", data)
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", ["image", "document"])
def test_a_drawing_is_cleaned(kind: str, way: str) -> None:
    data = SVG.format('width="9" height="9" onload="alert(1)"').replace(
        "<circle", "<script>alert(2)</script><circle"
    )
    upload(client_of("editor"), kind, way, "a.svg", data.encode())
    model = SiteImage if kind == "image" else SiteDocument
    stored = model.objects.get().file.read()
    assert b"<circle" in stored
    assert b"alert" not in stored


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", ["image", "document"])
def test_who_uploads_a_drawing_is_told_what_is_left_out(kind: str, way: str) -> None:
    data = SVG.format('width="9" height="9" onload="alert(1)"').replace(
        "<circle", "<script>alert(2)</script><circle"
    )
    client = client_of("editor")
    answer = upload(client, kind, way, "a.svg", data.encode())
    told = "Left out of the drawing, because it could run or load something: <script>, onload."
    if way == "multiple":
        assert escape(told) in answer.json()["form"]
    screen = client.get(reverse("wagtailadmin_home")).content.decode()
    assert (escape(told) in screen) == (way != "multiple")
    assert told not in screen
    # A drawing that is all there, and a title that is changed later, give no such message.
    upload(client, kind, way, "b.svg", SVG.format('width="9" height="9"').encode())
    model = SiteImage if kind == "image" else SiteDocument
    one = model.objects.first()
    assert one is not None
    app = "wagtailimages" if kind == "image" else "wagtaildocs"
    fields = {"title": "Another", "collection": root(), "tags": ""}
    client.post(reverse(f"{app}:edit", args=[one.pk]), fields)
    assert "Left out" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_content_names_the_ending_of_a_picture() -> None:
    upload(client_of("editor"), "image", "single", "photo.png", pictures.picture("JPEG"))
    assert SiteImage.objects.get().file.name.endswith("photo.jpg")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", office()), ("a.png", pictures.PDF), ("a.jpg", b"MZ" + bytes(100)),
        ("a.gif", b""), ("a.jpg", pictures.picture("JPEG")[:200]),
        ("a.png", pictures.claiming_size(90_000, 90_000)), ("a.png", pictures.moving("PNG")),
    ],
    ids=beginning,
)  # fmt: skip
def test_what_is_no_picture_is_refused(way: str, name: str, data: bytes) -> None:
    answer = upload(client_of("editor"), "image", way, name, data)
    assert answer.status_code == 200
    assert not SiteImage.objects.exists()


LIES = (
    ("report.pdf", office(), "Word document"), ("report.pdf", b"MZ" + bytes(99), "program"),
    ("report.docx", pictures.PDF, "PDF"), ("sums.xlsx", office(), "Word document"),
    ("a.pdf", b"<!DOCTYPE html><p>Hello</p>", "web page"), ("a.csv", pictures.PDF, "PDF"),
    ("a.txt", office("xl/a.xml"), "Excel workbook"), ("a.zip", b"Not one", "text file"),
    ("a.bin", b"\x7fELF" + bytes(99), "program"), ("a.mp4", b"%PDF-1.7", "PDF"),
    ("a.jpg", b"GIF89a" + bytes(50), "GIF picture"),
    ("a.docx", b"PK\x03\x04junk", "damaged archive"),
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("name", "data", "kind"), LIES, ids=beginning)
def test_a_file_that_is_not_what_its_name_says_is_refused(
    name: str, data: bytes, kind: str, way: str
) -> None:
    answer = upload(client_of("editor"), "document", way, name, data)
    assert answer.status_code == 200
    assert f"Its content: {kind}" in answer.content.decode()
    assert not SiteDocument.objects.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", pictures.PDF), ("a.PDF", b"\n\n" + pictures.PDF), ("a.docx", office()),
        ("a.xlsx", office("xl/workbook.xml")), ("a.pptx", office("ppt/presentation.xml")),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99)), ("a.doc", b"{\\rtf1 words}"),
        ("a.csv", "name,größe\n".encode("utf-16")), ("a.txt", b"caf\xe9"), ("a.bin", b"\0\1\2"),
        ("a.eps", pictures.EPS), ("a.mp3", b"ID3" + bytes(20)), ("a.mov", bytes(30)),
        ("a.zip", office()), ("a.html", b"<p>Hello"), ("a.png", pictures.picture()),
    ],
    ids=beginning,
)  # fmt: skip
def test_a_file_that_is_what_it_says_is_taken(name: str, data: bytes) -> None:
    answer = upload(client_of("editor"), "document", "single", name, data)
    assert answer.status_code == 302, answer.context["form"].errors
    assert SiteDocument.objects.get().file.read() == data


def test_a_file_is_not_replaced_by_one_that_lies() -> None:
    client = client_of("publisher")
    upload(client, "document", "single", "a.pdf", pictures.PDF)
    url = reverse("wagtaildocs:edit", args=[SiteDocument.objects.get().pk])
    lie = SimpleUploadedFile("b.pdf", office())
    answer = client.post(url, {"title": "A", "collection": root(), "file": lie})
    assert "Its content: Word document" in answer.content.decode()
    assert SiteDocument.objects.get().file.read() == pictures.PDF


def test_a_picture_among_the_files_tells_nothing() -> None:
    upload(client_of("editor"), "document", "single", "a.jpg", telling("JPEG"))
    assert SECRET not in SiteDocument.objects.get().file.read()


def test_what_was_stored_long_ago_is_cleaned_by_a_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    image = SiteImage.objects.create(title="A", file=ContentFile(pictures.picture(), name="a.jpg"))
    made = image.get_rendition("width-20|format-jpeg")
    for file in (image.file, made.file):
        with file.storage.open(file.name, "wb") as stored:
            stored.write(telling("JPEG"))
    call_command("clean_pictures")
    assert "1 picture was cleaned, 1 size removed" in capsys.readouterr().out
    image = SiteImage.objects.get()
    data = image.file.read()
    assert SECRET not in data
    assert image.file_size == len(data)
    assert not image.renditions.exists()
    call_command("clean_pictures")
    assert "0 pictures were cleaned, 0 sizes" in capsys.readouterr().out


def test_a_part_that_readers_pass_over_hides_nothing() -> None:
    data = telling("JPEG")
    end = 4 + int.from_bytes(data[4:6], "big")
    odd = data[:end] + b"\0" + data[end:]
    Image.open(io.BytesIO(odd)).load()
    assert SECRET not in without_private_data(odd)


@pytest.mark.parametrize(("name", "kind"), [("scan.tif", "TIFF"), ("photo.jfif", "JPEG")])
def test_a_picture_for_download_tells_nothing_whatever_its_ending(name: str, kind: str) -> None:
    file = checked_document(SimpleUploadedFile(name, telling(kind)))
    data = file.read()
    assert (file.name, SECRET in data) == (name, False)
    Image.open(io.BytesIO(data)).load()
