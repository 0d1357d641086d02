"""Site identity and notification, from the settings or, for loose documents, from the home page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from content.languages import language_code
from isomer.convert import (
    Block,
    Content,
    LinkTo,
    PictureOf,
    blocks_to_stream,
    convert_inline,
    plain,
)
from isomer.messages import Message
from isomer.plan.limits import CONFIG, FOOTER_FILE
from isomer.plan.links import Resolver
from isomer.plan.places import Placement, room_key, section_key
from isomer.source import NavigationEntry, NavigationKind, NavigationLink, SourceKind, SourceSite

_COLOUR = re.compile(r"^#[0-9a-fA-F]{6}$")
_SHORT_COLOUR = re.compile(r"^#[0-9a-fA-F]{3}$")
# What the notification's field can hold.
NOTIFICATION_FEATURES = ("bold", "italic", "link")
# Fields for the ids of statistics, and the keys that hold them (format reference, 2).
STATISTICS = {
    "google_analytics": "google_analytics",
    "google_analytics_4": "google_analytics_ga4",
    "google_tag_manager": "google-tag-manager",
    "facebook_pixel": "facebook-pixel",
    "linkedin_insights": "linkedin-insights",
}
MENU_FILE = "_data/navigation.yml"
# What the old theme linked to when the source named no page (format reference, 5.2).
PRIVACY, TERMS = "/privacy/", "/terms-of-use/"
ALWAYS_IN_FOOTER = ("privacy_policy", "terms_of_use")


def site_settings(
    source: SourceSite, places: Sequence[Placement], resolver: Resolver, messages: list[Message]
) -> dict[str, dict[str, Any]]:
    """Return the content of each setting by model name, marks resolved."""
    home = next((place.document for place in places if place.is_home), None)
    settings: dict[str, dict[str, Any]] = {}
    identity = _identity(source, home, messages)
    if identity:
        settings["siteidentity"] = resolver.resolve(identity) | _favicon(source, resolver)
    if home is not None:
        text = home.text("notification")
        notice, notes = convert_inline(text, home.path, NOTIFICATION_FEATURES, "notification")
        messages.extend(notes)
        content = {"text": resolver.resolve(notice)}
        settings["notification"] = content
    return settings


def _identity(source: SourceSite, home: Any, messages: list[Message]) -> dict[str, Any]:
    """Return the values of the site identity that the source gives."""
    if home is None and source.kind is SourceKind.LOOSE:
        return {}
    values: dict[str, Any] = {}
    where = CONFIG if source.kind is SourceKind.REPOSITORY else home.path
    name = " ".join(plain(source.config.get("title")).split())
    if not name and home is not None:
        name = " ".join(plain(home.front_matter.get("title")).split())
        if name:
            messages.append(Message("site-name-guessed", home.path, f"“{name}”", "title"))
    if name:
        values["name"] = name
    if source.kind is SourceKind.REPOSITORY:
        # The old theme showed the masthead unless the setting said otherwise.
        values["is_government"] = source.config.get("is_government") is not False
        values |= _rest_of_config(source) | _language(source, where, messages)
    else:
        values["is_government"] = False
        messages.append(Message("government-unknown", where, "the government banner is off"))
    return values | _colours(source, where, messages)


def _rest_of_config(source: SourceSite) -> dict[str, Any]:
    """Return logo, share picture and the ids of statistics, which stay switched off."""
    logo = source.logo or plain(source.homepage.get("agency-logo"))
    return {
        "logo": PictureOf(logo, "logo"),
        "share_image": PictureOf(plain(source.config.get("shareicon")), "shareicon"),
        **{
            name: " ".join(plain(source.config.get(key)).split())
            for name, key in STATISTICS.items()
        },
    }


def _language(source: SourceSite, where: str, messages: list[Message]) -> dict[str, str]:
    """Return the language of the site, where the settings name one. The old theme wrote English
    into every page (format reference, 8.4), so without the key it stays as it is."""
    for key in ("lang", "language", "locale"):
        written = source.config.get(key)
        if code := language_code(written):
            return {"language": code}
        if written not in (None, ""):
            messages.append(Message("language-unknown", where, str(written)[:200], key))
    return {}


def _favicon(source: SourceSite, resolver: Resolver) -> dict[str, Any]:
    """Return the icon as a picture or, for a format that pictures can't have, as a file."""
    if source.kind is not SourceKind.REPOSITORY:
        return {}
    path = plain(source.config.get("favicon")) or plain(source.homepage.get("favicon"))
    link = resolver.resolve(LinkTo(path, "favicon"))
    if link["document"]:
        return {"favicon": None, "favicon_file": link["document"]}
    return {"favicon": resolver.resolve(PictureOf(path, "favicon")), "favicon_file": None}


def _colours(source: SourceSite, where: str, messages: list[Message]) -> dict[str, str]:
    """Return the two colours: a literal one in the style sheet wins over the settings."""
    given = source.config.get("colors")
    config = given if isinstance(given, dict) else {}
    values: dict[str, str] = {}
    for name in ("primary", "secondary"):
        colour = source.colours.get(name) or str(config.get(f"{name}-color") or "").strip()
        if _SHORT_COLOUR.match(colour):
            colour = "#" + "".join(2 * digit for digit in colour[1:])
        if _COLOUR.match(colour):
            values[f"{name}_colour"] = colour.lower()
        else:
            text = f"{colour} is not a colour" if colour else f"no {name} colour"
            messages.append(Message("colours-missing", where, text, f"{name}-color"))
    return values


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
    return blocks_to_stream(blocks, file)


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
        "links": blocks_to_stream(shown, f"{FOOTER_FILE}/links"),
        "show_reach": footer["show_reach"],
        "copyright_name": footer["copyright_agency"],
        **footer["social_media"],
    }
