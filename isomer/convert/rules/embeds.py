"""Frames, films and sounds, in every wrapper of the old editors (format reference, 6.2, 6.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4.element import NavigableString, Tag

from content.markup.html_tree import attribute, line_attribute
from content.markup.links import clean_address, host_of, is_safe_address
from content.markup.sanitise import EMBEDS, embed_address
from isomer.convert.body_reader import OPENED_BOXES, BodyReader
from isomer.convert.text.streams import Item
from isomer.convert.text.values import Block, LinkTo

# Boxes of the old editors whose only purpose is the frame in them.
WRAPPERS = frozenset({"bp-youtube", "formsg-wrapper", "iframe-wrapper", "instagram-wrapper"})
# Wrappers that gave every frame the shape of a film, whatever size it asked for.
_FILM_WRAPPERS = frozenset({"bp-youtube"})
_IN_WRAPPERS = OPENED_BOXES | EMBEDS | {"br", "figure", "p", "span"}
_PIXELS = re.compile(r"(\d{2,4})(?:\.\d+)?(?:px)?")
INSTAGRAM = "instagram.com"


def embed(reader: BodyReader, tag: Tag) -> list[Item] | None:
    """Return an embed block for a frame, film or sound, and what else its wrapper holds."""
    if tag.name in EMBEDS:
        return _embed(reader, tag)
    if tag.name == "blockquote":
        return _instagram(reader, tag)
    if tag.name in OPENED_BOXES and (_classes(tag) & WRAPPERS or _only_embeds(tag)):
        return reader.inner(list(tag.children))
    return None


def _embed(reader: BodyReader, tag: Tag) -> list[Item]:
    source = embed_address(tag)
    if not source:
        reader.note("markup-left-out", f"<{tag.name}> without an address")
        return []
    if not is_safe_address(source):
        reader.note("link-unsafe", f"<{tag.name}> ({source[:80]})")
        return []
    words = " ".join(tag.get_text(" ").split())
    if words:
        reader.note("markup-left-out", f"“{words[:200]}”, shown only where {source} fails")
    if tag.find("track"):
        reader.note("markup-reduced", f"subtitles of {source}")
    return [_block(source, line_attribute(tag, "title"), _height(tag))]


def _block(source: str, title: str, height: int | None) -> Block:
    value = {"source": LinkTo(source, "body"), "title": title, "height": height}
    return Block("embed", value)


def _instagram(reader: BodyReader, tag: Tag) -> list[Item] | None:
    """Return the post that a quotation of Instagram's stands for, and the words in it.

    Its script made a frame of the quotation; the post's address is in an attribute, else in
    the first link.
    """
    address = clean_address(attribute(tag, "data-instgrm-permalink"))
    if not address and "instagram-media" in _classes(tag):
        links = (clean_address(attribute(link, "href")) for link in tag.find_all("a"))
        address = next(filter(_is_instagram, links), "")
    if not _is_instagram(address):
        return None
    return [_block(address, "", None), *reader.inner(list(tag.children))]


def _is_instagram(address: str) -> bool:
    return is_safe_address(address) and host_of(address).removeprefix("www.") == INSTAGRAM


def _classes(tag: Tag) -> set[str]:
    return set(tag.get("class") or ())


def _only_embeds(tag: Tag) -> bool:
    """Tell whether a box shows embeds and nothing else, whatever it is called."""
    found = False
    for node in _outside_embeds(tag):
        if isinstance(node, Tag):
            if node.name not in _IN_WRAPPERS:
                return False
            found = found or node.name in EMBEDS
        elif str(node).strip():
            return False
    return found


def _outside_embeds(tag: Tag) -> Iterator[Tag | NavigableString]:
    """Yield the nodes below an element that a browser shows, but not those within embeds."""
    for node in tag.children:
        if isinstance(node, NavigableString):
            yield node
        elif isinstance(node, Tag):
            yield node
            if node.name not in EMBEDS:
                yield from _outside_embeds(node)


def _height(tag: Tag) -> int | None:
    """Return the height of a frame in pixels, ``None`` where it has the shape of a film."""
    if tag.name == "audio" or any(_classes(parent) & _FILM_WRAPPERS for parent in tag.parents):
        return None
    height, width = _pixels(tag, "height"), _pixels(tag, "width")
    if height is None or (width and 1.6 <= width / height <= 1.9):
        return None
    return height


def _pixels(tag: Tag, name: str) -> int | None:
    styled = re.search(rf"(?:^|;)\s*{name}:\s*([^;!]+)", attribute(tag, "style"), re.IGNORECASE)
    written = styled[1].strip() if styled else attribute(tag, name)
    found = _PIXELS.fullmatch(written)
    return int(found[1]) if found else None
