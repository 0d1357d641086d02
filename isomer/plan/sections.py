"""Sections and groups: the folders of the page tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from isomer.plan.model import HOME_KEY
from isomer.plan.places import Place, readable, section_key
from isomer.plan.titles import MAXIMUM_TITLE


@dataclass(frozen=True)
class Section:
    """A section, or a group in one: its key, the key above, its title, and a name for the slug."""

    key: str
    parent: str
    title: str
    name: str
    title_is_guessed: bool = False


@dataclass
class Arrangement:
    """The sections in order, and the key of the section or page above each document."""

    sections: list[Section] = field(default_factory=list)
    parents: dict[str, str] = field(default_factory=dict)


def arrange(places: Sequence[Place]) -> Arrangement:
    """Return the sections that documents need, in source order.

    A group is a run of documents with the same ``third_nav_title`` (format
    reference, 4.3): the same title after an interruption is a second group.
    A section's title is made from its folder name and marked as guessed.
    """
    arrangement = Arrangement()
    known: set[str] = set()
    runs: dict[str, list[str]] = {}

    def add(section: Section) -> None:
        if section.key not in known:
            known.add(section.key)
            arrangement.sections.append(section)

    for place in places:
        if place.is_home:
            continue
        if not place.collection:
            arrangement.parents[place.document.path] = HOME_KEY
            continue
        key = section_key(place.collection)
        add(
            Section(
                key, HOME_KEY, readable(place.collection)[:MAXIMUM_TITLE], place.collection, True
            )
        )
        groups = runs.setdefault(place.collection, [])
        if not groups or groups[-1] != place.group:
            groups.append(place.group)
        if place.group:
            number = groups.count(place.group)
            group_key = section_key(place.collection, place.group, number)
            add(Section(group_key, key, place.group, place.group))
            key = group_key
        arrangement.parents[place.document.path] = key
    return arrangement
