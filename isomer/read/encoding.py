"""From the bytes of a file to clean text (format reference, 0.1 and 8.1).

Clean means: no byte order mark, line feeds only, and no mojibake. That is what is left of
UTF-8 text when a program took it for Windows-1252 and stored the result.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from content.counting import counted
from isomer.messages import Message

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
CONTROL_BYTES = bytes({*range(0x20), 0x7F} - set(b"\t\n\x0b\x0c\r\x1b"))
MOST_CONTROL_BYTES = 0.3

NON_ASCII_RUN = re.compile(r"[^\x00-\x7f]+")
WORD_BOUNDARY = frozenset(' \t\n\u00a0<>()[]{}"“”=')
NOT_LETTERS = frozenset({"Cc", "Cn", "Co", "Cs"})
WORD_REACH = 30
EXAMPLES_SHOWN = 10

# What people do write directly after the last accented letter of a word, mostly
# marks, and the letters that can stand in between (as in the Czech word náš).
MARKS_AFTER_WORDS = frozenset("…’‘”“»«›‹™®°–—\u00a0")
LETTERS_BEFORE_MARKS = frozenset("šžœ")
# What begins a damaged character of two bytes: symbols, Latin, Greek, Cyrillic.
# Other alphabets come in whole words; alone, such a pair is correct text.
PAIR_LEADS = frozenset("ÂÃÄÅÆÇÈÎÏÐÑ")
# Capitals that no word ends with, so that a mark after one is always damage.
NEVER_LAST_LETTERS = frozenset("ÂÎÏ")
VIETNAMESE_LEADS = ("áº", "á»")


def _byte_by_character() -> dict[str, int]:
    """Windows-1252, with every C1 control character standing for its own byte.

    Windows-1252 leaves five bytes undefined (81, 8D, 8F, 90 and 9D); in
    mojibake they show up as the control characters of the same number. The
    other C1 controls come from software that reads Latin-1 strictly.
    """
    table = {chr(value): value for value in range(0x80, 0x100)}
    for value in range(0x80, 0xA0):
        character = bytes([value]).decode("cp1252", errors="ignore")
        if character:
            table[character] = value
    return table


BYTE_BY_CHARACTER = _byte_by_character()


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
    """Repair UTF-8 that was read as Windows-1252, per maximal run of non-ASCII characters.

    A run changes only if it can be written in Windows-1252, the bytes are valid
    UTF-8, and the result is plausible (format reference, 0.1). Text that is
    already right stays: repairing twice gives the same as repairing once. Runs
    that were damaged twice are repaired twice.
    """
    changes: list[tuple[int, int, str]] = []
    pieces: list[str] = []
    end_of_last = 0
    for run in NON_ASCII_RUN.finditer(text):
        start, end = run.span()
        repaired = _repair_run(run.group(), text[max(0, start - 2) : start], text[end : end + 1])
        if repaired != run.group():
            changes.append((start, end, repaired))
            pieces += [text[end_of_last:start], repaired]
            end_of_last = end
    pieces.append(text[end_of_last:])
    return RepairedText("".join(pieces), len(changes), tuple(_examples(text, changes)))


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


def _repair_run(run: str, before: str, after: str) -> str:
    """Undo the damage as often as it was done; the last clean stage is the answer."""
    best = current = run
    while not _may_be_meant(current, before, after):
        try:
            current = bytes(BYTE_BY_CHARACTER[character] for character in current).decode("utf-8")
        except (KeyError, UnicodeDecodeError):
            break
        if _is_clean(current):
            best = current
    return best


def _is_clean(text: str) -> bool:
    """Say whether no character is a control, private, or unknown to Unicode."""
    return all(unicodedata.category(character) not in NOT_LETTERS for character in text)


def _may_be_meant(run: str, before: str, after: str) -> bool:
    """Say whether ``run`` reads like correct text although it can also be decoded.

    The end of a word and the mark after it can look like mojibake: the last
    two characters of ``CAFÉ™`` or ``«LIBERTÉ»``, the sign in ``5×–6×``, the
    unit in ``20 Å²``. ``before`` holds the two characters before the run and
    ``after`` the one after it.
    """
    letter, rest, previous = run[0], set(run[1:]), before[-1:]
    if letter == "Å" and not previous.isalpha():
        return bool(rest) and rest <= MARKS_AFTER_WORDS | set("²³") and not after.isalpha()
    if len(run) == 2 and letter not in PAIR_LEADS:
        return True
    if letter in NEVER_LAST_LETTERS or run.startswith(VIETNAMESE_LEADS):
        return False
    if not previous.isalpha() or not rest <= MARKS_AFTER_WORDS | LETTERS_BEFORE_MARKS:
        return False
    if letter == "Ã":  # the usual sign of damage: believed only at the end of a word in capitals
        in_capitals = re.fullmatch("[A-Z]{2}", before) is not None
        return in_capitals and not after.isalpha()
    return letter.isalpha() and letter.isupper() == previous.isupper()


def _examples(text: str, changes: list[tuple[int, int, str]]) -> Iterator[Repair]:
    """Give the first few words around ``changes``, each as found and as repaired."""
    waiting = deque(changes)
    position, line = 0, 1
    for _ in range(EXAMPLES_SHOWN):
        if not waiting:
            return
        left, right = _word_around(text, waiting[0][0], waiting[0][1])
        repaired, copied = "", left
        while waiting and waiting[0][0] < right:
            start, end, replacement = waiting.popleft()
            repaired += text[copied:start] + replacement
            copied, right = end, max(right, end)
        line += text.count("\n", position, left)
        position = left
        yield Repair(line, _shortened(text[left:right]), _shortened(repaired + text[copied:right]))


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    left, right = start, end
    while left > 0 and start - left < WORD_REACH and text[left - 1] not in WORD_BOUNDARY:
        left -= 1
    while right < len(text) and right - end < WORD_REACH and text[right] not in WORD_BOUNDARY:
        right += 1
    return left, right


def _shortened(word: str) -> str:
    return word if len(word) <= 2 * WORD_REACH else word[: 2 * WORD_REACH] + "…"
