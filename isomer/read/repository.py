"""Reads an Isomer repository: home page, pages, collections, media and settings.

Which file means what is told in the format reference, 1.1, 1.2 and 1.5. The
resource rooms (1.4) belong here too and come with a later version;
``_report_folder`` names them until then.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from isomer.messages import Message
from isomer.read.files import DOCUMENT_SUFFIXES, MEDIA_FOLDERS, MEDIA_SUFFIXES, SourceFolder
from isomer.read.yaml_mapping import InvalidYamlError, load_mapping
from isomer.source import DocumentKind, SourceSite

SETTINGS = "_config.yml"
COLLECTION_SETTINGS = "collection.yml"
HOME_NAMES = ("index.md", "index.html")
PAGES = "pages"
POSTS = "_posts"
# Folders that hold the generator's own files, never documents of the site.
TOOLING_FOLDERS = frozenset(
    [
        "_data",
        "_includes",
        "_layouts",
        "_plugins",
        "_sass",
        "_site",
        "assets",
        "misc",
        "node_modules",
        "vendor",
    ]
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
UNPUBLISHED_BEGINNINGS = ("_", "#", "~")
UNPUBLISHED_REASON = (
    "The old site did not publish files and folders whose name begins with “_”, “#” or “~”,"
    " or ends with “~”."
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
    """Read everything into the site of ``folder``: home, pages, collections, media.

    Never raises: what cannot be read becomes a message.
    """
    site = folder.site
    site.config = _settings(folder, folder.root / SETTINGS) or {}
    _read_home_and_pages(folder, _excluded(site))
    _read_collections(folder, _excluded(site))
    folder.add_media()
    for path in folder.listing(folder.root).folders:
        known = {PAGES, *MEDIA_FOLDERS} | TOOLING_FOLDERS | _excluded(site)
        if path.name not in known and (path.name == POSTS or not path.name.startswith("_")):
            _report_folder(folder, path)


def _settings(folder: SourceFolder, path: Path) -> dict[str, Any] | None:
    """Return a settings file as data, ``{}`` when it is absent, ``None`` when it is invalid."""
    if path not in folder.listing(path.parent).files:
        return {}
    text = folder.text(path)
    if text is None:
        return None
    name = folder.name(path)
    try:
        loaded = load_mapping(text)
    except InvalidYamlError as error:
        place = f"line {error.line}, column {error.column}"
        folder.site.messages.append(Message("settings-invalid", name, error.reason, place=place))
        return None
    folder.site.messages += [
        Message(finding.rule, name, finding.text, place=f"line {finding.line}")
        for finding in loaded.findings
    ]
    return loaded.data


def _excluded(site: SourceSite) -> set[str]:
    """Return the names in the root that the settings keep from being published."""
    names = site.config.get("exclude")
    return {str(name).strip("/") for name in names} if isinstance(names, list) else set()


def _read_home_and_pages(folder: SourceFolder, excluded: set[str]) -> None:
    in_root = [path for path in folder.listing(folder.root).files if path.name not in excluded]
    home = next((path for name in HOME_NAMES for path in in_root if path.name == name), None)
    if home:
        folder.add_document(home, DocumentKind.HOME)
    strays = [
        path
        for path in in_root
        if path != home
        and path.suffix.lower() in DOCUMENT_SUFFIXES
        and path.stem.lower() not in NOT_PAGES
    ]
    pages = [] if PAGES in excluded else _publishable(folder, folder.root / PAGES)
    for path in sorted(strays + pages, key=folder.name):
        folder.add_document(path, DocumentKind.PAGE)
    for path in in_root:
        if path.suffix.lower() in MEDIA_SUFFIXES:
            _report_misplaced(folder, path)


def _read_collections(folder: SourceFolder, excluded: set[str]) -> None:
    candidates = [
        path
        for path in folder.listing(folder.root).folders
        if path.name.startswith("_") and path.name not in TOOLING_FOLDERS | excluded | {POSTS}
    ]
    published, orders = _published_collections(folder, candidates)
    for path in candidates:
        name = path.name.removeprefix("_")
        if name not in published:
            _report_undeclared(folder, path)
            continue
        for file in _collection_files(folder, path, orders.get(name, [])):
            parts = file.relative_to(path).parts
            group = folder.name(path / parts[0]).partition("/")[2] if len(parts) > 1 else ""
            folder.add_document(file, DocumentKind.COLLECTION, name, group)


def _published_collections(
    folder: SourceFolder, candidates: list[Path]
) -> tuple[set[str], dict[str, list[str]]]:
    """Return the collections that are declared with ``output: true``, and the orders by name.

    The build merged the site's settings with every ``collection.yml`` (format
    reference, 1.2). A ``collection.yml`` that cannot be read still says that
    its folder is a collection; better too much on the report than pages lost.
    """
    output: dict[str, bool] = _declared(folder.site.config)
    orders = _orders(folder.site.config)
    for path in candidates:
        settings = _settings(folder, path / COLLECTION_SETTINGS)
        if settings is None:
            output[path.name.removeprefix("_")] = True
        else:
            output |= _declared(settings)
            orders |= _orders(settings)
    return {name for name, is_published in output.items() if is_published}, orders


def _declared(settings: Mapping[str, Any]) -> dict[str, bool]:
    collections = settings.get("collections")
    if not isinstance(collections, dict):
        return {}
    return {
        name: value.get("output") not in (None, False)
        for name, value in collections.items()
        if isinstance(value, dict) and "output" in value
    }


def _orders(settings: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the ``order`` lists of collections: paths of documents in a collection's folder."""
    collections = settings.get("collections")
    if not isinstance(collections, dict):
        return {}
    return {
        name: [str(entry) for entry in value["order"]]
        for name, value in collections.items()
        if isinstance(value, dict) and isinstance(value.get("order"), list)
    }


