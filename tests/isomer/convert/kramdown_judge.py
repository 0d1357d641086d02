"""kramdown itself, as the old sites ran it: the judge of what Markdown means.

Debian: ruby-kramdown-parser-gfm. One process reads any number of bodies.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from urllib.parse import unquote

from bs4.element import PreformattedString, Tag

from content.markup.html_tree import attribute, parse, tags_in
from content.markup.links import clean_address
from tests.isomer.convert.helpers import visible_words

# The options of a site that sets none (format reference, 6.1).
_PROGRAM = """
require "json"
require "kramdown"
require "kramdown-parser-gfm"
$stdout.sync = true
options = {input: "GFM", hard_wrap: false, auto_ids: true, syntax_highlighter: nil}
$stdin.each_line do |line|
  html = Kramdown::Document.new(JSON.parse(line)[0], options).to_html
  puts JSON.generate([html])
end
"""
_STRUCTURE = frozenset(
    {"blockquote", "code", "dd", "del", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
     "li", "ol", "pre", "strong", "sup", "td", "th", "tr", "ul"}
)  # fmt: skip


class Judge:
    """A running kramdown."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            ["ruby", "-e", _PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def html(self, body: str) -> str:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps([body]) + "\n")
        self.process.stdin.flush()
        html: str = json.loads(self.process.stdout.readline())[0]
        return html

    def close(self) -> None:
        self.process.communicate()


def words_of(html: str) -> list[str]:
    """Return what a visitor reads, without the marks of footnotes and the boxes of tasks."""
    return visible_words(re.sub(r"\[[ xX]\] ", "", html))


def structure_of(html: str) -> Counter[tuple[str, str]]:
    """Return how many elements of each kind there are; links and pictures with their targets."""
    return Counter(_elements(html))


def _elements(html: str) -> Iterator[tuple[str, str]]:
    for tag in tags_in(parse(html)):
        if tag.name in ("a", "img"):
            yield tag.name, attribute(tag, "href") or attribute(tag, "src")
        elif tag.name in _STRUCTURE:
            yield tag.name, ""


def facts_of(html: str) -> dict[str, list[str]]:
    """Return what a page says by what it is, in forms that two readers of one text share.

    Lists are the numbers that readers see before entries with words in them, in order, and
    the number of bulleted entries; headings of one level below the page's title are alike.
    """
    tree = parse(html)
    found: dict[str, list[str]] = {"links": [], "headings": [], "lists": [], "tables": []}
    bullets = 0
    for tag in tags_in(tree):
        if tag.name == "a" and tag.get_text(strip=True) and _is_link_of_text(tag):
            found["links"].append(address_of(tag))
        elif re.fullmatch("h[1-6]", tag.name) and tag.get_text(strip=True):
            level = "h2" if tag.name == "h1" else tag.name
            found["headings"].append(f"{level} {''.join(tag.get_text().split())}")
        elif tag.name == "ol":
            found["lists"].extend(_numbers(tag))
        elif tag.name == "li" and (tag.parent is None or tag.parent.name != "ol"):
            bullets += bool(tag.get_text(strip=True))
        elif tag.name in ("td", "th"):
            found["tables"].append("".join(tag.get_text().split()))
    # An address that is linked twice in a row is one link to whoever reads it.
    found["links"] = [key for key, _ in groupby(found["links"])]
    found["lists"].append(f"{bullets} bullets")
    return found


def _is_link_of_text(tag: Tag) -> bool:
    # The link beside a frame that waits is this site's own.
    return bool(attribute(tag, "href")) and not tag.has_attr("data-interface")


def address_of(tag: Tag) -> str:
    """Return a link's address without the differences that no browser makes."""
    return unquote(clean_address(attribute(tag, "href"))).replace(" ", "")


def _numbers(tag: Tag) -> Iterator[str]:
    number = int(attribute(tag, "start") or 1)
    for entry in tag.find_all("li", recursive=False):
        number = int(attribute(entry, "value") or number)
        # Old editors wrote nested lists beside the entry as well as in it.
        own = "".join(
            node
            for node in entry.find_all(string=True)
            if node.find_parent("li") is entry and not isinstance(node, PreformattedString)
        )
        if entry.get_text(strip=True):
            yield f"{number}. {''.join(own.split())[:20]}"
        number += 1
