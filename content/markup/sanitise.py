"""Markup that has no block: made safe, quiet and honest, whatever its origin.

Safe: nothing in it runs. Quiet: nothing in it is loaded from another host before the
visitor asks for it (design, section 7). Honest: every word that a browser would show is
there, and no two words are joined. The import and the block that holds such markup use
the same function, so that no editor can store what the import may not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

import nh3
from bs4.element import NavigableString, PreformattedString, Tag
from django.conf import settings

from content.markup.html_tree import (
    INVISIBLE,
    MEANING_BOXES,
    UNSEEN,
    TooDeepError,
    attribute,
    line_attribute,
    only_text,
    parse,
    tags_in,
)
from content.markup.links import (
    SAFE_SCHEMES,
    clean_address,
    fragment_of,
    host_of,
    is_elsewhere,
    is_safe_address,
    lacks_scheme,
    link_to_id,
    own_id,
    readable_name,
    resolve_address,
)

SAFE_TAGS = frozenset(
    {
        "a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col",
        "colgroup", "dd", "del", "details", "div", "dl", "dt", "em", "figcaption", "figure", "h2",
        "h3", "h4", "h5", "h6", "hr", "i", "iframe", "img", "ins", "kbd", "li", "mark", "ol", "p",
        "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strong", "sub",
        "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
    }
)  # fmt: skip
SAFE_ATTRIBUTES = {
    "a": {"href", "title", "data-interface"},
    "details": {"open"},
    "iframe": {"data-src", "title"},
    "img": {"src", "alt", "title"},
    "li": {"value"},
    "ol": {"start", "type", "reversed"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "*": {"id", "lang", "dir"},
}
# What stands on the page for an element of the old site that can't.
_RENAMED = {
    "dir": "ul", "h1": "h2", "listing": "pre", "menu": "ul", "plaintext": "pre", "strike": "s",
    "xmp": "pre",
}  # fmt: skip
# Parts of forms, pictures and applications: their words stand apart from those around.
_APART = frozenset(
    {
        "button", "canvas", "datalist", "input", "keygen", "label", "legend", "marquee", "math",
        "meter", "optgroup", "option", "output", "picture", "progress", "select", "svg", "text",
        "textarea",
    }
)  # fmt: skip
EMBEDS = frozenset({"audio", "embed", "frame", "iframe", "object", "video"})
_VOID = frozenset({"br", "col", "hr", "img"})
_WORDLESS_INPUTS = frozenset({"checkbox", "color", "file", "hidden", "image", "password", "radio"})
_NOT_WORDS_OF_DRAWINGS = frozenset({"title", "desc", "metadata", "defs"})
ROUNDS = 8


@dataclass
class Sanitised:
    """Safe markup, and what became of the rest.

    ``ids`` are the places in it that links can lead to; ``has_content`` tells whether a visitor
    sees anything. ``embeds`` are the hosts of frames that wait for the visitor (``""`` for this
    site), ``pictures`` the addresses of pictures elsewhere that became links, ``unsafe`` the
    addresses that no browser may follow, ``form_fields`` the number of fields without words.
    """

    html: str
    ids: frozenset[str] = frozenset()
    has_content: bool = False
    embeds: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    unsafe: list[str] = field(default_factory=list)
    form_fields: int = 0


def sanitise(markup: str | Tag) -> Sanitised:
    """Return markup (source text, or an element of a parsed tree) made safe.

    Doing it again changes nothing. Markup that nests too deeply is reduced to text.
    """
    result = Sanitised("")
    try:
        if isinstance(markup, str):
            tree = parse(markup)
            rename_ids(tree)
            nodes = list(tree.children)
        else:
            nodes = [markup]
        html, tree = _stable(_written(nodes, result))
    except TooDeepError:
        html = only_text(markup if isinstance(markup, str) else str(markup))
        tree = parse(html)
    kept = tags_in(tree)
    result.html = html
    result.ids = frozenset(attribute(tag, "id") for tag in kept)
    result.has_content = bool(tree.get_text(strip=True)) or any(
        tag.name in ("hr", "iframe", "img") for tag in kept
    )
    return result


def _stable(html: str) -> tuple[str, Tag]:
    """Return markup that parses into the tree it is written from, and that tree.

    Raises:
        TooDeepError: if each parsing changes it again.
    """
    for _ in range(ROUNDS):
        tree = parse(html)
        again = _written(list(tree.children), Sanitised(""))
        if again == html:
            return html, tree
        html = again
    raise TooDeepError


def rename_ids(tree: Tag) -> None:
    """Give ids of a tree that belong to the page frame another name, and links to them, too.

    An ``<a name>`` becomes an id. Of two equal ids the first stays, as browsers use it.
    """
    known: dict[str, str] = {}
    tags = tags_in(tree)
    for tag in tags:
        written = attribute(tag, "id") or (attribute(tag, "name") if tag.name == "a" else "")
        tag.attrs.pop("id", None)
        if written and written not in known and tag is not tree:
            known[written] = own_id(written)
            tag["id"] = known[written]
    for tag in tags:
        target = fragment_of(clean_address(attribute(tag, "href"))) if tag.name == "a" else ""
        if target in known and known[target] != target:
            tag["href"] = link_to_id(known[target])


def is_own_picture(source: str) -> bool:
    """Tell whether a picture's address is of this site, its media storage included."""
    media = settings.MEDIA_URL
    return bool(source) and (
        not is_elsewhere(source) or (is_elsewhere(media) and source.startswith(media))
    )


