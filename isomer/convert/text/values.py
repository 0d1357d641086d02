"""Marks in converted content that later stages resolve.

Converted content is JSON-like data. Where it points to a page, a picture or
carries rich text, it holds one of these marks instead of a value, because only
a later stage knows what is there to point to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# JSON-like data in which marks may stand.
Content = Any


@dataclass(frozen=True)
class LinkTo:
    """A link as it was written at the source; ``""`` for none. ``place`` names the field."""

    address: str
    place: str = ""


@dataclass(frozen=True)
class PictureOf:
    """A picture by its public path; ``""`` for none. ``place`` names the field."""

    path: str
    place: str = ""


@dataclass(frozen=True)
class RichText:
    """Rich text in the editor's own form, links still as written (``<a href="…">``)."""

    html: str


@dataclass(frozen=True)
class ImportedHtml:
    """Markup without a block of its own, made safe, addresses still as written.

    :func:`isomer.convert.tree.kept_html.with_addresses` puts others in their place.
    """

    html: str


@dataclass(frozen=True)
class Block:
    """A block of a stream: its type and its value."""

    type: str
    value: Content
