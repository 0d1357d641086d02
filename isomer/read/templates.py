"""Fills in the templates of bodies from the whole site, as Jekyll did before it read the Markdown.

What Jekyll knew and a repository does not say (the time of the build, what a plugin made) stands
for nothing, and a message names it.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from isomer.addresses import by_writing, categories, default_address, written_address
from isomer.bounded import OverLimitError, within_limits
from isomer.liquid import Rendering, Template, UnreadableError, environment, fill_in_marks
from isomer.messages import Message
from isomer.read.data_files import DATA
from isomer.read.files import SourceFolder
from isomer.read.settings_files import read_data
from isomer.source import DocumentKind, SourceDocument

INCLUDES = "_includes"
TABLES = {".csv": ",", ".tsv": "\t"}
READ = frozenset({".yml", ".yaml", ".json", *TABLES})
# More of one thing than any page names.
MOST_NOTES = 20
EARLIEST = datetime.datetime.min.replace(tzinfo=datetime.UTC)


def fill_in_templates(folder: SourceFolder) -> None:
    """Replace the body of each document that has a template by what Jekyll made of it."""
    site = folder.site
    if not any(Template.is_in(document.body) for document in site.documents):
        return
    filling = _Filling(folder)
    site.documents = [
        filling.filled(document) if Template.is_in(document.body) else document
        for document in site.documents
    ]
    # What a template has shown is not left out.
    if filling.reads_data:
        site.messages = [
            one
            for one in site.messages
            if one.rule != "data-file-not-read" or one.path not in filling.data_files
        ]


class _Filling:
    """What the templates of one source may name."""

    def __init__(self, folder: SourceFolder) -> None:
        self.folder = folder
        self.site = folder.site
        self.data_files: set[str] = set()
        self.reads_data = False
        today = self.site.today
        # Lists name a document of a collection before its day, too; only a post is held back.
        shown = [
            one
            for one in by_writing(self.site, today)
            if one.published and not (one.kind is DocumentKind.POST and self.site.waits(one, today))
        ]
        self.pages = {one.path: self._page(one) for one in shown}
        self.jekyll = environment(self._includes())
        self.names = self._site(shown)

    def filled(self, document: SourceDocument) -> SourceDocument:
        in_html = document.path.lower().endswith((".html", ".htm"))
        notes: dict[tuple[str, str], None] = {}

        def note(rule: str, text: str) -> None:
            notes[rule, text[:200]] = None

        page = self.pages.get(document.path) or self._page(document)
        rendering = Rendering(
            in_html, lambda mark: note("template-mark-kept", mark), self._address_of
        )
        names = {"page": page, "site": self.names}

        def render() -> tuple[str, dict[tuple[str, str], None]]:
            return template.rendered(names, rendering), notes

        try:
            template = Template(document.body, self.jekyll)
            for name in template.unknown(names):
                note("template-value-missing", name)
            self.reads_data |= template.names_data
            body, notes = within_limits(render) if template.repeats else render()
        except (UnreadableError, OverLimitError) as error:
            note("template-unreadable", str(error) or "It takes too long.")
            body = fill_in_marks(document.body, document.front_matter, in_html, note)
        self.site.messages += [
            Message(rule, document.path, text, "body") for rule, text in list(notes)[:MOST_NOTES]
        ]
        return replace(document, body=body)

    def _page(self, document: SourceDocument) -> dict[str, Any]:
        address = written_address(document, encoded=True)
        address = address or default_address(document, self.site.config, encoded=True)
        if "://" not in address:
            address = re.sub("/{2,}", "/", f"/{address}")
        values: dict[str, Any] = dict(document.front_matter)
        if document.date is not None:
            values["date"] = document.date
        if document.kind is DocumentKind.POST:
            values["categories"] = categories(document)
        return values | {
            "url": address,
            "path": document.path,
            "name": Path(document.path).name,
            "slug": document.slug or Path(document.path).stem,
            "collection": document.collection or ("posts" if document.slug else ""),
            "content": document.body if not Template.is_in(document.body) else "",
        }

    def _site(self, shown: list[SourceDocument]) -> dict[str, Any]:
        posts = [one for one in shown if one.kind is DocumentKind.POST]
        posts.sort(key=lambda one: (_moment(one.date), one.path), reverse=True)
        labels = sorted({one.collection for one in shown if one.collection})
        in_order = [one for one in self.site.documents if one.path in self.pages]
        docs = {
            label: self._of(one for one in in_order if one.collection == label) for label in labels
        }
        in_pages = (DocumentKind.HOME, DocumentKind.PAGE, DocumentKind.ROOM, DocumentKind.CATEGORY)
        by_category: dict[str, list[Any]] = {}
        for post in posts:
            for name in categories(post):
                by_category.setdefault(name, []).append(self.pages[post.path])
        return {
            **self.site.config,
            # Addresses of its own lead within the site, wherever that is now.
            "url": "",
            "baseurl": "",
            "data": self._data(),
            "pages": self._of(one for one in shown if one.kind in in_pages),
            "posts": self._of(posts),
            "categories": by_category,
            "documents": [page for label in labels for page in docs[label]] + self._of(posts),
            "collections": [
                {"label": label, "docs": docs[label], "output": True} for label in labels
            ],
            **docs,
        }

    def _of(self, documents: Iterable[SourceDocument]) -> list[dict[str, Any]]:
        return [self.pages[one.path] for one in documents]

    def _address_of(self, tag: str, written: str) -> str | None:
        for path, page in self.pages.items():
            is_post = tag == "post_url" and Path(path).stem == written.rsplit("/", 1)[-1]
            if is_post or (tag == "link" and path == written.strip("/")):
                return str(page["url"])
        return None

    def _includes(self) -> dict[str, str]:
        root = self.folder.root / INCLUDES
        found = {}
        for path in self.folder.walk(root):
            text = self.folder.text(path)
            if text is not None:
                found[path.relative_to(root).as_posix()] = text
        return found

    def _data(self) -> dict[str, Any]:
        """Return what the data files hold, in folders as they lie."""
        root = self.folder.root / DATA
        found: dict[str, Any] = {}
        for path in self.folder.walk(root):
            if path.suffix.lower() not in READ:
                continue
            self.data_files.add(self.folder.name(path))
            before = list(self.site.messages)
            is_table = path.suffix.lower() in TABLES
            value = self._table(path) if is_table else read_data(self.folder, path)
            # Menu and footer were read before: their messages are not told twice.
            self.site.messages = list(dict.fromkeys([*before, *self.site.messages]))
            inside = found
            for name in path.relative_to(root).parts[:-1]:
                below = inside.setdefault(name, {})
                inside = below if isinstance(below, dict) else {}
            inside.setdefault(path.stem, value)
        return found

    def _table(self, path: Path) -> list[dict[str, Any]]:
        text = self.folder.text(path) or ""
        rows = csv.DictReader(io.StringIO(text), delimiter=TABLES[path.suffix.lower()])
        try:
            return [{str(key): value for key, value in row.items()} for row in rows]
        except csv.Error:
            return []


def _moment(day: datetime.date | datetime.datetime | None) -> datetime.datetime:
    if isinstance(day, datetime.datetime):
        return day if day.tzinfo else day.replace(tzinfo=datetime.UTC)
    if day is None:
        return EARLIEST
    return datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)
