"""Pictures and files of a source: every row of the format reference, 8.3."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path

import pytest
import willow
from django.test import Client
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from content.library import media_kinds as media
from content.library.picture_memory import memory_needed
from content.models import MediaPath
from isomer.bounded import made_smaller_within_limits
from isomer.models import ImportedObject
from isomer.plan.model import Action
from isomer.verify import library
from isomer.verify.run import verify_run
from tests import pictures
from tests.content.test_uploads import ENDINGS, telling
from tests.isomer.importing import command_output, page_soup, rules_of, run_import
from tests.isomer.media import CONFIG, HOME, bring, fetch, page, show, texts
from tests.isomer.read.sources import write as write_files

pytestmark = pytest.mark.django_db
SiteImage, SiteDocument = get_image_model(), get_document_model()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_files(tmp_path, {"index.md": HOME, "_config.yml": CONFIG})


# What the library holds as a picture

AS_PICTURES = {
    "plain.png": (pictures.picture("PNG"), ".png"),
    "photo.jpg": (pictures.picture("JPEG"), ".jpg"),
    "photo.jpeg": (pictures.picture("JPEG", "navy"), ".jpeg"),
    "UPPER.PNG": (pictures.picture("PNG", "navy"), ".png"),
    "short.jfif": (pictures.picture("JPEG", "red"), ".jpg"),
    "print.tif": (pictures.picture("TIFF"), ".tiff"),
    "old.bmp": (pictures.picture("BMP"), ".bmp"),
    "phone.heic": (pictures.picture("HEIF"), ".heic"),
    "new.webp": (pictures.picture("WEBP"), ".webp"),
    "newer.avif": (pictures.picture("AVIF"), ".avif"),
    "moving.gif": (pictures.moving("GIF"), ".gif"),
    "lies.jpg": (pictures.picture("PNG", "red"), ".png"),
    "says nothing": (pictures.picture("PNG", "blue"), ".png"),
    "print-colours.jpg": (pictures.mode_picture("JPEG", "CMYK"), ".jpg"),
    "banner .png": (pictures.picture("PNG", "olive"), ".png"),
    "a & b, (1) 'x' [5779] +@2x!.png": (pictures.picture("PNG", "lime"), ".png"),
    "Screen Shot 2020-01-09 at 2.13.46 PM.png": (pictures.picture("PNG", "pink"), ".png"),
    f"{'long name ' * 20}.png": (pictures.picture("PNG", "gold"), ".png"),
    "ลูกค้า.png": (pictures.picture("PNG", "cyan"), ".png"),
}


@pytest.mark.parametrize("name", AS_PICTURES)
def test_a_picture_is_shown_on_its_page_and_answers_at_its_path(source: Path, name: str) -> None:
    data, extension = AS_PICTURES[name]
    written = name.replace("&", "&amp;")
    run = bring(source, {f"images/{name}": data, "pages/a.md": show(f"/images/{written}", "Ours")})
    image = SiteImage.objects.get()
    assert image.file.name.endswith(extension)
    assert len(image.file.name) <= 100
    assert image.file_size == len(data)
    assert fetch(f"/images/{name}".replace("%", "%25")) == data
    [shown] = page_soup("/a-page/").select("main img")
    assert shown["alt"] == "Ours"
    assert fetch(str(shown["src"]))
    assert not {"picture-missing", "picture-unreadable"} & rules_of(run.outcome.run)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIF", "GIF"])
def test_what_tells_of_place_and_camera_does_not_come_along(source: Path, kind: str) -> None:
    name, data = f"a.{ENDINGS[kind]}", telling(kind)
    bring(source, {f"images/{name}": data, "pages/a.md": show(f"/images/{name}")})
    assert b"Secret" in data
    stored = fetch(f"/images/{name}")
    assert b"Secret" not in stored
    assert SiteImage.objects.get().file_size == len(stored)
    # The source did not change, so nothing is written again.
    again = run_import(source)
    assert {planned.action for planned in again.plan.media} == {Action.KEEP}
    assert all(planned.is_recorded for planned in again.plan.media)


def test_an_earlier_import_that_kept_such_data_is_mended_by_the_next(source: Path) -> None:
    data = telling("JPEG")
    bring(source, {"images/a.jpg": data, "pages/a.md": show("/images/a.jpg")})
    image, row = SiteImage.objects.get(), ImportedObject.objects.get(kind="picture")
    with image.file.storage.open(image.file.name, "wb") as stored:
        stored.write(data)
    digest = hashlib.sha1(data, usedforsecurity=False).hexdigest()
    SiteImage.objects.update(file_hash=digest)
    ImportedObject.objects.filter(pk=row.pk).update(content=row.content | {"digest": digest})
    run_import(source)
    assert SiteImage.objects.get().pk == image.pk
    assert b"Secret" not in fetch("/images/a.jpg")


def test_dimensions_are_those_that_wagtail_would_store(source: Path) -> None:
    bring(
        source,
        {"images/a.jpg": pictures.picture("JPEG", size=(64, 48)), "images/b.svg": pictures.SVG},
    )
    assert set(SiteImage.objects.values_list("width", "height")) == {(64, 48), (40, 20)}
    for image in SiteImage.objects.all():
        before = (image.width, image.height, image.file_hash, image.file_size)
        image._set_image_file_metadata()
        image.file.field.update_dimension_fields(image, force=True)
        assert (image.width, image.height, image.file_hash, image.file_size) == before


def test_a_moving_gif_keeps_moving_wherever_it_stands(source: Path) -> None:
    data = pictures.moving("GIF")
    home = HOME.replace(
        "---\n", "---\nsections:\n- hero:\n    title: T\n    background: /images/m.gif\n", 1
    )
    bring(source, {"index.md": home, "images/m.gif": data, "pages/a.md": show("/images/m.gif")})
    for path in ("/", "/a-page/"):
        [shown] = page_soup(path).select("main img")
        assert fetch(str(shown["src"])) == data


def test_a_moving_png_is_shown_still_and_says_so(source: Path) -> None:
    done = bring(
        source, {"images/m.png": pictures.moving("PNG"), "pages/a.md": show("/images/m.png")}
    )
    assert "picture-stilled" in rules_of(done.outcome.run)
    assert page_soup("/a-page/").select_one("main img")
    assert b"acTL" not in fetch("/images/m.png")


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "I;16"), ("TIFF", "I;16B")])
def test_a_picture_with_finer_shades_is_made_one_that_browsers_show(
    source: Path, kind: str, mode: str
) -> None:
    data = pictures.mode_picture(kind, mode)
    done = bring(source, {"images/a.png": data, "pages/a.md": show("/images/a.png")})
    assert "picture-converted" in rules_of(done.outcome.run)
    assert page_soup("/a-page/").select_one("main img")
    assert {planned.action for planned in run_import(source).plan.media} == {Action.KEEP}


@pytest.mark.parametrize("mode", ["F", "I", "LAB", "PA"])
def test_pixels_that_browsers_do_not_know_make_a_file(source: Path, mode: str) -> None:
    data = pictures.mode_picture("TIFF", mode)
    done = bring(source, {"images/a.tif": data, "pages/a.md": show("/images/a.tif")})
    assert "picture-unreadable" in rules_of(done.outcome.run)
    assert fetch("/images/a.tif") == data
    assert page_soup("/a-page/").find(string="Text.")


def test_a_drawing_is_made_safe_and_shown(source: Path) -> None:
    unsafe = pictures.SVG.replace(b"<circle", b'<script>alert(1)</script><circle onclick="x()"')
    done = bring(source, {"images/logo.svg": unsafe, "pages/a.md": show("/images/logo.svg")})
    assert "picture-cleaned" in rules_of(done.outcome.run)
    served = fetch("/images/logo.svg")
    assert b"<circle" in served
    assert b"alert" not in served
    assert b"onclick" not in served
    [shown] = page_soup("/a-page/").select("main img")
    assert str(shown["src"]).endswith(".svg")


# What it can't hold

AS_FILES = {
    "images/safety-tips.pdf": (pictures.PDF, ""),
    "files/Annual Report (final).pdf": (pictures.PDF, ""),
    "files/list.xlsx": (b"PK\x03\x04 no real one", ""),
    "files/LICENCE": (b"words", ""),
    "files/page.html": (b"<!doctype html><script>alert(1)</script>", ""),
    "images/favicon.ico": (b"\0\0\1\0\1\0\x10\x10\0\0\1\0\x20\0", ""),
    "images/drawn.png": (pictures.EPS, "picture-unreadable"),
    "images/page.png": (b"<!doctype html><p>Not found", "picture-unreadable"),
    "images/broken.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><g>", "picture-unreadable"),
    "images/cut.jpg": (pictures.picture("JPEG", size=(300, 300))[:-2000], "picture-unreadable"),
    "images/cut.png": (pictures.picture("PNG", size=(300, 300))[:-200], "picture-unreadable"),
    "images/cut.gif": (pictures.picture("GIF", size=(300, 300))[:-200], "picture-unreadable"),
    "images/huge.png": (pictures.claiming_size(60_000, 60_000), "picture-unreadable"),
    "images/large.png": (pictures.claiming_size(9_000, 9_000), "picture-unreadable"),
    "images/nothing.png": (b"", "media-empty"),
    f"files/{'media release ' * 15}.pdf": (pictures.PDF, ""),
}


@pytest.mark.parametrize("path", AS_FILES)
def test_anything_else_is_a_document_and_answers_at_its_path(source: Path, path: str) -> None:
    data, rule = AS_FILES[path]
    done = bring(source, {path: data})
    document = SiteDocument.objects.get()
    assert len(document.file.name) <= 100
    assert len(document.title) <= 255
    assert document.file_size == len(data)
    assert fetch(f"/{path}") == data
    if rule:
        assert rule in rules_of(done.outcome.run)
    else:
        assert "picture-unreadable" not in rules_of(done.outcome.run)


def test_a_page_that_shows_a_damaged_picture_is_named(source: Path) -> None:
    cut = pictures.picture("JPEG", size=(300, 300))[:-2000]
    done = bring(source, {"images/cut.jpg": cut, "pages/a.md": show("/images/cut.jpg")})
    assert any(
        text.startswith("pages/a.md: /images/cut.jpg") for text in texts(done, "picture-unreadable")
    )
    assert "picture-missing" not in rules_of(done.outcome.run)
    assert page_soup("/a-page/").find(string="Text.")


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_a_picture_that_takes_too_much_memory_is_a_file(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.bin"
    file.write_bytes(pictures.picture(kind, size=(100, 100)))
    taken = memory_needed(kind, "RGB", 100, 100)
    monkeypatch.setattr(media, "MAXIMUM_MEMORY", taken)
    assert media.inspect("/images/a", file).is_picture
    monkeypatch.setattr(media, "MAXIMUM_MEMORY", taken - 1)
    found = media.inspect("/images/a.png", file)
    assert not found.is_picture
    assert found.problem == "100 × 100 pixels are more than can be handled; save it smaller"


@pytest.mark.parametrize(
    ("kind", "mode", "name", "stored"),
    [
        ("PNG", "1", "a.png", ".png"), ("PNG", "P", "a.png", ".png"), ("PNG", "RGBA", "a", ".png"),
        ("PNG", "I;16", "a.png", ".png"), ("TIFF", "RGB", "a.tif", ".png"),
        ("JPEG", "CMYK", "a.jpeg", ".jpeg"), ("WEBP", "RGB", "a.webp", ".png"),
    ],
)  # fmt: skip
def test_a_picture_with_too_many_pixels_is_made_smaller(
    kind: str, mode: str, name: str, stored: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.bin"
    Image.new(mode, (101, 61)).save(file, kind)
    monkeypatch.setattr(media, "MAXIMUM_PIXELS", 1000)
    found = media.inspect(f"/images/{name}", file, None, made_smaller_within_limits)
    assert found.is_picture
    assert (found.width, found.height, found.extension) == (26, 16, stored)
    assert found.notes == (("picture-shrunk", "101 × 61 pixels became 26 × 16"),)


def test_a_picture_with_too_many_pixels_is_shown_upright_and_known_again(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Image.new("RGB", (101, 61), "teal")
    whole.getexif()[0x0112] = 6
    (source / "images").mkdir()
    whole.save(source / "images/big.jpg", exif=whole.getexif())
    write_files(source, {"pages/a.md": page("![A map](/images/big.jpg)")})
    monkeypatch.setattr(media, "MAXIMUM_PIXELS", 2000)
    monkeypatch.setattr(library, "TOO_LARGE", 2000)
    done = run_import(source)
    assert texts(done, "picture-shrunk") == ["/images/big.jpg: 101 × 61 pixels became 31 × 51"]
    one = SiteImage.objects.get()
    assert (one.width, one.height) == (31, 51)
    assert {one.state for one in verify_run(done.outcome.run.pk).certificates} <= {"passed"}
    again = run_import(source)
    assert [one.action for one in again.plan.media] == [Action.KEEP]


def test_a_whole_upright_picture_is_not_copied_to_make_it_smaller() -> None:
    opened = willow.Image.open(BytesIO(pictures.picture("PNG", size=(30, 20))))
    decoded = opened.crop((0, 0, 30, 20))
    assert decoded.auto_orient().crop((0, 0, 30, 20)).image is decoded.image
    assert decoded.crop((0, 0, 10, 20)).get_size() == (10, 20)


def test_a_git_lfs_pointer_is_left_out_and_named(source: Path) -> None:
    done = bring(source, {"images/a.png": pictures.POINTER, "pages/a.md": show("/images/a.png")})
    assert texts(done, "media-pointer")
    assert not MediaPath.objects.exists()
    assert Client(HTTP_HOST="localhost").get("/images/a.png").status_code == 404


def test_folder_markers_and_hidden_files_are_left_out(source: Path) -> None:
    bring(source, {"images/.keep": b"", "images/x/hold.md": b"\n", "files/.DS_Store": b"x"})
    assert not MediaPath.objects.exists()


def test_names_that_differ_in_case_only_stay_two_files(source: Path) -> None:
    first, second = pictures.picture(colour="red"), pictures.picture(colour="blue")
    bring(source, {"images/A.png": first, "images/a.png": second})
    assert fetch("/images/A.png") == first
    assert fetch("/images/a.png") == second


def test_paths_that_are_one_address_are_named(source: Path) -> None:
    done = bring(source, {"files/a b.pdf": pictures.PDF, "files/a%20b.pdf": pictures.PDF + b"2"})
    assert len(texts(done, "media-path-not-possible")) == 1
    assert MediaPath.objects.count() == 1


def test_a_path_longer_than_any_address_is_named(source: Path) -> None:
    folder = "/".join(["x" * 120] * 5)
    done = bring(source, {f"files/{folder}/a.pdf": pictures.PDF})
    assert texts(done, "media-path-not-possible")


# One object for the same bytes; collections


def test_the_same_bytes_are_one_object(source: Path) -> None:
    data = pictures.picture()
    bring(source, {"images/a.png": data, "images/x/b.png": data, "files/c.pdf": pictures.PDF})
    assert SiteImage.objects.count() == 1
    assert MediaPath.objects.count() == 3
    assert fetch("/images/a.png") == fetch("/images/x/b.png") == data


def test_files_for_download_keep_their_names(source: Path) -> None:
    """Equal bytes under one name are one file, under another name another."""
    paths = ["files/one-name.pdf", "files/another-name.pdf", "files/x/one-name.pdf"]
    links = "".join(f'<p><a href="/{path}">{path}</a></p>' for path in paths)
    bring(source, {"pages/a.md": page(links), **dict.fromkeys(paths, pictures.PDF)})
    main = page_soup("/a-page/").main
    assert main is not None
    names = [str(one["href"]).rpartition("/")[2] for one in main.find_all("a")]
    assert names == ["one-name.pdf", "another-name.pdf", "one-name.pdf"]
    assert SiteDocument.objects.count() == 2
    again = run_import(source)
    assert {one.action for one in again.plan.media} == {Action.KEEP}


def test_collections_mirror_the_top_folders_and_unused_files_have_one(source: Path) -> None:
    bring(
        source,
        {
            "images/icons/a.png": pictures.picture(colour="red"),
            "images/b.png": pictures.picture(colour="blue"),
            "images/icons/unused.png": pictures.picture(colour="lime"),
            "files/2020/deep/c.pdf": pictures.PDF,
            "pages/a.md": page(
                '<img src="/images/icons/a.png"><img src="/images/b.png">'
                '<p><a href="/files/2020/deep/c.pdf">C</a></p>'
            ),
        },
    )
    names = {
        image.title: [c.name for c in image.collection.get_ancestors(inclusive=True)]
        for image in [*SiteImage.objects.all(), *SiteDocument.objects.all()]
    }
    assert names == {
        "a": ["Root", "Images", "icons"],
        "b": ["Root", "Images"],
        "unused": ["Root", "Unused"],
        "c": ["Root", "Files", "2020"],
    }
    bring(source, {"pages/b.md": page('<img src="/images/icons/unused.png">', "B", "/b/")})
    assert SiteImage.objects.get(title="unused").collection.name == "icons"


def test_a_collection_that_a_person_renamed_stays_the_folders(source: Path) -> None:
    bring(source, {"images/x/a.png": pictures.picture(), "pages/a.md": show("/images/x/a.png")})
    Collection.objects.filter(name="x").update(name="Portraits")
    more = page('<img src="/images/x/a.png"><img src="/images/x/b.png">')
    bring(source, {"images/x/b.png": pictures.picture(colour="red"), "pages/a.md": more})
    assert SiteImage.objects.get(title="b").collection.name == "Portraits"


def test_unused_files_can_be_left_out(source: Path) -> None:
    files: dict[str, str | bytes] = {
        "images/used.png": pictures.picture(),
        "images/shown.png": pictures.picture(colour="lime"),
        "images/unused.png": pictures.picture(colour="red"),
        "pages/a.md": page(
            '<img src="/images/used.png"><video controls poster="/images/shown.png"></video>'
        ),
    }
    write_files(source, files)
    text = command_output(str(source), "--skip-unused")
    assert "/images/unused.png" in text
    assert "/images/used.png" in set(MediaPath.objects.values_list("path", flat=True))
    assert Client(HTTP_HOST="localhost").get("/images/unused.png").status_code == 404
    run_import(source)
    assert fetch("/images/unused.png")


def test_a_picture_without_an_address_is_no_other_picture(source: Path) -> None:
    bring(
        source, {"images/a.png": pictures.picture(), "pages/a.md": page('A.<img src="" alt="b">')}
    )
    main = page_soup("/a-page/").main
    assert main is not None
    assert main.find("img") is None
