"""Blocks in the markup of the old rich editor, where it has one (format reference, 6.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from urllib.parse import quote

from content.html_tree import parse
from isomer.convert.values import Block, Content, ImportedHtml, RichText
from isomer.write.html import attributes, text_in_lines, written_table
from isomer.write.marked import WriteStream


def ordinary_block(block: Block, write: WriteStream) -> str:
    """Return a block in ordinary markup; ``write`` writes streams within it.

    Whether it is read as the same block again is for the caller to find out: markup can't
    say everything that a block can.
    """
    written = _WRITERS.get(block.type)
    if written is None:
        # A block that this table was not told of: its words, so that they are not lost.
        return "\n".join(f"<p>{escape(text, quote=False)}</p>" for text in _texts(block.value))
    return written(block.value, write)


def _texts(value: Content) -> Iterator[str]:
    if isinstance(value, str) and value.strip():
        yield value
    elif isinstance(value, RichText | ImportedHtml):
        yield " ".join(parse(value.html).get_text(" ").split())
    elif isinstance(value, Block):
        yield from _texts(value.value)
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def _heading(value: Content, write: WriteStream) -> str:
    name = f"h{value['level']}"
    text = escape(value["text"], quote=False)
    return f"<{name}{attributes(id=value['anchor'])}>{text}</{name}>"


def _items(entries: Content, write: WriteStream) -> str:
    return "".join(f"\n<li>{write(entry)}</li>" for entry in entries)


def _numbered(value: Content, write: WriteStream) -> str:
    kind = value["numbering"] if value["numbering"] != "1" else None
    start = str(value["start"]) if value["start"] not in (None, 1) else None
    return f"<ol{attributes(start=start, type=kind)}>{_items(value['items'], write)}\n</ol>"


def _picture(value: Content, write: WriteStream) -> str:
    width, pixels = value["width"], value["pixels"]
    style = f"width: {width}%" if width else f"width: {pixels}px" if pixels else None
    source, link = value["image"].path, value["link"].address
    picture = f"<img{attributes(src=source, alt=value['alt'] or '', style=style)}>"
    if link:
        wrapper = 'class="isomer-image-wrapper"'
        picture = f'<a {wrapper} href="{escape(link)}">{picture}</a>'
    if value["caption"]:
        caption = f"<figcaption>{escape(value['caption'], quote=False)}</figcaption>"
        return f"<figure>{picture}{caption}</figure>"
    return f'<div class="isomer-image-wrapper">{picture}</div>'


def _embed(value: Content, write: WriteStream) -> str:
    height = value["height"]
    style = f"width:100%;height:{height}px" if height else None
    frame = attributes(
        src=value["source"].address,
        title=value["title"] or None,
        style=style,
        allowfullscreen="true",
    )
    wrapper = "iframe-wrapper" if height else "bp-youtube"
    return f'<div class="{wrapper}"><iframe{frame}></iframe></div>'


def _button(value: Content, write: WriteStream) -> str:
    look = "is-outlined" if value["style"] == "secondary" else "is-secondary"
    link = attributes(href=value["link"].address, class_=f"bp-button {look}")
    return f"<p><a{link}>{escape(value['text'], quote=False)}</a></p>"


def _card(card: Content) -> str:
    parts: list[str] = []
    if card["image"].path:
        picture = attributes(src=card["image"].path, alt=card["alt"] or "")
        parts.append(
            '<div class="isomer-card-image"><div class="isomer-image-wrapper">'
            f"<img{picture}></div></div>"
        )
    body: list[str] = []
    if card["title"]:
        words = escape(card["title"], quote=False)
        body.append(f'<div class="isomer-card-title">{words}</div>')
    text = text_in_lines(card["text"].html)
    for paragraph in text.split("\n") if text else ():
        inner = paragraph.removeprefix("<p>").removesuffix("</p>")
        body.append(f'<div class="isomer-card-description">{inner}</div>')
    if card["link_text"]:
        words = escape(card["link_text"], quote=False)
        body.append(f'<div class="isomer-card-link">{words}</div>')
    parts.append(f'<div class="isomer-card-body">{"".join(body)}</div>')
    link = card["link"].address
    if link:
        return f"<a{attributes(href=link, class_='isomer-card')}>{''.join(parts)}</a>"
    return f'<div class="isomer-card">{"".join(parts)}</div>'


def _card_grid(value: Content, write: WriteStream) -> str:
    cards = "\n".join(_card(card) for card in value["cards"])
    return f'<div class="isomer-card-grid">\n{cards}\n</div>'


def _accordion(value: Content, write: WriteStream) -> str:
    entries = "\n".join(_entry(entry, write) for entry in value["entries"])
    group = 'data-type="detailGroup" class="isomer-accordion-group isomer-accordion'
    return f'<div {group} isomer-accordion-white">\n{entries}\n</div>'


def _entry(entry: Content, write: WriteStream) -> str:
    opened = " open" if entry["open"] else ""
    title = f"<summary>{escape(entry['title'], quote=False)}</summary>" if entry["title"] else ""
    return (
        f'<details class="isomer-details"{opened}>{title}\n'
        '<div data-type="detailsContent" class="isomer-details-content">\n'
        f"{write(entry['body'])}\n</div>\n</details>"
    )


def _directory(value: Content, write: WriteStream) -> str:
    lines: list[str] = []
    for entry in value["entries"]:
        name = escape(entry["link_text"], quote=False)
        if entry["link"].address:
            name = f'<a href="{escape(entry["link"].address)}">{name}</a>'
        before, after = (escape(entry[key], quote=False) for key in ("text_before", "text_after"))
        seam = "" if after[:1] in (",", ".", ";", ":", ")", "’", "!", "?") else " "
        lines.append(f"\n<li>{before} {name}{seam}{after}</li>")
    return f"<ul>{''.join(lines)}\n</ul>"


def _capabilities(value: Content, write: WriteStream) -> str:
    entries = (text_in_lines(text.html) for text in value["items"])
    lines = "".join(f"\n<li>{text}</li>" for text in entries)
    return f"<h2>{escape(value['heading'], quote=False)}</h2>\n<ul>{lines}\n</ul>"


def _enquiry(value: Content, write: WriteStream) -> str:
    subject = f"?subject={quote(value['subject'], safe='')}" if value["subject"] else ""
    address, after = value["address"], escape(value["sentence_end"], quote=False)
    link = f'<a href="{escape(f"mailto:{address}{subject}")}">{escape(address, quote=False)}</a>'
    seam = "" if after[:1] in (",", ".", ";", ":", ")", "’", "!", "?") else " "
    return f"<p>{escape(value['sentence'], quote=False)} {link}{seam}{after}</p>"


def _text(value: RichText, write: WriteStream) -> str:
    return text_in_lines(value.html)


_WRITERS: dict[str, Callable[[Content, WriteStream], str]] = {
    "text": _text,
    "heading": _heading,
    "anchor": lambda value, write: f"<div{attributes(id=value['name'])}></div>",
    "numbered_list": _numbered,
    "bulleted_list": lambda value, write: f"<ul>{_items(value, write)}\n</ul>",
    "quote": lambda value, write: (
        f"<blockquote>\n{text_in_lines(value['text'].html)}\n</blockquote>"
    ),
    "code": lambda value, write: f"<pre>\n{escape(value['text'], quote=False)}</pre>",
    "picture": _picture,
    "table": lambda value, write: written_table(value["table"].html, value["caption"]),
    "embed": _embed,
    "divider": lambda value, write: "<hr>",
    "button": _button,
    "card_grid": _card_grid,
    "accordion": _accordion,
    "imported_html": lambda value, write: value["html"].html,
    "network_directory": _directory,
    "capabilities": _capabilities,
    "enquiry_contact": _enquiry,
}
