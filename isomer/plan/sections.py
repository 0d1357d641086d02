"""The folders of the page tree: sections and groups, resource rooms and categories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from isomer.plan.model import HOME_KEY
from isomer.plan.places import Placement, menu_title, name_in_key, readable, room_key, section_key
from isomer.source import DocumentKind, NavigationKind, SourceSite

# What else lies in a room's folder is an ordinary page.
IN_ROOMS = frozenset({DocumentKind.POST, DocumentKind.ROOM, DocumentKind.CATEGORY})


class FolderKind(StrEnum):
    """What a folder of the tree becomes."""

    SECTION = "section"
    ROOM = "room"
    CATEGORY = "category"


@dataclass(frozen=True)
class Folder:
    """A folder: its key, the key above, its title, and a name for the slug.

    ``title_is_guessed`` says that the title was made from the name. ``index`` is the
    document that describes a room or category. ``menu_title`` is a category's
    name in menus.
    """

    key: str
    parent: str
    title: str
    name: str
    kind: FolderKind = FolderKind.SECTION
    title_is_guessed: bool = False
    in_menus: bool = True
    index: Placement | None = None
    menu_title: str = ""


@dataclass
class Arrangement:
    """The folders by key, in order, and the key of the folder or page above each document."""

    by_key: dict[str, Folder] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)

    @property
    def folders(self) -> list[Folder]:
        return list(self.by_key.values())

    def add(self, folder: Folder) -> str:
        """Add a folder unless it is there already, and return its key."""
        return self.by_key.setdefault(folder.key, folder).key

    def above(self, documents: Collection[str]) -> list[Folder]:
        """Return the folders above the documents at these paths, and those they describe."""
        keys = {self.parents[path] for path in documents if path in self.parents}
        keys |= {
            folder.key
            for folder in self.folders
            if folder.index is not None and folder.index.document.path in documents
        }
        # A folder comes after the one above it.
        for folder in reversed(self.folders):
            if folder.key in keys:
                keys.add(folder.parent)
        return [folder for folder in self.folders if folder.key in keys]


@dataclass
class _Runs:
    """Counts the runs of documents that have one group, in each collection."""

    last: dict[str, str] = field(default_factory=dict)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def number(self, collection: str, group: str) -> int:
        """Return the number of the run to which the next document of a collection belongs."""
        if self.last.get(collection) != group:
            self.last[collection] = group
            self.counts[collection, name_in_key(group)] += 1
        return self.counts[collection, name_in_key(group)]


def arrange(places: Sequence[Placement], site: SourceSite) -> Arrangement:
    """Return the folders that documents need, in the order of ``places``.

    A group is a run of documents with the same ``third_nav_title`` (format
    reference, 4.3): the same title after an interruption is a second group. A
    section's title is that of its menu entry, else made from its folder name and
    marked as guessed.
    """
    arrangement = Arrangement()
    runs = _Runs()
    indexes = {
        (place.document.room, place.document.category): place for place in places if place.is_index
    }
    for place in places:
        if place.is_home:
            continue
        document = place.document
        if document.room and document.kind in IN_ROOMS:
            key = _room_folder(arrangement, site, document.room, indexes)
            if document.category:
                key = _category_folder(arrangement, document.room, document.category, indexes)
        elif place.collection:
            key = _section_folder(arrangement, site, place, runs)
        else:
            key = HOME_KEY
        arrangement.parents[document.path] = key
    for room in site.rooms:
        _room_folder(arrangement, site, room.name, indexes)
        for category in room.categories:
            _category_folder(arrangement, room.name, category, indexes)
    return arrangement


def _section_folder(
    arrangement: Arrangement, site: SourceSite, place: Placement, runs: _Runs
) -> str:
    name = place.collection
    entries = [
        entry
        for entry in site.navigation
        if entry.kind is NavigationKind.COLLECTION and entry.collection == name
    ]
    title = next((entry.title for entry in entries if entry.title), "")
    key = arrangement.add(
        Folder(
            section_key(name),
            HOME_KEY,
            title or readable(name),
            name,
            title_is_guessed=not title,
            # Without a menu of its own the site shows all its sections.
            in_menus=bool(entries) or not site.navigation,
        )
    )
    number = runs.number(name, place.group)
    if not place.group:
        return key
    group_key = section_key(name, place.group, number)
    return arrangement.add(Folder(group_key, key, place.group, place.group))


def _room_folder(
    arrangement: Arrangement,
    site: SourceSite,
    room: str,
    indexes: dict[tuple[str, str], Placement],
) -> str:
    entry = next((one for one in site.navigation if one.kind is NavigationKind.RESOURCE_ROOM), None)
    index = indexes.get((room, ""))
    title = entry.title if entry is not None else ""
    return arrangement.add(
        Folder(
            room_key(room),
            HOME_KEY,
            title or readable(room),
            room,
            FolderKind.ROOM,
            title_is_guessed=not title and index is None,
            in_menus=entry is not None or not site.navigation,
            index=index,
        )
    )


def _category_folder(
    arrangement: Arrangement, room: str, category: str, indexes: dict[tuple[str, str], Placement]
) -> str:
    index = indexes.get((room, category))
    return arrangement.add(
        Folder(
            room_key(room, category),
            room_key(room),
            readable(category.rsplit("/", 1)[-1]),
            category.rsplit("/", 1)[-1],
            FolderKind.CATEGORY,
            title_is_guessed=index is None,
            index=index,
            menu_title=menu_title(category),
        )
    )
