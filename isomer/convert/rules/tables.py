"""Tables of a body: one block for each, whatever its size (format reference, 6.1 to 6.3).

The cells keep text, marks, links, lists, headings and pictures. A table that only arranged
other things gives way to them.
"""

from __future__ import annotations

import copy

from bs4.element import NavigableString, Tag

from content.library.file_titles import words_for_embed
from content.markup.html_tree import attribute, is_blank, line_attribute
from content.markup.links import (
    clean_address,
    host_of,
    is_elsewhere,
    is_safe_address,
    resolve_address,
)
from content.markup.sanitise import EMBEDS, embed_address
from content.tables.cells import PICTURE_SIZES
from content.tables.stored import clean_written_table, is_empty_table
from isomer.convert.body_reader import BodyReader
from isomer.convert.pictures import width_in_per_cent
from isomer.convert.text.list_blocks import written_number
from isomer.convert.text.lists import BULLETS, number_in, numbering_of
from isomer.convert.text.runs import INLINE
from isomer.convert.text.streams import Item
from isomer.convert.text.values import Block, RichText

EMPTY = "a table without any content"
_CELLS = ("td", "th")
# Boxes that only let a wide table scroll, or set its looks.
_SCROLLING_BOXES = ("div", "section", "center", "figure")
# What a cell can't hold as it is, and what it is called in messages.
_REDUCED = {"details": "a part to fold out", "table": "a table", "blockquote": "a quote"}


def table_rule(reader: BodyReader, tag: Tag) -> list[Item] | None:
    """Return the block of a table, or the content of one that held only the layout.

    A box is taken if nothing but a table stands in it. ``None`` for any other element.
    """
    table = _table_of(tag)
    if table is None:
        return None
    if _is_layout(table):
        items = _unwrapped(reader, table)
        if not items:
            reader.note("markup-left-out", EMPTY)
        return items
    table = copy.copy(table)
    caption, before = _take_caption(reader, table)
    _clean_cells(reader, table)
    markup = clean_written_table(str(table))
    if is_empty_table(markup):
        reader.note("markup-left-out", EMPTY)
        return before + (reader.inner([NavigableString(caption)]) if caption else [])
    return [*before, Block("table", {"caption": caption, "table": RichText(markup)})]


def _table_of(tag: Tag) -> Tag | None:
    """Return the table that an element is, or that a box holds and nothing else."""
    while tag.name in _SCROLLING_BOXES:
        inner = [child for child in tag.children if not is_blank(child)]
        if len(inner) != 1 or not isinstance(inner[0], Tag):
            return None
        tag = inner[0]
    return tag if tag.name == "table" else None


def _own_cells(table: Tag) -> list[Tag]:
    return [cell for cell in table.find_all(_CELLS) if cell.find_parent("table") is table]


def _is_layout(table: Tag) -> bool:
    """Tell whether a table only put things beside or below one another."""
    if attribute(table, "role").lower() in ("presentation", "none"):
        return True
    cells = _own_cells(table)
    has_header = any(cell.name == "th" for cell in cells)
    return len(cells) == 1 or (table.find("table") is not None and not has_header)


def _unwrapped(reader: BodyReader, table: Tag) -> list[Item]:
    """Return the content of a table's caption and cells in the order in which they are read."""
    items: list[Item] = []
    for part in table.find_all(["caption", *_CELLS]):
        if part.find_parent("table") is table:
            items += reader.inner(list(part.children))
    return items


def _take_caption(reader: BodyReader, table: Tag) -> tuple[str, list[Item]]:
    """Take the caption out of a table; return its words, and what stands before the table.

    A caption is plain text. Pictures in it come before the table; one with links does so as a
    whole, so that no word stands there twice.
    """
    words: list[str] = []
    before: list[Item] = []
    for caption in table.find_all("caption"):
        if caption.find_parent("table") is not table:
            continue
        caption.extract()
        has_links = caption.find("a", href=True) is not None
        if has_links or caption.find(["img", *EMBEDS]) is not None:
            reader.note("markup-reduced", "a caption with more than words, now before its table")
        if has_links:
            before += reader.inner(list(caption.children))
            continue
        for thing in caption.find_all(["img", *EMBEDS]):
            before += reader.inner([thing.extract()])
        for inner in caption.find_all(lambda tag: tag.name == "br" or tag.name not in INLINE):
            inner.insert_before(NavigableString(" "))
            inner.insert_after(NavigableString(" "))
        words.append(" ".join(caption.get_text().split()))
    return " ".join(word for word in words if word), before


