"""Where an export may go: a new folder, an empty one, or that of an earlier export."""

from __future__ import annotations

import io
from pathlib import Path
from typing import IO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from isomer.management.commands.export_isomer import Command
from isomer.write.folder import MARKER, TargetError, check_target, new_folder, write_files
from isomer.write.model import ExportPlan, SiteMedia
from isomer.write.names import file_name, is_inside
from tests.factories import make_page
from tests.isomer.write.roundtrip import files_of

DOCS = Path(__file__).resolve().parents[3] / "docs" / "leaving.md"
OF_DJANGO = {
    "--help", "--version", "--settings", "--pythonpath", "--traceback", "--no-color",
    "--force-color", "--skip-checks", "-h", "-v", "--verbosity",
}  # fmt: skip


class Bytes:
    def open(self) -> IO[bytes]:
        return io.BytesIO(b"bytes")


class Gone:
    def open(self) -> IO[bytes]:
        raise FileNotFoundError(2, "No such file")


def test_a_new_folder_and_an_empty_one_are_taken(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("new", "empty"):
        with new_folder(tmp_path / name, replace=False) as folder:
            (folder / "a.md").write_text("a")
        assert set(files_of(tmp_path / name)) == {"a.md", MARKER}
    assert {path.name for path in tmp_path.iterdir()} == {"new", "empty"}


@pytest.mark.parametrize("replace", [False, True])
def test_what_no_export_wrote_is_left_alone(tmp_path: Path, replace: bool) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.md").write_text("mine")
    with pytest.raises(TargetError, match="no earlier export"):
        check_target(tmp_path / "site", replace)
    assert files_of(tmp_path / "site") == {"index.md": b"mine"}


def test_an_earlier_export_gives_way_when_asked(tmp_path: Path) -> None:
    with new_folder(tmp_path / "site", replace=False) as folder:
        (folder / "old.md").write_text("old")
    with pytest.raises(TargetError, match="--replace"):
        check_target(tmp_path / "site", replace=False)
    with new_folder(tmp_path / "site", replace=True) as folder:
        (folder / "new.md").write_text("new")
    assert set(files_of(tmp_path / "site")) == {"new.md", MARKER}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_run_that_fails_leaves_everything_as_it_was(tmp_path: Path) -> None:
    with new_folder(tmp_path / "site", replace=False) as folder:
        (folder / "old.md").write_text("old")

    def fail() -> None:
        with new_folder(tmp_path / "site", replace=True) as folder:
            (folder / "new.md").write_text("new")
            raise RuntimeError("stopped")

    with pytest.raises(RuntimeError, match="stopped"):
        fail()
    assert set(files_of(tmp_path / "site")) == {"old.md", MARKER}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_other_targets_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path)
    for name in ("file", "link", "missing/site"):
        with pytest.raises(TargetError):
            check_target(tmp_path / name, replace=True)


@pytest.mark.parametrize("path", ["", "/a", "../a", "a/../b", "a//b", "a\\b", "a\nb", "a/./b"])
def test_no_file_is_written_outside(tmp_path: Path, path: str) -> None:
    assert not is_inside(path)
    with pytest.raises(ValueError, match="no path"):
        write_files(ExportPlan(texts={path: "x"}), tmp_path)
    assert files_of(tmp_path) == {}


def test_media_that_can_not_be_read_is_named(tmp_path: Path) -> None:
    media = {
        "images/a.png": SiteMedia("images/a.png", True, Bytes()),
        "images/b.png": SiteMedia("images/b.png", True, Gone()),
    }
    [finding] = write_files(ExportPlan(media=media), tmp_path)
    assert (finding.rule, finding.where) == ("file-missing", "/images/b.png")
    assert files_of(tmp_path) == {"images/a.png": b"bytes"}


@given(st.text())
def test_any_text_gives_a_safe_name(text: str) -> None:
    name = file_name(text)
    assert name == "" or is_inside(name)
    assert "/" not in name
    assert not name.startswith((".", "_", "#", "~"))
    assert len(name.encode()) <= 181
    assert file_name(name) == name


@pytest.mark.django_db
def test_the_command_says_what_it_did(home: object, tmp_path: Path) -> None:
    make_page(home, "About", body=[{"type": "text", "value": "<p>Words.</p>"}])  # type: ignore[arg-type]
    out = io.StringIO()
    target = str(tmp_path / "site")
    call_command("export_isomer", target, stdout=out, no_color=True)
    assert "2 documents and 0 pictures and files" in out.getvalue()
    assert "No word was lost." in out.getvalue()
    with pytest.raises(CommandError, match="--replace"):
        call_command("export_isomer", target)
    with pytest.raises(CommandError, match="no site www\\.none\\.example"):
        call_command("export_isomer", str(tmp_path / "two"), "--site", "www.none.example")
    with pytest.raises(CommandError, match="mapping file"):
        call_command("export_isomer", str(tmp_path / "two"), "--mapping", str(tmp_path / "no"))


@pytest.mark.django_db
def test_the_command_fails_when_words_are_lost(home: object, tmp_path: Path) -> None:
    # One more than the old format has room for.
    names = ("One", "Two", "Three", "Four", "Five")
    cards = [{"title": name, "description": "", "link_text": ""} for name in names]
    value = {"title": "Ways in", "subtitle": "", "description": "", "cards": cards}
    sections = [{"type": "textcards", "value": value}]
    home.sections = sections  # type: ignore[attr-defined]
    home.save_revision().publish()  # type: ignore[attr-defined]
    out = io.StringIO()
    with pytest.raises(CommandError) as raised:
        call_command("export_isomer", str(tmp_path / "site"), stdout=out, no_color=True)
    assert raised.value.returncode == 1
    assert "/: five" in out.getvalue()


def test_the_documentation_names_every_option_and_rule() -> None:
    from isomer.write.messages import RULES

    text = DOCS.read_text(encoding="utf-8")
    parser = Command().create_parser("manage.py", "export_isomer")
    options = {option for action in parser._actions for option in action.option_strings}
    assert [option for option in options - OF_DJANGO if option not in text] == []
    for rule in RULES.values():
        assert f"| {rule.title} | {rule.advice} |" in text, rule.code
