"""Pages as open data: the lines of ``content.jsonl``, whose form docs/leaving.md describes."""

from __future__ import annotations

import re
from typing import Any

from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page, Site
from wagtail.rich_text.rewriters import extract_attrs

from content.blocks import LinkBlock
from content.models import SiteDocument, SiteImage
from content.page_data.stored import without_block_keys
from content.tables.cells import quoted
from content.titles import title_of
from navigation.models import SiteIdentity

# Told under names of their own, or nothing that readers see.
_SHARED = {field.name for field in Page._meta.get_fields()}
_SHARED |= {"page_ptr", "address", "language", "last_updated", "whole_title"}
_MODELS: dict[str, Any] = {"page": Page, "document": SiteDocument}
_LINK = re.compile(r'<a linktype="(page|document)" id="(\d+)"')
_PICTURE = re.compile(r'<embed\b[^>]*\bembedtype="image"[^>]*>')


class PageRecords:
    """Makes the records of a site's pages; ``files`` are the pictures and files in them."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.language = SiteIdentity.for_site(site).language
        self.files: set[str] = set()
        # Many pages lead to the same ones.
        self._known: dict[tuple[Any, str], str | None] = {}

    def record(self, page: Any, address: str) -> dict[str, Any]:
        """Return a page, in its own type and as visitors see it, as plain data."""
        own = [field for field in page._meta.concrete_fields if field.name not in _SHARED]
        return {
            "site": self.site.root_url,
            "address": address,
            "type": type(page).__name__,
            "title": title_of(page),
            "description": page.search_description,
            "language": page.language or self.language,
            "published": page.first_published_at,
            "updated": page.last_updated,
            "fields": {one.name: self._field(one, getattr(page, one.attname)) for one in own},
        }

    def _field(self, field: Any, value: Any) -> Any:
        if isinstance(field, StreamField):
            return self._plain(field.stream_block, value.get_prep_value())
        return self._address(field.related_model, value) if field.is_relation else value

    def _plain(self, block: Any, value: Any) -> Any:
        """Return the stored value of a block with addresses in the place of ids."""
        if isinstance(block, blocks.BaseStreamBlock):
            known = [(block.child_blocks.get(one["type"]), one) for one in value or ()]
            return [
                {"type": one["type"], "value": self._plain(child, one["value"])}
                for child, one in known
                if child is not None
            ]
        if isinstance(block, blocks.ListBlock):
            return [self._plain(block.child_block, one["value"]) for one in value or ()]
        if isinstance(block, blocks.BaseStructBlock):
            parts, given = block.child_blocks.items(), value or {}
            plain = {name: self._plain(part, given.get(name)) for name, part in parts}
            # Of a link, at most one part is filled in.
            only = next(filter(None, plain.values()), None)
            return only if isinstance(block, LinkBlock) else plain
        if isinstance(block, blocks.ChooserBlock):
            return self._address(block.model_class, value)
        return self._text(value or "") if isinstance(block, blocks.RichTextBlock) else value

    def _address(self, model: Any, key: Any) -> str | None:
        """Return where a page, picture or file is, ``None`` if it is nowhere. Asked once."""
        place = (model, str(key))
        if place not in self._known:
            self._known[place] = self._looked_up(model, key)
        return self._known[place]

    def _looked_up(self, model: Any, key: Any) -> str | None:
        found = model.objects.filter(pk=key).first() if key else None
        if found is None or isinstance(found, Page):
            return found.specific.url if found is not None and found.live else None
        address = str(found.file.url if isinstance(found, SiteImage) else found.url)
        self.files.add(address)
        return address

    def _text(self, html: str) -> str:
        """Return rich text with addresses in its links and pictures."""

        def written(match: re.Match[str]) -> str:
            return f'<a href="{quoted(self._address(_MODELS[match[1]], match[2]) or "")}"'

        def shown(match: re.Match[str]) -> str:
            given = extract_attrs(match[0])
            address = self._address(SiteImage, given.get("id")) or ""
            return f'<img src="{quoted(address)}" alt="{quoted(given.get("alt", ""))}">'

        return without_block_keys(_PICTURE.sub(shown, _LINK.sub(written, html)))
