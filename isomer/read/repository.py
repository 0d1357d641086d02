"""Reads an Isomer repository: settings, data, pages, collections, resource rooms, media.

Which file means what is told in the format reference, 1.1 and 1.2; this
module decides the order and who reads what.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from content.counting import counted
from isomer.read.collection_folders import (
    UNPUBLISHED_REASON,
    publishable,
    read_collections,
)
from isomer.read.data_files import DATA, read_data_files
from isomer.read.data_values import listed
from isomer.read.files import DOCUMENT_SUFFIXES, MEDIA_FOLDERS, SourceFolder
from isomer.read.resource_room import POSTS, read_posts, read_resource_room, resource_rooms
from isomer.read.settings_files import SETTINGS, Publication, read_settings
from isomer.read.site_files import (
    MISC,
    MISC_SYSTEM_STEMS,
    STATIC_FOLDERS,
    THEME_FOLDERS,
    is_style,
    read_site_files,
    report_static_file,
)
from isomer.read.templates import fill_in_templates
from isomer.source import DocumentKind, Generation

HOME_NAMES = ("index.md", "index.html")
PAGES = "pages"
# What programs made of the repository, never part of the site.
GENERATED_FOLDERS = ("_site", "node_modules", "vendor")
RESERVED_FOLDERS = frozenset(
    (PAGES, POSTS, DATA, MISC, *MEDIA_FOLDERS, *THEME_FOLDERS, *STATIC_FOLDERS, *GENERATED_FOLDERS)
)
# Documents about the repository, and the page for a wrong address.
NOT_PAGES = frozenset(
    [
        "404",
        "changelog",
        "code-of-conduct",
        "code_of_conduct",
        "contributing",
        "licence",
        "license",
        "readme",
    ]
)


def looks_like_repository(folder: SourceFolder) -> bool:
    """Say whether the folder is a repository and not a flat folder of documents."""
    listing = folder.listing(folder.root)
    folders = {path.name for path in listing.folders}
    files = {path.name for path in listing.files}
    return (
        bool(files & {SETTINGS, "index.md"})
        or PAGES in folders
        # Two underscores: what macOS and Python leave behind, not a collection.
        or any(name.startswith("_") and not name.startswith("__") for name in folders)
    )


def read_repository(folder: SourceFolder) -> None:
    """Read everything into the site of ``folder``.

    Never raises: what cannot be read becomes a message.
    """
    site = folder.site
    site.config = read_settings(folder, folder.root / SETTINGS) or {}
    # Any value but these counts as true in the old generator's language.
    site.future = site.config.get("future") not in (None, False)
    site.generation = _generation(site.config.get("remote_theme"), read_data_files(folder))
    publication = Publication(site.config)
    _read_home_and_pages(folder, publication)
    _read_folders(folder, publication)
    _read_folders_of_theme(folder, publication)
    for path in (
        file for name in (*STATIC_FOLDERS, MISC) for file in folder.walk(folder.root / name)
    ):
        is_file = folder.is_static(path) and not is_style(folder, path)
        if is_file and not _is_kept_back(folder, publication, path):
            folder.add_static(path)
    folder.add_media(partial(_is_kept_back, folder, publication))
    read_site_files(folder)
    fill_in_templates(folder)


def _is_kept_back(folder: SourceFolder, publication: Publication, path: Path) -> bool:
    """Tell whether the old site did not publish a file: the settings exclude it, or a name on the
    way to it hides it, which a message says."""
    name = folder.name(path)
    if publication.is_excluded(name):
        return True
    if publication.has_hidden_name(name):
        folder.report("place-not-read", path, UNPUBLISHED_REASON)
        return True
    return False


def _generation(theme: Any, menu: Any) -> Generation:
    """Return the generation of the theme: its name decides, else the shape of the menu."""
    if isinstance(theme, str) and "next-gen" in theme:
        return Generation.V2
    if isinstance(menu, list):
        return Generation.V1
    return Generation.V1 if theme and not isinstance(menu, dict) else Generation.V2


def _read_home_and_pages(folder: SourceFolder, publication: Publication) -> None:
    listing = folder.listing(folder.root)
    in_root = [path for path in listing.files if not publication.is_excluded(folder.name(path))]
    home = next((path for name in HOME_NAMES for path in in_root if path.name == name), None)
    if home:
        folder.add_document(home, DocumentKind.HOME)
    pages = publishable(folder, publication, folder.root / PAGES)
    for path in in_root:
        suffix = path.suffix.lower()
        if path == home or report_static_file(folder, path):
            continue
        if _is_kept_back(folder, publication, path):
            continue
        if suffix in DOCUMENT_SUFFIXES:
            if path.stem.lower() not in NOT_PAGES:
                pages.append(path)
        elif folder.is_static(path):
            folder.add_static(path)
        else:
            text = f"The old site served it as /{folder.name(path)}; it is not a page."
            folder.report("place-not-read", path, text)
    for path in sorted(pages, key=folder.name):
        folder.add_document(path, DocumentKind.PAGE)


def _read_folders(folder: SourceFolder, publication: Publication) -> None:
    """Read collections, then resource rooms, then the pages in other folders."""
    ordinary: list[Path] = []
    candidates: list[Path] = []
    for path in folder.listing(folder.root).folders:
        name = folder.name(path)
        if path.name in RESERVED_FOLDERS or publication.is_excluded(name, is_folder=True):
            continue
        is_open = not publication.has_hidden_name(name)
        is_open |= publication.is_included(name, is_folder=True)
        (ordinary if is_open else candidates).append(path)
    collections = [path for path in candidates if path.name.startswith("_")]
    read_collections(folder, publication, collections)
    for path in candidates:
        if path not in collections and folder.walk(path):
            folder.report("place-not-read", path, UNPUBLISHED_REASON)
    rooms = resource_rooms(folder, ordinary)
    for path in rooms:
        read_resource_room(folder, publication, path)
    if not publication.is_excluded(POSTS, is_folder=True):
        read_posts(folder, publication, folder.walk(folder.root / POSTS))
    for path in ordinary:
        if path not in rooms:
            _read_other_folder(folder, publication, path)


def _read_folders_of_theme(folder: SourceFolder, publication: Publication) -> None:
    """Read the pages that people put beside styles and pictures of the theme; the old site
    published them like any others."""
    for file in (
        file for name in (MISC, *STATIC_FOLDERS) for file in folder.walk(folder.root / name)
    ):
        name = folder.name(file)
        is_system = file.stem.lower() in MISC_SYSTEM_STEMS
        is_kept_back = publication.is_excluded(name) or publication.has_hidden_name(name)
        is_named_so = file.suffix.lower() in DOCUMENT_SUFFIXES
        if is_named_so and not is_system and not is_kept_back:
            folder.add_document(file, DocumentKind.PAGE)


def _read_other_folder(folder: SourceFolder, publication: Publication, path: Path) -> None:
    """Read the pages of a folder that Isomer does not know; the old site published them."""
    others: list[str] = []
    for file in folder.walk(path):
        name = folder.name(file)
        if publication.is_excluded(name):
            continue
        is_hidden = publication.has_hidden_name(name, below=folder.name(path))
        if file.suffix.lower() in DOCUMENT_SUFFIXES and not is_hidden:
            folder.add_document(file, DocumentKind.PAGE)
        elif folder.is_static(file) and not is_hidden:
            folder.add_static(file)
        else:
            others.append(file.relative_to(path).as_posix())
    if others:
        count = counted(len(others), "file")
        text = f"The folder “{folder.name(path)}” holds {count}: {listed(others)}."
        folder.report("place-not-read", path, text)