def _attribute_or_none(tag: str, name: str, value: str) -> str | None:
    """Decide about one attribute in the last pass, whatever wrote it."""
    if (tag, name) == ("img", "src"):
        return value if is_safe_address(value) and is_own_picture(value) else None
    if name in ("href", "data-src"):
        return value if is_safe_address(value) else None
    return value


def _written(nodes: Iterable[object], result: Sanitised) -> str:
    writer = _Writer(result)
    for node in nodes:
        writer.write(node)
    return nh3.clean(
        "".join(writer.parts),
        tags=set(SAFE_TAGS),
        attributes=SAFE_ATTRIBUTES,
        attribute_filter=_attribute_or_none,
        url_schemes=set(SAFE_SCHEMES),
        clean_content_tags={"script", "style", "template"},
        link_rel=None,
    ).strip()


class _Writer:
    """Writes a tree as markup of the allowed elements. Trees are bounded, so it may recurse."""

    def __init__(self, result: Sanitised) -> None:
        self.result = result
        self.parts: list[str] = []
        self.in_link = False
        self._after_link: list[Tag] = []

    def write(self, node: object) -> None:
        if isinstance(node, PreformattedString):
            return
        if isinstance(node, NavigableString):
            self.parts.append(escape(INVISIBLE.sub("", node), quote=False))
        elif isinstance(node, Tag):
            self._element(node)

    def _element(self, tag: Tag) -> None:
        name = _RENAMED.get(tag.name, tag.name)
        if name in EMBEDS:
            self._embed(tag)
        elif name in UNSEEN or (tag.parent and _is_note_of_drawing(tag)):
            return
        elif name == "a":
            self._link(tag)
        elif name in ("img", "image"):
            self._picture(tag)
        elif name == "area":
            self._area(tag)
        elif name in _APART:
            self._apart(tag)
        elif name in MEANING_BOXES or name in SAFE_TAGS:
            # Their meaning would confuse: a page has one main part and one header.
            self._safe("div" if name in MEANING_BOXES else name, tag)
        else:
            self._children(tag)

    def _children(self, tag: Tag) -> None:
        for child in tag.children:
            self.write(child)

    def _safe(self, name: str, tag: Tag) -> None:
        allowed = SAFE_ATTRIBUTES.get(name, set()) | SAFE_ATTRIBUTES["*"]
        self._open(name, {key: attribute(tag, key) for key in sorted(allowed) if tag.has_attr(key)})
        if name not in _VOID:
            self._children(tag)
            self.parts.append(f"</{name}>")

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        written = "".join(
            f' {key}="{escape(INVISIBLE.sub("", value))}"' for key, value in attributes.items()
        )
        self.parts.append(f"<{name}{written}>")

    def _apart(self, tag: Tag) -> None:
        self.parts.append(" ")
        if tag.name == "input":
            kind = attribute(tag, "type").lower()
            words = "" if kind in _WORDLESS_INPUTS else line_attribute(tag, "value")
            self.parts.append(escape(words, quote=False))
            self.result.form_fields += not words
        else:
            self._children(tag)
        self.parts.append(" ")

    def _link(self, tag: Tag) -> None:
        address = clean_address(attribute(tag, "href"))
        if address and not is_safe_address(address):
            self.result.unsafe.append(address)
            address = ""
        if lacks_scheme(address):
            address = resolve_address(address, "/")
        if not address or self.in_link:
            self._safe_span(tag)
            return
        attributes = {"href": address}
        for key in ("title", "id", "lang", "dir", "data-interface"):
            if tag.has_attr(key):
                attributes[key] = attribute(tag, key)
        self.in_link = True
        self._open("a", attributes)
        self._children(tag)
        self.parts.append("</a>")
        self.in_link = False
        embeds, self._after_link = self._after_link, []
        for embed in embeds:
            self._embed(embed)

    def _safe_span(self, tag: Tag) -> None:
        """Write what stood in a link that leads nowhere; the element only if links lead to it."""
        if tag.has_attr("id"):
            self._safe("span", tag)
        else:
            self._children(tag)

    def _plain_link(self, address: str, words: str, interface: bool = False) -> None:
        mark = {"data-interface": ""} if interface else {}
        self.parts.append(" ")
        if self.in_link:
            self.parts.append(escape(words, quote=False))
        else:
            self._open("a", {"href": address, **mark})
            self.parts.append(f"{escape(words, quote=False)}</a>")
        self.parts.append(" ")

    def _area(self, tag: Tag) -> None:
        address = clean_address(attribute(tag, "href"))
        if address and is_safe_address(address):
            self._plain_link(address, line_attribute(tag, "alt") or readable_name(address))

    def _picture(self, tag: Tag) -> None:
        source = clean_address(attribute(tag, "src"))
        words = line_attribute(tag, "alt")
        if source and not is_safe_address(source):
            self.result.unsafe.append(source)
            source = ""
        if not source:
            self.parts.append(f" {escape(words, quote=False)} ")
        elif is_own_picture(source):
            kept = {"src": source, "alt": words} if tag.has_attr("alt") else {"src": source}
            for key in ("title", "id"):
                if tag.has_attr(key):
                    kept[key] = line_attribute(tag, key)
            self._open("img", kept)
        else:
            self.result.pictures.append(source)
            self._plain_link(resolve_address(source, "/"), words or readable_name(source))

    def _embed(self, tag: Tag) -> None:
        """Leave a titled frame that loads nothing, and beside it a link that always works.

        One within a link follows it, since a link can't stand in another.
        """
        if self.in_link:
            self._after_link.append(tag)
            self.parts.append(" ")
            return
        waiting = tag.name == "iframe" and tag.has_attr("data-src") and not tag.get("src")
        source = embed_address(tag)
        if source and not is_safe_address(source):
            self.result.unsafe.append(source)
            source = ""
        if not source:
            self.parts.append(" ")
            return
        source = resolve_address(source, "/") if lacks_scheme(source) else source
        title = line_attribute(tag, "title") or host_of(source) or readable_name(source)
        self._open("iframe", {"data-src": source, "title": title})
        self.parts.append("</iframe>")
        if not waiting:
            self.result.embeds.append(host_of(source))
            self._plain_link(source, title, interface=True)


def _is_note_of_drawing(tag: Tag) -> bool:
    return tag.name in _NOT_WORDS_OF_DRAWINGS and any(
        parent.name in ("svg", "math") for parent in tag.parents
    )


def embed_address(tag: Tag) -> str:
    """Return the address of an embedded frame, film or sound, ``""`` when it has none."""
    for key in ("src", "data-src", "data"):
        address = clean_address(attribute(tag, key))
        if address and address.lower() != "about:blank":
            return address
    for inner in tag.find_all(["source", "embed", "param"]):
        address = clean_address(attribute(inner, "src"))
        if not address and attribute(inner, "name") in ("movie", "src"):
            address = clean_address(attribute(inner, "value"))
        if address:
            return address
    return ""
