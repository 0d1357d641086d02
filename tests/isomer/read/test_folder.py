"""Reading a whole source: a repository, loose documents, one document."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isomer.messages import RULES
from isomer.read import SourceError, read_source
from isomer.source import DocumentKind, SourceKind
from tests.isomer.read.sources import PAGE, SHARED, found, needs_shared, paths, write

# Loose documents


def test_a_flat_folder_is_read_by_file_name_whatever_the_extension(tmp_path: Path) -> None:
    write(tmp_path, {"b.txt": PAGE, "a.md": PAGE, "c": PAGE, "D.html": PAGE, ".hidden.md": PAGE})
    site = read_source(tmp_path)
    assert site.kind is SourceKind.LOOSE
    assert site.root == tmp_path.resolve()
    assert paths(site) == ["D.html", "a.md", "b.txt", "c"]
    assert {document.kind for document in site.documents} == {DocumentKind.LOOSE}
    assert (site.config, site.messages) == ({}, [])


def test_pictures_and_files_of_a_flat_folder_become_assets(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a.md": PAGE,
            "logo one.PNG": b"\0",
            "plan.pdf": b"\0",
            "images/deep/b c.jpg": b"\0",
            "images/.keep": b"",
            "images/hold.md": b"\n",
            "files/form.docx": b"\0",
        },
    )
    site = read_source(tmp_path)
    assert list(site.assets) == [
        "/images/deep/b c.jpg",
        "/files/form.docx",
        "/images/logo one.PNG",
        "/files/plan.pdf",
    ]
    assert site.assets["/files/plan.pdf"].file == tmp_path.resolve() / "plan.pdf"
    assert site.messages == []


def test_two_files_with_one_public_address(tmp_path: Path) -> None:
    site = read_source(write(tmp_path, {"a.md": PAGE, "x.png": b"", "images/x.png": b""}))
    assert site.assets["/images/x.png"].file == tmp_path.resolve() / "images" / "x.png"
    assert found(site) == [("place-not-read", "x.png")]


def test_what_is_no_document_is_left_out_with_a_message(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": PAGE, "notes.txt": "Buy milk", "program": b"\0\1", "more/b.md": PAGE})
    site = read_source(tmp_path)
    assert paths(site) == ["a.md"]
    assert found(site) == [
        ("front-matter-missing", "notes.txt"),
        ("file-not-text", "program"),
        ("place-not-read", "more"),
    ]


def test_one_file_is_a_source_too(tmp_path: Path) -> None:
    write(tmp_path, {"one.txt": PAGE, "two.txt": PAGE, "_config.yml": "title: x"})
    site = read_source(tmp_path / "one.txt")
    assert (site.kind, site.root, paths(site)) == (SourceKind.LOOSE, tmp_path, ["one.txt"])


def test_quirks_of_a_document_reach_the_site(tmp_path: Path) -> None:
    data = "\ufeff---\r\ntitle: Café\r\ntitle: CafÃ©\r\n---\r\nLine\r\n".encode()
    site = read_source(write(tmp_path, {"a.txt": data}))
    (document,) = site.documents
    assert document.front_matter == {"title": "Café"}
    assert (document.body, document.body_line) == ("Line\n", 5)
    assert found(site) == [("encoding-repaired", "a.txt"), ("front-matter-key-repeated", "a.txt")]


# What must not be opened


def test_links_out_of_the_source_are_not_followed(tmp_path: Path) -> None:
    secret = write(tmp_path / "elsewhere", {"secret.md": PAGE, "secret.png": b"\0"})
    root = write(tmp_path / "site", {"index.md": PAGE, "pages/a.md": PAGE, ".git/config": "x"})
    (root / "images").mkdir()
    (root / "pages" / "stolen.md").symlink_to(secret / "secret.md")
    (root / "pages" / "stolen").symlink_to(secret)
    (root / "images" / "stolen.png").symlink_to("../../elsewhere/secret.png")
    (root / "images" / "config").symlink_to("../.git/config")
    (root / "images" / "absent.png").symlink_to("nowhere.png")
    (root / "images" / "circle").symlink_to("circle")
    (root / "files").symlink_to(secret)
    site = read_source(root)
    assert paths(site) == ["index.md", "pages/a.md"]
    assert site.assets == {}
    assert sorted(found(site)) == [
        ("file-outside-source", "files"),
        ("file-outside-source", "images/config"),
        ("file-outside-source", "images/stolen.png"),
        ("file-outside-source", "pages/stolen"),
        ("file-outside-source", "pages/stolen.md"),
        ("file-unreadable", "images/absent.png"),
        ("file-unreadable", "images/circle"),
    ]


def test_links_inside_the_source(tmp_path: Path) -> None:
    write(tmp_path, {"index.md": PAGE, "pages/a.md": PAGE, "images/a.png": b"\0"})
    (tmp_path / "pages" / "b.md").symlink_to("a.md")
    (tmp_path / "images" / "loop").symlink_to("..")
    site = read_source(tmp_path)
    assert paths(site) == ["index.md", "pages/a.md", "pages/b.md"]
    assert found(site) == [("place-not-read", "images/loop")]


def test_pipes_and_sockets_are_never_opened(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": PAGE})
    os.mkfifo(tmp_path / "pipe.md")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(tmp_path / "socket.md"))
        site = read_source(tmp_path)
    assert found(site) == [("file-unreadable", "pipe.md"), ("file-unreadable", "socket.md")]


def test_a_huge_text_is_left_out(tmp_path: Path) -> None:
    site = read_source(write(tmp_path, {"a.md": PAGE, "b.md": PAGE + "x" * 5 * 1024 * 1024}))
    assert (paths(site), found(site)) == (["a.md"], [("file-too-large", "b.md")])


def test_a_file_that_may_not_be_opened_is_a_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"a.md": PAGE, "b.md": PAGE})
    ordinary = Path.open

    def guarded(self: Path, *args: Any, **options: Any) -> Any:
        if self.name == "b.md":
            raise PermissionError(13, "Permission denied")
        return ordinary(self, *args, **options)

    monkeypatch.setattr(Path, "open", guarded)
    site = read_source(tmp_path)
    assert (paths(site), found(site)) == (["a.md"], [("file-unreadable", "b.md")])
    assert "does not allow" in site.messages[0].text


def test_a_file_name_that_is_not_utf_8(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": PAGE})
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.md")).write_text(PAGE)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    site = read_source(tmp_path)
    assert paths(site) == ["a.md", "caf\ufffd.md"]
    assert found(site) == [("encoding-damaged", "caf\ufffd.md")]


def test_paths_longer_than_the_database_keeps(tmp_path: Path) -> None:
    write(tmp_path, {"index.md": PAGE, "images/a.png": b"\0"})
    folder = tmp_path / "images"
    # So many bytes of UTF-8 are 80 letters of Chinese; a name has at most 255 bytes.
    for _ in range(5):
        folder /= "字" * 80
    os.makedirs(folder)
    (folder / "b.png").write_bytes(b"\0")
    site = read_source(tmp_path)
    assert list(site.assets) == ["/images/a.png"]
    assert [rule for rule, _ in found(site)] == ["path-too-long"]


# Sources from which nothing can be read


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "No document was found"),
        ({"images/a.png": b"\0"}, "No document was found"),
        ({"a.txt": "Hello"}, "a.txt: The file does not begin with a line of three hyphens."),
        ({"_config.yml": "title: x"}, "No document was found"),
        ({f"{n}.txt": "x" for n in range(9)}, "6 more such findings"),
    ],
)
def test_a_source_without_documents(
    tmp_path: Path, files: Mapping[str, str | bytes], words: str
) -> None:
    with pytest.raises(SourceError) as error:
        read_source(write(tmp_path, files))
    assert words in str(error.value)
    assert "index.md" in str(error.value)


@pytest.mark.parametrize("name", ["absent", "a" * 300, "nul\0byte"])
def test_a_source_that_does_not_exist(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match="Give the folder"):
        read_source(tmp_path / name)


def test_a_source_that_is_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SourceError, match="neither a folder nor an ordinary file"):
        read_source(tmp_path / "pipe")


def test_a_source_that_may_not_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(self: Path) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", forbidden)
    with pytest.raises(SourceError, match="does not allow"):
        read_source(tmp_path)


# Properties


def test_progress_names_each_document(tmp_path: Path) -> None:
    lines: list[str] = []
    read_source(write(tmp_path, {"a.md": PAGE, "b.md": "x"}), lines.append)
    assert lines == ["Reading a.md", "Reading b.md"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.binary(max_size=200))
def test_any_bytes_anywhere_in_a_repository(tmp_path: Path, data: bytes) -> None:
    names = ["_config.yml", "pages/a.md", "_x/collection.yml", "_x/b.md", "c.md"]
    write(tmp_path, {"index.md": PAGE, **dict.fromkeys(names, data)})
    write(tmp_path, {"pages/d.md": b"---\n" + data + b"\n---\n" + data})
    site = read_source(tmp_path)
    assert site == read_source(tmp_path)
    assert {message.rule for message in site.messages} <= set(RULES)


# The three documents the project starts from


@pytest.mark.shared
@needs_shared
def test_the_seeds_are_read_and_repaired() -> None:
    site = read_source(SHARED / "seeds")
    assert (site.kind, len(site.documents)) == (SourceKind.LOOSE, 3)
    assert [message.rule for message in site.messages] == ["encoding-repaired"] * 3
    assert all("1 place was repaired" in message.text for message in site.messages)
    home, overview, platform = site.documents
    assert home.front_matter["description"].count("\n\n") == 2
    assert len(home.front_matter["sections"]) == 5
    assert home.body == ""
    assert overview.front_matter["description"] == ""
    assert overview.body.count("</li>") == 12
    assert "&" in platform.text("title")
    assert platform.body.count("\n") <= 1
    whole = "".join([str(document.front_matter) + document.body for document in site.documents])
    assert whole.count("’") >= 3
    assert "â" not in whole