def _collection_files(folder: SourceFolder, path: Path, order: list[str]) -> list[Path]:
    """Return a collection's files in the order that its editors gave (format reference, 1.5).

    Entries that name no file are passed over; files that no entry names come
    after the others, sorted by path.
    """
    settings = path / COLLECTION_SETTINGS
    files = [file for file in _publishable(folder, path) if file != settings]
    places = {entry: number for number, entry in reversed(list(enumerate(order)))}
    unlisted = len(order)
    return sorted(files, key=lambda file: places.get(file.relative_to(path).as_posix(), unlisted))


def _publishable(folder: SourceFolder, path: Path) -> list[Path]:
    """Return the files below ``path`` that Jekyll would look at; name the others."""
    chosen = []
    for file in folder.walk(path):
        parts = file.relative_to(path).parts
        if any(part.startswith(UNPUBLISHED_BEGINNINGS) or part.endswith("~") for part in parts):
            folder.report("place-not-read", file, UNPUBLISHED_REASON)
        elif file.suffix.lower() in MEDIA_SUFFIXES:
            _report_misplaced(folder, file)
        else:
            chosen.append(file)
    return chosen


def _report_misplaced(folder: SourceFolder, path: Path) -> None:
    text = "Pictures and files are read from the folders “images” and “files” only."
    folder.report("place-not-read", path, text)


def _report_undeclared(folder: SourceFolder, path: Path) -> None:
    count = sum(folder.begins_like_a_document(file) for file in folder.walk(path))
    if count:
        documents = _counted(count, "document")
        text = f"The folder “{path.name}” is not declared as a published collection: {documents}."
        folder.report("collection-undeclared", path, text)


def _report_folder(folder: SourceFolder, path: Path) -> None:
    """Name a folder that is not read: a resource room, or one that Isomer does not know."""
    files = folder.walk(path)
    posts = [file for file in files if POSTS in file.relative_to(folder.root).parts]
    others = len(files) - len(posts)
    if posts or path.name == folder.site.config.get("resources_name"):
        found = f"{_counted(len(posts), 'post')} and {_counted(others, 'other file')}"
        folder.report("resource-room-not-read", path, f"“{path.name}” holds {found}.")
    elif files:
        text = f"The folder “{path.name}” holds {_counted(len(files), 'file')}."
        folder.report("place-not-read", path, text)


def _counted(count: int, noun: str) -> str:
    return f"1 {noun}" if count == 1 else f"{count} {noun}s"
