"""Imported HTML of a page, tried again with the rules of today.

Pasting in the admin uses it, too (the setting ``BLOCKS_OF_HTML``).

What an earlier import had no rule for stands on its page as markup, with the addresses of this
site. It goes the same way as a document's body (:mod:`isomer.convert`), and its links and
pictures are looked up in the site as it is now. Nothing is written here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape, unescape
from typing import Any
from urllib.parse import urlsplit

from wagtail.fields import StreamField
from wagtail.models import Page

from care.actions import part_at
from content.addresses.finding import pages_answering
from content.addresses.index import site_root_above
from content.addresses.paths import equivalent_paths, normalise_path
from content.markup.html_tree import TooDeepError, attribute, parse, tags_in
from content.markup.links import is_link_address, resolve_address
from content.models import MediaPath
from content.page_data.stored import with_part
from content.search_text.texts import words_of_markup
from content.tables.cells import quoted
from content.tables.stored import WRITTEN_PICTURE, stored_picture
from isomer.convert import ImportedHtml, LinkTo, PictureOf, RichText, blocks_to_stream, body_blocks
from isomer.messages import RULES, Message
from isomer.plan import fill_in
from isomer.source import DocumentKind, SourceDocument

_LINK = re.compile(r'<a href="([^"]*)">')
KEPT = "imported_html"


class NotThere(Exception):
    """There is no imported HTML at a place. The text says what to do."""


@dataclass(frozen=True)
class Rebuilt:
    """What today's rules make of one block of imported HTML.

    ``blocks`` is plain data as a stream stores it; ``notes`` are sentences about what changed;
    ``seen`` stands for the markup that was tried.
    """

    html: str
    blocks: list[dict[str, Any]]
    notes: list[str]
    seen: str

    @property
    def has_gain(self) -> bool:
        """Whether anything of it becomes an ordinary block."""
        return any(block["type"] != KEPT for block in self.blocks)


@dataclass
class SitePlaces:
    """The pages, documents and pictures of a site by their normalised paths."""

    pages: dict[str, int] = field(default_factory=dict)
    documents: dict[str, int] = field(default_factory=dict)
    pictures: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, html: str, page: Page) -> SitePlaces:
        """Return what the links and pictures of some markup lead to, with a few queries."""
        places = cls()
        root = site_root_above(page)
        if root is None:
            return places
        site, root_path = root
        paths = {form for path in _paths_in(html) for form in (path, *equivalent_paths(path))}
        same_site = {"site__root_page": site.root_page_id, "path__in": paths}
        places.pages = pages_answering(site.pk, root_path, {path for path in paths if path})
        for path, image, document in MediaPath.objects.filter(**same_site).values_list(
            "path", "image_id", "document_id"
        ):
            (places.pictures if image else places.documents)[path] = image or document
        return places

    def find(self, known: dict[str, int], address: str) -> int | None:
        """Return what is at the path of an address, ``None`` if it is elsewhere or has more to it
        than a path."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        if not address.startswith("/") or parts.query or parts.fragment:
            return None
        path = normalise_path(parts.path)
        forms = (path, *equivalent_paths(path))
        return next((known[form] for form in forms if form in known), None)


def _paths_in(html: str) -> set[str]:
    try:
        tree = parse(html)
    except TooDeepError:
        return set()
    addresses = (attribute(tag, key) for tag in tags_in(tree) for key in ("href", "src"))
    own = (one for one in addresses if one.startswith("/") and not one.startswith("//"))
    return {normalise_path(urlsplit(one).path) for one in own}


def kept_html(draft: Any, place: str) -> str:
    """Return the markup of the block at a place of a page (as :class:`care.models.CareItem`
    names it).

    Raises:
        NotThere: if there is none.
    """
    name, *way = place.split(".")
    streams = {one.name for one in draft._meta.get_fields() if isinstance(one, StreamField)}
    value = part_at(getattr(draft, name).get_prep_value(), way) if name in streams and way else None
    if not isinstance(value, dict) or "html" not in value:
        raise NotThere("There is no imported HTML at this place any more. Look at the page.")
    return str(value["html"])


def rebuild(draft: Any, place: str) -> Rebuilt:
    """Return what the rules make of the imported HTML at a place of a page.

    ``draft`` is the specific page as its editors last left it.

    Raises:
        NotThere: if there is none.
    """
    html = kept_html(draft, place)
    blocks, messages = blocks_of(html, f"rebuilt/{place}", SitePlaces.of(html, draft))
    notes = [f"{RULES[one.rule].title}: {one.text}" for one in messages if one.rule in RULES]
    return Rebuilt(html, blocks, list(dict.fromkeys(notes)), seen_of(html))


