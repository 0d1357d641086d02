"""Where an export may go: a new folder, an empty one, or that of an earlier export."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from isomer.management.commands.export_isomer import Command
from isomer.write.folder import TargetError, check_target, new_folder, write_files
from isomer.write.manifest import MARKER
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


def written_before(target: Path) -> Path:
    """Return a folder that holds an earlier export."""
    with new_folder(target, replace=False) as folder:
        (folder / "pages").mkdir()
        (folder / "pages" / "a.md").write_text("a")
        (folder / "index.md").write_text("home")
    return target


def add_a_file(site: Path) -> None:
    (site / "pages" / "mine.md").write_text("mine")


def add_a_checkout(site: Path) -> None:
    (site / ".git").mkdir()
    (site / ".git" / "HEAD").write_text("ref: refs/heads/main")


def change_a_file(site: Path) -> None:
    (site / "pages" / "a.md").write_text("b")


def put_a_link(site: Path) -> None:
    (site.parent / "a.md").write_text("a")
    (site / "pages" / "a.md").unlink()
    (site / "pages" / "a.md").symlink_to(site.parent / "a.md")


def add_an_odd_name(site: Path) -> None:
    (site / "two\nlines").write_text("mine")


@pytest.mark.parametrize(
    ("work", "named"),
    [
        (add_a_file, "pages/mine.md"),
        (add_a_checkout, ".git/"),
        (change_a_file, "pages/a.md"),
        (put_a_link, "pages/a.md"),
        (add_an_odd_name, r"'two\nlines'"),
    ],
)
def test_work_in_an_earlier_export_is_never_replaced(
    tmp_path: Path, work: Callable[[Path], None], named: str
) -> None:
    site = written_before(tmp_path / "site")
    work(site)
    before = files_of(site)
    with pytest.raises(TargetError, match="move it elsewhere") as raised:
        check_target(site, replace=True)
    assert f": {named}." in str(raised.value)
    with pytest.raises(TargetError), new_folder(site, replace=True):
        pass
    assert files_of(site) == before


def test_only_the_first_of_many_files_are_named(tmp_path: Path) -> None:
    site = written_before(tmp_path / "site")
    for number in range(8):
        (site / f"own-{number}.md").write_text("mine")
    with pytest.raises(TargetError, match=r"own-0\.md, .*own-4\.md and 3 more\."):
        check_target(site, replace=True)


def test_work_that_comes_while_the_export_runs_stays(tmp_path: Path) -> None:
    site = written_before(tmp_path / "site")
    with pytest.raises(TargetError, match=r"mine\.md"), new_folder(site, replace=True):
        add_a_file(site)
    assert "pages/mine.md" in files_of(site)


@pytest.mark.parametrize("text", ["", "This folder was written.\n", "\xff", "{}x", "{}\n"])
def test_a_marker_that_is_not_as_it_was_written_counts_for_nothing(
    tmp_path: Path, text: str
) -> None:
    marker = written_before(tmp_path / "site") / MARKER
    marker.write_bytes(text.format(marker.read_text()).encode("latin-1"))
    with pytest.raises(TargetError, match="does not say which files"):
        check_target(tmp_path / "site", replace=True)


def test_the_marker_says_the_same_of_the_same_files(tmp_path: Path) -> None:
    one, two = (written_before(tmp_path / name) for name in ("one", "two"))
    assert files_of(one) == files_of(two)
    lines = (one / MARKER).read_text().splitlines()[-2:]
    assert [line.partition("  ")[2] for line in lines] == ["index.md", "pages/a.md"]
    assert lines[1].partition("  ")[0] == hashlib.sha256(b"a").hexdigest()


def test_files_that_were_removed_hinder_nothing(tmp_path: Path) -> None:
    site = written_before(tmp_path / "site")
    (site / "pages" / "a.md").unlink()
    check_target(site, replace=True)


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
