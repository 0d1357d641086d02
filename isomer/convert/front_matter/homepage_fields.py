"""Fields of front matter that the old theme printed unescaped (format reference, section 3.1).

A title may hold tags and a description whole paragraphs, pictures and frames. Here
each becomes what its field of the block can hold; what it can't is reported with
its field and value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bs4.element import PageElement, PreformattedString, Tag

from content.markup.hidden import take_out_hidden
from content.markup.html_tree import INVISIBLE, TooDeepError, only_text, parse
from isomer.convert import body_to_blocks as whole_body
from isomer.convert.text.richtext import TextItem
from isomer.convert.text.runs import Run, normalise_runs
from isomer.convert.text.values import Block, Content, LinkTo, PictureOf
from isomer.messages import Message, in_words
from isomer.source import DocumentKind, SourceDocument

# note(rule, text, place)
Note = Callable[[str, str, str], None]

# Elements with a place of their own on the page; words on their two sides are two words.
_APART = frozenset(
    {
        "address", "article", "aside", "audio", "blockquote", "body", "br", "button", "canvas",
        "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt", "embed",
        "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hgroup", "hr", "iframe", "img", "input", "legend", "li", "main", "menu", "nav",
        "object", "ol", "optgroup", "option", "p", "picture", "pre", "section", "select",
        "summary", "svg", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "ul",
        "video",
    }
)  # fmt: skip
_UNSEEN = frozenset({"script", "style", "template", "noscript", "title", "meta", "link", "head"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SHOWN = 500


def as_written(value: object) -> str:
    """Return a value of front matter as the old theme printed it; ``""`` for what is no text."""
    if value is None or isinstance(value, dict | list):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def plain(value: object) -> str:
    """Return a front matter value as plain text.

    Line breaks and block elements give way to a blank, other tags to nothing, so
    that no two words join and none is split; entities are decoded; comments,
    scripts and styles go. Line ends are kept where the text has several lines.
    """
    text = INVISIBLE.sub("", as_written(value))
    if "<" in text or "&" in text:
        text = _text_of(text)
    lines = [" ".join(line.split()) for line in text.strip().splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def without_stray_signs(html: str) -> str:
    """Return HTML in which no sign is left that opens no tag: no ">" comes after it."""
    end = html.rfind(">") + 1
    return html[:end] + html[end:].replace("<", "&lt;")


def _text_of(html: str) -> str:
    escaped = without_stray_signs(html)
    try:
        return _words(parse(escaped))
    except TooDeepError:
        return _words(parse(only_text(escaped)))


def _words(tag: Tag) -> str:
    """Return the text that is seen of an element, words of two blocks apart."""
    take_out_hidden(tag)
    found: list[str] = []
    waiting: list[object] = [tag]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Tag):
            if node.name in _UNSEEN:
                continue
            apart = [" "] if node.name in _APART else []
            waiting += [*apart, *reversed(node.contents), *apart]
        elif not isinstance(node, PreformattedString):
            found.append(str(node))
    return "".join(found)


def typed_address(value: object) -> str:
    """Return an address or path as a browser read it from an attribute: entities decoded there
    by the rules of attributes, so that ``?a=1&copy=2`` stays what it is."""
    text = as_written(value).strip()
    if "&" not in text:
        return text
    quoted = text.replace('"', "&quot;")
    link = parse(f'<a href="{quoted}"></a>').find("a")
    return str(link.get("href", "")).strip() if isinstance(link, Tag) else text


def heading_alone(value: object) -> str:
    """Return the text of markup that is one heading and nothing else, otherwise ``""``."""
    html = as_written(value)
    if "<h" not in html.lower():
        return ""
    shown = [node for node in parse(html).children if _holds_words(node)]
    if len(shown) != 1 or not isinstance(shown[0], Tag) or shown[0].name not in _HEADINGS:
        return ""
    return " ".join(_words(shown[0]).split())


def _holds_words(node: PageElement) -> bool:
    if isinstance(node, Tag):
        return bool(_words(node).strip() or node.find("img"))
    return not isinstance(node, PreformattedString) and bool(str(node).strip())


def paragraphs(text: str) -> list[TextItem]:
    """Return plain text as paragraphs, parted at blank lines; other line ends are kept."""
    items: list[TextItem] = []
    for part in re.split(r"\n\s*\n", "\n".join(text.splitlines())):
        runs = normalise_runs([Run(re.sub(r"[^\S\n]+", " ", part))])
        if any(run.text.strip() for run in runs):
            items.append(TextItem("p", tuple(runs)))
    return items


def body_blocks(html: str, note: Callable[[str, str], None]) -> list[Block]:
    """Return HTML of a field as the blocks that the same HTML makes in a page's body."""
    messages: list[Message] = []
    as_body = SourceDocument("field.html", DocumentKind.PAGE, {}, html)
    blocks = whole_body.body_blocks(as_body, (), "", messages)
    for message in messages:
        note(message.rule, message.text)
    return blocks


