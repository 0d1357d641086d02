"""Rights of groups, for data migrations: what a group may do, giving, taking, and going back.

Migrations import this module, so what it does must stay as it is. All functions take ``apps``, the
models of the moment at which the migration runs.

A right is a tuple ``(permission, where, key)``: the permission as ``"app.codename"``; ``where`` is
``""`` for everywhere, or ``"page"``, ``"collection"``, ``"site"``; ``key`` is the id of that page
(and what lies below it), collection or site, ``None`` for everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model, QuerySet

Right = tuple[str, str, int | None]

# Where Wagtail keeps rights that hold in one place only.
PLACES = {
    "page": "GroupPagePermission",
    "collection": "GroupCollectionPermission",
    "site": "GroupSitePermission",
}


def named(line: str) -> list[tuple[str, str, str]]:
    """Return the permissions that a line such as ``"navigation.menu: add change"`` names, as
    ``(app, model, codename)``. A word with an underscore is a codename already."""
    model, _, words = line.partition(":")
    app, name = model.strip().split(".")
    return [(app, name, word if "_" in word else f"{word}_{name}") for word in words.split()]


def permission_of(apps: Any, app: str, name: str, codename: str) -> Model:
    """Return a permission, made as Django would make it.

    On a new database Django makes permissions after the last migration only; it leaves
    alone what is there by then.
    """
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app, model=name
    )
    permissions = apps.get_model("auth", "Permission").objects
    found: Model | None = permissions.filter(content_type=content_type, codename=codename).first()
    if found is not None:
        return found
    meta = apps.get_model(app, name)._meta
    plain = f"Can {codename.removesuffix('_' + name)} {meta.verbose_name_raw}"
    title = dict(meta.permissions).get(codename, plain)
    made: Model = permissions.create(content_type=content_type, codename=codename, name=title)
    return made


def top_of(apps: Any, where: str) -> int | None:
    """Return the id of the page or collection above all others, ``None`` for everywhere."""
    return int(_place(apps, where).objects.get(depth=1).pk) if where else None


def wanted(apps: Any, lines: Mapping[str, Iterable[str]]) -> set[Right]:
    """Return the rights that lines (:func:`named`) by place describe, with missing permissions
    made. The place is the top: all pages, all collections."""
    rights: set[Right] = set()
    for where, given in lines.items():
        key = top_of(apps, where)
        for app, name, codename in (one for line in given for one in named(line)):
            permission_of(apps, app, name, codename)
            rights.add((f"{app}.{codename}", where, key))
    return rights


def rights_of(apps: Any, group: Any) -> set[Right]:
    """Return all that a group may do."""
    fields = ("content_type__app_label", "codename")
    rights: set[Right] = {
        (f"{app}.{codename}", "", None) for app, codename in group.permissions.values_list(*fields)
    }
    for where in PLACES:
        rows = _rows(apps, where).filter(group_id=group.pk)
        names = (*(f"permission__{field}" for field in fields), f"{where}_id")
        rights |= {
            (f"{app}.{codename}", where, key) for app, codename, key in rows.values_list(*names)
        }
    return rights


def give(apps: Any, group: Any, rights: Iterable[Right]) -> None:
    """Give a group rights. What is gone meanwhile, a page or a permission, is passed over."""
    for permission, where, key in rights:
        found = _permission(apps, permission)
        if found is None:
            continue
        if not where:
            group.permissions.add(found)
        elif _exists(apps, where, key):
            _rows(apps, where).get_or_create(
                group_id=group.pk, permission_id=found.pk, **{f"{where}_id": key}
            )


def take(apps: Any, group: Any, rights: Iterable[Right]) -> None:
    """Take rights from a group; others stay."""
    for permission, where, key in rights:
        found = _permission(apps, permission)
        if found is None:
            continue
        if not where:
            group.permissions.remove(found)
        else:
            _rows(apps, where).filter(
                group_id=group.pk, permission_id=found.pk, **{f"{where}_id": key}
            ).delete()


def set_rights(apps: Any, group: Any, rights: set[Right]) -> dict[str, list[Right]]:
    """Make a group's rights those given, and return what changed, as JSON-like data:
    ``{"given": […], "taken": […]}``."""
    before = rights_of(apps, group)
    given, taken = sorted(rights - before, key=str), sorted(before - rights, key=str)
    give(apps, group, given)
    take(apps, group, taken)
    return {"given": given, "taken": taken}


def undo(apps: Any, group: Any, change: Mapping[str, Any]) -> None:
    """Go back behind a change of :func:`set_rights`; what people changed since then stays."""
    take(apps, group, [tuple(one) for one in change["given"]])
    give(apps, group, [tuple(one) for one in change["taken"]])


def _rows(apps: Any, where: str) -> Any:
    return apps.get_model("wagtailcore", PLACES[where]).objects


def _permission(apps: Any, name: str) -> Any:
    app, _, codename = name.partition(".")
    found: QuerySet[Any] = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label=app, codename=codename
    )
    return found.first()


def _exists(apps: Any, where: str, key: int | None) -> bool:
    return bool(_place(apps, where).objects.filter(pk=key).exists())


def _place(apps: Any, where: str) -> Any:
    """Return the model of pages, collections or sites."""
    return _rows(apps, where).model._meta.get_field(where).related_model
