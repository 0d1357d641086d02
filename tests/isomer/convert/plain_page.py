"""Converted blocks as one plain HTML page, to be compared with what the old site made."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from isomer.convert.text.values import ImportedHtml, RichText
from tests.isomer.convert.helpers import without_keys


def page_of(stream: Iterable[dict[str, Any]]) -> str:
    """Return the HTML of a stream: what its blocks say and what it is, without any looks."""
    return "\n".join(_block(block["type"], block["value"]) for block in stream)


def _block(kind: str, value: Any) -> str:
    if kind in ("text", "imported_html"):
        return _markup(value)
    if kind == "heading":
        return (
            f'<h{value["level"]} id="{value["anchor"]}">{escape(value["text"])}</h{value["level"]}>'
        )
    if kind == "anchor":
        return f'<span id="{escape(value["name"])}"></span>'
    if kind == "divider":
        return "<hr>"
    if kind == "quote":
        return f"<blockquote>{_markup(value['text'])}</blockquote>"
    if kind == "code":
        return f"<pre><code>{escape(value['text'])}</code></pre>"
    if kind == "picture":
        return _picture(value)
    if kind == "numbered_list":
        opening = f'<ol start="{value["start"]}" type="{value["numbering"]}">'
        return f"{opening}{_entries(value['items'])}</ol>"
    if kind == "bulleted_list":
        return f"<ul>{_entries(value)}</ul>"
    if kind == "button":
        return f'<p><a href="{escape(value["link"].address)}">{escape(value["text"])}</a></p>'
    if kind == "embed":
        # The title of a frame is not among the words of a page.
        return f'<iframe src="{escape(value["source"].address)}"></iframe>'
    if kind == "accordion":
        return "".join(_accordion_entry(entry["value"]) for entry in value["entries"])
    # A kind of block that is tested elsewhere: its words and links are enough here.
    return f"<div>{_markup(value)}</div>"


def _entries(entries: Iterable[dict[str, Any]]) -> str:
    return "".join(f"<li>{page_of(entry['value'])}</li>" for entry in entries)


def _accordion_entry(value: dict[str, Any]) -> str:
    body = page_of(value["body"])
    return f"<details><summary>{escape(value['title'])}</summary>{body}</details>"


def _picture(value: dict[str, Any]) -> str:
    image = f'<img src="{escape(value["image"].path)}" alt="{escape(value["alt"])}">'
    if value["link"].address:
        image = f'<a href="{escape(value["link"].address)}">{image}</a>'
    return f"<figure>{image}<figcaption>{escape(value['caption'])}</figcaption></figure>"


def _markup(value: Any) -> str:
    if isinstance(value, RichText | ImportedHtml):
        return without_keys(value.html)
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, list):
        return " ".join(_markup(one) for one in value)
    if isinstance(value, dict) and {"type", "value", "id"} <= value.keys():
        return _block(value["type"], value["value"])
    if isinstance(value, dict):
        return " ".join(_markup(one) for key, one in value.items() if key != "pattern")
    return ""
