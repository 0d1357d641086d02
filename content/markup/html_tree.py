"""Markup of unknown origin as a tree, built as a browser would build it, within bounds.

html5lib follows browsers, also where they copy elements that were never closed; a few
kilobytes can so become millions of elements, or a tree too deep to walk through.
Parsing therefore stops at once when a bound is passed.
"""

from __future__ import annotations

import re
from collections import Counter
from html import escape, unescape
from typing import Any

from bs4 import BeautifulSoup
from bs4.builder._html5lib import HTML5TreeBuilder, TreeBuilderForHtml5lib
from bs4.element import Comment, NavigableString, PreformattedString, Tag

from content.markup.hidden import Hiding, hiding

MAXIMUM_DEPTH = 120
# Elements for each tag in the source, beside a few that the parser adds by itself.
MAXIMUM_COPIES = 4
ELEMENTS_WITHOUT_TAGS = 200
MAXIMUM_ATTRIBUTES = 500
# The longest real bodies have some thousand tags.
MAXIMUM_TAGS = 40_000
# The parser reads each character reference by itself.
MAXIMUM_REFERENCES = 100_000
# Of what is left of markup beyond a bound.
MAXIMUM_PARAGRAPHS = 5000

# Elements that a browser never shows.
UNSEEN = frozenset(
    {
        "base", "head", "link", "meta", "noembed", "noframes", "noscript", "param", "script",
        "source", "style", "template", "title", "track",
    }
)  # fmt: skip
# Those of them that belong to the picture or film that they stand in.
MEDIA_PARTS = frozenset({"param", "source", "track"})
# Boxes with a meaning of their own on a page, such as its one header; what they hold is content.
MEANING_BOXES = frozenset(
    {
        "address", "article", "aside", "center", "dialog", "fieldset", "footer", "form", "header",
        "hgroup", "main", "nav", "search",
    }
)  # fmt: skip
# Boxes that people put around anything for the sake of its looks.
LAYOUT_BOXES = frozenset({"article", "center", "div", "footer", "header", "main", "section"})
# Characters that nobody sees and that break words for search and spelling. After a letter of the
# scripts from Arabic to Vedic signs, whose letters join, U+200C is part of the spelling.
INVISIBLE = re.compile(
    "[\u200b\u200c\u2060\ufeff\u00ad\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]"
    "(?<![\u0600-\u1cff\ua800-\ua8ff\ua930-\uabff]\u200c)"
)
_LINE_SPACE = re.compile(r"[\t\n\f\r]")
_BLANKS = re.compile(" {2,}")

_QUOTED = r""" "[^"]*+" | '[^']*+' """
_TAG = re.compile(rf"""<[a-zA-Z] (?: [^"'<>]++ | {_QUOTED} )*+""", re.VERBOSE)
_ATTRIBUTE = re.compile(rf"""[\s/]++ | {_QUOTED} """, re.VERBOSE)


# ``<name@host>`` is what somebody wrote for readers, never the name of an element.
_MAILBOX = re.compile(r"<(?=[\w.+-]{1,99}@[\w.-]{1,99}>)")


class TooDeepError(Exception):
    """Markup is nested deeper, or unclosed more often, than anything that a person wrote."""


class _BoundedTree(TreeBuilderForHtml5lib):
    """Beautiful Soup's tree for html5lib, which gives up when a bound is passed."""

    limit = ELEMENTS_WITHOUT_TAGS

    def elementClass(self, name: str, namespace: str) -> Any:
        """Make an element; called for each one that enters the tree."""
        self.limit -= 1
        # The list of open elements holds html and body, too.
        if self.limit < 0 or len(self.openElements) > MAXIMUM_DEPTH + 2:
            raise TooDeepError
        return super().elementClass(name, namespace)


class _BoundedBuilder(HTML5TreeBuilder):
    """Hands html5lib the bounded tree."""

    limit = ELEMENTS_WITHOUT_TAGS

    def create_treebuilder(self, namespaceHTMLElements: bool) -> TreeBuilderForHtml5lib:
        """Make the tree; html5lib calls this by the argument's position."""
        tree = _BoundedTree(namespaceHTMLElements, self.soup, store_line_numbers=False)
        tree.limit = self.limit
        self.underlying_builder = tree
        return tree


