"""What a page will hold: the fields of each kind of document, marks resolved."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from content.languages import language_code, script_of
from content.titles import title_fields
from isomer.convert import KNOWN_KEYS as CONTACT_KEYS
from isomer.convert import (
    Anchor,
    Block,
    Converted,
    LinkTo,
    PictureOf,
    Run,
    TextItem,
    blocks_to_stream,
    contact_fields,
    convert_document,
    plain,
    v1_home_sections,
)
from isomer.messages import Message, in_words
from isomer.plan.linked_places import LinkedPlaces, ids_in
from isomer.plan.links import Resolver
from isomer.plan.mapping import Mapping, PageRule
from isomer.plan.model import HOME_KEY
from isomer.plan.notices import placeholders
from isomer.plan.places import Placement, PostTarget, post_target
from isomer.source import DocumentKind, Generation, SourceDocument, SourceSite

CONTACT_LAYOUTS = frozenset({"contact_us", "contact-us"})
DATA_LAYOUTS = frozenset({"datagovsg-search", "datagovsg-v2-search"})
# Layouts that mean an ordinary page or have a rule of their own.
KNOWN_LAYOUTS = frozenset(
    {
        "", "default", "file", "homepage", "leftnav-page-content", "link", "page", "post",
        "resources", "resources-alt", "simple-page", *CONTACT_LAYOUTS, *DATA_LAYOUTS,
    }
)  # fmt: skip
# Keys that are read, or that say nothing to a reader.
KNOWN_KEYS = frozenset(
    {
        "breadcrumb", "collection_name", "date", "description", "image", "layout", "notification",
        "last_modified_at", "permalink", "published", "second_nav_title", "sections",
        "third_nav_title", "title", "variant",
    }
)  # fmt: skip
# No theme read them, but they say what they say (format reference, 8.4).
LANGUAGE_KEYS = ("lang", "language")
POST_KEYS = frozenset({"external", "file_url", "tag", "tags", "category", "categories"})
DATA_KEYS = frozenset({"datagovsg-id", "default_field", "infotext"})
# Where the old search pages asked for the rows of a data set.
DATA_ADDRESS = "https://data.gov.sg/api/action/datastore_search?resource_id="


@dataclass
class FieldsOfPages:
    """Makes the fields of pages. Messages are gathered in ``messages``.

    ``fetched(address)`` is the path of a picture of another site that is in the library.
    """

    source: SourceSite
    mapping: Mapping
    now: datetime.datetime
    fetched: Callable[[str], str]
    messages: list[Message] = field(default_factory=list)
    converted: dict[str, Converted] = field(default_factory=dict)

    def convert(
        self,
        places: Sequence[Placement],
        linked: LinkedPlaces,
        progress: Callable[[str], None] = lambda text: None,
    ) -> dict[str, frozenset[str]]:
        """Convert the bodies of documents, and return the ids on each page by its key.

        A body is converted again if links of other documents lead into it, since only then
        it is known which of its ids are to be kept. Must come before :meth:`page`.
        """
        ids: dict[str, frozenset[str]] = {}
        for number, place in enumerate(places, 1):
            document, base = place.document, place.address or "/"
            progress(f"Converting {number} of {len(places)}: {document.path}")
            ids[document.path] = frozenset()
            linked.collect(document.front_matter, base)
            if self._origin(place) == "body":
                ids[document.path] = self._convert(place, linked.hosts, ())
                linked.collect(self.converted[document.path].stream, base)
        for place in places:
            path = place.document.path
            key = HOME_KEY if place.is_home else path
            wanted = linked.wanted.get(key, set())
            if path in self.converted and wanted - ids[path]:
                ids[path] = self._convert(place, linked.hosts, wanted)
            ids[key] = ids[path]
        return ids

    def _convert(
        self, place: Placement, hosts: Collection[str], wanted: Collection[str]
    ) -> frozenset[str]:
        """Convert the body of a document and return the ids in it."""
        document, blocks = place.document, self._rule(place).blocks
        converted = convert_document(
            document, blocks, place.is_home, place.address, hosts, wanted, self.fetched
        )
        self.converted[document.path] = converted
        return frozenset(ids_in(converted.stream))

    def _origin(self, place: Placement) -> str:
        """Return where the fields of a document's page come from."""
        document, page_type = place.document, self._rule(place).page_type
        layout = document.text("layout")
        if page_type == self.mapping.contact and layout in CONTACT_LAYOUTS:
            return "contact"
        if page_type == self.mapping.link and post_target(document) is not None:
            return "link"
        if layout in DATA_LAYOUTS and document.text("datagovsg-id"):
            return "data set"
        if place.is_home and document.generation is Generation.V1 and self.source.homepage:
            return "homepage data"
        return "body"

    def page(self, place: Placement, title: str, parent: str, resolver: Resolver) -> dict[str, Any]:
        """Return the fields of a document's page; ``$place`` names its type."""
        document = place.document
        note_front_matter(document, self.messages)
        rule = self._rule(place)
        content: dict[str, Any] = {
            **title_fields(title),
            "search_description": plain_description(document.front_matter.get("description")),
            "show_in_menus": place.is_home or bool(place.collection),
            "address": place.address,
            "share_image": resolver.resolve(PictureOf(document.text("image"), "image")),
            "live": document.published,
            "$place": [parent, rule.page_type],
        }
        language = language_of(document)
        if language:
            content["language"] = language
        elif script := script_of(f"{title} {document.body}"):
            self._note_in(document.path)("language-of-page", script, "body")
        self._schedule(document, content)
        return content | self._own_fields(place, rule, resolver)

    def _rule(self, place: Placement) -> PageRule:
        """Return what a document becomes: the mapping's rules come first."""
        document = place.document
        layout = "homepage" if place.is_home else document.text("layout")
        rule = self.mapping.rule_for(layout, place.collection, place.address or document.permalink)
        if place.is_home or (rule is None and layout == "homepage"):
            return PageRule(self.mapping.home, field="sections")
        if rule is not None:
            return rule
        if layout in CONTACT_LAYOUTS:
            return PageRule(self.mapping.contact)
        if document.kind is DocumentKind.POST:
            is_link = post_target(document) is not None
            return PageRule(self.mapping.link if is_link else self.mapping.article)
        return PageRule(self.mapping.default)

    def _own_fields(self, place: Placement, rule: PageRule, resolver: Resolver) -> dict[str, Any]:
        document = place.document
        origin = self._origin(place)
        fields: dict[str, Any]
        if origin == "contact":
            fields = self._contact(document)
        elif origin == "link" and (target := post_target(document)):
            fields = {"date": _iso(document), **self._link(document, target, resolver)}
        elif origin == "data set":
            fields = {rule.field: self._data_set(document)}
        elif origin == "homepage data":
            note = self._note_in("_data/homepage.yml")
            blocks = v1_home_sections(self.source.homepage, note)
            fields = {rule.field: blocks_to_stream(blocks, document.path)}
        else:
            converted = self.converted.pop(document.path)
            self.messages.extend(converted.messages)
            fields = {rule.field: converted.stream}
            if rule.page_type == self.mapping.article:
                fields["date"] = _iso(document)
        resolved: dict[str, Any] = resolver.resolve(fields)
        return resolved

    def _note_in(self, path: str) -> Callable[[str, str, str], None]:
        return lambda rule, text, place: self.messages.append(Message(rule, path, text, place))

    def _contact(self, document: SourceDocument) -> dict[str, Any]:
        front_matter = document.front_matter
        if document.generation is Generation.V1 and self.source.contact:
            front_matter = {**self.source.contact, **front_matter}
        if document.body.strip() and plain(document.body):
            self._note_in(document.path)("field-left-out", plain(document.body)[:200], "body")
        feedback = self.source.footer["feedback"]
        return contact_fields(front_matter, document.path, feedback, self._note_in(document.path))

    def _link(
        self, document: SourceDocument, target: PostTarget, resolver: Resolver
    ) -> dict[str, Any]:
        """Return the fields of an item that leads elsewhere. Its body was never shown."""
        note = self._note_in(document.path)
        for name, address in target.unused:
            note("field-left-out", address, name)
        text = plain(document.body)
        if text:
            note("field-left-out", text[:200], "body")
        link = resolver.resolve(LinkTo(target.address, target.field))
        return {
            "target_page": link["page"],
            "document": link["document"],
            "external_address": link["address"],
        }

    def _data_set(self, document: SourceDocument) -> list[dict[str, Any]]:
        """Return a body that leads to the data set which the old page searched."""
        number = document.text("datagovsg-id")
        self._note_in(document.path)("data-search", number, "datagovsg-id")
        address = DATA_ADDRESS + number
        paragraph = TextItem("p", (Run(address, link=Anchor(address)),))
        return blocks_to_stream([Block("text", [paragraph])], document.path)

    def _schedule(self, document: SourceDocument, content: dict[str, Any]) -> None:
        """Hold a document of the future back until its day (format reference, 1.2)."""
        day = document.day
        if day and content["live"] and self.source.waits(document, self.now.date()):
            begins = datetime.datetime.combine(day, datetime.time(), self.now.tzinfo)
            content["live"] = False
            content["go_live_at"] = begins.isoformat()
            self._note_in(document.path)("post-scheduled", day.isoformat(), "date")


