"""Converting small bodies, and reading back what came of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any

from bs4.element import NavigableString, PreformattedString, Tag

from content.markup.html_tree import INVISIBLE, UNSEEN, parse
from isomer import kramdown
from isomer.convert import Converted, convert_document
from isomer.convert.text.values import ImportedHtml, RichText
from isomer.convert.tree.improvements import improve
from isomer.plan.links import Resolver, fill_in
from isomer.plan.media import MediaPlan
from isomer.source import DocumentKind, SourceDocument

# Elements around whose text a browser, or a reader, sees a gap.
_GAPS = frozenset(
    {
        "address", "article", "aside", "audio", "blockquote", "br", "button", "caption", "center",
        "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
        "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "iframe", "img", "input", "label",
        "legend", "li", "main", "nav", "ol", "option", "p", "picture", "pre", "section", "select",
        "summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "ul", "video",
    }
)  # fmt: skip


def convert(body: str, written_in: str = "html", **options: Any) -> Converted:
    path = "a.html" if written_in == "html" else "a.md"
    document = SourceDocument(path, DocumentKind.PAGE, {"variant": written_in}, body)
    return convert_document(document, **options)


def html_of_markdown(body: str) -> str:
    """Return the HTML of a Markdown body, as it is read into a tree."""
    return kramdown.to_html(improve(kramdown.read(body).nodes)).strip("\n")


def rules(converted: Converted) -> list[str]:
    return [message.rule for message in converted.messages]


def without_keys(html: str) -> str:
    return re.sub(r' data-block-key="[^"]*"', "", html)


def markup_of(value: Any) -> Iterator[str]:
    """Yield the markup and the plain words in converted content."""
    if isinstance(value, RichText | ImportedHtml):
        yield without_keys(value.html)
    elif isinstance(value, list):
        for item in value:
            yield from markup_of(item)
    elif isinstance(value, dict) and "type" in value and "id" in value:
        kind, inner = value["type"], value["value"]
        if kind == "heading":
            yield f"<p>{inner['text']}</p>"
        elif kind == "code":
            yield f"<pre>{escape(inner['text'])}</pre>"
        elif kind == "imported_html":
            yield from markup_of(inner["html"])
        elif kind == "button":
            yield f"<p>{escape(inner['text'])}</p>"
        elif kind == "accordion":
            for entry in inner["entries"]:
                title = f"<summary>{escape(entry['value']['title'])}</summary>"
                yield f"<details>{title}{' '.join(markup_of(entry['value']['body']))}</details>"
        elif kind == "card_grid":
            for card in inner["cards"]:
                title, more = card["value"]["title"], card["value"]["link_text"]
                text = " ".join(markup_of(card["value"]["text"]))
                yield f"<p>{escape(title)}</p>{text}<p>{escape(more)}</p>"
        else:
            yield from markup_of(inner)
    elif isinstance(value, dict):
        for item in value.values():
            yield from markup_of(item)


def shown(converted: Converted) -> str:
    return " ".join(markup_of(converted.stream))


def visible_words(html: str) -> list[str]:
    """Return the words that a browser would show, interface words left out."""
    parts: list[str] = []

    def walk(tag: Tag) -> None:
        # The first summary shows first, wherever it stands.
        first = tag.find("summary", recursive=False) if tag.name == "details" else None
        for node in sorted(tag.children, key=lambda node: node is not first):
            if isinstance(node, PreformattedString):
                continue
            if isinstance(node, NavigableString):
                parts.append(INVISIBLE.sub("", node))
            elif isinstance(node, Tag) and node.name not in UNSEEN:
                gap = " " if node.name in _GAPS else ""
                parts.append(gap)
                if not node.has_attr("data-interface") and node.name not in ("video", "iframe"):
                    walk(node)
                parts.append(gap)

    walk(parse(html))
    return "".join(parts).split()


def stored(converted: Converted) -> Any:
    """Return a stream as it is stored, links and pictures without targets."""
    return fill_in(Resolver("a.md", {}, MediaPlan({}, {})).resolve(converted.stream), {}, {})
