"""Where the imported site differs from what Jekyll made, on purpose: each with its reason.

Nothing else may differ. An exception either makes of Jekyll's page what is promised instead, or
names what is not compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from bs4.element import Tag

from content.library.file_titles import says_something
from isomer.verify.jekyll import Item
from tests.isomer.generated.facts import numbers_of_entries, tree_of

Source = str
_SOUP = BeautifulSoup("", "html.parser")
_ATTRIBUTES = re.compile(r"\{:[^}\n]*\}")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_VERBATIM = re.compile(r"(<(?:code|pre)\b.*?</(?:code|pre)>)", re.DOTALL)
# What bodies mean to show is called so; an address is no end tag.
_SHOWN_TAG = re.compile(
    r"&lt;((?!sample\b)[a-z][a-z0-9.]*(?:[ \n/][^<>]*?)?|/(?!sample\b)[a-z][a-z0-9.]*)\s*&gt;",
    re.DOTALL,
)
_LAYOUTS_OF_THEME = re.compile(
    r"^layout: (homepage|resources|resources-alt|contact_us)$", re.MULTILINE
)


@dataclass(frozen=True)
class Exemption:
    """An address that Jekyll wrote and that need not answer, or not with a page."""

    reason: str
    holds: Callable[[Item, Source], bool]


# What need not answer at all.
NOT_SERVED: Mapping[str, Exemption] = {
    "settings": Exemption(
        "Jekyll published the settings of collections by accident (reference, 1.1).",
        lambda item, _: item.path.endswith("/collection.yml"),
    ),
    "signs of addresses": Exemption(
        "What stands behind ? or # in an address is not part of the path, so no link led there.",
        lambda item, _: bool(re.search(r"[?#]", item.address)) or "https:/" in item.address,
    ),
    "marks of byte order": Exemption(
        "Jekyll took a document that begins with one for a file; it is the page that was meant.",
        lambda item, source: source.startswith("\ufeff") and item.html is None,
    ),
    "files in collections": Exemption(
        "The pattern of a collection moved its files, too; editors of Isomer had no such pattern.",
        lambda item, _: (
            item.html is None and item.path.startswith("_") and item.address != f"/{item.path[1:]}"
        ),
    ),
    "empty permalinks": Exemption(
        "A document with one took the place of the home page; it is as if there were none.",
        lambda item, source: bool(re.search(r'^permalink: ""\r?$', source, re.M)),
    ),
}
# What answers, but whose content came from elsewhere than the body.
NOT_COMPARED: Mapping[str, Exemption] = {
    "pages of the theme": Exemption(
        "The theme made these pages of front matter and posts, which Jekyll alone does not.",
        lambda item, source: bool(_LAYOUTS_OF_THEME.search(source)),
    ),
    "files and links": Exemption(
        "Posts for a file or another site lead there, as their cards did (reference, 1.4).",
        lambda item, source: bool(
            re.search(r"^(file_url|external|permalink: https)", source, re.M)
        ),
    ),
}


def _shown_tags(html: str) -> Tag:
    """A tag that Jekyll showed as text, since it stood in a paragraph, is read as a tag."""
    parts = _VERBATIM.split(html)
    parts[::2] = [_SHOWN_TAG.sub(lambda tag: f"<{tag[1]}>", part) for part in parts[::2]]
    return tree_of("".join(parts))


def _hidden(tree: Tag) -> None:
    """What readers could not see is left out, and named."""
    for tag in tree.find_all(True):
        if not tag.decomposed and (tag.has_attr("hidden") or _HIDDEN.search(str(tag.get("style")))):
            tag.decompose()


def without_attributes(tree: Tag) -> None:
    """Attributes in Markdown that belong to nothing are not shown where Jekyll showed some."""
    for text in tree.find_all(string=_ATTRIBUTES):
        entry = text.find_parent("li")
        text.replace_with(_ATTRIBUTES.sub("", text))
        if entry is not None and _is_empty(entry):
            entry["data-nothing"] = ""


def _no_address(tree: Tag) -> None:
    """A link without an address is text, and one that nobody could see or press is nothing."""
    for tag in tree.find_all("a"):
        is_empty = not tag.get_text(strip=True) and tag.find("img") is None
        if not str(tag.get("href", "")).strip() or is_empty:
            tag.unwrap()


def _missing_pictures(tree: Tag) -> None:
    """A picture that is not there is named; in a link or a cell its words stand."""
    for tag in tree.find_all("img", src="/images/gone.png"):
        entry = tag.find_parent("li")
        if entry is not None:
            entry["data-picture"] = ""
        tag.replace_with(str(tag["alt"]) if tag.find_parent(["a", "td", "th"]) else "")


def _pictures_elsewhere(tree: Tag) -> None:
    """A picture of another site is a link with its words, if they say something, or with its
    number and host. In a link without other words, or in a cell, that link says them."""
    found = tree.find_all("img", src=re.compile("^https?://"))
    for number, tag in enumerate(found, 1):
        own, host = str(tag["alt"]), urlsplit(str(tag["src"])).netloc
        words = own if says_something(own) else f"Picture {number}, on {host}"
        around = tag.find_parent("a")
        is_in_cell = tag.find_parent(["td", "th"]) is not None
        if around is not None and (is_in_cell or not around.get_text(strip=True)):
            tag.replace_with(f" {words} ")
        else:
            _put_link(tag if around is None else around, str(tag["src"]), words)
            tag.extract()


def _put_link(before: Tag, address: str, words: str) -> None:
    link = _SOUP.new_tag("a", href=address)
    link.string = words
    before.insert_before(" ", link, " ")


def _films_in_cells(tree: Tag) -> None:
    """A film in the cell of a table is a link."""
    for number, tag in enumerate(tree.select("td iframe, th iframe"), 1):
        address = str(tag["src"])
        _put_link(tag, address, f"Film {number}, on {urlsplit(address).netloc}")
        tag.extract()


def _quotations(tree: Tag) -> None:
    """The quotation marks that browsers draw around an element are written."""
    for tag in tree("q"):
        tag.insert(0, "“")
        tag.append("”")
        tag.unwrap()


def _cards(tree: Tag) -> None:
    """A whole card was a link; its title is now, and the card can be pressed as before."""
    for card in tree.select("a.isomer-card"):
        title = card.select_one(".isomer-card-title")
        if title is not None:
            title.wrap(_SOUP.new_tag("a", href=str(card.get("href"))))
            card.unwrap()


def _lists_in_cells(tree: Tag) -> None:
    """A list in a cell counts up in steps of one; other numbers in it are written out."""
    counted = numbers_of_entries(tree)
    for listing in tree.select("td ol, th ol"):
        entries = [one for one in listing("li", recursive=False) if not _is_empty(one)]
        values = [counted[id(entry)] for entry in entries]
        is_even = values == list(range(values[0], values[0] + len(values))) if values else True
        if is_even and not any(entry.has_attr("style") for entry in entries):
            continue
        for entry in entries:
            if not entry.has_attr("style"):
                entry.insert(0, f"{counted[id(entry)]}. ")
            entry.name = "p"


def _empty_entries(tree: Tag) -> None:
    """An entry without anything in it is not shown; the next one keeps its number."""
    for entry in tree("li"):
        if _is_empty(entry) and not entry.has_attr("data-picture"):
            entry["data-nothing"] = ""


def _is_empty(tag: Tag) -> bool:
    return not tag.get_text(strip=True) and not tag(["img", "iframe"])


def _empty_rows(tree: Tag) -> None:
    """A row that no cell begins in is no row: cells that reach into it are shorter."""
    for table in tree("table"):
        rows = table("tr")
        for place, row in enumerate(rows):
            if row(["td", "th"]):
                continue
            for above, other in enumerate(rows[:place]):
                for cell in other(["td", "th"]):
                    down = int(str(cell.get("rowspan", "1")))
                    if above + down > place:
                        cell["rowspan"] = str(down - 1)
            row.name = "template"


def _bare_tables(tree: Tag) -> None:
    """A table of one cell is a box around text, and one without words and pictures is nothing."""
    for table in tree("table"):
        if len(table(["td", "th"])) <= 1 or not (
            table.get_text(strip=True) or table(["img", "iframe"])
        ):
            for tag in table(["td", "th"]):
                tag.name = "div"
            table.name = "div"


CHANGES = (
    _hidden,
    _bare_tables,
    _missing_pictures,
    _pictures_elsewhere,
    _films_in_cells,
    _no_address,
    _quotations,
    without_attributes,
    _cards,
    _lists_in_cells,
    _empty_entries,
    _empty_rows,
)


def as_we_show(html: str) -> Tag:
    """Return the tree of a page of the old site as it is promised here."""
    tree = _shown_tags(html)
    for change in CHANGES:
        change(tree)
    return tree
