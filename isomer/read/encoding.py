"""From the bytes of a file to clean text (format reference, 0.1 and 8.1).

Clean means: no byte order mark, line feeds only, and no mojibake. That is what is left of
UTF-8 text when a program took it for Windows-1252 and stored the result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ftfy import TextFixerConfig, fix_encoding

from content.counting import counted
from isomer.messages import Message

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
CONTROL_BYTES = bytes({*range(0x20), 0x7F} - set(b"\t\n\x0b\x0c\r\x1b"))
MOST_CONTROL_BYTES = 0.3

# Characters of a line that are shown of a repair.
SHOWN = 60
EXAMPLES_SHOWN = 10

# Only the encoding: what else ftfy knows to mend is a writer's own business.
_CONFIG = TextFixerConfig(replace_lossy_sequences=False)
# A letter and the mark after it that ftfy takes for one damaged letter: the end of a word in
# capitals («IRMÃ»), and the unit (20 Å²).
_NOT_ONE = re.compile(
    r"(?<=[A-Z]{2}Ã)(?=[…’‘”“»«›‹™®°–—\u00a0](?!\w))"
    r"|(?<=Å)(?<!\wÅ)(?=[²³](?![^\W\d_]))"
)
_RUN = re.compile(r"[^\x00-\x7f]+")
_WORDS = re.compile(r"[ \t<>()\[\]{}\"=]+")


@dataclass(frozen=True)
class Repair:
    """One repaired word: the line it stands on (from 1), as found and as repaired."""

    line: int
    found: str
    repaired: str


@dataclass(frozen=True)
class RepairedText:
    """Text without mojibake, how many places were repaired, and the first few words."""

    text: str
    count: int
    examples: tuple[Repair, ...]


@dataclass(frozen=True)
class DecodedText:
    """What a file says. ``text`` is ``None`` when the file is not text."""

    text: str | None
    messages: tuple[Message, ...]


def decode_text(data: bytes, path: str) -> DecodedText:
    """Turn the bytes of the file at ``path`` into clean text, and say what was wrong.

    Never raises: bytes that are not UTF-8 become replacement characters
    (message ``encoding-damaged``), mojibake is repaired (``encoding-repaired``)
    and a file that is not text gives no text (``file-not-text``).
    """
    reason = _why_not_text(data)
    if reason:
        return DecodedText(None, (Message("file-not-text", path, reason),))
    messages: list[Message] = []
    data = data.removeprefix(BYTE_ORDER_MARK).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
        messages.append(_damage_message(data, text, path))
    repaired = repair_mojibake(text)
    if repaired.count:
        messages.append(_repair_message(repaired, path))
    # A byte order mark can itself have been through the mojibake.
    return DecodedText(repaired.text.removeprefix("\ufeff"), tuple(messages))


def repair_mojibake(text: str) -> RepairedText:
    """Repair UTF-8 that was read as Windows-1252 or the like, line by line, with ftfy.

    Text that is already right stays: repairing twice gives the same as repairing once. What was
    damaged twice is repaired twice.
    """
    lines = text.split("\n")
    repairs: list[Repair] = []
    for number, line in enumerate(lines):
        if not line.isascii():
            lines[number] = _repaired(line)
            repairs += _repairs(number + 1, line, lines[number])
    count = sum(len(_RUN.findall(repair.found)) for repair in repairs)
    shown = (
        Repair(one.line, _shortened(one.found), _shortened(one.repaired))
        for one in repairs[:EXAMPLES_SHOWN]
    )
    return RepairedText("\n".join(lines), count, tuple(shown))


def _repaired(line: str) -> str:
    once = "".join(fix_encoding(part, _CONFIG) for part in _NOT_ONE.split(line))
    return once if once == line else _repaired(once)


def _repairs(number: int, before: str, after: str) -> Iterator[Repair]:
    """Yield the words of a line that were repaired, the whole line where they can't be told."""
    old, new = _WORDS.split(before), _WORDS.split(after)
    if len(old) != len(new):
        old, new = [before], [after]
    for found, repaired in zip(old, new, strict=True):
        if found != repaired:
            yield Repair(number, found, repaired)


def _why_not_text(data: bytes) -> str:
    if data.startswith(UTF_16_MARKS):
        return "The file is saved as UTF-16 (some programs call it “Unicode”), not as UTF-8."
    if b"\0" in data:
        return "The file contains zero bytes, as pictures, archives and office documents do."
    controls = len(data) - len(data.translate(None, CONTROL_BYTES))
    if controls > len(data) * MOST_CONTROL_BYTES:
        return "Most of the file is control characters, not letters."
    return ""


def _damage_message(data: bytes, text: str, path: str) -> Message:
    lines = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            lines.append(number)
    # Replacement characters that the file itself contains are not new damage.
    count = text.count("\ufffd") - data.count("\ufffd".encode())
    shown = ", ".join(str(number) for number in lines[:EXAMPLES_SHOWN])
    more = f" and {len(lines) - EXAMPLES_SHOWN} more" if len(lines) > EXAMPLES_SHOWN else ""
    places = counted(count, "place")
    where = "line" if len(lines) == 1 else "lines"
    explanation = (
        f"{places} could not be read as letters, on {where} {shown}{more}; each shows as \ufffd."
    )
    return Message("encoding-damaged", path, explanation, place=f"line {lines[0]}")


def _repair_message(repaired: RepairedText, path: str) -> Message:
    places = counted(repaired.count, "place was", "places were")
    words = "; ".join(
        f"“{example.found}” is now “{example.repaired}” (line {example.line})"
        for example in repaired.examples
    )
    more = "; and more" if len(repaired.examples) == EXAMPLES_SHOWN < repaired.count else ""
    return Message("encoding-repaired", path, f"{places} repaired: {words}{more}.")


def _shortened(word: str) -> str:
    return word if len(word) <= SHOWN else word[:SHOWN] + "…"
