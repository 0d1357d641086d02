"""What kramdown reads and no other Markdown has: attributes below a block, ``{::comment}``,
``{::nomarkdown}``, ``{::options}``, and ``{:toc}``, which makes a list of the headings.

All of it is settled in the lines of a body before they are parsed.
"""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.preprocessors import Preprocessor

# Says where the list of headings stands, and of which kind it is; no page shows it.
CONTENTS = "data-contents"

_OPENING = re.compile(r"\{::(?P<name>comment|nomarkdown|options)\b[^}\n]*?(?P<empty>/)?\}")
_ENTRY = re.compile(r"[ ]{0,3}(?:(?P<bullet>[*+-])|\d+\.)[ ]+\S")
_LIST_AT_END = re.compile(r"(\{:[^}\n]*)\}$")
_ATTRIBUTES = re.compile(r"[ ]{0,3}\{:(?![:/])(?P<list>[^}\n]+)\}[ ]*$")
_HEADING = re.compile(r"(?P<text>[ ]{0,3}#{1,6}[ ].*?)[ ]*#*[ ]*$")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:-+|=+)[ ]*$")
_RULE = re.compile(r"[ ]{0,3}(?:(?:\*[ ]*){3,}|(?:-[ ]*){3,}|(?:_[ ]*){3,})$")
_COMMENT_LINE = re.compile(r"\n[ ]{0,3}<!--")
# As much of the text before a comment as is looked at.
_ENTRY_LENGTH = 5000
_AFTER_COMMENT = re.compile(r"[ \t]*(?=\n[ ]*(?:(?:[*+-]|\d+\.)[ ]|<!--))")


class Marks(Preprocessor):
    """Settles kramdown's own marks; comes after fenced code and before HTML was put aside."""

    md: Markdown

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines of a body without these marks. Python-Markdown calls this."""
        text = _with_comments_in_entries(self._without_extensions("\n".join(lines)))
        return _with_contents(_with_attributes_above(text.split("\n")))

    def _without_extensions(self, text: str) -> str:
        """Return text without comments and options; what is no Markdown is put aside."""
        parts: list[str] = []
        place = 0
        while (opening := _OPENING.search(text, place)) is not None:
            name = opening["name"]
            start, end = opening.span()
            inner = ""
            if not opening["empty"]:
                closings = [f"{{:/{name}}}", "{:/}"]
                found = [(text.find(closing, end), closing) for closing in closings]
                first = min((one for one in found if one[0] >= 0), default=None)
                if first is None:  # and so for all that follow: they are text
                    break
                inner = text[end : first[0]]
                end = first[0] + len(first[1])
            parts += [text[place:start], self._put_aside(name, inner)]
            place = end
        return "".join([*parts, text[place:]])

    def _put_aside(self, name: str, inner: str) -> str:
        if name == "comment" and inner.strip():
            inner = f"<!-- {inner.strip().replace('--', '-')} -->"
        elif name != "nomarkdown":
            return ""
        is_block = "\n" in inner
        stored = self.md.htmlStash.store(inner.strip("\n"))
        return f"\n\n{stored}\n\n" if is_block else stored


def _with_comments_in_entries(text: str) -> str:
    """Put a comment between two entries of a list at the end of the first, which it is part of;
    on a line of its own it would end the list, and the numbers would begin again."""
    parts: list[str] = []
    place, before = 0, ""
    while (opening := _COMMENT_LINE.search(text, place)) is not None:
        closing = text.find("-->", opening.end())
        if closing < 0:
            break
        end = closing + len("-->")
        before = (before + text[place : opening.start()])[-_ENTRY_LENGTH:]
        comment = text[opening.start() : end]
        if _AFTER_COMMENT.match(text, end) and _is_in_entry(before):
            comment = f" {comment.lstrip()}"
        parts += [text[place : opening.start()], comment]
        before += comment
        place = end
    return "".join([*parts, text[place:]])


def _is_in_entry(before: str) -> bool:
    """Tell whether text ends in the entry of a list, with no blank line after it."""
    lines = before.rsplit("\n\n", 1)[-1].split("\n")
    last = lines[-1].lstrip()
    if not last or last.startswith("<"):
        return False
    return last != lines[-1] or any(map(_ENTRY.match, lines))


def _with_attributes_above(lines: list[str]) -> list[str]:
    """Return lines with attributes below a heading on the heading's own line, and none below a
    rule, which has nothing to show them with."""
    written: list[str] = []
    after_rule = False
    for line in lines:
        attributes = _ATTRIBUTES.match(line)
        last = written[-1] if written else ""
        if attributes and (heading := _HEADING.match(last)):
            written[-1] = _with_attributes(heading["text"], line)
        elif attributes and after_rule:
            written.append("")
        elif attributes and _UNDERLINE.match(last) and len(written) > 1:
            written[-2] = _with_attributes(written[-2].rstrip(), line)
        else:
            is_first = not last.strip() or after_rule
            after_rule = bool(_RULE.match(line)) and is_first
            written.append(line)
    return written


def _with_attributes(heading: str, line: str) -> str:
    """Return a heading with attributes at its end, in one list with those that are there."""
    if there := _LIST_AT_END.search(heading):
        return f"{heading[: there.end(1)]} {line.strip()[2:]}"
    return f"{heading} {line.strip()}"


def _with_contents(lines: list[str]) -> list[str]:
    """Return lines with a mark in place of each list that kramdown made of the headings."""
    written: list[str] = []
    skipping = False
    for line in lines:
        attributes = _ATTRIBUTES.match(line)
        if attributes and "toc" in attributes["list"].split():
            start = len(written)
            while start and written[start - 1].strip():
                start -= 1
            first = next((n for n in range(start, len(written)) if _ENTRY.match(written[n])), None)
            skipping = first is None
            if first is not None:
                entry = _ENTRY.match(written[first])
                del written[first:]
                written += _mark(entry)
                continue
            written.append(line)
        elif skipping and (entry := _ENTRY.match(line)):
            # The attributes stood above the list.
            written[-1:] = _mark(entry)
        elif skipping and line.strip() and written[-1:] == [""]:
            continue
        else:
            skipping = False
            written.append(line)
    return written


def _mark(entry: re.Match[str] | None) -> list[str]:
    kind = "ul" if entry is None or entry["bullet"] else "ol"
    return ["", f'<div {CONTENTS}="{kind}"></div>', ""]
