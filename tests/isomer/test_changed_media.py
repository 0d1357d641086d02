"""Importing pictures and files again: what changed, what people did, what failed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backend

from content.models import ContentPage, MediaPath
from isomer.apply import write
from isomer.models import ImportedObject
from isomer.plan.model import Action
from tests import pictures
from tests.isomer.importing import page_soup, rules_of, run_import
from tests.isomer.media import CONFIG, HOME, bring, fetch, page, show, stored_files
from tests.isomer.read.sources import write as write_files

pytestmark = pytest.mark.django_db
SiteImage, SiteDocument = get_image_model(), get_document_model()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_files(tmp_path, {"index.md": HOME, "_config.yml": CONFIG})


# Importing again


def test_a_second_import_writes_nothing(source: Path) -> None:
    files: dict[str, str | bytes] = {
        "images/a.png": pictures.picture(),
        "images/b.svg": pictures.SVG,
        "images/unused.png": pictures.picture(colour="red"),
        "images/cut.jpg": pictures.picture("JPEG", size=(300, 300))[:-2000],
        "files/c.pdf": pictures.PDF,
        "pages/a.md": page('<img src="/images/a.png"><p><a href="/files/c.pdf">C</a></p>'),
    }
    first = bring(source, files)
    rows = list(ImportedObject.objects.order_by("pk").values())
    stored = stored_files()
    rules = rules_of(first.outcome.run)
    again = run_import(source)
    assert {media.action for media in again.plan.media} == {Action.KEEP}
    assert list(ImportedObject.objects.order_by("pk").values()) == rows
    assert stored_files() == stored
    assert rules_of(again.outcome.run) == rules
    assert Collection.objects.count() == len(set(Collection.objects.values_list("name", flat=True)))


def test_replaced_bytes_arrive_without_a_revision(
    source: Path, django_capture_on_commit_callbacks: Any
) -> None:
    bring(source, {"images/a.png": pictures.picture(), "pages/a.md": show("/images/a.png")})
    before = str(page_soup("/a-page/").select("main img")[0]["src"])
    image = SiteImage.objects.get()
    old_file, revisions = image.file.name, Revision.objects.count()
    new = pictures.picture(colour="red", size=(50, 20))
    with django_capture_on_commit_callbacks(execute=True):
        done = bring(source, {"images/a.png": new})
    assert Revision.objects.count() == revisions
    assert SiteImage.objects.get().pk == image.pk
    assert fetch("/images/a.png") == new
    after = str(page_soup("/a-page/").select("main img")[0]["src"])
    assert after != before
    assert not SiteImage._meta.get_field("file").storage.exists(old_file)
    assert [media.action for media in done.plan.media] == [Action.UPDATE]
    # And the page does not count as edited afterwards.
    changed = show("/images/a.png").replace("Text.", "Other text.")
    again = bring(source, {"pages/a.md": changed})
    assert "page-edited" not in rules_of(again.outcome.run)
    assert ContentPage.objects.get().body[0].value.source.count("Other text.") == 1


def test_the_earlier_name_of_a_replaced_file_leads_on(source: Path) -> None:
    linking = page('<a href="/files/a.pdf">A</a>')
    bring(source, {"files/a.pdf": pictures.PDF, "pages/a.md": linking})
    old = SiteDocument.objects.get().url
    bring(source, {"files/a.pdf": pictures.PDF + b"\n% new"})
    document = SiteDocument.objects.get()
    answer = Client(HTTP_HOST="localhost").get(old)
    assert document.url != old
    assert (answer.status_code, answer["Location"]) == (301, document.url)


def test_one_of_two_paths_of_an_object_changes(source: Path) -> None:
    data = pictures.picture()
    both = page('<img src="/images/a.png"><img src="/images/b.png">')
    bring(source, {"images/a.png": data, "images/b.png": data, "pages/a.md": both})
    new = pictures.picture(colour="red")
    revisions = Revision.objects.count()
    done = bring(source, {"images/b.png": new})
    assert fetch("/images/a.png") == data
    assert fetch("/images/b.png") == new
    assert Revision.objects.count() == revisions + 1
    assert len({block.value["image"].pk for block in ContentPage.objects.get().body}) == 2
    assert "page-edited" not in rules_of(done.outcome.run)
    again = run_import(source)
    assert Revision.objects.count() == revisions + 1
    assert {media.action for media in again.plan.media} == {Action.KEEP}


def test_two_paths_exchange_their_bytes(source: Path) -> None:
    first, second = pictures.picture(colour="red"), pictures.picture(colour="blue")
    bring(
        source, {"images/a.png": first, "images/b.png": second, "pages/a.md": show("/images/a.png")}
    )
    bring(source, {"images/a.png": second, "images/b.png": first})
    assert (fetch("/images/a.png"), fetch("/images/b.png")) == (second, first)
    [block] = [b for b in ContentPage.objects.get().body if b.block_type == "picture"]
    with block.value["image"].open_file() as opened:
        assert opened.read() == second
    assert SiteImage.objects.count() == 2


def test_a_picture_becomes_a_file_at_the_same_path(source: Path) -> None:
    bring(source, {"images/a.png": pictures.picture(), "pages/a.md": show("/images/a.png")})
    bring(source, {"images/a.png": pictures.EPS})
    assert fetch("/images/a.png") == pictures.EPS
    again = run_import(source)
    assert {media.action for media in again.plan.media} == {Action.KEEP}
    assert ImportedObject.objects.filter(source_path="/images/a.png").count() == 1


def test_a_file_that_a_person_replaced_is_left_alone(source: Path) -> None:
    bring(source, {"images/a.png": pictures.picture()})
    image = SiteImage.objects.get()
    mine = pictures.picture(colour="gold")
    image.file = ContentFile(mine, name="mine.png")
    image._set_image_file_metadata()
    image.save()
    assert "media-edited" not in rules_of(run_import(source).outcome.run)
    done = bring(source, {"images/a.png": pictures.picture(colour="red")})
    assert "media-edited" in rules_of(done.outcome.run)
    assert fetch("/images/a.png") == mine


def test_a_deleted_picture_stays_deleted_unless_asked(source: Path) -> None:
    data = pictures.picture()
    bring(source, {"images/a.png": data, "pages/a.md": show("/images/a.png")})
    SiteImage.objects.get().delete()
    done = run_import(source)
    assert "media-deleted" in rules_of(done.outcome.run)
    assert not SiteImage.objects.exists()
    assert Client(HTTP_HOST="localhost").get("/images/a.png").status_code == 404
    revisions = Revision.objects.count()
    run_import(source)
    assert Revision.objects.count() == revisions
    run_import(source, recreate_deleted=True)
    assert fetch("/images/a.png") == data
    assert page_soup("/a-page/").select_one("main img")


def test_a_failed_run_leaves_neither_file_nor_row(source: Path, monkeypatch: Any) -> None:
    bring(source, {"images/a.png": pictures.picture()})
    before = stored_files(), list(SiteImage.objects.values()), MediaPath.objects.count()

    def fail(*args: Any) -> None:
        raise RuntimeError("the machine stops")

    monkeypatch.setattr(write._Writer, "_write_settings", fail)
    new: dict[str, str | bytes] = {
        "images/a.png": pictures.picture(colour="red"),
        "files/b.pdf": pictures.PDF,
    }
    with pytest.raises(RuntimeError):
        bring(source, new)
    assert (stored_files(), list(SiteImage.objects.values()), MediaPath.objects.count()) == before


def test_many_files_take_few_statements(source: Path) -> None:
    def statements(count: int, colour: str) -> int:
        files: dict[str, str | bytes] = {
            f"images/{colour}/{n}.png": pictures.picture(colour=colour, size=(10, n + 2))
            for n in range(count)
        }
        with CaptureQueriesContext(
            connection,
        ) as captured:
            bring(source, files)
        return len(captured)

    statements(1, "red")
    few, many = statements(5, "green"), statements(60, "blue")
    assert many < few + 20


def test_a_new_picture_is_found_and_its_use_is_known(source: Path) -> None:
    bring(source, {"images/chart.png": pictures.picture(), "pages/a.md": show("/images/chart.png")})
    image = SiteImage.objects.get()
    assert list(get_search_backend().search("chart", SiteImage)) == [image]
    assert ReferenceIndex.get_grouped_references_to(image).count() == 1
