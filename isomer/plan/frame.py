"""Menu and footer: the old data files as the entries of snippets (format reference, 5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from isomer.convert import finish_blocks
from isomer.convert.text.values import Block, Content, LinkTo
from isomer.messages import Message
from isomer.plan.limits import FOOTER_FILE
from isomer.plan.places import section_key
from isomer.plan.rooms import room_key
from isomer.source import NavigationEntry, NavigationKind, NavigationLink, SourceSite

MENU_FILE = "_data/navigation.yml"
# What the old theme linked to when the source named no page (format reference, 5.2).
PRIVACY, TERMS = "/privacy/", "/terms-of-use/"
ALWAYS_IN_FOOTER = ("privacy_policy", "terms_of_use")


def menu_entries(
    entries: Sequence[NavigationEntry],
    source: SourceSite,
    titles: Mapping[str, str],
    file: str,
    messages: list[Message],
) -> list[Content]:
    """Return the entries of a menu as a stream, links still as written.

    ``titles`` are those of all planned pages by key: an entry for a collection or room that
    is not there is left out with a message. One that has the very title of its section or room
    gets no title of its own, so that it follows when somebody renames that.
    """
    blocks: list[Block] = []
    for entry in entries:
        block = _entry(entry, source, titles)
        if block is None:
            messages.append(Message("menu-entry-left-out", file, entry.title or entry.collection))
        else:
            blocks.append(block)
    return finish_blocks(blocks, file)


def _entry(entry: NavigationEntry, source: SourceSite, titles: Mapping[str, str]) -> Block | None:
    if entry.kind is NavigationKind.COLLECTION:
        key = section_key(entry.collection)
        return _follows("section", entry, key, titles)
    if entry.kind is NavigationKind.RESOURCE_ROOM:
        key = next((room_key(room.name) for room in source.rooms), "")
        return _follows("resource_room", entry, key, titles)
    if entry.kind is NavigationKind.LINKS:
        value = {
            "title": entry.title,
            "link": LinkTo(entry.url, entry.title),
            "entries": [_link(link, entry.title) for link in entry.links if link.url],
        }
        return Block("links", value)
    if not entry.url:
        return None
    return Block("link", _link(NavigationLink(entry.title, entry.url), entry.title))


def _follows(
    kind: str, entry: NavigationEntry, key: str, titles: Mapping[str, str]
) -> Block | None:
    if key not in titles:
        return None
    title = "" if entry.title == titles[key] else entry.title
    return Block(kind, {"title": title, "page": {"$page": key}})


def _link(link: NavigationLink, place: str) -> dict[str, Content]:
    return {"title": link.title or link.url, "link": LinkTo(link.url, place)}


def footer_fields(
    source: SourceSite, titles: Mapping[str, str], messages: list[Message]
) -> dict[str, Any]:
    """Return the fields of the footer, links still as written."""
    footer = source.footer
    row = [
        Block("contact_us", LinkTo(footer["contact_us"], "contact_us")),
        Block("feedback", LinkTo(footer["feedback"], "feedback")),
        Block("faq", LinkTo(footer["faq"], "faq")),
        Block("privacy", LinkTo(footer["privacy_policy"] or PRIVACY, "privacy_policy")),
        Block("terms", LinkTo(footer["terms_of_use"] or TERMS, "terms_of_use")),
        *(Block("other", _link(link, "links")) for link in footer["links"] if link.url),
    ]
    shown = [block for block in row if block.type == "other" or block.value.address]
    own = menu_entries(footer["navlinks"], source, titles, FOOTER_FILE, messages)
    return {
        "repeat_menu": not own,
        "entries": own,
        "links": finish_blocks(shown, f"{FOOTER_FILE}/links"),
        "show_reach": footer["show_reach"],
        "copyright_name": footer["copyright_agency"],
        **footer["social_media"],
    }
