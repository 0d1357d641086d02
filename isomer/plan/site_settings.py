"""Site identity and notification, from the settings or, for loose documents, from the home page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from content.languages import language_code
from isomer.convert.front_matter.homepage import plain
from isomer.convert.front_matter.inline import convert_inline
from isomer.convert.text.values import LinkTo, PictureOf
from isomer.messages import Message
from isomer.plan.limits import CONFIG
from isomer.plan.links import Resolver
from isomer.plan.places import Place
from isomer.source import SourceKind, SourceSite

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


def site_settings(
    source: SourceSite, places: Sequence[Place], resolver: Resolver, messages: list[Message]
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
