"""Site identity and notification, from settings or, for loose documents, from the home page.

Logo, favicon, share picture, links of the footer and the rest of ``_config.yml``
belong here when they are read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from isomer.convert import convert_inline
from isomer.convert.homepage import plain
from isomer.messages import Message
from isomer.plan.model import Action, PlannedSetting, PresentSite
from isomer.plan.places import Place
from isomer.source import SourceKind, SourceSite

_COLOUR = re.compile(r"^#[0-9a-fA-F]{6}$")
CONFIG = "_config.yml"


def plan_settings(
    source: SourceSite, places: Sequence[Place], present: PresentSite
) -> tuple[list[PlannedSetting], list[Message]]:
    """Return the settings to write, each compared with what is there, and messages."""
    messages: list[Message] = []
    home = next((place.document for place in places if place.is_home), None)
    settings: list[PlannedSetting] = []
    identity = _identity(source, home, messages)
    if identity:
        settings.append(PlannedSetting("siteidentity", identity))
    if home is not None:
        text = home.text("notification")
        html = convert_inline(text, f"{home.path}/notification").html if text else ""
        settings.append(PlannedSetting("notification", {"text": {"$richtext": html}}))
    for setting in settings:
        known = present.settings.get(setting.name)
        if known is not None and known.content == setting.content:
            setting.action = Action.KEEP
        elif setting.name in present.edited_settings:
            setting.action = Action.LEAVE
            messages.append(Message("setting-edited", "", _label(setting.name)))
        elif known is not None:
            setting.action = Action.UPDATE
    return settings, messages


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
        values["name"] = name[:255]
    if source.kind is SourceKind.REPOSITORY:
        # The old theme showed the masthead unless the setting said otherwise.
        values["is_government"] = source.config.get("is_government") is not False
    else:
        values["is_government"] = False
        messages.append(Message("government-unknown", where, "the government banner is off"))
    given = source.config.get("colors")
    colours = given if isinstance(given, dict) else {}
    for field, key in (
        ("primary_colour", "primary-color"),
        ("secondary_colour", "secondary-color"),
    ):
        colour = str(colours.get(key, ""))
        if _COLOUR.match(colour):
            values[field] = colour.lower()
        else:
            messages.append(
                Message("colours-missing", where, f"no {key.replace('-color', '')} colour", key)
            )
    return values


def _label(name: str) -> str:
    return {"siteidentity": "Site identity", "notification": "Notification"}[name]
