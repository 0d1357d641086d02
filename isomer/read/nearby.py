"""Where the repository is, when a source is a folder too deep or too shallow."""

from __future__ import annotations

from pathlib import Path

from isomer.read.settings_files import SETTINGS

LEVELS_UP = 4
LEVELS_DOWN = 2
FOLDERS_LOOKED_AT = 200
# Beside the settings, what every repository has one of.
PARTS = ("index.md", "index.html", "pages", "_data", "images", "files")


def is_clearly_repository(folder: Path) -> bool:
    """Tell whether a folder is the top of a repository beyond doubt."""
    try:
        return (folder / SETTINGS).is_file() and any((folder / name).exists() for name in PARTS)
    except OSError:
        return False


def repository_around(folder: Path) -> Path | None:
    """Return the repository that a folder is a part of, ``None`` if there is none."""
    for above in list(folder.parents)[:LEVELS_UP]:
        if is_clearly_repository(above):
            return above
    return None


def repositories_in(folder: Path) -> list[Path]:
    """Return the repositories that lie in a folder, at most two levels deep."""
    found: list[Path] = []
    level = [folder]
    for _ in range(LEVELS_DOWN):
        level = [below for one in level for below in _folders(one)][:FOLDERS_LOOKED_AT]
        found += [one for one in level if is_clearly_repository(one)]
        level = [one for one in level if one not in found]
    return found


def archives_in(folder: Path) -> list[Path]:
    """Return the ZIP archives that lie in a folder."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix.lower() == ".zip")
    except OSError:
        return []


def _folders(folder: Path) -> list[Path]:
    try:
        return sorted(
            path
            for path in folder.iterdir()
            if path.is_dir() and not path.is_symlink() and not path.name.startswith(".")
        )
    except OSError:
        return []
