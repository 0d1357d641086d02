"""Bad input is normal: a clear message, the rest is imported, nothing half-written."""

from __future__ import annotations

import os
import time

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.migrations.executor import MigrationExecutor
from wagtail.images import get_image_model
from wagtail.models import Page, Revision, Site

from content.models import ContentPage, PageAddress, SectionPage
from home.models import HomePage
from isomer.apply import write
from isomer.convert import convert_document
from isomer.messages import RULES
from isomer.models import ImportedObject, ImportRun
from isomer.source import DocumentKind, SourceDocument
from tests.isomer.importing import command_output, page_soup, run_import, write_documents

pytestmark = pytest.mark.django_db

HOME = "---\nlayout: homepage\ntitle: Home\npermalink: /\n---\n"


def database() -> tuple:
    return (
        list(Page.objects.order_by("pk").values()),
        list(Site.objects.values()),
        Revision.objects.count(),
        ImportRun.objects.count(),
        ImportedObject.objects.count(),
        PageAddress.objects.count(),
    )


def page_document(title: str, permalink: str, body: str = "Text.") -> str:
    return f"---\ntitle: {title}\npermalink: {permalink}\n---\n{body}\n"


def messages(done, rule: str):
    return list(done.outcome.run.messages.filter(rule=rule))


def test_a_path_that_does_not_exist(tmp_path):
    before = database()
    with pytest.raises(CommandError, match="no-such-folder"):
        command_output(str(tmp_path / "no-such-folder"))
    assert database() == before


def test_a_path_that_is_no_text(tmp_path):
    before = database()
    folder = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9")
    os.mkdir(folder)
    with pytest.raises(CommandError, match=r"/caf\\xe9” has letters that are not UTF-8. Rename"):
        command_output(folder)
    assert database() == before


def test_an_empty_folder(tmp_path):
    before = database()
    with pytest.raises(CommandError):
        command_output(str(tmp_path))
    assert database() == before


def test_nothing_readable_exits_non_zero_and_writes_nothing(tmp_path):
    (tmp_path / "a.md").write_bytes(b"\x00\x01\x02" * 100)
    (tmp_path / "b.txt").write_text("no front matter here")
    before = database()
    with pytest.raises(CommandError):
        command_output(str(tmp_path))
    assert database() == before


def test_a_file_without_front_matter(tmp_path):
    write_documents(tmp_path, home__md=HOME, notes__txt="Only notes.")
    done = run_import(tmp_path)
    [message] = messages(done, "front-matter-missing")
    assert message.source_path == "notes.txt"
    assert HomePage.objects.count() == 1


def test_invalid_yaml_names_file_line_and_column(tmp_path):
    write_documents(
        tmp_path,
        home__md=HOME,
        broken__md="---\ntitle: Recall: a toy\npermalink: /toy/\n---\nKeep away from it.\n",
    )
    done = run_import(tmp_path)
    [message] = messages(done, "front-matter-invalid")
    assert message.source_path == "broken.md"
    assert message.place.startswith("line 2, column ")
    # The text is not lost.
    page = ContentPage.objects.get(slug="broken")
    assert "Keep away" in str(page.body)
    assert page.url == "/broken.html"


def test_a_permalink_claimed_twice(tmp_path):
    write_documents(
        tmp_path,
        home__md=HOME,
        one__md=page_document("One", "/same/", "First text."),
        two__md=page_document("Two", "/same", "Second text."),
    )
    done = run_import(tmp_path)
    [message] = messages(done, "permalink-clash")
    assert (message.source_path, message.level) == ("one.md", "error")
    assert "two.md" in message.text
    keeper = ContentPage.objects.get(title="Two")
    other = ContentPage.objects.get(title="One")
    assert keeper.url == "/same"
    assert other.live
    assert other.url not in ("/same", "/same/")
    assert message.text.endswith(f"at its place in the page tree, {other.url}")


def test_a_document_without_a_title(tmp_path):
    write_documents(tmp_path, home__md=HOME, a__md="---\npermalink: /our-work/\n---\nText.\n")
    done = run_import(tmp_path)
    [message] = messages(done, "title-missing")
    assert "“Our Work”" in message.text
    assert ContentPage.objects.get().title == "Our Work"


def test_an_unknown_layout(tmp_path):
    write_documents(
        tmp_path,
        home__md=HOME,
        a__md="---\ntitle: A\nlayout: carousel-page\npermalink: /a/\nspeed: fast\n---\nText.\n",
    )
    done = run_import(tmp_path)
    [message] = messages(done, "layout-unknown")
    assert "carousel-page" in message.text
    [left] = messages(done, "field-left-out")
    assert (left.place, left.text) == ("speed", "fast")
    assert "Text." in str(ContentPage.objects.get().body)


