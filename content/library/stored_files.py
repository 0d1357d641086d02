"""Rows and their stored files: which of them lack the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

# Below these folders of the storage lies what the models of media store.
FOLDERS = ("original_images", "images", "documents")


def storage_of(model: Any) -> Any:
    """Return the storage of a model of media."""
    return model._meta.get_field("file").storage


def names_in(storage: Any, folder: str) -> Iterator[str]:
    """Yield the name of every file below a folder of a storage; none if there is no such folder."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in files)
    for name in folders:
        yield from names_in(storage, f"{folder}/{name}")


def lost_files(model: Any, **only: Any) -> dict[int, str]:
    """Return the rows of a model of media whose file is gone: names of files by id.

    ``only`` is a filter of rows. Rows are read before files, since a file is stored before its row.
    """
    rows = dict(model._default_manager.filter(**only).values_list("pk", "file"))
    storage = storage_of(model)
    tops = {name.partition("/")[0] for name in rows.values() if "/" in name}
    there = {name for top in tops for name in names_in(storage, top)}
    # What lies at the top, which is rare, is asked for one by one.
    return {
        pk: name
        for pk, name in rows.items()
        if name not in there and ("/" in name or not storage.exists(name))
    }