@dataclass
class Fields:
    """The fields of one section or entry.

    ``place`` names it in messages. Each method reads one key; :meth:`finish` reports
    the keys that nobody read. A value of the wrong type is reported and left out.
    """

    values: Mapping[str, Any]
    place: str
    note: Note
    read: set[str] = field(default_factory=lambda: {"id"})

    def _scalar(self, key: str) -> str:
        self.read.add(key)
        value = self.values.get(key)
        if isinstance(value, dict | list) and value:
            self.leave_out(key, value)
        # A template of the old theme asked first whether there was a value.
        return "" if value is False else as_written(value)

    def leave_out(self, key: str, value: object) -> None:
        """Report a value that has no place."""
        self.note("field-left-out", f"{key}: {in_words(value)[:_SHOWN]}", self.place)

    def lines(self, key: str) -> str:
        """Return plain text that may have several lines; links and pictures in it are reported."""
        written = self._scalar(key)
        if "<" in written:
            for tag in parse(without_stray_signs(written)).find_all(True):
                target = tag.get("href") if tag.name == "a" else tag.get("src")
                if target:
                    self.leave_out(key, f"<{tag.name}> {target}")
        return plain(written)

    def text(self, key: str) -> str:
        """Return plain text in one line."""
        return " ".join(self.lines(key).split())

    def link(self, key: str, what: str = "") -> LinkTo:
        """Return a link; ``what`` names it in messages."""
        place = f"{self.place}, {what}" if what else self.place
        return LinkTo(typed_address(self._scalar(key)), place)

    def picture(self, key: str) -> PictureOf:
        """Return a picture by its path."""
        return PictureOf(typed_address(self._scalar(key)), f"{self.place}, {key}")

    def choice(self, key: str, allowed: tuple[str, ...], default: str) -> str:
        """Return one of the allowed words, the default when there is none."""
        written = self._scalar(key).strip()
        if written in allowed:
            return written
        if written:
            self.leave_out(key, written)
        return default

    def button(self, text_key: str = "button", link_key: str = "url") -> dict[str, Content]:
        """Return a button. One that has only a text or only a link is reported: nobody sees it."""
        text, link = self.text(text_key), self.link(link_key, "button")
        if bool(text) != bool(link.address):
            missing = "address" if text else "text"
            self.note("button-incomplete", f"“{text or link.address}” has no {missing}", self.place)
        return {"text": text, "link": link}

    def description(self, key: str = "description") -> dict[str, Content]:
        """Return ``{key: rich text, "more": blocks}``.

        The words up to the first thing that rich text can't hold are the
        description; that thing and all that follows are further content, in order.
        """
        written = self._scalar(key)
        html = without_stray_signs(written)
        if "<" in html:
            blocks = body_blocks(html, lambda rule, text: self.note(rule, text, self.place))
        else:
            items = paragraphs(plain(html))
            blocks = [Block("text", items)] if items else []
        words: Content = ""
        if blocks and blocks[0].type == "text":
            words, blocks = blocks[0].value, blocks[1:]
        return {key: words, "more": blocks}

    def mapping(self, key: str) -> Fields:
        """Return the fields of a mapping within this one; without any when there is none."""
        self.read.add(key)
        value = self.values.get(key)
        if value and not isinstance(value, dict):
            self.leave_out(key, value)
        found = value if isinstance(value, dict) else {}
        return Fields(found, f"{self.place}, {key}", self.note)

    def entries(self, key: str, one: str, maximum: int | None = None) -> list[Fields]:
        """Return the entries of a list of mappings; empty ones are passed over.

        ``one`` names an entry in messages. Entries after the maximum are reported.
        """
        self.read.add(key)
        value = self.values.get(key)
        if value and not isinstance(value, list):
            self.leave_out(key, value)
        return list_entries(value, self.place, one, self.note, maximum)

    def finish(self) -> None:
        """Report each key with a value that nobody read."""
        for key, value in self.values.items():
            if key not in self.read and value not in (None, "", [], {}):
                self.leave_out(str(key), value)


def list_entries(
    value: object, place: str, one: str, note: Note, maximum: int | None = None
) -> list[Fields]:
    """Return the mappings of a list as fields. See :meth:`Fields.entries`."""
    found: list[Fields] = []
    for number, item in enumerate(value if isinstance(value, list) else (), 1):
        name = f"{place}, {one} {number}"
        empty = item in (None, "", [], {}) or (isinstance(item, dict) and not any(item.values()))
        if empty:
            continue
        if not isinstance(item, dict):
            note("field-left-out", f"{one}: {in_words(item)[:_SHOWN]}", name)
        elif maximum is not None and len(found) >= maximum:
            words = "; ".join(f"{key}: {words}" for key, words in item.items() if words)
            note("field-left-out", f"there is room for {maximum}; {words[:_SHOWN]}", name)
        else:
            found.append(Fields(item, name, note))
    return found