def test_a_file_that_is_not_text(tmp_path):
    write_documents(tmp_path, home__md=HOME)
    (tmp_path / "image.md").write_bytes(b"---\n\x00\x01\x02\x03" * 200)
    done = run_import(tmp_path)
    [message] = messages(done, "file-not-text")
    assert message.source_path == "image.md"


@pytest.mark.parametrize(
    "permalink",
    ["/admin/", "/a?b/", "/../etc/", "https://example.org/", "/x/" * 300],
)
def test_a_permalink_that_cannot_be_an_address(tmp_path, permalink):
    write_documents(tmp_path, home__md=HOME, odd__md=page_document("Odd", f'"{permalink}"'))
    done = run_import(tmp_path)
    assert messages(done, "permalink-invalid")
    assert ContentPage.objects.get().live


@pytest.mark.parametrize(
    ("written", "address"), [("about/history", "/about/history"), ("//dbl//b/", "/dbl/b/")]
)
def test_slashes_of_a_permalink_are_read_as_the_old_site_read_them(tmp_path, written, address):
    write_documents(tmp_path, home__md=HOME, odd__md=page_document("Odd", f'"{written}"'))
    run_import(tmp_path)
    assert ContentPage.objects.get().url == address


def test_a_page_at_the_address_of_a_file_is_named(tmp_path):
    write_documents(tmp_path / "files", x__pdf="%PDF-1.4")
    write_documents(tmp_path / "pages", a__md=page_document("A", "/files/x.pdf"))
    write_documents(tmp_path, index__md=HOME)
    done = run_import(tmp_path)
    [message] = messages(done, "permalink-clash")
    assert (message.source_path, "file" in message.text) == ("pages/a.md", True)


def test_lists_and_groups_are_told_in_words(tmp_path):
    odd = (
        "---\ntitle: Odd\npermalink: /odd/\nkeys: [a, b]\nmore:\n  - {x: 1, y: true}\n---\nText.\n"
    )
    write_documents(tmp_path, home__md=HOME, odd__md=odd)
    found = {one.place: one.text for one in messages(run_import(tmp_path), "field-left-out")}
    assert found == {"keys": "a, b", "more": "x: 1; y: true"}


def test_a_second_document_at_the_root(tmp_path):
    write_documents(tmp_path, home__md=HOME, odd__md=page_document("Odd", "/"))
    done = run_import(tmp_path)
    [message] = messages(done, "permalink-clash")
    assert (message.source_path, "home.md" in message.text) == ("odd.md", True)
    assert ContentPage.objects.get().live


@pytest.mark.parametrize("name", ["why?.md", "no #1.md", "search.md"])
def test_a_file_name_that_gives_no_address(tmp_path, name):
    write_documents(tmp_path / "pages", about__md=page_document("About", "/about/"))
    write_documents(tmp_path, index__md=HOME)
    folder = tmp_path if name == "search.md" else tmp_path / "pages"
    (folder / name).write_text("---\ntitle: Why\n---\nText.\n")
    done = run_import(tmp_path)
    page = ContentPage.objects.get(title="Why")
    assert page.live
    assert page.url
    if name != "search.md":
        assert messages(done, "permalink-invalid")


@pytest.mark.parametrize("collection", ["media", "search", "static", "documents", "theme"])
def test_a_collection_named_like_a_part_of_the_software(tmp_path, collection):
    write_documents(tmp_path, index__md=HOME)
    write_documents(
        tmp_path / f"_{collection}",
        a__md="---\ntitle: A\n---\nText.\n",
        collection__yml=f"collections:\n  {collection}:\n    output: true\n",
    )
    run_import(tmp_path)
    page = ContentPage.objects.get(title="A")
    assert page_soup(page.url).h1.text.strip() == "A"


def test_titles_of_groups_that_are_too_long_or_hold_markup(tmp_path):
    long = "word " * 80
    write_documents(
        tmp_path,
        home__md=HOME,
        a__md=f"---\ntitle: A\npermalink: /s/a/\nthird_nav_title: {long}\n---\nText",
        b__md="---\ntitle: B\npermalink: /s/b/\nthird_nav_title: <b>Bold</b> group\n---\nText",
    )
    done = run_import(tmp_path)
    assert not messages(done, "field-left-out")
    titles = [page.shown_title for page in SectionPage.objects.order_by("path")]
    assert titles[1:] == [long.strip(), "Bold group"]


def test_a_home_page_made_by_hand_and_a_source_without_one(tmp_path):
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(title="Ours", slug="ours"))
    Site.objects.update(root_page=home)
    write_documents(tmp_path, a__md=page_document("A", "/a/"))
    done = run_import(tmp_path)
    assert not messages(done, "home-missing")
    assert ContentPage.objects.get().get_parent().pk == home.pk
    run_import(tmp_path)


