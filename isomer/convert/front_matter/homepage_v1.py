"""The home page of the theme's first generation (format reference, section 3.3).

Its content stands in ``_data/homepage.yml``, in keys with hyphens and prefixes. It
is brought into the form of the later generation and converted like that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from isomer.convert.front_matter.homepage import home_sections
from isomer.convert.front_matter.homepage_fields import Note, as_written
from isomer.convert.text.values import Block
from isomer.messages import in_words

HERO_KEYS = {"title": "hero-title", "subtitle": "hero-subtitle", "background": "hero-banner"}
SECTION_KEYS = {
    "section-title": "title",
    "section-subtitle": "subtitle",
    "section-description": "description",
    "section-more-button": "button",
    "section-more-button-url": "url",
    "section-image-path": "image",
    "section-image-alt": "alt",
}
RESOURCES_KEYS = {
    "title": "resources-title",
    "subtitle": "resources-subtitle",
    "button": "resources-more-button",
    "url": "resources-more-button-url",
}
# Settings of the site, which the plan reads by itself.
ELSEWHERE = frozenset({"agency-logo", "favicon"})


def v1_home_sections(data: Mapping[str, Any], note: Note) -> list[Block]:
    """Return the blocks of a home page of the first generation.

    ``data`` is ``_data/homepage.yml``; ``note(rule, text, place)`` receives a
    message for each value that has no place in the blocks. Of several hero buttons
    all become a list that opens, since a hero has one button.
    """
    sections: list[Any] = []
    hero = _renamed(data, HERO_KEYS)
    hero |= _buttons(data.get("button"), note)
    if data.get("key-highlights"):
        hero["key_highlights"] = _each(data["key-highlights"], _last_parts)
    if hero:
        sections.append({"hero": hero})
    info = data.get("info-sections")
    if info and not isinstance(info, list):
        note("field-left-out", f"info-sections: {in_words(info)[:500]}", "info-sections")
    for section in info if isinstance(info, list) else ():
        sections.append(_info_section(section) if isinstance(section, dict) else section)
    resources = _renamed(data, RESOURCES_KEYS)
    if resources:
        sections.append({"resources": resources})
    read = {*HERO_KEYS.values(), *RESOURCES_KEYS.values(), *ELSEWHERE}
    read |= {"button", "key-highlights", "info-sections"}
    for key, value in data.items():
        if key not in read and value not in (None, "", [], {}):
            note("field-left-out", f"{key}: {in_words(value)[:500]}", str(key))
    return home_sections({"sections": sections}, note)


def _renamed(data: Mapping[str, Any], keys: Mapping[str, str]) -> dict[str, Any]:
    """Return the values that are there under the later generation's names."""
    return {new: data[old] for new, old in keys.items() if data.get(old) not in (None, "", [], {})}


def _info_section(section: Mapping[str, Any]) -> dict[str, Any]:
    """Return a picture and text where there is a picture, else a text band."""
    values = {SECTION_KEYS.get(str(key), str(key)): value for key, value in section.items()}
    kind = "infopic" if as_written(values.get("image")).strip() else "infobar"
    if kind == "infobar":
        values.pop("image", None)
    return {kind: values}


def _last_parts(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry without the prefixes of its keys: ``highlight-title`` is its title."""
    return {str(key).rsplit("-", 1)[-1]: value for key, value in entry.items()}


def _each(value: object, change: Any) -> object:
    """Return a list with its mappings changed; anything else as it is, to be reported."""
    if not isinstance(value, list):
        return value
    return [change(item) if isinstance(item, dict) else item for item in value]


def _buttons(value: object, note: Note) -> dict[str, Any]:
    entries = _each([value] if isinstance(value, dict) else value, _last_parts)
    if not entries:
        return {}
    if not isinstance(entries, list):
        note("field-left-out", f"button: {in_words(value)[:500]}", "button")
        return {}
    options: list[Any] = []
    for entry in entries:
        if not isinstance(entry, dict):
            options.append(entry)
            continue
        words = next((entry[key] for key in ("text", "title", "button") if entry.get(key)), "")
        kept = {k: v for k, v in entry.items() if k not in ("text", "title", "button")}
        options.append({**kept, "title": words})
    [first, *others] = options
    if not others and isinstance(first, dict) and set(first) <= {"title", "url"}:
        return {"button": first["title"], "url": first.get("url")}
    return {"dropdown": {"options": options}}
