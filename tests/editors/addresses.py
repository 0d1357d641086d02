"""Every address that this project adds to the admin, found in the resolver itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, get_resolver
from wagtail.contrib.settings.registry import registry

from scri.checks import ROOMS

# Parts of Wagtail that a project adds for itself.
ADDED = {"wagtailredirects", "wagtailsearchpromotions"}
# Whose addresses are named after the model that they are for.
BY_MODEL = ("wagtailsnippets_", "wagtailsnippetchoosers_")
# Wagtail's own libraries, which every project has, whatever its models.
LIBRARIES = ("wagtailimages", "wagtaildocs")


def our_addresses() -> set[str]:
    """Return the names of all addresses below ``/admin/`` that come from a room, are for a model
    of one, or belong to a part of Wagtail that the project added. A setting has the name of its
    model in brackets."""
    names: set[str] = set()
    for path, name, callback in _patterns(get_resolver(), "", ()):
        if not path.startswith("admin/"):
            continue
        if name.startswith("wagtailsettings:"):
            names |= {f"{name}[{model._meta.model_name}]" for model in registry}
        elif _is_ours(name, callback):
            names.add(name)
    return names


def _patterns(
    resolver: Any, prefix: str, namespaces: tuple[str, ...]
) -> Iterator[tuple[str, str, Any]]:
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (pattern.namespace,) if pattern.namespace else ()
            yield from _patterns(pattern, path, (*namespaces, *inner))
        else:
            yield path, ":".join((*namespaces, pattern.name or path)), pattern.callback


def _is_ours(name: str, callback: Any) -> bool:
    namespace = name.split(":")[0]
    if namespace.startswith(LIBRARIES):
        return False
    model = getattr(callback, "view_initkwargs", {}).get("model")
    app = getattr(getattr(model, "_meta", None), "app_label", "")
    module = getattr(callback, "view_class", callback).__module__.split(".")[0]
    by_model = namespace.startswith(BY_MODEL) and namespace.split("_")[1] in ROOMS
    by_model_admin = "_modeladmin_" in name and name.split("_")[0] in ROOMS
    return namespace in ADDED or by_model or by_model_admin or bool({app, module} & ROOMS)
