"""A source in a ZIP archive, also a hostile one."""

from __future__ import annotations

import stat
import struct
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from isomer.plan.model import Action
from isomer.read import SourceError, archive, open_source
from tests.isomer.importing import DEMO, run_import
from tests.isomer.read.sources import PAGE, found, paths

LINK = (stat.S_IFLNK | 0o777) << 16


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever happens, nothing is left behind."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    assert list(folder.iterdir()) == []


def pack(
    file: Path, entries: Mapping[str, str | bytes], modes: Mapping[str, int] | None = None
) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (modes or {}).get(name, 0)
            packed.writestr(info, content)
    return file


def test_a_download_with_one_folder_around_it(tmp_path: Path) -> None:
    entries: dict[str, str | bytes] = {"site-main/": "", "site-main/index.md": PAGE}
    entries |= {"site-main/images/a é.png": b"\0", "__MACOSX/x": b""}
    file = pack(tmp_path / "site.ZIP", entries)
    with zipfile.ZipFile(file, "a") as packed:
        packed.comment = b"0123456789abcdef0123456789abcdef01234567"
    with open_source(file) as site:
        assert paths(site) == ["index.md"]
        assert site.root.name == "site-main"
        assert site.assets["/images/a é.png"].file.read_bytes() == b"\0"
        assert site.commit.hash.startswith("0123456789ab")
        assert site.messages == []


@pytest.mark.parametrize(
    "entries",
    [{"index.md": PAGE, "pages/a.md": PAGE}, {"pages/a.md": PAGE}, {"pages\\a.md": PAGE}],
)
def test_an_archive_without_a_folder_around_it(tmp_path: Path, entries: dict[str, str]) -> None:
    with open_source(pack(tmp_path / "my site.zip", entries)) as site:
        assert paths(site)[-1] == "pages/a.md"
        assert site.root.name == "my site"


def test_links_and_repeated_names_are_left_out(tmp_path: Path) -> None:
    entries = {"s/index.md": PAGE, "s/images/a.png": "/etc/passwd", "s/pipe": ""}
    modes = {"s/images/a.png": LINK, "s/pipe": (stat.S_IFIFO | 0o644) << 16}
    file = pack(tmp_path / "a.zip", entries, modes)
    with zipfile.ZipFile(file, "a") as packed, pytest.warns(UserWarning, match="Duplicate"):
        packed.writestr("s/index.md", "other")
    with open_source(file) as site:
        assert (paths(site), site.assets) == (["index.md"], {})
        assert found(site) == [
            ("archive-entry-left-out", "s/images/a.png"),
            ("archive-entry-left-out", "s/pipe"),
            ("archive-entry-left-out", "s/index.md"),
        ]


@pytest.mark.parametrize("name", ["../a.md", "a/../../b.md", "/etc/a.md", "C:\\a.md", "..\\a.md"])
def test_entries_that_lead_out_of_the_archive(tmp_path: Path, name: str) -> None:
    file = pack(tmp_path / "a.zip", {"index.md": PAGE, name: PAGE})
    with pytest.raises(SourceError, match="leads out of it"), open_source(file):
        pass
    assert {path.name for path in tmp_path.iterdir()} == {"a.zip", "temporary"}


def test_a_small_archive_that_unpacks_to_much(tmp_path: Path) -> None:
    file = pack(tmp_path / "a.zip", {"index.md": PAGE, "files/a.pdf": bytes(60 * 1024**2)})
    with pytest.raises(SourceError, match="attack"), open_source(file):
        pass


def test_an_archive_that_lies_about_its_sizes(tmp_path: Path) -> None:
    file = pack(tmp_path / "a.zip", {"index.md": PAGE, "files/a.pdf": bytes(60 * 1024**2)})
    size = struct.pack("<L", 60 * 1024**2)
    file.write_bytes(file.read_bytes().replace(size, struct.pack("<L", 10)))
    with pytest.raises(SourceError), open_source(file):
        pass


@pytest.mark.parametrize(
    ("limit", "value"), [("MAX_ENTRIES", 1), ("MAX_BYTES", 100), ("MAX_ENTRY_BYTES", 100)]
)
def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int) -> None:
    monkeypatch.setattr(archive, limit, value)
    file = pack(tmp_path / "a.zip", {"index.md": PAGE, "files/a.pdf": bytes(range(200))})
    with pytest.raises(SourceError, match="unpack it yourself"), open_source(file):
        pass


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.zip", b"not an archive", "damaged"),
        ("a.zip", b"", "damaged"),
        ("a.tar.gz", b"\x1f\x8b", "Unpack it"),
        ("a.rar", b"Rar!", "Unpack it"),
    ],
)
def test_files_that_are_no_archive(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError, match=words), open_source(tmp_path / name):
        pass


def test_damaged_protected_and_empty_archives(tmp_path: Path) -> None:
    data = pack(tmp_path / "a.zip", {"index.md": PAGE * 20}).read_bytes()
    protected = bytearray(data)
    protected[6] |= 1
    protected[data.index(b"PK\1\2") + 8] |= 1
    for content, words in (
        (data.replace(b"index.md", b"index.mx", 1), "damaged"),
        (data[:45] + b"\xff\xff\xff" + data[48:], "damaged"),
        (bytes(protected), "password"),
    ):
        (tmp_path / "a.zip").write_bytes(content)
        with pytest.raises(SourceError, match=words), open_source(tmp_path / "a.zip"):
            pass
    empty = pack(tmp_path / "b.zip", {"x/": ""})
    with pytest.raises(SourceError, match="No document"), open_source(empty):
        pass


def test_a_file_in_the_place_of_a_folder(tmp_path: Path) -> None:
    file = pack(tmp_path / "a.zip", {"index.md": PAGE, "pages": "x", "pages/a.md": PAGE})
    with pytest.raises(SourceError, match="cannot be unpacked"), open_source(file):
        pass


def test_other_sources_are_opened_as_ever(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(PAGE)
    for source in (tmp_path, tmp_path / "a.md"):
        with open_source(source) as site:
            assert paths(site) == ["a.md"]
    with pytest.raises(SourceError, match="nothing at"), open_source(tmp_path / "x.zip"):
        pass


@pytest.mark.django_db
def test_an_archive_is_imported_like_its_folder(tmp_path: Path) -> None:
    entries = {
        f"demo-main/{path.relative_to(DEMO).as_posix()}": path.read_bytes()
        for path in DEMO.rglob("*")
        if path.is_file()
    }
    from_archive = run_import(pack(tmp_path / "demo.zip", entries))
    assert {page.action for page in from_archive.plan.pages} == {Action.CREATE}
    assert any(media.action is Action.CREATE for media in from_archive.plan.media)
    again = run_import(DEMO)
    assert {page.action for page in again.plan.pages} == {Action.KEEP}
    assert {media.action for media in again.plan.media} == {Action.KEEP}
