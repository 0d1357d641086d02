"""Ids of stored content as addresses: what a repository can say."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import quote

from django.db import models
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from content.blocks import LinkBlock
from content.blocks.alternatives import DescribedPicture
from content.cells import FULL_SIZE
from content.tables import written_picture
from isomer.convert.values import Block, Content, ImportedHtml, LinkTo, PictureOf, RichText

_LINK = re.compile(r'<a\b([^>]*\blinktype="[^>]*)>(.*?)</a>', re.DOTALL)
_PICTURE = re.compile(r'<embed\b([^>]*\bembedtype="image"[^>]*)/?>')
_TEXTS = (
    blocks.CharBlock, blocks.ChoiceBlock, blocks.EmailBlock, blocks.RegexBlock, blocks.TextBlock,
    blocks.URLBlock,
)  # fmt: skip
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
# What stays as it is in the path of a file when it is written as an address.
_SAFE = "/!$&'()*+,;=:@~-._ "


@dataclass(frozen=True)
class References:
    """The addresses of pages, pictures and documents, by their ids."""

    pages: Mapping[int, str]
    pictures: Mapping[int, str]
    documents: Mapping[int, str]

    def link(self, value: Any) -> LinkTo:
        """Return a stored link as its address; ``""`` if what it leads to is gone."""
        stored = value or {}
        if stored.get("page"):
            return LinkTo(self.pages.get(stored["page"], ""))
        if stored.get("document"):
            return LinkTo(self.file(stored["document"]))
        return LinkTo(str(stored.get("address") or ""))

    def file(self, document_id: int) -> str:
        """Return the address of a document, ``""`` if it is gone."""
        return quote(self.documents.get(document_id, ""), safe=_SAFE)

    def text(self, html: str) -> RichText:
        """Return stored rich text with addresses; a link to what is gone is only its words."""
        return RichText(_PICTURE.sub(self._picture_in_text, _LINK.sub(self._link_in_text, html)))

    def _link_in_text(self, match: re.Match[str]) -> str:
        found = dict(_ATTRIBUTE.findall(match[1]))
        number = int(found["id"]) if found.get("id", "").isdecimal() else 0
        is_page = found.get("linktype") == "page"
        address = self.pages.get(number, "") if is_page else self.file(number)
        return f'<a href="{escape(address)}">{match[2]}</a>' if address else match[2]

    def _picture_in_text(self, match: re.Match[str]) -> str:
        found = dict(_ATTRIBUTE.findall(match[1]))
        number = int(found["id"]) if found.get("id", "").isdecimal() else 0
        path, words = self.pictures.get(number, ""), found.get("alt", "")
        size = found.get("format", FULL_SIZE)
        is_decoration = found.get("decorative") == "true"
        return written_picture(escape(path), words, size, is_decoration) if path else words

    def stream(self, block: blocks.Block, raw: Any) -> Content:
        """Return the stored form of a block's value as plain data, ids of items left out."""
        if isinstance(block, LinkBlock):
            return self.link(raw)
        if isinstance(block, ImageChooserBlock):
            return PictureOf(self.pictures.get(raw or 0, ""))
        if isinstance(block, blocks.PageChooserBlock):
            return LinkTo(self.pages.get(raw or 0, ""))
        if isinstance(block, blocks.RichTextBlock):
            return self.text(block.to_python(raw or "").source)
        if isinstance(block, _TEXTS):
            return "" if raw is None else str(raw)
        if isinstance(block, blocks.RawHTMLBlock):
            return ImportedHtml(str(raw or ""))
        if isinstance(block, blocks.BaseStructBlock):
            values = {
                name: self.stream(child, _given(child, raw or {}, name))
                for name, child in block.child_blocks.items()
            }
            # Stored only where it is chosen.
            if isinstance(block, DescribedPicture) and not values["decorative"]:
                del values["decorative"]
            return values
        if isinstance(block, blocks.ListBlock):
            return [self.stream(block.child_block, _item(one)) for one in raw or ()]
        if isinstance(block, blocks.BaseStreamBlock):
            known = (one for one in raw or () if one["type"] in block.child_blocks)
            return [
                Block(one["type"], self.stream(block.child_blocks[one["type"]], one["value"]))
                for one in known
            ]
        return raw

    def fields_of(self, instance: models.Model, without: frozenset[str]) -> dict[str, Content]:
        """Return the fields of a page or setting as plain data."""
        return {
            found.name: self._field(instance, found)
            for found in instance._meta.concrete_fields
            if found.model is not Page and not found.primary_key and found.name not in without
        }

    def _field(self, instance: models.Model, found: Any) -> Content:
        value = getattr(instance, found.attname)
        if isinstance(found, StreamField):
            return self.stream(found.stream_block, value.raw_data)
        if isinstance(found, RichTextField):
            return self.text(value or "")
        if isinstance(found, models.ForeignKey):
            model: Any = found.related_model
            if model is get_image_model():
                return PictureOf(self.pictures.get(value or 0, ""))
            if model is get_document_model():
                return LinkTo(self.file(value or 0))
            return LinkTo(self.pages.get(value or 0, ""))
        if isinstance(value, datetime.date):
            return value.isoformat()
        return value


def _given(block: blocks.Block, values: Mapping[str, Any], name: str) -> Any:
    return values[name] if name in values else block.get_prep_value(block.get_default())


def _item(one: Any) -> Any:
    is_item = isinstance(one, Mapping) and one.get("type") == "item" and "value" in one
    return one["value"] if is_item else one
