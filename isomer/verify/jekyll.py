"""What Jekyll itself makes of a repository: a witness that shares no line with the importer.

It runs without the theme, layouts and plugins of the repository, in safe mode, in a process
with bounds of its own, and writes nothing into the repository. So no code of the repository
runs, and nothing asks the network.
"""

from __future__ import annotations

import datetime
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

SECONDS = 300
SETTINGS = "_config.yml"
HOW_TO_INSTALL = (
    "Jekyll is not installed. On Debian and Ubuntu: apt-get install jekyll. Or leave out --judge,"
    " and the checker reads the documents itself."
)
PROGRAM = Path(__file__).with_suffix(".rb")
# Folders in which no build looks for settings of collections.
_NEVER = frozenset({".git", "_site", "node_modules", "vendor"})


class JekyllError(Exception):
    """Jekyll gives no answer. The text says why, and what to do."""


@dataclass(frozen=True)
class Item:
    """Something that Jekyll publishes.

    ``path`` is the source file; ``address`` the file that Jekyll would have written, such as
    ``/about/index.html``; ``html`` the body without layout, ``None`` for a file that is copied
    as it is; ``error`` says why it could not be rendered, ``""`` if it was.
    """

    path: str
    address: str
    html: str | None = None
    error: str = ""

    @property
    def visited(self) -> str:
        """The address at which visitors got it: ``/about/``, ``/page`` for ``/page.html``."""
        folder, slash, name = self.address.rpartition("/")
        if name == "index.html":
            return folder + slash
        return self.address


@dataclass(frozen=True)
class Site:
    """What Jekyll publishes of a repository, in the order in which it writes it."""

    items: tuple[Item, ...]

    @cached_property
    def by_address(self) -> Mapping[str, Item]:
        """What lies at each address in the end: what is written last is there."""
        return {item.address: item for item in self.items}

    @cached_property
    def by_path(self) -> Mapping[str, Item]:
        """What became of each published file of the repository."""
        return {item.path: item for item in self.items}


def is_installed() -> bool:
    """Tell whether Jekyll is there."""
    return shutil.which("jekyll") is not None and shutil.which("ruby") is not None


def rendered(root: Path, day: datetime.date, seconds: int = SECONDS) -> Site:
    """Return what Jekyll makes of a repository on a day, in at most some seconds.

    The settings are those of the repository and of each ``collection.yml`` in it, as Isomer
    builds it (format reference, 1.2).

    Raises:
        JekyllError: if it is not installed, needs longer, or can't read the repository.
    """
    if not is_installed():
        raise JekyllError(HOW_TO_INSTALL)
    with tempfile.TemporaryDirectory(prefix="jekyll-") as folder:
        answer = Path(folder) / "answer"
        try:
            done = subprocess.run(
                ["ruby", str(PROGRAM), *arguments(root, answer, day, seconds)],
                cwd=folder,
                env=environment(folder),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=2 * seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise JekyllError(f"Jekyll was stopped after {2 * seconds} s.") from error
        if done.returncode < 0:
            raise JekyllError(f"Jekyll needs more than {seconds} s, or too much memory.")
        if done.returncode or not answer.is_file():
            raise JekyllError(f"Jekyll can't read the repository. {_reason(done.stderr)}")
        return site_of(answer)


def arguments(root: Path, answer: Path, day: datetime.date, seconds: int) -> list[str]:
    """Return what the program beside this file is told: the repository, the file to write, the
    seconds, the day and the files of settings."""
    root = root.resolve()
    end_of_day = f"{day.isoformat()} 23:59:59"
    return [str(root), str(answer), str(seconds), end_of_day, *map(str, _settings(root))]


def site_of(answer: Path) -> Site:
    """Return what the program wrote."""
    with answer.open(encoding="utf-8") as lines:
        return Site(tuple(Item(**json.loads(line)) for line in lines))


def _settings(root: Path) -> list[Path]:
    collections = [
        file
        for file in sorted(root.rglob("collection.yml"))
        if not _NEVER & set(file.relative_to(root).parts)
    ]
    return [file for file in (root / SETTINGS, *collections) if file.is_file()]


def environment(folder: str) -> dict[str, str]:
    """Return an environment in which no file of a stranger decides what Ruby loads."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": folder,
        "LANG": "C.UTF-8",
        "TZ": os.environ.get("TZ", "UTC"),
        "JEKYLL_ENV": "production",
        "JEKYLL_NO_BUNDLER_REQUIRE": "true",
    }


def _reason(errors: bytes) -> str:
    """Return the first line of what Ruby said at the end."""
    lines = [line.strip() for line in errors.decode("utf-8", "replace").splitlines()]
    said = [line for line in lines if line and not line.startswith("from ")]
    return said[0][:300] if said else "It does not say why."
