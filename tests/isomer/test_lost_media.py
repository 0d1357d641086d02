"""Files that were lost come back with the next import, and a command names what does not agree."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from content.models import SiteDocument, SiteImage, SiteRendition
from content.rendering.prepared import prepare_pictures
from isomer.models import ImportRun
from tests.isomer.importing import command_output
from tests.isomer.media import CONFIG, HOME, bring, fetch, show, stored_files, texts
from tests.pictures import PDF, picture

pytestmark = pytest.mark.django_db

FILES: dict[str, str | bytes] = {
    "_config.yml": CONFIG,
    "index.md": HOME,
    "pages/a.md": show("/images/a.png"),
    "images/a.png": picture(size=(900, 600)),
    "images/copy.png": picture(size=(900, 600)),
    "files/b.pdf": PDF,
}
LONG_AGO = time.time() - 86_400


@pytest.fixture(autouse=True)
def media() -> Path:
    """The folder of files of this process, without what other tests left there."""
    folder = Path(settings.MEDIA_ROOT)
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def library() -> list[tuple[Any, ...]]:
    fields = ("pk", "title", "file", "file_hash", "collection__name")
    return [
        row
        for model in (SiteImage, SiteDocument)
        for row in model.objects.order_by("pk").values_list(*fields)
    ]


def test_lost_files_come_back_and_are_named(tmp_path: Path, media: Path) -> None:
    bring(tmp_path / "agency", FILES)
    prepare_pictures()
    before = stored_files()
    rows = library()
    for name in before:
        (media / name).unlink()
    again = bring(tmp_path / "agency", {})
    prepare_pictures()
    assert stored_files() == before
    assert library() == rows
    named = " ".join(texts(again, "media-lost"))
    assert "/images/a.png" in named
    assert "/files/b.pdf" in named
    assert fetch("/files/b.pdf") == PDF
    assert texts(bring(tmp_path / "agency", {}), "media-lost") == []


def test_a_dry_run_promises_it(tmp_path: Path, media: Path) -> None:
    bring(tmp_path / "agency", FILES)
    (media / SiteDocument.objects.get().file.name).unlink()
    out = command_output(str(tmp_path / "agency"), "--dry-run", "--report", str(tmp_path / "r"))
    assert "lost" in out


def test_a_file_that_a_person_uploaded_is_not_replaced(tmp_path: Path, media: Path) -> None:
    bring(tmp_path / "agency", FILES)
    document = SiteDocument.objects.get()
    SiteDocument.objects.update(file_hash="of another file")
    (media / document.file.name).unlink()
    assert texts(bring(tmp_path / "agency", {}), "media-lost") == []
    with pytest.raises(CommandError):
        call_command("check_media", verbosity=0)


def test_the_check_names_lost_files_and_files_without_a_row(
    tmp_path: Path, media: Path, capsys: Any
) -> None:
    bring(tmp_path / "agency", FILES)
    prepare_pictures()
    call_command("check_media", verbosity=0)
    size = SiteRendition.objects.first()
    (media / size.file.name).unlink()
    (media / SiteDocument.objects.get().file.name).unlink()
    nobodys, young = media / "documents/nobodys.pdf", media / "documents/young.pdf"
    for file in (nobodys, young):
        file.write_bytes(PDF)
    os.utime(nobodys, (LONG_AGO, LONG_AGO))
    capsys.readouterr()
    with pytest.raises(CommandError, match="do not agree") as found:
        call_command("check_media", verbosity=0)
    assert found.value.returncode == 1
    said = capsys.readouterr().out
    for name in (size.file.name, "b.pdf", "documents/nobodys.pdf"):
        assert name in said
    assert "young" not in said
    assert nobodys.exists()
    with pytest.raises(CommandError):
        call_command("check_media", "--remove", verbosity=0)
    assert not nobodys.exists()
    assert young.exists()
    bring(tmp_path / "agency", {})
    prepare_pictures()
    call_command("check_media", verbosity=0)


def test_the_check_clears_up_after_a_dead_run(tmp_path: Path, media: Path) -> None:
    done = bring(tmp_path / "agency", FILES)
    left = Path(settings.MEDIA_ROOT) / "documents/left.pdf"
    left.write_bytes(PDF)
    ImportRun.objects.create(
        source="x", started_at=done.outcome.run.started_at,
        files=[["document", "documents/left.pdf"]],
    )  # fmt: skip
    call_command("check_media", verbosity=0)
    assert not left.exists()
    assert ImportRun.objects.get(source="x").state == "killed"
