"""kramdown itself, as the old sites ran it: the judge of what Markdown means.

Debian: ruby-kramdown-parser-gfm. One process reads any number of bodies.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator

from content.html_tree import attribute, parse, tags_in
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
