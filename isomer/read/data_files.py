"""The data files: menu, footer, and what the first theme kept in them (reference, 3.3 and 5)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from isomer.read.data_values import ValueReader
from isomer.read.files import SourceFolder
from isomer.read.settings_files import read_data
from isomer.source import Footer, NavigationEntry, NavigationKind, NavigationLink, empty_footer

DATA = "_data"
SUFFIXES = (".yml", ".yaml", ".json")
NAVIGATION = "navigation"
FOOTER = "footer"
HOMEPAGE = "homepage"
CONTACT = "contact-us"

# The first theme wrote hyphens where the second writes one word.
SUBLINK_KEYS = ("sublinks", "sub-links")
# The menu leads by addresses alone, so these say nothing.
FLAGS_WITHOUT_EFFECT = ("external", "false_collection")
SOCIAL_MEDIA = (
    "facebook", "twitter", "youtube", "instagram", "linkedin", "telegram", "tiktok",
)  # fmt: skip
FOOTER_ADDRESSES = ("contact_us", "faq", "feedback", "privacy_policy", "terms_of_use")


def read_data_files(folder: SourceFolder) -> Any:
    """Read the data files into the site; files that nothing reads become one message each.

    Returns the menu's file as it is, because its shape tells the generation of
    the theme (format reference, 5.1).
    """
    files = _data_files(folder)
    menu = _named(folder, files, NAVIGATION)
    _read_navigation(folder, files.get(NAVIGATION), menu)
    _read_footer(folder, files.get(FOOTER), _named(folder, files, FOOTER))
    site = folder.site
    site.homepage = _mapping(folder, files, HOMEPAGE)
    site.contact = _mapping(folder, files, CONTACT)
    if not site.logo and isinstance(site.homepage.get("agency-logo"), str):
        site.logo = site.homepage["agency-logo"].strip()
    return menu


def _data_files(folder: SourceFolder) -> dict[str, Path]:
    """Return the files that are read, by name without ending; name the others."""
    path = folder.root / DATA
    known: dict[str, Path] = {}
    for file in sorted(folder.walk(path), key=lambda file: _rank(file.suffix)):
        is_read = file.stem in (NAVIGATION, FOOTER, HOMEPAGE, CONTACT) and file.parent == path
        if is_read and file.suffix in SUFFIXES and file.stem not in known:
            known[file.stem] = file
        elif is_read and file.stem in known:
            text = f"“{folder.name(known[file.stem])}” was read in its place."
            folder.report("data-file-not-read", file, text)
        else:
            folder.report("data-file-not-read", file, "Only layouts of the old theme used it.")
    return known


def _rank(suffix: str) -> int:
    return SUFFIXES.index(suffix) if suffix in SUFFIXES else len(SUFFIXES)


def _named(folder: SourceFolder, files: Mapping[str, Path], name: str) -> Any:
    return read_data(folder, files[name]) if name in files else None


def _mapping(folder: SourceFolder, files: Mapping[str, Path], name: str) -> Mapping[str, Any]:
    data = _named(folder, files, name)
    if data is None or isinstance(data, dict):
        return data or {}
    text = "The file must be made of lines such as “title: Contact us”; it was left out."
    folder.report("data-value-invalid", files[name], text)
    return {}


def _read_navigation(folder: SourceFolder, file: Path | None, data: Any) -> None:
    if file is None or data is None:
        return
    reader = ValueReader(folder.site.messages, folder.name(file))
    if isinstance(data, list):
        folder.site.navigation = read_entries(reader, data, "")
        return
    if not isinstance(data, dict):
        reader.refuse("", "The file must hold a list “links” of menu entries.")
        return
    folder.site.logo = reader.text(data, "logo")
    folder.site.navigation = read_entries(reader, data.get("links"), "links")
    reader.unknown(data, ("logo", "links"))


def _read_footer(folder: SourceFolder, file: Path | None, data: Any) -> None:
    if file is None or data is None:
        return
    reader = ValueReader(folder.site.messages, folder.name(file))
    footer = empty_footer()
    if isinstance(data, list):
        footer["navlinks"] = read_entries(reader, data, "")
    elif isinstance(data, dict):
        _fill_footer(reader, footer, data)
    else:
        reader.refuse("", "The file must be made of lines such as “contact_us: /contact-us/”.")
    folder.site.footer = footer


def _fill_footer(reader: ValueReader, footer: Footer, data: Mapping[str, Any]) -> None:
    footer["contact_us"] = reader.text(data, "contact_us")
    footer["faq"] = reader.text(data, "faq")
    footer["feedback"] = reader.text(data, "feedback")
    footer["privacy_policy"] = reader.text(data, "privacy_policy")
    footer["terms_of_use"] = reader.text(data, "terms_of_use")
    footer["copyright_agency"] = reader.text(data, "copyright_agency")
    footer["show_reach"] = reader.flag(data, "show_reach")
    footer["links"] = read_links(reader, data.get("links"), "links")
    footer["navlinks"] = read_entries(reader, data.get("navlinks"), "navlinks")
    social = reader.mapping(data, "social_media")
    footer["social_media"] = {
        name: address
        for name in SOCIAL_MEDIA
        if (address := reader.text(social, name, "social_media"))
    }
    reader.unknown(social, SOCIAL_MEDIA, "social_media")
    known = (*FOOTER_ADDRESSES, "copyright_agency", "show_reach")
    reader.unknown(data, (*known, "links", "navlinks", "social_media"))


def read_entries(reader: ValueReader, data: Any, place: str) -> list[NavigationEntry]:
    """Return menu entries from a list of mappings as the data files hold them."""
    entries = []
    for number, item in enumerate(reader.items(data, place), 1):
        where = reader.joined(place, str(number))
        if isinstance(item, dict):
            entry = _entry(reader, item, where)
            if entry:
                entries.append(entry)
        else:
            reader.refuse(where, "A menu entry needs a title and an address.")
    return entries


def _entry(reader: ValueReader, item: Mapping[str, Any], place: str) -> NavigationEntry | None:
    """Return one entry; of several targets the first in the theme's order counts."""
    title, url = reader.text(item, "title", place), reader.text(item, "url", place)
    collection = reader.text(item, "collection", place)
    links = [
        link
        for key in SUBLINK_KEYS
        for link in read_links(reader, item.get(key), reader.joined(place, key))
    ]
    is_room = reader.flag(item, "resource_room", place)
    known = ("title", "url", "collection", *SUBLINK_KEYS, "resource_room", *FLAGS_WITHOUT_EFFECT)
    reader.unknown(item, known, place)
    targets = [
        (NavigationKind.COLLECTION, collection),
        (NavigationKind.LINKS, links),
        (NavigationKind.RESOURCE_ROOM, is_room),
        (NavigationKind.LINK, url),
    ]
    given = [kind for kind, value in targets if value]
    if not title and not given:
        reader.refuse(place, "The entry has neither a title nor an address; it was left out.")
        return None
    _report_entry(reader, place, title, given)
    kind = given[0] if given else NavigationKind.LINK
    return NavigationEntry(
        title=title,
        kind=kind,
        url=url,
        collection=collection if kind is NavigationKind.COLLECTION else "",
        links=tuple(links) if kind is NavigationKind.LINKS else (),
    )