def parse(html: str) -> Tag:
    """Return the body element of HTML, nested as a browser in standards mode would nest it.

    Raises:
        TooDeepError: if elements nest deeper than ``MAXIMUM_DEPTH``, if elements left open
            would be copied without end, if one tag has hundreds of attributes, or if there are
            more than ``MAXIMUM_TAGS`` tags or ``MAXIMUM_REFERENCES`` character references.
    """
    html = _MAILBOX.sub("&lt;", html)
    if html.count("<") > MAXIMUM_TAGS or html.count("&") > MAXIMUM_REFERENCES:
        raise TooDeepError
    if any(_has_too_many_attributes(match.group()) for match in _TAG.finditer(html)):
        raise TooDeepError
    builder = _BoundedBuilder()
    builder.limit = ELEMENTS_WITHOUT_TAGS + MAXIMUM_COPIES * html.count("<")
    soup = BeautifulSoup(f"<!doctype html><body>{html}", builder=builder)
    body = soup.body
    if body is None:
        raise ValueError("html5lib always makes a body; this HTML gave none.")
    if depth_of(body) > MAXIMUM_DEPTH:
        raise TooDeepError
    return body


def _has_too_many_attributes(tag: str) -> bool:
    # The parser compares each attribute with all before it.
    return len(tag) > MAXIMUM_ATTRIBUTES and len(_ATTRIBUTE.findall(tag)) > MAXIMUM_ATTRIBUTES


def depth_of(tree: Tag) -> int:
    """Return how many elements stand one in another below a tree's top, without recursion."""
    deepest = 0
    pending = [(tree, 0)]
    while pending:
        tag, depth = pending.pop()
        deepest = max(deepest, depth)
        pending.extend((child, depth + 1) for child in tag.children if isinstance(child, Tag))
    return deepest


def tags_in(tree: Tag) -> list[Tag]:
    """Return a tree's top and the elements below it, in document order."""
    found: list[Tag] = []
    waiting = [tree]
    while waiting:
        tag = waiting.pop()
        found.append(tag)
        for node in reversed(tag.contents):
            if isinstance(node, Tag):
                waiting.append(node)
    return found


def named(tree: Tag, *names: str) -> list[Tag]:
    """Return the elements below a tree's top with one of some names, in document order.

    As ``tree.find_all(names)``, whose many other ways to search make it several times slower.
    """
    return [tag for tag in tags_in(tree)[1:] if tag.name in names]


def is_blank(node: object) -> bool:
    """Tell whether a node of a tree is a comment or white space."""
    if isinstance(node, PreformattedString):
        return True
    return isinstance(node, NavigableString) and not node.strip()


def attribute(tag: Tag, name: str) -> str:
    """Return an attribute's value without white space around it, ``""`` when absent."""
    value = tag.attrs.get(name)
    return value.strip() if isinstance(value, str) else ""


def shown_text(text: str) -> str:
    """Return text as HTML shows it: one blank for white space, nothing invisible."""
    text = _LINE_SPACE.sub(" ", INVISIBLE.sub("", text))
    return _BLANKS.sub(" ", text) if "  " in text else text


def line_attribute(tag: Tag, name: str) -> str:
    """Return an attribute's value as one line, as a text field of the editor holds it."""
    return shown_text(attribute(tag, name)).strip()


def unseen_things(tree: Tag) -> Counter[str]:
    """Count what is in a tree and no visitor sees: by kind, in words for messages."""
    found: Counter[str] = Counter()
    for node in tree.descendants:
        if isinstance(node, Comment):
            found["comment"] += 1
        elif isinstance(node, Tag) and node.name in UNSEEN:
            if node.name != "source":  # a part of the picture or film that it belongs to
                found[f"<{node.name}> element"] += 1
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            hidden = 0 if _is_unseen(node.parent) else len(INVISIBLE.findall(node))
            if hidden:
                found["invisible character"] += hidden
    return found


def take_out_unseen(tree: Tag) -> None:
    """Remove from a tree the comments and elements that no visitor sees, but for those that say
    what a picture or a film is."""
    for node in list(tree.descendants):
        is_unseen = isinstance(node, Tag) and node.name in UNSEEN - MEDIA_PARTS
        if is_unseen or isinstance(node, PreformattedString):
            node.extract()


def _is_unseen(tag: Tag | None) -> bool:
    return tag is not None and tag.name in UNSEEN


