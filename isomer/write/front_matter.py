"""Front matter and data files: values as the importer reads them, and YAML to write them in."""

from __future__ import annotations

from collections.abc import Collection
from html import escape
from typing import Any

import yaml

from isomer.convert.exact_text import same_form
from isomer.convert.homepage import plain
from isomer.convert.homepage_fields import typed_address
from isomer.convert.inline import convert_inline
from isomer.convert.values import RichText
from isomer.read.yaml_mapping import WITH_COMMAS
from isomer.write.html import without_template_marks


class _Dumper(yaml.CSafeDumper):
    """Quotes also what only Ruby takes for a number."""


def _quoted(dumper: _Dumper, text: str) -> yaml.Node:
    style = "'" if WITH_COMMAS.fullmatch(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _quoted)


def yaml_text(data: Any) -> str:
    """Return data as YAML in the order that it has, strings quoted where YAML needs it."""
    text: str = yaml.dump(
        data,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=1_000_000,
    )
    return text


def document_text(front_matter: dict[str, Any], body: str = "") -> str:
    """Return a document: front matter between its fences, and the body below."""
    return (
        f"---\n{yaml_text(front_matter)}---\n{body}\n"
        if body
        else (f"---\n{yaml_text(front_matter)}---\n")
    )


def plain_value(text: str | None) -> str:
    """Return text as a value of front matter, which old pages printed as HTML (format
    reference, 3.1): escaped if it would be read otherwise."""
    text = text or ""
    return text if plain(text) == text else escape(text, quote=False)


def address_value(address: str) -> str:
    """Return an address as a value of front matter."""
    return address if typed_address(address) == address else escape(address)


def inline_value(text: RichText, features: Collection[str]) -> str:
    """Return a few paragraphs of rich text as a value of front matter: without the paragraph's
    element where there is only one, and where it is read as the same text."""
    html = without_template_marks(same_form(text.html))
    inner = html.removeprefix("<p>").removesuffix("</p>")
    if "<p>" in inner or inner == html:
        return html
    found, _messages = convert_inline(inner, "", features)
    return inner if same_form(found.html) == same_form(text.html) else html


def filled(**values: Any) -> dict[str, Any]:
    """Return the values that say something, in their order."""
    return {key: value for key, value in values.items() if value not in ("", None, [], {})}