def _iso(document: SourceDocument) -> str | None:
    return document.day.isoformat() if document.day else None


def note_front_matter(document: SourceDocument, messages: list[Message]) -> None:
    """Name the keys of a document that no page type reads, unknown layouts, and placeholders."""
    layout = document.text("layout")
    if layout not in KNOWN_LAYOUTS:
        messages.append(Message("layout-unknown", document.path, f"“{layout}”", "layout"))
    known = KNOWN_KEYS
    if layout in CONTACT_LAYOUTS:
        known = known | CONTACT_KEYS
    if layout in DATA_LAYOUTS:
        known = known | DATA_KEYS
    if document.kind is DocumentKind.POST:
        known = known | POST_KEYS
    if language_of(document):
        known = known | set(LANGUAGE_KEYS)
    for key, value in document.front_matter.items():
        is_empty = value in (None, "", [], {}, False)
        wrong_type = key in ("description", "permalink") and isinstance(value, (list, dict))
        if not is_empty and (wrong_type or key not in known):
            messages.append(
                Message("field-left-out", document.path, in_words(value)[:200], str(key))
            )
    for name, value in placeholders(dict(document.front_matter)):
        messages.append(Message("placeholder", document.path, f"“{value}”", name))


def language_of(document: SourceDocument) -> str:
    """Return the tag for the language that a document names, ``""`` if it names none of ours."""
    written = (document.front_matter.get(key) for key in LANGUAGE_KEYS)
    return next((code for text in written if (code := language_code(text))), "")


def plain_description(value: object) -> str:
    """Return a description as plain text, paragraphs kept apart."""
    text = plain(value) if value is not None else ""
    return "\n\n".join(part.strip() for part in text.splitlines() if part.strip())
