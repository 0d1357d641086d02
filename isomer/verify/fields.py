"""Values of front matter as tokens. The old theme printed them unescaped (reference, 3.1)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bs4.element import Tag

from content.markup.html_tree import TooDeepError, only_text, parse
from isomer.source import SourceDocument
from isomer.verify.hidden import read_shown, without_hidden
from isomer.verify.source_walk import SourceWalker
from isomer.verify.tokens import Token, TokenKind
from isomer.verify.walk import HEADINGS, squeezed

# A sign that opens no tag, since none is closed after it.
_NO_TAG = re.compile(r"<(?![^>]*>)")
_LINE_ENDS = re.compile(r"<br\s*/?>|</p>|</div>|</li>", re.IGNORECASE)
_WEB = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(/|$)")


def written(value: object) -> str:
    """Return a value as the old theme printed it, ``""`` for what is no text."""
    if value is None or isinstance(value, dict | list):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def tree_of(html: str) -> Tag:
    """Return the tree of a value; nested without end, that of its words."""
    try:
        return parse(_NO_TAG.sub("&lt;", html))
    except TooDeepError:
        return parse(only_text(html))


def words_in(html: str) -> str:
    """Return the words that readers see of a value."""
    tree = tree_of(html)
    without_hidden(tree)
    return squeezed(tree.get_text(" "))


def words_of(walker: SourceWalker, value: object) -> str:
    """Return a value as plain words in one line; what else it holds is explained."""
    html = written(value)
    if "<" not in html and "&" not in html:
        return squeezed(html)
    inner = SourceWalker(walker.addresses.names)
    read_shown(inner, tree_of(html))
    found = inner.finish().tokens
    walker.explained += [one for one in inner.explained if one.rule == "hidden-element"]
    if any(token.kind is not TokenKind.WORD or token.links or token.heading for token in found):
        walker.explain("plain-field", html)
    return " ".join(token.text for token in found if token.kind is TokenKind.WORD)


def heading_alone(value: object) -> str:
    """Return the words of a value that is one heading and nothing else, otherwise ``""``."""
    html = written(value)
    if "<h" not in html.lower():
        return ""
    tree = tree_of(html)
    without_hidden(tree)
    nodes = [
        node
        for node in tree.children
        if (isinstance(node, Tag) and (node.get_text(strip=True) or node.find("img")))
        or (not isinstance(node, Tag) and str(node).strip())
    ]
    only = nodes[0] if len(nodes) == 1 else None
    if not isinstance(only, Tag) or only.name not in HEADINGS:
        return ""
    return squeezed(only.get_text(" "))


def lines_of(value: object) -> list[str]:
    """Return the lines of an address: a list of them, or one text with ends of lines in it."""
    parts = value if isinstance(value, list) else [value]
    lines = [line for part in parts for line in _LINE_ENDS.sub("\n", written(part)).split("\n")]
    found = [words_in(line) for line in lines]
    return [line for line in found if line]


def address_in(value: object) -> str:
    """Return an address as a browser read it from an attribute."""
    text = written(value).strip()
    if "&" not in text:
        return text
    quoted = text.replace('"', "&quot;")
    link = parse(f'<a href="{quoted}"></a>').find("a")
    return str(link.get("href") or "").strip() if isinstance(link, Tag) else text


class Writer:
    """Adds what front matter says to a walker, in the order of the page's parts."""

    def __init__(self, walker: SourceWalker) -> None:
        self.walker = walker

    def words(self, text: str, heading: int = 0, address: str = "") -> None:
        """Add plain words, perhaps as a heading, perhaps as a link."""
        if not text:
            return
        tag = Tag(name=f"h{heading}" if heading else "p")
        tag.append(text)
        before = len(self.walker.tokens)
        if heading:
            # A heading of the page's own, of whatever level.
            self.walker.part()
            super(SourceWalker, self.walker).heading(tag, heading)
        else:
            self.walker.read([tag])
        self.walker.lead(before, address)

    def plain(self, value: object, heading: int = 0, address: str = "") -> str:
        """Add a value as plain words, and return them."""
        text = words_of(self.walker, value)
        self.words(text, heading, address)
        return text

    def rich(self, value: object) -> bool:
        """Add a value with its markup; tell whether there was anything in it."""
        html = written(value)
        before = len(self.walker.tokens)
        if "<" in _NO_TAG.sub("", html):
            read_shown(self.walker, tree_of(html))
        else:
            self.words(words_in(html))
        return len(self.walker.tokens) > before

    def picture(self, value: object, words: object = "") -> None:
        """Add a picture by its path, if there is one."""
        source = address_in(value)
        if not source:
            return
        if self.walker.addresses.picture(source):
            self.walker.part()
            super(SourceWalker, self.walker).add_picture(source, words_of(self.walker, words))
        else:
            self.walker.explain("picture-missing", source)

    def link(self, address: str) -> None:
        """Add a link whose words are the site's own."""
        target = self.walker.addresses.link(address) if address else ""
        if target:
            self.walker.add(Token(TokenKind.LINK, "", target))

    def button(self, text: object, url: object) -> bool:
        """Add a button, and tell whether it has both a text and an address that it needs."""
        words, address = words_of(self.walker, text), address_in(url)
        target = self.walker.addresses.link(address) if address else ""
        if words and target:
            self.words(words, address=address)
        elif words or address:
            self.walker.explain("field-not-shown", f"a button: {words or address}")
        return bool(words and target)

    def leave_out(self, what: str, value: object) -> None:
        """Explain a value that has no place on the page."""
        if value not in (None, "", [], {}):
            self.walker.explain("field-left-out", f"{what}: {value}")


def entries(value: object) -> list[Mapping[str, Any]]:
    """Return the mappings of a list that say anything."""
    found = value if isinstance(value, list) else []
    return [entry for entry in found if isinstance(entry, dict) and any(entry.values())]


if TYPE_CHECKING:
    from isomer.verify.fields import Writer


def target_of(document: SourceDocument) -> str:
    """Return where a post leads that is a file or a link, ``""`` for an article."""
    external, file = document.text("external"), document.text("file_url")
    works = bool(_WEB.match(external)) or external.startswith("/")
    if external and (works or not file):
        return _with_scheme(external)
    if file:
        return _with_scheme(file)
    permalink = document.permalink
    return permalink if _WEB.match(permalink) else ""


def _with_scheme(address: str) -> str:
    return f"https://{address}" if _HOST.match(address) else address


def category_name(category: str) -> str:
    """Return a category as the old menus wrote it (format reference, 5.1)."""
    words = re.split(r"[-_\s]+", category.rsplit("/", 1)[-1])
    return " ".join(word.capitalize() for word in words if word)


def written_day(day: datetime.date) -> str:
    """Return a day as the site writes it."""
    return f"{day.day} {day:%B} {day.year}"


@dataclass(frozen=True)
class Post:
    """An item of a listing. ``address`` is where its title leads."""

    document: SourceDocument
    title: str
    address: str

    def write(self, writer: Writer, level: int) -> None:
        """Add the item as a card: category, title with its link, day."""
        category, day = self.document.category, self.document.day
        if category:
            writer.words(category_name(category))
        writer.words(self.title, heading=level, address=self.address)
        if day is not None:
            writer.words(written_day(day))
