"""By what a repository is known again, so that a site is not filled from another by mistake.

A repository is known by its first commit, the title of its site and the paths of its documents.
None of them is enough: checkouts move, archives have no history, titles change, repositories made
from one template begin with one commit. So the share of common documents decides, and what else is
known says how large it has to be.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from wagtail.models import Site

from content.counting import counted
from isomer.models import ImportedObject, ImportRun
from isomer.plan import HOME_KEY, Action, Plan
from isomer.present import imported_objects
from isomer.source import DocumentKind, SourceKind, SourceSite

# Which share of all documents two repositories must have in common to count as one.
SHARE_IF_ALIKE = 0.2
SHARE = 0.5
SHARE_IF_UNLIKE = 0.6
NAMED = 10
# Documents that any repository may have.
COMMON_KINDS = (DocumentKind.HOME, DocumentKind.ROOM, DocumentKind.CATEGORY)


class OtherSourceError(Exception):
    """The site was filled from another repository. The text says what would be replaced."""

    def __init__(self, replaced: str) -> None:
        super().__init__(
            f"{replaced} Nothing was imported. Name another site with --site (it is made if it"
            " does not exist), or add --replace-site if this is what you want."
        )


def origin_of(source: SourceSite, name: str) -> dict[str, str]:
    """Return what a run remembers of its repository; nothing of loose documents.

    ``name`` is that of the folder or archive.
    """
    if source.kind is not SourceKind.REPOSITORY:
        return {}
    title = source.config.get("title")
    return {
        "name": name,
        "title": title.strip() if isinstance(title, str) else "",
        "first_commit": source.first_commit,
    }


def what_is_replaced(
    site: Site | None, source: SourceSite, origin: Mapping[str, str], plan: Plan
) -> str:
    """Return what a plan would replace of a site that another repository filled, ``""`` if it is
    the same one, or none."""
    if site is None or site.pk is None or not origin:
        return ""
    filled = imported_objects(site)
    runs = ImportRun.objects.done().filter(site__root_page=site.root_page_id)
    last = runs.exclude(origin={}).first()
    if last is None and not filled.filter(kind=ImportedObject.Kind.SETTING).exists():
        return ""
    rows = filled.filter(kind=ImportedObject.Kind.PAGE).values_list("source_path", flat=True)
    # The home page, rooms and categories have names of their own.
    paths = {path for path in rows if path != HOME_KEY and not path.startswith("room ")}
    known: Mapping[str, Any] = last.origin if last is not None else {}
    if is_same(known, paths, origin, _documents(source)):
        return ""
    from_where = _named(known) if known else "another repository"
    return (
        f"The site {site.hostname} was filled from {from_where}. This is {_named(origin)}. It would"
        f" replace {_replaced(plan)}."
    )


def is_same(
    known: Mapping[str, str], known_paths: set[str], origin: Mapping[str, str], paths: set[str]
) -> bool:
    """Tell whether two repositories are one, by what is known of each and the paths of their
    documents."""
    alike = False
    unlike = 0
    for name in ("title", "first_commit"):
        old, new = known.get(name, "").casefold(), origin.get(name, "").casefold()
        alike |= bool(old) and old == new
        unlike += bool(old and new) and old != new
    if unlike == 2:
        # What two sites were made of, such as a template, says nothing.
        return False
    share = SHARE
    if alike != bool(unlike):
        share = SHARE_IF_ALIKE if alike else SHARE_IF_UNLIKE
    if not known_paths:
        # What is here is a home page alone.
        return not unlike
    # One document of a repository, or what is left of it, is that repository, too.
    is_certain = alike and not unlike
    both = min(known_paths, paths, key=len) if is_certain else known_paths | paths
    return len(known_paths & paths) >= share * len(both)


def _documents(source: SourceSite) -> set[str]:
    return {one.path for one in source.documents if one.kind not in COMMON_KINDS}


def _named(origin: Mapping[str, str]) -> str:
    title = origin.get("title", "")
    return f"“{origin['name']}”" + (f" ({title})" if title else "")


def _replaced(plan: Plan) -> str:
    pages = [page for page in plan.pages if page.action is Action.UPDATE]
    titles = [f"“{page.content.get('title', page.key)}”" for page in pages]
    more = f" and {len(titles) - NAMED} more" if len(titles) > NAMED else ""
    parts = [f"{counted(len(pages), 'page')} ({', '.join(titles[:NAMED])}{more})"] if pages else []
    for setting in plan.settings:
        if setting.action is Action.UPDATE:
            model = apps.get_model("navigation", setting.name)
            parts.append(f"the {model._meta.verbose_name}")
    return ", ".join(parts) if parts else "nothing, but stand beside it"
