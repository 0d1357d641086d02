"""The addresses that the old site gave to documents without a permalink.

Jekyll made an address from a pattern, and the pattern from the ``permalink``
of ``_config.yml`` (format reference, 1.3 and 1.4). Isomer sites say ``none``,
which is the name of a pattern and not its absence.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from isomer.source import DocumentKind, SourceDocument, SourceSite

ISOMER_STYLE = "none"
# What applies to a site whose settings name no style.
GENERATOR_STYLE = "date"
POST_PATTERNS = {
    "none": "/:categories/:title:output_ext",
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
}
PLACEHOLDER = re.compile(r":([a-z_]+)")
# Beside letters, marks and digits of every script, these stay in an address.
KEPT_SIGNS = frozenset("._~!$&'()+,;=@")


def slugified(text: str, signs: Collection[str] = KEPT_SIGNS) -> str:
    """Return text as Jekyll writes it into an address: ``"A b (c)’s"`` gives ``"A-b-(c)-s"``.

    Case is kept. Runs of anything but letters, digits and some signs become
    one hyphen, none at either end (format reference, 1.4).
    """
    pieces: list[str] = []
    for character in text:
        kept = character in signs or unicodedata.category(character)[0] in "LM"
        if kept or unicodedata.category(character) == "Nd":
            pieces.append(character)
        elif not pieces or pieces[-1] != "-":
            pieces.append("-")
    return "".join(pieces).strip("-")


def default_address(
    document: SourceDocument, config: Mapping[str, Any] | None = None, encoded: bool = False
) -> str:
    """Return the address that Jekyll gives a document without a permalink.

    ``config`` holds the settings of the site; without them, the style that
    Isomer sites have is taken (format reference, 1.3 and 1.4). ``encoded`` is how templates
    name it: with ``%`` for signs of what was filled in.
    """
    style = ISOMER_STYLE
    if config is not None:
        given = config.get("permalink")
        style = given if isinstance(given, str) and given else GENERATOR_STYLE
    if document.kind is DocumentKind.POST:
        return _filled(POST_PATTERNS.get(style, style), document, encoded)
    pattern = _pattern_of_collection(document, config or {})
    if pattern:
        return _filled(pattern, document, encoded)
    address = _page_address(document, style)
    return _encoded(address) if encoded else address


def written_address(document: SourceDocument, encoded: bool = False) -> str:
    """Return the permalink of a document as Jekyll filled it in, ``""`` for none.

    ``/:year/:title/`` becomes ``/2024/a-title/``; ``encoded`` as of :func:`default_address`.
    """
    written = document.permalink
    if ":" not in written or "//" in written:
        return written
    return _filled(written, document, encoded)


def _encoded(address: str) -> str:
    return quote(address, safe="/:@!$&'()*+,;=?~")


def by_writing(site: SourceSite, today: datetime.date) -> list[SourceDocument]:
    """Return documents in the order in which Jekyll wrote them. Of two with one address the one
    that is written last is there: pages by the names of their files, then posts by their dates,
    then collections, in the order of the settings. Those that it did not write ``today`` come
    first, so that they take no address from any other."""
    collections = site.config.get("collections")
    named = list(collections) if isinstance(collections, dict) else []

    def order(document: SourceDocument) -> tuple[bool, int, int, str]:
        is_written = document.published and not site.waits(document, today)
        if document.kind is DocumentKind.POST:
            return is_written, 1, 0, str(document.date or "")
        if document.kind is DocumentKind.COLLECTION:
            name = document.collection
            return is_written, 2, named.index(name) if name in named else len(named), ""
        is_page = document.kind is not DocumentKind.LOOSE
        return is_written, 0, 0, PurePosixPath(document.path).name if is_page else ""

    return sorted(site.documents, key=order)


def _pattern_of_collection(document: SourceDocument, config: Mapping[str, Any]) -> str:
    collections = config.get("collections")
    collection = collections.get(document.collection) if isinstance(collections, dict) else None
    pattern = collection.get("permalink") if isinstance(collection, dict) else None
    return pattern if isinstance(pattern, str) else ""


def _page_address(document: SourceDocument, style: str) -> str:
    path = PurePosixPath(document.path.lstrip("_"))
    folder = "/".join(path.parts[:-1])
    prefix = f"/{folder}/" if folder else "/"
    if path.stem == "index":
        return prefix
    if style == "pretty" or style.endswith("/"):
        return f"{prefix}{path.stem}/"
    # Any other style of one's own gives a page no ending.
    has_ending = style in ("date", "ordinal", "none") or style.endswith(":output_ext")
    return f"{prefix}{path.stem}{'.html' if has_ending else ''}"


def _filled(pattern: str, document: SourceDocument, encoded: bool) -> str:
    values = _values(document)
    if encoded:
        values = {name: _encoded(value) for name, value in values.items()}

    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        if name in values:
            return values[name]
        # In "/:month_:day" the underscore is not part of the name.
        trimmed = name.rstrip("_")
        return values[trimmed] + name[len(trimmed) :] if trimmed in values else match.group()

    address = re.sub(r"/{2,}", "/", "/" + PLACEHOLDER.sub(value, pattern))
    return address.removesuffix("index.html")


def _values(document: SourceDocument) -> dict[str, str]:
    """Return the value of each placeholder; those of the date are empty without one."""
    path = PurePosixPath(document.path)
    slug = document.slug or slugified(document.text("slug") or path.stem)
    if document.kind not in (DocumentKind.POST, DocumentKind.COLLECTION, DocumentKind.LOOSE):
        folder = "/".join(path.parts[:-1])
        return {"path": folder, "basename": path.stem, "output_ext": ".html"}
    values = {
        "categories": "/".join(categories(document)),
        "collection": document.collection,
        "path": "/".join((*path.parts[1:-1], path.stem)),
        "name": slugified(path.stem, "").lower(),
        "title": slug,
        "slug": slugified(slug, "").lower(),
        "output_ext": ".html",
    }
    formats = {
        "year": "%Y", "month": "%m", "day": "%d", "short_year": "%y", "y_day": "%j",
        "week": "%V", "short_day": "%a", "short_month": "%b", "long_month": "%B",
    }  # fmt: skip
    day = document.day
    values |= {name: day.strftime(form) if day else "" for name, form in formats.items()}
    values["i_day"] = str(day.day) if day else ""
    values["i_month"] = str(day.month) if day else ""
    return values


def categories(document: SourceDocument) -> list[str]:
    """Return the categories of a post as they stand in its address.

    First the folders above the post, then those that the front matter names;
    each once and in lower case (format reference, 1.4).
    """
    front_matter = document.front_matter
    names = [document.room, *document.category.split("/")]
    for key, separator in (("categories", None), ("category", "\n")):
        value = front_matter.get(key)
        names += value.split(separator) if isinstance(value, str) else _texts(value)
    return list(dict.fromkeys(name.strip().lower() for name in names if name.strip()))


def _texts(value: Any) -> Iterable[str]:
    return [str(item) for item in value if item is not None] if isinstance(value, list) else []
