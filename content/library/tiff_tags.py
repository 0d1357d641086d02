"""Takes the tags out of a TIFF file that say something about its maker, place and time.

The file keeps its length: the values are overwritten, the tags leave the list. Pixels stay
where they are, so every offset stays right.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4,
          16: 8, 17: 8, 18: 8}  # fmt: skip
# Lists of further tags: Exif, place, interoperability.
_LISTS = frozenset({34665, 34853, 40965})
# Words about the picture, its camera, software, maker and time; XMP, IPTC, Photoshop's own data.
_PRIVATE = _LISTS | {
    269, 270, 271, 272, 285, 305, 306, 315, 316, 333, 700, 33432, 33723, 34377, 37724, 37500,
    40091, 40092, 40093, 40094, 40095, 42016, 50341, 50740, 50827, 50839, 32781,
}  # fmt: skip
_PAGES = 1000


@dataclass(frozen=True)
class _Layout:
    """How numbers are written: their order, and their sizes in the usual and the big form."""

    order: str
    count: str
    entry: str
    offset: str

    def number(self, kind: str, data: bytes | bytearray, position: int) -> int:
        found: int = struct.unpack_from(self.order + kind, data, position)[0]
        return found


@dataclass(frozen=True)
class _Entry:
    position: int
    tag: int
    value: int
    length: int
    inline: bool


def without_tags(data: bytes) -> bytes:
    """Return a TIFF file without private tags.

    Raises:
        struct.error: if a list of tags lies outside the file.
    """
    order = "<" if data.startswith(b"II") else ">"
    is_big = data[2:4] in (b"+\0", b"\0+")
    layout = _Layout(order, "Q", "HHQQ", "Q") if is_big else _Layout(order, "H", "HHII", "I")
    changed = bytearray(data)
    position = layout.number(layout.offset, data, 8 if is_big else 4)
    seen: set[int] = set()
    while position and position not in seen and len(seen) < _PAGES:
        seen.add(position)
        position = _clean_list(changed, position, layout)
    return bytes(changed)


def _entries(data: bytearray, position: int, layout: _Layout) -> Iterator[_Entry]:
    count = layout.number(layout.count, data, position)
    size = struct.calcsize(layout.order + layout.entry)
    room = struct.calcsize(layout.order + layout.offset)
    start = position + struct.calcsize(layout.order + layout.count)
    for at in range(start, start + min(count, 65_535) * size, size):
        tag, kind, number, value = struct.unpack_from(layout.order + layout.entry, data, at)
        length = _SIZES.get(kind, 1) * number
        yield _Entry(at, tag, value, length, length <= room)


def _clean_list(data: bytearray, position: int, layout: _Layout) -> int:
    """Take the private tags out of one list; return where the next one begins, 0 for none."""
    entries = list(_entries(data, position, layout))
    size = struct.calcsize(layout.order + layout.entry)
    room = struct.calcsize(layout.order + layout.offset)
    start = position + struct.calcsize(layout.order + layout.count)
    end = start + len(entries) * size
    following = layout.number(layout.offset, data, end)
    kept: list[bytes] = []
    for entry in entries:
        if entry.tag not in _PRIVATE:
            kept.append(bytes(data[entry.position : entry.position + size]))
            continue
        if entry.tag in _LISTS:
            _wipe_list(data, entry.value, layout)
        elif not entry.inline:
            _wipe(data, entry.value, entry.length)
    if len(kept) < len(entries):
        written = struct.pack(layout.order + layout.count, len(kept)) + b"".join(kept)
        written += struct.pack(layout.order + layout.offset, following)
        data[position : end + room] = written.ljust(end + room - position, b"\0")
    return following


def _wipe_list(data: bytearray, position: int, layout: _Layout, depth: int = 0) -> None:
    entries = list(_entries(data, position, layout))
    for entry in entries:
        if entry.tag in _LISTS and depth < 2:
            _wipe_list(data, entry.value, layout, depth + 1)
        elif not entry.inline:
            _wipe(data, entry.value, entry.length)
    if entries:
        size = struct.calcsize(layout.order + layout.entry)
        _wipe(data, position, entries[-1].position + size - position)


def _wipe(data: bytearray, position: int, length: int) -> None:
    end = min(position + length, len(data))
    if 8 <= position < end:
        data[position:end] = bytes(end - position)
