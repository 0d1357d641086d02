"""A home page's sections: front matter to blocks (format reference, sections 3.1 and 3.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from isomer.convert.front_matter.homepage_fields import (
    Fields,
    Note,
    as_written,
    heading_alone,
    list_entries,
    plain,
)
from isomer.convert.text.values import Block, Content
from isomer.messages import in_words

__all__ = ["home_sections", "plain"]

MAXIMUM_HIGHLIGHTS = 4
MAXIMUM_BOXES = 4
MAXIMUM_CARDS = 4
MAXIMUM_ANNOUNCEMENTS = 5

# Of these the old theme showed the first (hero) or allowed one; the page type does too.
AT_MOST_ONE = frozenset({"hero", "announcements", "resources", "carousel"})
# Front matter of the page itself that must be text to be of any use.
TEXTS = ("title", "description", "image", "notification", "permalink")


def _head(fields: Fields) -> dict[str, Content]:
    return {"title": fields.text("title"), "subtitle": fields.text("subtitle")}


def _highlight(fields: Fields) -> dict[str, Content]:
    value: dict[str, Content] = {
        "title": fields.text("title"),
        "description": fields.lines("description"),
        "link": fields.link("url"),
    }
    if not value["title"] and not value["description"]:
        address = value["link"].address
        fields.note("button-incomplete", f"“{address}” has no text", fields.place)
    fields.finish()
    return value


def _dropdown(fields: Fields) -> dict[str, Content]:
    options: list[Content] = []
    for option in fields.entries("options", "option"):
        button = option.button("title")
        options.append({"title": button["text"], "link": button["link"]})
        option.finish()
    value = {"title": fields.text("title"), "options": options}
    fields.finish()
    return value


def _hero(fields: Fields) -> dict[str, Content]:
    title, subtitle = fields.text("title"), fields.lines("subtitle")
    if not title and (alone := heading_alone(fields.values.get("subtitle"))):
        # Some heroes carry their title as a heading in the field of the subtitle.
        title, subtitle = alone, ""
    return {
        "title": title,
        "subtitle": subtitle,
        "background": fields.picture("background"),
        "variant": fields.choice("variant", ("center", "side", "floating", "image"), "center"),
        "box_colour": fields.choice("backgroundColor", ("white", "black", "gray"), "white"),
        "size": fields.choice("size", ("sm", "md"), "md"),
        "alignment": fields.choice("alignment", ("left", "right"), "left"),
        "button": fields.button(),
        "dropdown": _dropdown(fields.mapping("dropdown")),
        "key_highlights": [
            _highlight(item)
            for item in fields.entries("key_highlights", "highlight", MAXIMUM_HIGHLIGHTS)
        ],
    }


def _infobar(fields: Fields) -> dict[str, Content]:
    return {**_head(fields), **fields.description(), "button": fields.button()}


def _infopic(fields: Fields) -> dict[str, Content]:
    return {
        **_head(fields),
        **fields.description(),
        "button": fields.button(),
        "image": fields.picture("image"),
        "alt": fields.text("alt"),
    }


def _infocols(fields: Fields) -> dict[str, Content]:
    boxes: list[Content] = []
    for box in fields.entries("infoboxes", "box", MAXIMUM_BOXES):
        boxes.append({"title": box.text("title"), **box.description()})
        box.finish()
    return {**_head(fields), "boxes": boxes, "button": fields.button("linktext")}


def _card(fields: Fields) -> dict[str, Content]:
    value = {
        "title": fields.text("title"),
        **fields.description(),
        "link_text": fields.text("linktext"),
        "link": fields.link("url"),
    }
    if value["link_text"] and not value["link"].address:
        fields.note("button-incomplete", f"“{value['link_text']}” has no address", fields.place)
    fields.finish()
    return value


def _textcards(fields: Fields) -> dict[str, Content]:
    cards = [_card(card) for card in fields.entries("cards", "card", MAXIMUM_CARDS)]
    return {**_head(fields), **fields.description(), "cards": cards}


def _announcements(fields: Fields) -> dict[str, Content]:
    items: list[Content] = []
    for item in fields.entries("announcement_items", "announcement", MAXIMUM_ANNOUNCEMENTS):
        items.append(
            {
                "title": item.text("title"),
                "date": item.text("date"),
                **item.description("announcement"),
                "button": item.button("link_text", "link_url"),
            }
        )
        item.finish()
    return {**_head(fields), "announcement_items": items}


def _resources(fields: Fields) -> dict[str, Content]:
    # Without an address its button leads to the resource room, which the page finds by itself.
    button = {"text": fields.text("button"), "link": fields.link("url", "button")}
    return {**_head(fields), "button": button}


def _listing(fields: Fields) -> dict[str, Content]:
    entries: list[Content] = []
    for entry in fields.entries("entries", "entry"):
        picture, link = entry.picture("image"), entry.link("url")
        # The name of a logo is its alternative text. Old logos had none;
        # the key is that of other pictures of the page.
        entries.append({"picture": picture, "name": entry.text("alt"), "link": link})
        entry.finish()
    return {"title": fields.text("title"), "entries": entries}


def _carousel(value: object, place: str, note: Note) -> dict[str, Content]:
    """Convert the one section that is a list and not a mapping."""
    slides: list[Content] = []
    for slide in list_entries(value, place, "slide", note):
        slides.append(
            {
                **_head(slide),
                **slide.description(),
                "image": slide.picture("image"),
                "alt": slide.text("alt"),
            }
        )
        slide.finish()
    return {"slides": slides}


# In the order in which the old theme rendered several kinds that stand in one list item.
SECTIONS: dict[str, Callable[[Fields], dict[str, Content]] | None] = {
    "hero": _hero,
    "infobar": _infobar,
    "infopic": _infopic,
    "listing": _listing,
    "secondary_cta": None,
    "resources": _resources,
    "carousel": None,
    "announcements": _announcements,
    "textcards": _textcards,
    "infocols": _infocols,
}


def home_sections(front_matter: Mapping[str, Any], note: Note) -> list[Block]:
    """Return the blocks of a home page.

    ``note(rule, text, place)`` receives a message for each value that has no place
    in them; nothing is raised, whatever the front matter holds.
    """
    _note_page(front_matter, note)
    blocks: list[Block] = []
    sections = front_matter.get("sections")
    if sections and not isinstance(sections, list):
        note("field-left-out", f"sections: {in_words(sections)[:500]}", "sections")
        return blocks
    for number, section in enumerate(sections or (), 1):
        if not isinstance(section, dict):
            if section is not None:
                note("field-left-out", f"section: {in_words(section)[:500]}", f"section {number}")
            continue
        for name in _in_order(section):
            place = f"section {number} ({name})"
            block = _section(name, section[name], place, blocks, note)
            if block is not None:
                blocks.append(block)
    return blocks


def _note_page(front_matter: Mapping[str, Any], note: Note) -> None:
    for key in TEXTS:
        value = front_matter.get(key)
        if isinstance(value, dict | list) and value:
            note("field-left-out", f"{key}: {in_words(value)[:500]}", key)
    notification = as_written(front_matter.get("notification")).strip()
    if notification and as_written(front_matter.get("permalink")).strip() not in ("", "/"):
        # The old theme showed it on the front page of the site alone.
        note("field-left-out", f"notification: {notification[:500]}", "notification")


def _in_order(section: Mapping[str, Any]) -> list[str]:
    """Return the kinds in a list item as the old theme rendered them, unknown ones last."""
    order = list(SECTIONS)
    names = [str(name) for name in section if name != "id"]
    return sorted(names, key=lambda name: order.index(name) if name in order else len(order))


def _section(name: str, value: object, place: str, before: list[Block], note: Note) -> Block | None:
    """Return the block of a section, ``None`` when it has none, which is reported."""
    convert = SECTIONS.get(name)
    shape = list if name == "carousel" else dict
    if convert is None and name != "carousel":
        note("field-left-out", f"a home page section of the kind “{name}”: {_shown(value)}", place)
        return None
    if value is None and name == "resources":
        value = {}  # shows its items all the same
    if not isinstance(value, shape):
        if value not in (None, ""):
            note("field-left-out", f"{name}: {_shown(value)}", place)
        return None
    if name in AT_MOST_ONE and any(block.type == name for block in before):
        note("field-left-out", f"the second {name} of the page: {_shown(value)}", place)
        return None
    if name == "hero" and before:
        note("section-misplaced", "the old site asked for it to be the first", place)
    if convert is None:
        return Block(name, _carousel(value, place, note))
    fields = Fields(value if isinstance(value, dict) else {}, place, note)
    converted = convert(fields)
    fields.finish()
    return Block(name, converted)


def _shown(value: object) -> str:
    return in_words(value)[:500]
