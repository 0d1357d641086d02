"""A folder one too deep or too shallow, and archives wrapped twice: the message names the place."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from isomer.read import SourceError, open_source
from tests.isomer.read.sources import PAGE, write

FILES = {
    "_config.yml": "title: A\n",
    "index.md": PAGE,
    "pages/a.md": PAGE,
    "news/_posts/b.md": PAGE,
}


def said(source: Path) -> str:
    with pytest.raises(SourceError) as found, open_source(source):
        pass
    return str(found.value)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return write(tmp_path / "outer" / "agency", FILES)


@pytest.mark.parametrize("part", ["pages", "news", "news/_posts"])
def test_a_folder_too_deep(repository: Path, part: str) -> None:
    assert f"Did you mean “{repository}”?" in said(repository / part)


@pytest.mark.parametrize("levels", [0, 1])
def test_a_folder_too_shallow(repository: Path, levels: int) -> None:
    write(repository.parent, {"notes.md": PAGE})
    assert f"Did you mean “{repository}”?" in said(repository.parents[levels])


def test_of_several_repositories_each_is_named(repository: Path) -> None:
    other = write(repository.parent / "other", FILES)
    assert f"Did you mean “{repository}” or “{other}”?" in said(repository.parent)


def zipped(file: Path, prefix: str, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in files.items():
            archive.writestr(prefix + name, text)
    return file


def test_a_zip_wrapped_twice(tmp_path: Path) -> None:
    file = zipped(tmp_path / "a.zip", "download/agency-main/", FILES)
    assert "Did you mean “download/agency-main”?" in said(file).replace("a/download", "download")


def test_a_zip_in_a_zip(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "agency.zip", "agency/", FILES)
    outer = tmp_path / "outer.zip"
    with zipfile.ZipFile(outer, "w") as archive:
        archive.write(inner, "agency.zip")
    assert "agency.zip”?" in said(outer)


def test_the_repository_itself_and_one_document_are_read(repository: Path) -> None:
    for source in (repository, repository / "pages/a.md"):
        with open_source(source) as site:
            assert site.documents
    wrapped = zipped(repository.parent / "b.zip", "agency-main/", FILES)
    with open_source(wrapped) as site:
        assert site.documents
