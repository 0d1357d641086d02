"""Marked blocks of an export as the markup that says the same to a reader.

An export writes blocks that old markup can't say as boxes with ``data-block``, their parts with
``data-part`` and entries with ``data-entry`` (docs/leaving.md). What the reader meets on the
page is worked out here anew, from that description alone.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from bs4.element import Tag

from content.html_tree import parse
from isomer.verify.walk import attribute


def with_ordinary_markup(tree: Tag) -> None:
    """Put ordinary markup in the place of marked blocks. Changes the tree."""
    # The innermost first, so that each is made of what its parts became.
    for box in reversed(tree.find_all("div", attrs={"data-block": True})):
        make = _MAKERS.get(attribute(box, "data-block"))
        if make is None:
            continue
        made = parse(make(box))
        for node in list(made.children):
            box.insert_before(node.extract())
        box.decompose()


def _parts(box: Tag) -> dict[str, Tag]:
    found = box.find_all(True, attrs={"data-part": True}, recursive=False)
    return {attribute(part, "data-part"): part for part in found}


def _inner(box: Tag, name: str) -> str:
    part = _parts(box).get(name)
    return part.decode_contents() if part is not None else ""


def _markup(box: Tag, name: str) -> str:
    part = _parts(box).get(name)
    return str(part) if part is not None else ""


def _address(box: Tag, name: str = "link") -> str:
    part = _parts(box).get(name)
    link = part.find("a") if part is not None else None
    return attribute(link, "href") if isinstance(link, Tag) else ""


def _linked(markup: str, address: str) -> str:
    return f'<a href="{escape(address)}">{markup}</a>' if address else markup


def _entries(box: Tag | None) -> list[Tag]:
    if box is None:
        return []
    return list(box.find_all("div", attrs={"data-entry": True}, recursive=False))


def _heading(box: Tag) -> str:
    level = attribute(box, "data-level") or "2"
    return f'<h{level} id="{escape(attribute(box, "id"))}">{_inner(box, "text")}</h{level}>'


def _bullets(box: Tag) -> str:
    return f"<ul>{''.join(f'<li>{one.decode_contents()}</li>' for one in _entries(box))}</ul>"


def _numbers(box: Tag) -> str:
    start = attribute(box, "data-start") or "1"
    kind = attribute(box, "data-numbering") or "1"
    entries = _entries(_parts(box).get("items"))
    items = "".join(f"<li>{one.decode_contents()}</li>" for one in entries)
    return f'<ol start="{escape(start)}" type="{escape(kind)}">{items}</ol>'


def _picture(box: Tag) -> str:
    caption = _markup(box, "caption")
    return f"<div>{_linked(_markup(box, 'image'), _address(box))}</div>{caption}"


def _embed(box: Tag) -> str:
    address = _address(box, "source")
    title = escape(" ".join(_inner(box, "title").split()))
    return f'<iframe src="{escape(address)}" title="{title}"></iframe>'


def _button(box: Tag) -> str:
    return f"<p>{_linked(_inner(box, 'text'), _address(box))}</p>"


def _cards(box: Tag) -> str:
    cards: list[str] = []
    for entry in _entries(_parts(box).get("cards")):
        texts = "".join(
            f'<div class="isomer-card-{kind}">{_inner(entry, name)}</div>'
            for name, kind in (("title", "title"), ("text", "description"), ("link_text", "link"))
            if _inner(entry, name)
        )
        image = f'<div class="isomer-card-image">{_markup(entry, "image")}</div>'
        address = _address(entry)
        name, link = ("a", f' href="{escape(address)}"') if address else ("div", "")
        cards.append(f'<{name}{link} class="isomer-card">{image}{texts}</{name}>')
    return f'<div class="isomer-card-grid">{"".join(cards)}</div>'


def _accordion(box: Tag) -> str:
    return "".join(
        f"<details>{_summary(entry)}{_inner(entry, 'body')}</details>"
        for entry in _entries(_parts(box).get("entries"))
    )


def _summary(entry: Tag) -> str:
    title = _inner(entry, "title")
    return f"<summary>{title}</summary>" if title else ""


def _directory(box: Tag) -> str:
    lines = [
        f"<li>{_inner(one, 'text_before')} {_linked(_inner(one, 'link_text'), _address(one))}"
        f" {_inner(one, 'text_after')}</li>"
        for one in _entries(_parts(box).get("entries"))
    ]
    return f"<ul>{''.join(lines)}</ul>"


def _capabilities(box: Tag) -> str:
    entries = _entries(_parts(box).get("items"))
    heading = _inner(box, "heading")
    lines = "".join(f"<li>{one.decode_contents()}</li>" for one in entries)
    return f"{f'<h2>{heading}</h2>' if heading else ''}<ul>{lines}</ul>"


def _enquiry(box: Tag) -> str:
    address, subject = _inner(box, "address"), attribute(box, "data-subject")
    link = f"mailto:{address}?subject={subject}" if subject else f"mailto:{address}"
    linked = _linked(address, link)
    return f"<p>{_inner(box, 'sentence')} {linked} {_inner(box, 'sentence_end')}</p>"


_MAKERS: dict[str, Callable[[Tag], str]] = {
    "heading": _heading,
    "bulleted_list": _bullets,
    "numbered_list": _numbers,
    "picture": _picture,
    "embed": _embed,
    "button": _button,
    "card_grid": _cards,
    "accordion": _accordion,
    "network_directory": _directory,
    "capabilities": _capabilities,
    "enquiry_contact": _enquiry,
}
