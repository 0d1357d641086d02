"""The table that says which documents become which page types."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from content.addresses.paths import normalise_path
from isomer.convert import RECIPES

TYPES = (
    "default", "section", "home", "contact", "room", "category", "article", "link",
)  # fmt: skip
CONDITIONS = ("layout", "collection", "permalink")


class MappingError(Exception):
    """The mapping file can't be used. The text says what to correct."""


@dataclass(frozen=True)
class PageRule:
    """One rule: its conditions (``""`` for any) and what a document that meets them becomes."""

    page_type: str
    layout: str = ""
    collection: str = ""
    permalink: str = ""
    field: str = "body"
    blocks: tuple[str, ...] = ()

    def matches(self, layout: str, collection: str, permalink: str) -> bool:
        return (
            self.layout in ("", layout)
            and self.collection in ("", collection)
            and (
                not self.permalink
                or fnmatchcase(normalise_path(permalink), normalise_path(self.permalink))
            )
        )


@dataclass(frozen=True)
class Mapping:
    """The whole table: rules in order, and the types for everything else.

    ``default`` is the ordinary page; the other types are those of the old layouts
    and folders that every site has.
    """

    rules: tuple[PageRule, ...] = ()
    default: str = "content.ContentPage"
    section: str = "content.SectionPage"
    home: str = "home.HomePage"
    contact: str = "content.ContactPage"
    room: str = "resources.ResourceRoomPage"
    category: str = "resources.ResourceCategoryPage"
    article: str = "resources.ArticlePage"
    link: str = "resources.ResourceLinkPage"

    def rule_for(self, layout: str, collection: str, permalink: str) -> PageRule | None:
        """Return the first rule that matches a document, ``None`` if there is none."""
        matching = (rule for rule in self.rules if rule.matches(layout, collection, permalink))
        return next(matching, None)

    @property
    def page_types(self) -> set[str]:
        """All page types that the table names."""
        return {getattr(self, name) for name in TYPES} | {rule.page_type for rule in self.rules}


def load_mapping(file: Path) -> Mapping:
    """Read a mapping file (TOML; ``isomer/mapping/scri.toml`` explains the form).

    Raises:
        MappingError: if the file is missing, not TOML, or has an entry that is unknown.
    """
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise MappingError(f"The mapping file {file} can't be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError(f"The mapping file {file} is not valid TOML: {error}.") from error
    known = {*TYPES, "page"}
    _refuse_unknown(set(data) - known, file, known)
    rules = tuple(
        _rule(entry, number, file) for number, entry in enumerate(data.get("page", []), 1)
    )
    return Mapping(rules, **{name: str(data[name]) for name in TYPES if name in data})


def _rule(entry: Any, number: int, file: Path) -> PageRule:
    place = f"{file}, page rule {number}"
    if not isinstance(entry, dict) or not isinstance(entry.get("page_type"), str):
        raise MappingError(f"{place}: name a page_type such as content.ContentPage.")
    known = {*CONDITIONS, "page_type", "field", "blocks"}
    _refuse_unknown(set(entry) - known, place, known)
    blocks = entry.get("blocks", [])
    if not isinstance(blocks, list):
        raise MappingError(f"{place}: blocks is a list of names.")
    _refuse_unknown({str(name) for name in blocks} - set(RECIPES), place, set(RECIPES))
    texts = {key: str(entry[key]) for key in (*CONDITIONS, "page_type", "field") if key in entry}
    return PageRule(**texts, blocks=tuple(str(name) for name in blocks))


def _refuse_unknown(unknown: set[str], place: object, known: set[str]) -> None:
    if unknown:
        raise MappingError(
            f"{place}: {', '.join(sorted(unknown))} is not known; use {', '.join(sorted(known))}."
        )
