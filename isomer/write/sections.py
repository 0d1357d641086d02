"""Sections of a home page as front matter (format reference, 3.2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from isomer.convert.homepage_fields import paragraphs, plain
from isomer.convert.richtext import write_rich_text
from isomer.convert.values import Block, Content, RichText
from isomer.write.body import BodyWriter, comparable
from isomer.write.front_matter import address_value, filled, plain_value


def section_values(section: Block, writer: BodyWriter) -> dict[str, Any]:
    """Return a section as it stands in ``sections`` of a home page.

    ``writer`` writes the text of its fields, which the old theme printed as HTML.
    """
    write = _SECTIONS.get(section.type)
    values = write(section.value, writer) if write else {}
    return {section.type: values}


def _head(value: Content) -> dict[str, Any]:
    return filled(title=plain_value(value["title"]), subtitle=plain_value(value["subtitle"]))


def _description(value: Content, writer: BodyWriter, key: str = "description") -> dict[str, Any]:
    """Return the words of a section and what stands below them: plain where they are."""
    text: RichText = value[key]
    # The first text is read as the description: an empty one keeps its place before another.
    first = [block.type for block in value["more"][:1]]
    blocks = [Block("text", text)] if text.html or first == ["text"] else []
    html = writer.write([*blocks, *value["more"]])
    words = html.removeprefix("<p>").removesuffix("</p>")
    if not value["more"] and html and "<" not in words:
        simple = plain_value(plain(words))
        read = RichText(write_rich_text(paragraphs(plain(simple)), ""))
        if "<" not in simple and comparable(read) == comparable(text):
            return {key: simple}
    return filled(**{key: html})


def _button(value: Content, text: str = "button", link: str = "url") -> dict[str, Any]:
    words, address = plain_value(value["text"]), address_value(value["link"].address)
    return filled(**{text: words, link: address})


def _picture(value: Content, key: str = "image") -> dict[str, Any]:
    return filled(
        **{key: address_value(value[key].path)},
        alt=plain_value(value["alt"] or ""),
        decorative=value.get("decorative"),
    )


def _hero(value: Content, writer: BodyWriter) -> dict[str, Any]:
    options = [
        filled(title=plain_value(one["title"]), url=address_value(one["link"].address))
        for one in value["dropdown"]["options"]
    ]
    dropdown = filled(title=plain_value(value["dropdown"]["title"]), options=options)
    highlights = [
        {
            "title": plain_value(one["title"]),
            "description": plain_value(one["description"]),
            "url": address_value(one["link"].address),
        }
        for one in value["key_highlights"]
    ]
    return {
        **_head(value),
        **filled(background=address_value(value["background"].path)),
        "variant": value["variant"],
        "backgroundColor": value["box_colour"],
        "size": value["size"],
        "alignment": value["alignment"],
        **_button(value["button"]),
        **filled(dropdown=dropdown, key_highlights=highlights),
    }


def _infobar(value: Content, writer: BodyWriter) -> dict[str, Any]:
    return _head(value) | _description(value, writer) | _button(value["button"])


def _infopic(value: Content, writer: BodyWriter) -> dict[str, Any]:
    return _infobar(value, writer) | _picture(value)


def _infocols(value: Content, writer: BodyWriter) -> dict[str, Any]:
    boxes = [
        filled(title=plain_value(box["title"])) | _description(box, writer)
        for box in value["boxes"]
    ]
    return _head(value) | filled(infoboxes=boxes) | _button(value["button"], "linktext")


def _textcards(value: Content, writer: BodyWriter) -> dict[str, Any]:
    cards = [
        filled(title=plain_value(card["title"]))
        | _description(card, writer)
        | filled(linktext=plain_value(card["link_text"]), url=address_value(card["link"].address))
        for card in value["cards"]
    ]
    return _head(value) | _description(value, writer) | filled(cards=cards)


def _announcements(value: Content, writer: BodyWriter) -> dict[str, Any]:
    items = [
        filled(title=plain_value(one["title"]), date=plain_value(one["date"]))
        | _description(one, writer, "announcement")
        | _button(one["button"], "link_text", "link_url")
        for one in value["announcement_items"]
    ]
    return _head(value) | filled(announcement_items=items)


def _resources(value: Content, writer: BodyWriter) -> dict[str, Any]:
    return _head(value) | _button(value["button"])


def _carousel(value: Content, writer: BodyWriter) -> list[dict[str, Any]]:
    return [
        _head(slide) | _description(slide, writer) | _picture(slide) for slide in value["slides"]
    ]


def _listing(value: Content, writer: BodyWriter) -> dict[str, Any]:
    entries = [
        filled(
            url=address_value(one["link"].address),
            image=address_value(one["picture"].path),
            alt=plain_value(one["name"] or ""),
        )
        for one in value["entries"]
    ]
    return filled(title=plain_value(value["title"]), entries=entries)


_SECTIONS: dict[str, Callable[[Content, BodyWriter], Any]] = {
    "hero": _hero,
    "infobar": _infobar,
    "infopic": _infopic,
    "infocols": _infocols,
    "textcards": _textcards,
    "announcements": _announcements,
    "resources": _resources,
    "carousel": _carousel,
    "listing": _listing,
}
