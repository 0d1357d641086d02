"""Front matter as Jekyll took it: with the ``defaults`` of the settings, and without what meant
nothing to it.

Source of the rules: what Jekyll 4.3 makes of such files, and its documentation ("Front Matter
Defaults").
"""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

from isomer.source import DocumentKind

# What settings may say for many documents at once. Layouts are not among them: the one that nearly
# all settings name stands for "an ordinary page", as a missing one does.
KEYS = frozenset(
    {
        "categories", "category", "date", "description", "image", "lang", "permalink", "published",
        "slug", "title",
    }
)  # fmt: skip


def completed(
    front_matter: Mapping[str, Any],
    path: str,
    kind: DocumentKind,
    collection: str,
    config: Mapping[str, Any],
) -> dict[str, Any]:
    """Return the front matter of the document at ``path`` with the defaults that hold for it.

    A default of ``published`` counts for posts and collections only. A permalink that is true or
    false is none.
    """
    of_page = kind not in (DocumentKind.POST, DocumentKind.COLLECTION)
    type_name = "posts" if kind is DocumentKind.POST else "pages" if of_page else collection
    values: dict[str, Any] = {}
    for found in _matching(config.get("defaults"), path, type_name):
        values |= {key: value for key, value in found.items() if key in KEYS}
    if of_page:
        values.pop("published", None)
    values |= front_matter
    if isinstance(values.get("permalink"), bool):
        del values["permalink"]
    return values


def _matching(defaults: Any, path: str, type_name: str) -> list[Mapping[str, Any]]:
    """Return the values that hold for a path, those of the closest scope last."""
    found: list[tuple[tuple[int, bool], Mapping[str, Any]]] = []
    for entry in defaults if isinstance(defaults, list) else ():
        scope = entry.get("scope") if isinstance(entry, dict) else None
        values = entry.get("values") if isinstance(entry, dict) else None
        if not isinstance(scope, dict) or not isinstance(values, dict):
            continue
        begins = str(scope.get("path") or "").strip("/")
        is_below = fnmatchcase(path, f"{begins}*") if "*" in begins else path.startswith(begins)
        if is_below and scope.get("type", type_name) in (type_name, "", None):
            found.append(((len(begins), bool(scope.get("type"))), values))
    return [values for _, values in sorted(found, key=lambda one: one[0])]