def blocks_of(
    html: str, name: str, places: SitePlaces
) -> tuple[list[dict[str, Any]], list[Message]]:
    """Return what the rules of today make of HTML, as stored blocks, and their messages.

    ``name`` names the place; the ids of the blocks are derived from it. ``places`` says what
    links and pictures lead to.
    """
    source = f"{name}.html"
    messages: list[Message] = []
    document = SourceDocument(source, DocumentKind.PAGE, {}, html)
    converted = blocks_to_stream(body_blocks(document, (), "/", messages), source)
    blocks: list[dict[str, Any]] = fill_in(_resolved(converted, places), {}, places.pictures)
    return blocks, messages


def seen_of(html: str) -> str:
    """Return what stands for markup that somebody looked at."""
    return sha256(html.encode()).hexdigest()


def _resolved(content: Any, places: SitePlaces) -> Any:
    """Return converted content with the marks of :mod:`isomer.convert.text.values` resolved."""
    if isinstance(content, LinkTo):
        return _link(content.address, places)
    if isinstance(content, PictureOf):
        return places.find(places.pictures, content.path)
    if isinstance(content, RichText):
        return _rich_text(content.html, places)
    if isinstance(content, ImportedHtml):
        return content.html
    if isinstance(content, list):
        return [_resolved(item, places) for item in content]
    if isinstance(content, dict):
        return {key: _resolved(value, places) for key, value in content.items()}
    return content


def _link(written: str, places: SitePlaces) -> dict[str, Any]:
    address = resolve_address(written, "/") if written else ""
    page = places.find(places.pages, address)
    document = None if page else places.find(places.documents, address)
    rest = address if not (page or document) and is_link_address(address) else ""
    return {"page": page, "document": document, "address": rest}


def _rich_text(html: str, places: SitePlaces) -> str:
    def link(match: re.Match[str]) -> str:
        found = _link(unescape(match[1]), places)
        kind = "page" if found["page"] else "document"
        if not found[kind]:
            return f'<a href="{escape(unescape(match[1]))}">'
        return f'<a linktype="{kind}" id="{found[kind]}">'

    def picture(match: re.Match[str]) -> str:
        number = places.find(places.pictures, unescape(match[1]))
        if number is None:
            return match[2]
        words = quoted(unescape(match[2]))
        return stored_picture(str(number), words, match[3])

    return WRITTEN_PICTURE.sub(picture, _LINK.sub(link, html))


def put_in_place(draft: Any, place: str, rebuilt: Rebuilt) -> None:
    """Put the blocks where the imported HTML is, on a page that is not saved here.

    Raises:
        NotThere: if the place changed since, or can't hold one of the blocks.
    """
    if seen_of(kept_html(draft, place)) != rebuilt.seen:
        raise NotThere("Somebody changed this block meanwhile. Look at it again.")
    name, *way = place.split(".")
    block = draft._meta.get_field(name).stream_block
    data = getattr(draft, name).get_prep_value()
    around = stream_around(block, data, way)
    foreign = sorted({one["type"] for one in rebuilt.blocks} - set(around.child_blocks))
    if foreign:
        names = ", ".join(one.replace("_", " ") for one in foreign)
        raise NotThere(f"This place can't hold: {names}. Rebuild it by hand.")
    stream = part_at(data, way[:-1]) if way[:-1] else data
    spliced = [
        new for one in stream for new in (rebuilt.blocks if one.get("id") == way[-1] else [one])
    ]
    setattr(draft, name, block.to_python(with_part(block, data, way[:-1], spliced)))


def stream_around(block: Any, data: Any, way: list[str]) -> Any:
    """Return the definition of the stream that the block at the end of a way stands in."""
    for step in way[:-1]:
        if hasattr(block, "child_block"):
            block, data = block.child_block, part_at(data, [step])
        elif isinstance(data, dict):
            block, data = block.child_blocks[step], data.get(step)
        else:
            kind = next(one["type"] for one in data if one.get("id") == step)
            block, data = block.child_blocks[kind], part_at(data, [step])
    return block


def words_differ(before: str, after: str) -> bool:
    """Tell whether two pieces of rendered markup have different words."""
    return words_of_markup(before) != words_of_markup(after)