def _clean_cells(reader: BodyReader, table: Tag) -> None:
    """Put what cells can hold in the place of what they can't, and say so."""
    for name, words in _REDUCED.items():
        if table.find(name) is not None:
            reader.note("markup-reduced", f"{words} in the cell of a table")
    for quotation in table.find_all("q"):
        # Browsers write these marks themselves.
        quotation.insert(0, NavigableString("“"))
        quotation.append(NavigableString("”"))
    for listing in table.find_all("ol"):
        _write_numbers(reader, listing)
    for link in table.find_all("a"):
        _clean_link(reader, link)
    for picture in table.find_all("img"):
        _clean_picture(reader, picture)
    for embed in table.find_all(EMBEDS):
        _clean_embed(reader, embed)


def _write_numbers(reader: BodyReader, listing: Tag) -> None:
    """Keep the numbers that readers saw before the entries of a list.

    The list of a cell counts up in digits from any number; all other numbers are written into
    the words.
    """
    kind = numbering_of(listing, "1")
    if kind == BULLETS:
        listing.name = "ul"
        return
    entries = list(listing.find_all("li", recursive=False))
    step = -1 if listing.has_attr("reversed") else 1
    given = number_in(listing, "start")
    number = given if given is not None else len(entries) if step < 0 else 1
    numbers: list[int] = []
    for entry in entries:
        own = number_in(entry, "value")
        number = number if own is None else own
        numbers.append(number)
        number += step
    # An entry without anything in it has a number, and is not shown.
    kept = [n for n, entry in enumerate(entries) if _says_anything(entry)]
    entries, numbers = [entries[n] for n in kept], [numbers[n] for n in kept]
    kinds = [numbering_of(entry, kind) for entry in entries]
    first = numbers[0] if numbers else 1
    if set(kinds) <= {"1"} and numbers == list(range(first, first + len(numbers))):
        listing["start"] = str(first)
        return
    reader.note("markup-reduced", "numbers of a list in the cell of a table are now words")
    listing.name = "div"
    for entry, number, own_kind in zip(entries, numbers, kinds, strict=True):
        entry.name = "div"
        if own_kind != BULLETS:
            text = entry.find("p", recursive=False)
            is_first = text is not None and not _words_before(text)
            place = text if isinstance(text, Tag) and is_first else entry
            place.insert(0, NavigableString(f"{written_number(number, own_kind)}. "))


def _says_anything(entry: Tag) -> bool:
    return bool(entry.get_text(strip=True)) or entry.find(["img", *EMBEDS]) is not None


def _words_before(tag: Tag) -> bool:
    return any(str(node).strip() for node in tag.previous_siblings)


def _clean_link(reader: BodyReader, link: Tag) -> None:
    address = clean_address(attribute(link, "href"))
    if address and not is_safe_address(address):
        reader.note("link-unsafe", f"{link.get_text(' ', strip=True)} ({address[:80]})")
        del link["href"]


def _clean_picture(reader: BodyReader, picture: Tag) -> None:
    source, words = attribute(picture, "src"), line_attribute(picture, "alt")
    if source and not is_safe_address(source):
        reader.note("picture-missing", f"{source[:80]} (written into the text)")
        del picture["src"]
    elif source and is_elsewhere(source):
        reader.note("picture-elsewhere", source)
        _put_link(picture, resolve_address(source, "/"), words)
    elif source:
        picture["data-format"] = _format_of(picture)


def _clean_embed(reader: BodyReader, embed: Tag) -> None:
    address = embed_address(embed)
    if not address:
        return
    if not is_safe_address(address):
        reader.note("link-unsafe", f"{embed.name} ({address[:80]})")
        embed.decompose()
        return
    address = resolve_address(address, "/")
    title = line_attribute(embed, "title")
    words = words_for_embed(title, embed.name, host_of(address), next(reader.embeds))
    reader.note("markup-reduced", f"an embed of {words} in the cell of a table became a link")
    _put_link(embed, address, words)


def _put_link(tag: Tag, address: str, words: str) -> None:
    """Put a link in the place of an element, or its words if it stands in a link."""
    link = Tag(name="span" if tag.find_parent("a") is not None else "a")
    if link.name == "a":
        link["href"] = address
    link.append(NavigableString(words))
    tag.insert_before(NavigableString(" "))
    tag.insert_after(NavigableString(" "))
    tag.replace_with(link)


def _format_of(picture: Tag) -> str:
    """Return the format nearest to the width that a picture had."""
    width = width_in_per_cent(picture) or 100
    return min(PICTURE_SIZES, key=lambda name: abs(PICTURE_SIZES[name] - width))