def test_a_home_page_that_was_deleted(tmp_path):
    write_documents(tmp_path, home__md=HOME, a__md=page_document("A", "/a/"))
    run_import(tmp_path)
    root = Page.objects.get(depth=1)
    other = root.add_child(instance=HomePage(title="Ours", slug="ours"))
    imported = Site.objects.get().root_page
    Site.objects.update(root_page=other)
    Site.clear_site_root_paths_cache()
    Page.objects.get(pk=imported.pk).delete()
    write_documents(tmp_path, b__md=page_document("B", "/b/"))
    run_import(tmp_path)
    assert ContentPage.objects.get(title="B").get_parent().pk == other.pk


def test_no_home_page(tmp_path):
    write_documents(tmp_path, a__md=page_document("A", "/a/"))
    done = run_import(tmp_path)
    assert messages(done, "home-missing")
    assert Site.objects.get().root_page.specific_class is HomePage


def test_a_picture_that_is_none(tmp_path):
    write_documents(
        tmp_path,
        home__md=HOME,
        a__md=page_document("A", "/a/", "![A map](/images/map.png)"),
    )
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "map.png").write_text("not a picture")
    done = run_import(tmp_path)
    assert messages(done, "picture-unreadable")
    assert get_image_model().objects.count() == 0
    # Mended at the source, the next import brings it.
    from PIL import Image

    Image.new("RGB", (20, 10)).save(tmp_path / "images" / "map.png")
    run_import(tmp_path)
    [block] = ContentPage.objects.get().body
    assert block.value["image"].width == 20


def test_a_run_that_fails_leaves_everything_as_it_was(tmp_path, monkeypatch, settings):
    from PIL import Image

    settings.MEDIA_ROOT = str(tmp_path / "media")
    source = tmp_path / "source"
    write_documents(
        source, home__md=HOME, a__md=page_document("A", "/a/", "![A map](/images/map.png)")
    )
    (source / "images").mkdir()
    Image.new("RGB", (20, 10)).save(source / "images" / "map.png")
    before = database()

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the power went out")

    monkeypatch.setattr(write._Writer, "_write_settings", fail)
    with pytest.raises(RuntimeError):
        run_import(source)
    failed = ImportRun.objects.get()
    assert failed.state == ImportRun.State.FAILED
    assert failed.error.endswith("Nothing was imported.")
    # Its row is all that is new.
    failed.delete()
    assert database() == before
    media = tmp_path / "media"
    assert [file for file in media.rglob("*") if file.is_file()] == []


def test_a_mapping_that_names_no_page_type(tmp_path):
    write_documents(tmp_path, home__md=HOME)
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('default = "content.NoSuchPage"\n')
    before = database()
    with pytest.raises(CommandError, match=r"content\.NoSuchPage"):
        call_command("import_isomer", str(tmp_path), mapping=str(mapping))
    mapping.write_text('[[page]]\nlayuot = "x"\npage_type = "content.ContentPage"\n')
    with pytest.raises(CommandError, match="layuot"):
        call_command("import_isomer", str(tmp_path), mapping=str(mapping))
    assert database() == before


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 50_000 + "deep",
        "<b>" * 20_000 + "deep",
        "> " * 3_000 + "deep",
        "<ul><li>" * 3_000 + "deep",
        "[" * 2_000 + "deep",
        "*a " * 20_000 + "deep",
    ],
)
def test_hostile_nesting_keeps_the_text_and_ends_soon(body):
    document = SourceDocument("a.md", DocumentKind.PAGE, {}, body)
    began = time.process_time()
    converted = convert_document(document)
    assert time.process_time() - began < 20
    assert "deep" in str(converted.stream)


def test_every_rule_says_what_to_do():
    for rule in RULES.values():
        assert rule.title
        assert not rule.title.endswith(".")
        assert rule.advice.endswith(".")
        assert len(rule.advice) > 20


@pytest.mark.django_db
def test_a_database_without_its_tables_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: ["0001"])
    source = write_documents(tmp_path / "source", home__md=HOME)
    with pytest.raises(CommandError, match="migrate first"):
        command_output(str(source))


@pytest.mark.django_db
def test_a_draft_is_called_one(tmp_path):
    draft = "---\ntitle: Later\npermalink: /later/\npublished: false\n---\n"
    source = write_documents(tmp_path / "source", home__md=HOME, later__md=draft)
    text = command_output(str(source), "--report", str(tmp_path / "reports"))
    assert "/later/ (draft)" in text
