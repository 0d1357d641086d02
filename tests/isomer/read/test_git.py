"""What git knows about a checkout, also a hostile one."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from isomer.read import read_source
from isomer.read.git import commit_of, last_changes
from tests.isomer.read.sources import PAGE, write

FIRST = datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)
SECOND = datetime(2024, 6, 7, 8, 9, 10, tzinfo=UTC)

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
pytestmark = needs_git


def git(folder: Path, *arguments: str, at: datetime = FIRST) -> str:
    moment = at.isoformat()
    variables = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_DATE": moment,
        "GIT_COMMITTER_DATE": moment,
        "GIT_AUTHOR_NAME": "A",
        "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@example.org",
    }
    command = ["git", "-c", "protocol.file.allow=always", *arguments]
    done = subprocess.run(command, cwd=folder, env=variables, check=True, capture_output=True)
    return done.stdout.decode().strip()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = write(tmp_path / "site", {"index.md": PAGE, "pages/a é.md": PAGE, "pages/b.md": PAGE})
    git(folder, "init", "-q", "-b", "staging")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "First")
    write(folder, {"pages/b.md": PAGE + "More.", "images/a.png": b"\0"})
    git(folder, "add", "-A", at=SECOND)
    git(folder, "commit", "-qm", "Second", at=SECOND)
    return folder


def test_a_clean_checkout(checkout: Path) -> None:
    commit = commit_of(checkout)
    assert commit.hash == git(checkout, "rev-parse", "HEAD")
    assert (commit.date, commit.is_clean) == (SECOND, True)
    assert last_changes(checkout) == {
        "index.md": FIRST,
        "pages/a é.md": FIRST,
        "pages/b.md": SECOND,
        "images/a.png": SECOND,
    }
    site = read_source(checkout)
    assert (site.commit, site.changed) == (commit, last_changes(checkout))
    assert git(checkout, "status", "--porcelain") == ""


def test_files_that_differ_from_the_commit(checkout: Path) -> None:
    write(checkout, {"index.md": PAGE + "x", "new.md": PAGE})
    assert commit_of(checkout).is_clean is False
    assert set(last_changes(checkout) or {}) == {"pages/a é.md", "pages/b.md", "images/a.png"}


def test_packed_branches_and_a_detached_head(checkout: Path) -> None:
    expected = commit_of(checkout)
    git(checkout, "gc", "-q")
    git(checkout, "pack-refs", "--all")
    assert commit_of(checkout) == expected
    git(checkout, "checkout", "-q", "--detach")
    assert commit_of(checkout) == expected


def test_hashes_of_the_longer_kind(tmp_path: Path) -> None:
    folder = write(tmp_path / "site", {"index.md": PAGE})
    git(folder, "init", "-q", "--object-format=sha256")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "First")
    assert len(commit_of(folder).hash) == 64
    assert last_changes(folder) == {"index.md": FIRST}


def test_a_history_that_is_cut_off(checkout: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{checkout}", "shallow")
    shallow = tmp_path / "shallow"
    assert commit_of(shallow) == commit_of(checkout)
    assert last_changes(shallow) is None
    assert read_source(shallow).changed == {}


def test_folders_that_are_no_checkout(checkout: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    git(empty, "init", "-q")
    linked = write(tmp_path / "linked", {"index.md": PAGE})
    (linked / ".git").symlink_to(checkout / ".git")
    pointing = write(tmp_path / "pointing", {".git": f"gitdir: {checkout / '.git'}\n"})
    for folder in (empty, linked, pointing, checkout / "pages", tmp_path, tmp_path / "absent"):
        assert commit_of(folder) is None
        assert last_changes(folder) is None


def test_without_git(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert (commit_of(checkout), last_changes(checkout)) == (None, None)


def test_a_git_that_takes_too_long(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = write(checkout.parent / "programs", {"git": "#!/bin/sh\nexec sleep 60\n"})
    (slow / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(slow), prepend=os.pathsep)
    monkeypatch.setattr("isomer.read.git.TIMEOUT_SECONDS", 0.2)
    assert (commit_of(checkout), last_changes(checkout)) == (None, None)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("HEAD", "ref: refs/../../secret\n"),
        ("HEAD", "ref: refs/heads/absent\n"),
        ("HEAD", "--output=/tmp/x\n"),
        ("HEAD", "0" * 40),
        ("refs/heads/staging", "not a hash"),
        ("index", "damaged"),
    ],
)
def test_a_damaged_checkout(checkout: Path, file: str, content: str) -> None:
    (checkout / ".git" / file).write_text(content)
    assert (commit_of(checkout), last_changes(checkout)) == (None, None)


def test_nothing_of_a_hostile_checkout_is_run(checkout: Path, tmp_path: Path) -> None:
    proof = tmp_path / "proof"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch '{proof}'\ncat\n")
    program.chmod(0o755)
    inside = checkout / ".git"
    keys = [
        "core.fsmonitor", "core.pager", "core.sshCommand", "core.editor", "diff.external",
        "filter.x.clean", "filter.x.smudge", "filter.x.process", "diff.x.textconv",
        "diff.x.command", "gpg.program", "pager.log", "pager.status", "credential.helper",
    ]  # fmt: skip
    for key in keys:
        git(checkout, "config", key, str(program))
    git(checkout, "config", "log.showSignature", "true")
    git(checkout, "config", "core.hooksPath", str(tmp_path / "hooks"))
    for folder in (tmp_path / "hooks", inside / "hooks"):
        folder.mkdir(exist_ok=True)
        for hook in ("post-index-change", "reference-transaction", "fsmonitor-watchman"):
            shutil.copy(program, folder / hook)
    write(checkout, {".gitattributes": "* filter=x diff=x\n", "index.md": PAGE + "changed"})
    os.utime(checkout / "pages" / "b.md")
    assert commit_of(checkout).is_clean is False
    assert (last_changes(checkout) or {})["pages/b.md"] == SECOND
    read_source(checkout)
    assert not proof.exists()
