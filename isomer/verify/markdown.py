"""Markdown bodies to HTML: by kramdown itself, where it is installed, else by our reader.

The first does not share a line with the importer. The report says which it was.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
from functools import cache
from select import select

from isomer import kramdown
from isomer.kramdown import Element, Markup, Node, ShownTag

_TASK = "task-list-item-checkbox"
_LEFT_AFTER = re.compile(r"\A(?:\{:(?![:/])[^}\n]+\})+")
_LEFT_OVER = re.compile(r"\n[ ]{0,3}\{:(?![:/])[^}\n]+\}[ ]*(?=\n|$)")
# The options of a site that sets none (format reference, 6.1).
_PROGRAM = """
require "json"
require "kramdown"
require "kramdown-parser-gfm"
$stdout.sync = true
options = {input: "GFM", hard_wrap: false, auto_ids: true, syntax_highlighter: nil}
puts "ready"
$stdin.each_line do |line|
  begin
    html = Kramdown::Document.new(JSON.parse(line)[0], options).to_html
    puts JSON.generate([html])
  rescue StandardError, SystemStackError
    puts "[]"
  end
end
"""


# A body takes milliseconds; kramdown needs for ever for a few.
SECONDS = 10


class Ruby:
    """A running kramdown, one for the whole run. It ends when its input does."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lock = threading.Lock()

    def html(self, body: str) -> str | None:
        """Return the HTML of a body, ``None`` if kramdown cannot read it."""
        writer, reader = self.process.stdin, self.process.stdout
        if writer is None or reader is None:
            return None
        with self.lock:
            try:
                writer.write(json.dumps([body]) + "\n")
                writer.flush()
                if not select([reader], [], [], SECONDS)[0]:
                    self._stop()
                    return None
                answer = json.loads(reader.readline() or "[]")
            except (OSError, ValueError):
                return None
        return str(answer[0]) if answer else None

    def _stop(self) -> None:
        """End a kramdown that found no end; the next body gets a new one."""
        self.process.kill()
        self.process.wait()
        ruby.cache_clear()


@cache
def ruby() -> Ruby | None:
    """Return kramdown, started once, ``None`` where it is not installed."""
    program = shutil.which("ruby")
    if program is None:
        return None
    process = subprocess.Popen(
        [program, "-e", _PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )
    if process.stdout is None or process.stdout.readline() != "ready\n":
        process.kill()
        process.wait()
        return None
    return Ruby(process)


def reader_name() -> str:
    """Return what reads Markdown bodies, for the report."""
    return "kramdown" if ruby() else "the importer's own reader, since kramdown is not installed"


def is_shown_otherwise(body: str) -> bool:
    """Tell whether a Markdown body has signs that Jekyll showed and that nobody wanted: mistyped
    tags, lists of attributes that belong to nothing, boxes of tasks.

    Raises:
        kramdown.TooDeepError: if it cannot be read.
    """
    plain, wanted = _both(body)
    return plain != wanted


def _both(body: str) -> tuple[str, str]:
    """Return the HTML of a body as kramdown has it, and as it is wanted."""
    nodes = kramdown.read(body).nodes
    plain = kramdown.to_html(nodes)
    return plain, kramdown.to_html(_as_wanted(nodes))


def markdown_to_html(body: str) -> str:
    """Return the HTML of a Markdown body.

    What the importer shows in another way than kramdown, because nobody wanted what that showed,
    only our reader can tell from other text; bodies with such are read by it.

    Raises:
        kramdown.TooDeepError: if neither can read it.
    """
    plain, wanted = _both(body)
    running = ruby() if wanted == plain else None
    html = running.html(body) if running else None
    return wanted if html is None else html


def _as_wanted(nodes: list[Node]) -> list[Node]:
    """Return nodes with tags that are shown as text as tags, with the mark of a task for its box,
    and without lists of attributes that belong to nothing."""
    found: list[Node] = []
    for node in nodes:
        if isinstance(node, ShownTag):
            found.append(Markup(node))
        elif isinstance(node, str):
            after = bool(found) and isinstance(found[-1], Element)
            found.append(_LEFT_OVER.sub("", _LEFT_AFTER.sub("", node) if after else node))
        elif isinstance(node, Element) and node.attributes.get("class") == _TASK:
            found.append("[x] " if "checked" in node.attributes else "[ ] ")
        else:
            if isinstance(node, Element) and node.name not in ("code", "pre", "script", "style"):
                node.children = _as_wanted(node.children)
            found.append(node)
    return found
