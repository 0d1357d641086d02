"""Pages as documents (format reference, 1.3, 1.4, 4.1 and 4.2)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from isomer.convert.contact import FEATURES
from isomer.convert.values import Block, LinkTo, PictureOf
from isomer.plan.mapping import Mapping
from isomer.plan.model import HOME_KEY
from isomer.plan.site_settings import NOTIFICATION_FEATURES
from isomer.write.body import VARIANT, BodyWriter
from isomer.write.front_matter import (
    address_value,
    document_text,
    filled,
    inline_value,
    plain_value,
)
from isomer.write.model import DocumentPlace, SitePage, SiteState
from isomer.write.sections import section_values

NO_LINK, NO_PICTURE = LinkTo(""), PictureOf("")


@dataclass(frozen=True)
class DocumentWriter:
    """Writes the documents of a site."""

    state: SiteState
    mapping: Mapping

    def text(self, page: SitePage, place: DocumentPlace) -> str:
        """Return the document of a page."""
        mapping, layout = self.mapping, self._layout(page)
        common = self._common(page, place, layout)
        if page.type == mapping.home:
            sections = page.fields.get("sections", [])
            writer = BodyWriter(base="")
            common |= {"sections": [section_values(one, writer) for one in sections]}
            return document_text(common)
        if page.type == mapping.contact:
            return document_text(common | self._contact(page))
        if page.type == mapping.link:
            return document_text(common | self._link(page))
        rule = mapping.rule_for(layout, place.collection, page.path)
        writer = BodyWriter(rule.blocks if rule else (), base=page.path)
        body = writer.write(self._stream(page))
        if body:
            common["variant"] = VARIANT
        return document_text(common, body)

    def _layout(self, page: SitePage) -> str:
        mapping = self.mapping
        layouts = {
            mapping.home: "homepage",
            mapping.contact: "contact_us",
            mapping.room: "resources",
            mapping.category: "resources-alt",
            mapping.article: "post",
        }
        if page.type == mapping.link:
            is_file = page.fields["document"].address and not page.fields["external_address"]
            return "file" if is_file else "link"
        return layouts.get(page.type, "")

    def _common(self, page: SitePage, place: DocumentPlace, layout: str) -> dict[str, Any]:
        fields = page.fields
        image = fields.get("share_image", NO_PICTURE).path
        values = filled(
            layout=layout,
            title=plain_value(page.title),
            permalink=page.path,
            third_nav_title=plain_value(place.group),
            date=_date(fields.get("date")),
            description=plain_value(page.description),
            image=image,
            lang=fields.get("language"),
            last_modified_at=_date(fields.get("last_updated")),
        )
        if place.key == HOME_KEY and self.state.notification is not None:
            notice = self.state.notification["text"]
            if notice.html:
                values["notification"] = inline_value(notice, NOTIFICATION_FEATURES)
        if not page.live and not self._waits(page):
            values["published"] = False
        return values

    def _waits(self, page: SitePage) -> bool:
        """Tell whether the date of a post that is not public yet keeps it so (format reference,
        1.2): one that only its editors hold back would be published."""
        return page.is_waiting and is_ahead(page, self.state) and not shows_future(self.state)

    def _stream(self, page: SitePage) -> list[Block]:
        """Return the blocks of a page, of a type that the importer doesn't know those of all
        its streams."""
        streams = [
            value
            for value in page.fields.values()
            if isinstance(value, list) and all(isinstance(one, Block) for one in value)
        ]
        return [block for stream in streams for block in stream]

    def _link(self, page: SitePage) -> dict[str, Any]:
        fields = page.fields
        external = fields["external_address"]
        file = "" if external else fields["document"].address
        target = "" if external or file else fields["target_page"].address
        return filled(external=external or target, file_url=file)

    def _contact(self, page: SitePage) -> dict[str, Any]:
        fields = page.fields
        return filled(
            agency_name=plain_value(fields["agency_name"]),
            image=fields["image"].path or fields.get("share_image", NO_PICTURE).path,
            image_alt=plain_value(fields["image_alt"]),
            image_decorative=fields["image_is_decorative"] or None,
            locations=[_location(block.value) for block in fields["locations"]],
            contacts=[_contact(block.value) for block in fields["contacts"]],
        )


def is_ahead(page: SitePage, state: SiteState) -> bool:
    """Tell whether the date of a post lies in the future."""
    return str(page.fields.get("date") or "") > state.gathered.date().isoformat()


def shows_future(state: SiteState) -> bool:
    """Tell whether the site shows posts of the future, which the old one had to be asked for."""
    return any(page.live and is_ahead(page, state) for page in state.home.walk())


def _date(value: Any) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if value else None


def _location(value: dict[str, Any]) -> dict[str, Any]:
    lines = (value["address"] or "").splitlines()
    return {
        "title": plain_value(value["title"]),
        "address": [plain_value(line) for line in lines],
        "operating_hours": [
            {key: plain_value(row[key]) for key in ("days", "time", "description")}
            for row in value["hours"]
        ],
        "maps_link": address_value(value["map_link"] or ""),
    }


def _contact(value: dict[str, Any]) -> dict[str, Any]:
    rows: list[dict[str, str]] = []
    for block in value["rows"]:
        is_text = block.type == "other"
        words = inline_value(block.value, FEATURES) if is_text else plain_value(block.value)
        rows.append({block.type: words})
    return {"title": plain_value(value["title"]), "content": rows}
