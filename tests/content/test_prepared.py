"""Sizes of pictures that are there before a visitor asks for them."""

from __future__ import annotations

import errno
import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.images.models import Filter
from wagtail.models import Page

from content.models import SiteRendition
from content.rendering.prepared import needed, prepare_pictures
from tests.content.test_pictures import block, plain, stored
from tests.factories import make_page, make_site
from tests.isomer.importing import DEMO, command_output
from tests.isomer.media import stored_files
from tests.pictures import moving, picture
from tests.resources.rooms import make_link, make_room

pytestmark = pytest.mark.django_db


def visit_all() -> None:
    for page in Page.objects.live().filter(depth__gt=1).specific():
        Client(HTTP_HOST="localhost").get(page.url)


def test_the_import_leaves_nothing_to_make_for_visitors() -> None:
    output = command_output(str(DEMO))
    assert "pictures of public pages are ready" in output
    before = set(SiteRendition.objects.values_list("pk", flat=True))
    assert before
    visit_all()
    assert set(SiteRendition.objects.values_list("pk", flat=True)) == before
    assert "nothing had to be made" in command_output(str(DEMO))
    assert set(SiteRendition.objects.values_list("pk", flat=True)) == before


def test_it_can_be_left_for_later() -> None:
    output = command_output(str(DEMO), "--no-renditions")
    assert "manage.py prepare_pictures" in output
    assert not SiteRendition.objects.exists()
    out = io.StringIO()
    call_command("prepare_pictures", stdout=out)
    assert f"{SiteRendition.objects.count()} files were made" in out.getvalue()


def test_a_picture_that_cannot_be_read_is_a_message(home: Page) -> None:
    damaged, whole = stored(picture("JPEG"), "damaged.jpg"), plain(900, 600)
    with damaged.file.storage.open(damaged.file.name, "wb") as opened:
        opened.write(b"no picture any more")
    gone = stored(picture("PNG"), "gone.png")
    gone.file.storage.delete(gone.file.name)
    make_page(home, "Pictures", body=[block(damaged), block(gone), block(whole)])
    lines: list[str] = []
    done = prepare_pictures(lines.append)
    assert [problem.split("”")[0] for problem in done.problems] == [
        "The picture “damaged.jpg",
        "The picture “gone.png",
    ]
    assert "Upload it again" in done.problems[0]
    assert (done.pictures, done.files) == (3, whole.renditions.count())
    assert any("picture 3 of 3" in line for line in lines)
    error = io.StringIO()
    call_command("prepare_pictures", stdout=io.StringIO(), stderr=error)
    assert "damaged.jpg" in error.getvalue()


def test_a_link_item_that_leads_nowhere_holds_nobody_up(home: Page) -> None:
    second = make_site("second.example.org")
    make_link(make_room(home).news, "Nowhere")
    shown = plain(900, 600)
    make_page(second.root_page, "Pictures", body=[block(shown)])
    assert prepare_pictures().pictures == 1
    assert shown.renditions.exists()


def test_a_full_disk_is_not_taken_for_a_damaged_picture(home: Page, monkeypatch: Any) -> None:
    make_page(home, "Pictures", body=[block(plain(900, 600))])

    def full(*args: Any, **options: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(SiteRendition._meta.get_field("file").storage, "_save", full)
    with pytest.raises(CommandError, match="disk is full"):
        call_command("prepare_pictures")


def test_a_size_that_a_dead_process_left_behind_is_not_kept_beside_the_new_one(home: Page) -> None:
    make_page(home, "Pictures", body=[block(plain(900, 600))])
    prepare_pictures()
    before = stored_files()
    # As if the process had died between the files and their rows.
    SiteRendition.objects.all()._raw_delete("default")
    prepare_pictures()
    assert stored_files() == before


def test_what_nobody_sees_is_not_made(home: Page) -> None:
    make_page(home, "Draft", body=[block(plain(900, 600))], live=False)
    make_page(home, "Moving", body=[block(stored(moving("GIF"), "m.gif"))])
    plain(800, 600)
    assert needed() == {}


def test_what_a_visit_has_made_in_the_meantime_stays(home: Page, monkeypatch: Any) -> None:
    image = plain(900, 600)
    page = make_page(home, "Pictures", body=[block(image)])
    filters = [Filter(spec) for spec in sorted(needed()[image.pk])]
    monkeypatch.setattr("content.rendering.prepared._missing", lambda wanted: [(image, filters)])
    Client().get(page.url)
    count = SiteRendition.objects.count()
    assert prepare_pictures().files == 0
    assert SiteRendition.objects.count() == count
