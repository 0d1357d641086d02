"""What git knows about a checkout: its commit, and when each file was last changed.

A repository may come from strangers, and git runs programs that a repository's
configuration names: hooks, filters, differs, monitors. So git never sees that
configuration. It works in an empty repository of our own that only borrows
the objects of the checkout, and a copy of its index.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from isomer.source import Commit

TIMEOUT_SECONDS = 60
MAX_OUTPUT_BYTES = 64 * 1024 * 1024
MAX_REFERENCE_BYTES = 4 * 1024 * 1024
MAX_INDEX_BYTES = 256 * 1024 * 1024
HASH = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
BRANCH = re.compile(r"ref: (refs/[\w][\w./@+-]*)")
# Settings of git's own that could start a program, in case one has another default.
SAFE_OPTIONS = (
    "--no-pager",
    "--literal-pathspecs",
    "-c", "core.hooksPath=/dev/null",
    "-c", "core.fsmonitor=false",
    "-c", "diff.external=",
    "-c", "protocol.allow=never",
    "-c", "core.quotePath=false",
)  # fmt: skip
BEGINNING = b"\1"


class GitError(Exception):
    """Git is missing, took too long, or could not read the checkout."""


def commit_of(folder: Path) -> Commit | None:
    """Return the commit that a checkout is at, ``None`` if ``folder`` is none.

    ``folder`` must be the top of the checkout. Never raises: a folder that git
    cannot read counts as no checkout, as does any when git is missing.
    """
    try:
        with _borrowed(folder) as git:
            seconds = git.run("show", "--no-patch", "--format=%ct", git.head).strip()
            return Commit(git.head, _moment(seconds), is_clean=not git.differing_files())
    except (GitError, OSError):
        return None


def first_commit_of(folder: Path) -> str:
    """Return the hash of the commit with which the history of a checkout begins.

    ``""`` if ``folder`` is not the top of a checkout, if its history is cut off, or if git is
    missing. Of several beginnings it is the first in order of their hashes.
    """
    try:
        with _borrowed(folder) as git:
            if git.is_shallow:
                return ""
            roots = git.run("rev-list", "--max-parents=0", git.head).split()
    except (GitError, OSError):
        return ""
    return min(roots, default=b"").decode()


def last_changes(folder: Path) -> Mapping[str, datetime] | None:
    """Return the time of the last commit of each file, by path relative to ``folder``.

    Files that differ from the commit are not in it: when they changed is not
    known. ``None`` if ``folder`` is not the top of a checkout, if its history
    is cut off, or if git is missing.
    """
    try:
        with _borrowed(folder) as git:
            if git.is_shallow:
                return None
            log = ("log", "-z", "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv")
            output = git.run(*log, "--format=%x01%ct", git.head)
            differing = git.differing_files()
    except (GitError, OSError):
        return None
    changes = _parsed_log(output)
    return {name: moment for name, moment in changes.items() if name not in differing}


@dataclass(frozen=True)
class _Git:
    """Runs git in a repository of our own beside the checkout ``folder``."""

    program: str
    home: Path
    folder: Path
    head: str
    is_shallow: bool

    def run(self, *arguments: str) -> bytes:
        """Return what a command prints.

        Raises:
            GitError: if it fails, takes too long or prints too much.
        """
        command = [self.program, *SAFE_OPTIONS, *arguments]
        with tempfile.TemporaryFile() as output:
            try:
                subprocess.run(
                    command,
                    cwd=self.folder,
                    env=self._environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.DEVNULL,
                    timeout=TIMEOUT_SECONDS,
                    check=True,
                )
            except subprocess.SubprocessError as error:
                raise GitError(str(error)) from error
            if os.fstat(output.fileno()).st_size > MAX_OUTPUT_BYTES:
                raise GitError("git printed too much")
            output.seek(0)
            return output.read()

    def differing_files(self) -> frozenset[str]:
        """Return the files that differ from the commit or are not in it."""
        output = self.run(
            "status", "--porcelain", "-z", "--no-renames",
            "--untracked-files=all", "--ignore-submodules=all",
        )  # fmt: skip
        return frozenset(_text(entry[3:]) for entry in output.split(b"\0") if entry)

    def _environment(self) -> dict[str, str]:
        checkout = self.folder / ".git"
        variables = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self.home),
            "LC_ALL": "C",
            "GIT_DIR": str(self.home / "repository"),
            "GIT_WORK_TREE": str(self.folder),
            "GIT_OBJECT_DIRECTORY": str(checkout / "objects"),
            "GIT_INDEX_FILE": str(self.home / "index"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_ATTR_NOSYSTEM": "1",
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_NO_REPLACE_OBJECTS": "1",
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_TERMINAL_PROMPT": "0",
        }
        if self.is_shallow:
            variables["GIT_SHALLOW_FILE"] = str(checkout / "shallow")
        return variables


@contextmanager
def _borrowed(folder: Path) -> Iterator[_Git]:
    """Set up a repository of our own with the objects of the checkout ``folder``.

    Raises:
        GitError: if git is missing or ``folder`` is not the top of a checkout.
    """
    program = shutil.which("git")
    checkout = folder / ".git"
    # A file or a link in its place could lead anywhere.
    if program is None or checkout.is_symlink() or not checkout.is_dir():
        raise GitError("not a checkout")
    head = _head(checkout)
    with tempfile.TemporaryDirectory(prefix="isomer-git-") as name:
        home = Path(name)
        repository = home / "repository"
        (repository / "refs").mkdir(parents=True)
        (repository / "HEAD").write_text(f"{head}\n")
        is_long = len(head) > 40
        (repository / "config").write_text(
            f"[core]\n\trepositoryformatversion = {int(is_long)}\n\tbare = false\n"
            + ("[extensions]\n\tobjectformat = sha256\n" if is_long else "")
        )
        _copy_index(checkout / "index", home / "index")
        yield _Git(program, home, folder, head, is_shallow=(checkout / "shallow").exists())


def _copy_index(source: Path, target: Path) -> None:
    if source.is_symlink() or not source.is_file() or source.stat().st_size > MAX_INDEX_BYTES:
        raise GitError("no index")
    shutil.copyfile(source, target)


def _head(checkout: Path) -> str:
    """Return the hash of the commit that is checked out.

    Raises:
        GitError: if there is none.
    """
    text = _small_file(checkout / "HEAD")
    branch = BRANCH.fullmatch(text)
    if branch:
        text = _branch_hash(checkout, branch.group(1))
    if not HASH.fullmatch(text):
        raise GitError("no commit")
    return text


def _branch_hash(checkout: Path, name: str) -> str:
    if ".." in name:
        raise GitError("no branch")
    if (checkout / name).is_file():
        return _small_file(checkout / name)
    for line in _small_file(checkout / "packed-refs").splitlines():
        found, _, packed = line.partition(" ")
        if packed == name:
            return found
    raise GitError("no branch")


def _small_file(path: Path) -> str:
    if path.is_symlink() or not path.is_file() or path.stat().st_size > MAX_REFERENCE_BYTES:
        raise GitError("not an ordinary file")
    return path.read_text(encoding="utf-8", errors="replace").strip()


def _parsed_log(output: bytes) -> dict[str, datetime]:
    """Return the newest time of each file of a log, which goes from new to old."""
    changes: dict[str, datetime] = {}
    moment: datetime | None = None
    for entry in output.split(b"\0"):
        # Git puts a line feed between the time of a commit and its first file.
        for part in entry.split(b"\n", 1) if entry.startswith(BEGINNING) else [entry.lstrip(b"\n")]:
            if part.startswith(BEGINNING):
                moment = _moment(part[1:])
            elif part and moment:
                changes.setdefault(_text(part), moment)
    return changes


def _moment(seconds: bytes) -> datetime | None:
    try:
        moment = datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    # Another time zone must not lead out of the years that dates have.
    return moment if 1 < moment.year < 9999 else None


def _text(name: bytes) -> str:
    return name.decode("utf-8", "replace")