def _report_entry(reader: ValueReader, place: str, title: str, given: list[NavigationKind]) -> None:
    if not title:
        reader.refuse(place, "The entry has no title.")
    if not given:
        reader.refuse(place, f"The entry “{title}” leads nowhere.")
    # An address beside entries below is where the heading itself leads.
    unused = [
        kind.value
        for kind in given[1:]
        if not (kind is NavigationKind.LINK and given[0] is NavigationKind.LINKS)
    ]
    if unused:
        text = f"The entry “{title}” has more than one target; {given[0].value} counts, not"
        reader.refuse(place, f"{text} {', '.join(unused)}.")


def read_links(reader: ValueReader, data: Any, place: str) -> list[NavigationLink]:
    """Return titles and addresses from a list of mappings; links without address are named."""
    links = []
    for number, item in enumerate(reader.items(data, place), 1):
        where = reader.joined(place, str(number))
        if not isinstance(item, dict):
            reader.refuse(where, "A link needs a title and an address.")
            continue
        title, url = reader.text(item, "title", where), reader.text(item, "url", where)
        reader.unknown(item, ("title", "url", *FLAGS_WITHOUT_EFFECT), where)
        if title and url:
            links.append(NavigationLink(title, url))
        elif title or url:
            missing = "address" if title else "title"
            reader.refuse(where, f"The link “{title or url}” has no {missing}; it was left out.")
    return links