# Elements around whose text a browser leaves no gap.
_JOINING = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn",
        "em", "font", "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike",
        "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    }
)  # fmt: skip
_TAG_NAME = re.compile(r"/?([a-zA-Z][^\s/>]*)")
_HIDDEN = frozenset({"script", "style", "template"})
# Elements that may be without an end tag, and the tags with which they end then.
_OPEN_ENDED = {
    "dd": "dd|dt", "dt": "dd|dt", "li": "li", "option": "option", "tbody": "tbody|tfoot",
    "td": "td|th|tr", "tfoot": "tbody", "th": "td|th|tr", "thead": "tbody|tfoot", "tr": "tr|tbody",
    "p": "div|dl|h[1-6]|hr|li|ol|p|pre|section|table|ul|blockquote|details|figure",
}  # fmt: skip
_CONTAINERS = "blockquote|details|div|dl|li|ol|section|select|table|tbody|td|tfoot|thead|tr|ul"
# A tag, or what holds no tags: each is passed once, also where its end is missing.
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<raw>script|style|template)\b.*?(?:</(?P=raw)|\Z)"
    r"|<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)[^>]*+(?:>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_VOID = frozenset({"br", "col", "embed", "hr", "img", "input", "source", "track", "wbr"})
_WRITTEN_ATTRIBUTE = re.compile(
    r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]*)))?"""
)


def only_text(html: str) -> str:
    """Return HTML reduced to paragraphs of text; for markup that can't be taken apart.

    Reads the source from left to right once, so its time grows with the length only. Text
    on either side of a block's tag stands in paragraphs of their own.
    """
    html = _MAILBOX.sub("&lt;", html)
    parts: list[str] = []
    place = 0
    ends = _ends_of_hidden(html)
    while (start := html.find("<", place)) >= 0:
        parts.append(html[place:start])
        name = _TAG_NAME.match(html, start + 1)
        if html.startswith("<!--", start):
            place = _after(html, "-->", start)
        elif name is None:
            parts.append("<")
            place = start + 1
        else:
            word = name.group(1).lower()
            place = _after(html, ">", start)
            if word in _HIDDEN and html[start + 1] != "/":
                closing = re.compile(f"</{word}", re.IGNORECASE).search(html, place)
                place = closing.start() if closing else len(html)
            elif word not in _JOINING | _HIDDEN | (_VOID if start in ends else frozenset()):
                parts.append("\n\n")
            # An element whose end can't be told hides nothing: rather too much than a word less.
            place = ends.get(start, place)
    parts.append(html[place:])
    lines = [
        line
        for text in re.split(r"\n[ \t]*\n", "".join(parts))
        if (line := " ".join(INVISIBLE.sub("", unescape(text)).split()))
    ]
    together = -(-len(lines) // MAXIMUM_PARAGRAPHS) or 1
    paragraphs = (" ".join(lines[n : n + together]) for n in range(0, len(lines), together))
    markup = "".join(f"<p>{escape(line, quote=False)}</p>" for line in paragraphs)
    if markup.count("&") <= MAXIMUM_REFERENCES:
        return markup
    # What this returns can always be parsed; so many signs are no words.
    return re.sub("(?:&(?:amp|lt|gt);)+", " ", markup)


def _ends_of_hidden(html: str) -> dict[int, int]:
    """Return where each element ends that no reader saw, by the place where it begins.

    It ends with its end tag. One that may be without (a row, an entry of a list) and is, ends with
    the next of its kind, or with what it stands in. All others that are not closed are left out.
    """
    if "hid" not in html.lower() and "none" not in html.lower():
        return {}
    begun: dict[str, list[tuple[int, bool]]] = {}
    ends: dict[int, int] = {}
    for tag in _TAG.finditer(html):
        if tag["name"] is None:
            continue
        word, start = tag["name"].lower(), tag.start()
        opened = begun.setdefault(word, [])
        if word in _VOID:
            if _is_hidden(word, tag.group()):
                ends[start] = tag.end()
        elif not tag["end"]:
            opened.append((start, _is_hidden(word, tag.group())))
        elif opened:
            before, is_hidden = opened.pop()
            if is_hidden:
                ends[before] = tag.end()
    for word, next_tags in _OPEN_ENDED.items():
        end = re.compile(rf"<(?:/(?:{_CONTAINERS})|{next_tags})[\s/>]", re.IGNORECASE)
        for start, is_hidden in begun.get(word, ()):
            if is_hidden:
                after = end.search(html, start + 1)
                ends[start] = after.start() if after else len(html)
    return ends


def _is_hidden(name: str, tag: str) -> bool:
    """Tell whether a tag, as it is written, begins an element that no reader saw."""
    if "hid" not in tag.lower() and "none" not in tag.lower():
        return False
    found = {
        key.lower(): (double or single or bare)
        for key, double, single, bare in _WRITTEN_ATTRIBUTE.findall(tag[len(name) + 1 : -1])
    }
    return hiding(name, found) is not Hiding.NOT


def _after(text: str, mark: str, start: int) -> int:
    """Return the place after the next mark, the end of the text when there is none."""
    end = text.find(mark, start)
    return len(text) if end < 0 else end + len(mark)
