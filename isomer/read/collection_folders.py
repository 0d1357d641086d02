"""Collections: which folders are some, and their documents in order (reference, 1.2 and 1.5)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cmp_to_key
from pathlib import Path
from typing import Any

from content.counting import counted
from isomer.read.files import SourceFolder
from isomer.read.settings_files import Publication, read_settings
from isomer.source import DocumentKind, SourceDocument

COLLECTION_SETTINGS = "collection.yml"
DRAFTS = "_drafts"
UNPUBLISHED_REASON = (
    "The old site did not publish files and folders whose name begins with “_”, “#” or “~”,"
    " or ends with “~”."
)


def read_collections(
    folder: SourceFolder, publication: Publication, candidates: list[Path]
) -> None:
    """Read the documents of every declared collection among the folders ``candidates``.

    Folders that no settings declare become messages, as do files that the old
    site did not publish.
    """
    published, orders = _published_collections(folder, candidates)
    for path in candidates:
        name = folder.name(path).removeprefix("_")
        if name not in published:
            _report_undeclared(folder, path)
            continue
        documents = folder.site.documents
        before = len(documents)
        for file in publishable(folder, publication, path):
            parts = file.relative_to(path).parts
            group = folder.name(path / parts[0]).partition("/")[2] if len(parts) > 1 else ""
            folder.add_document(file, DocumentKind.COLLECTION, collection=name, subfolder=group)
        start = f"{folder.name(path)}/"
        order = [f"{start}{entry}" for entry in orders.get(name, [])]
        documents[before:] = _ordered(documents[before:], order)


def publishable(folder: SourceFolder, publication: Publication, path: Path) -> list[Path]:
    """Return the files below ``path`` that the old site looked at; name the hidden ones."""
    chosen = []
    for file in folder.walk(path):
        name = folder.name(file)
        if publication.is_excluded(name):
            continue
        if publication.has_hidden_name(name, below=folder.name(path)):
            folder.report("place-not-read", file, UNPUBLISHED_REASON)
        elif folder.is_static(file):
            if file != path / COLLECTION_SETTINGS:
                folder.add_static(file)
        else:
            chosen.append(file)
    return chosen


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
        settings = read_settings(folder, path / COLLECTION_SETTINGS)
        if settings is None:
            output[folder.name(path).removeprefix("_")] = True
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


def _ordered(documents: list[SourceDocument], order: list[str]) -> list[SourceDocument]:
    """Return a collection's documents in the order that its editors gave (format reference, 1.5).

    Entries that name no file are passed over; documents that no entry names come after the
    others. As in Jekyll, two that both have a date are in the order of their dates, any other two
    in that of their paths.
    """
    places = {entry: number for number, entry in reversed(list(enumerate(order)))}

    def compared(one: SourceDocument, other: SourceDocument) -> int:
        if one.day is None or other.day is None or one.day == other.day:
            return _sign(one.path, other.path)
        return _sign(one.day, other.day)

    unlisted = [one for one in documents if one.path not in places]
    listed = [one for one in documents if one.path in places]
    listed.sort(key=lambda one: places[one.path])
    return [*listed, *sorted(unlisted, key=cmp_to_key(compared))]


def _sign(one: Any, other: Any) -> int:
    return int(one > other) - int(one < other)


def _report_undeclared(folder: SourceFolder, path: Path) -> None:
    count = sum(folder.begins_like_a_document(file) for file in folder.walk(path))
    if not count:
        return
    documents = counted(count, "document")
    if path.name == DRAFTS:
        folder.report("place-not-read", path, f"Drafts were never published: {documents}.")
        return
    text = f"The folder “{folder.name(path)}” is not declared as a published collection:"
    folder.report("collection-undeclared", path, f"{text} {documents}.")
