"""Empties the descriptions in AVIF and HEIC files, which are boxes in boxes.

Exif and XMP are items beside the picture, and a table says where their bytes lie. These bytes
are overwritten in place, so every other offset stays right. Such files keep their orientation
in a box of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

# An empty list of tags, as it begins behind the four bytes that say where it begins.
_NO_TAGS = b"\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"


def without_items(data: bytes) -> bytes:
    """Return an AVIF or HEIC file whose Exif and XMP data are empty.

    Raises:
        IndexError, ValueError: if the boxes are not what they claim to be.
    """
    changed = bytearray(data)
    for _, kind, start, end in _boxes(data, 0, len(data)):
        if kind == b"meta":
            _clean_meta(data, changed, start + 4, end)
        elif kind in (b"uuid", b"free", b"skip"):
            changed[start:end] = bytes(end - start)
    return bytes(changed)


def _boxes(data: bytes, start: int, end: int) -> Iterator[tuple[int, bytes, int, int]]:
    """Yield where each box begins, its kind, and where its content begins and ends."""
    while start + 8 <= end:
        size, kind, head = _number(data, start, 4), data[start + 4 : start + 8], 8
        if size == 1:
            size, head = _number(data, start + 8, 8), 16
        elif size == 0:
            size = end - start
        if size < head or start + size > end:
            raise ValueError("A box is larger than what holds it.")
        yield start, kind, start + head, start + size
        start += size


def _clean_meta(data: bytes, changed: bytearray, start: int, end: int) -> None:
    kinds: dict[int, bytes] = {}
    places: dict[int, list[tuple[int, int]]] = {}
    store = 0
    for _, kind, inner, limit in _boxes(data, start, end):
        if kind == b"iinf":
            kinds = dict(_items(data, inner, limit))
        elif kind == b"idat":
            store = inner
    for _, kind, inner, _limit in _boxes(data, start, end):
        if kind == b"iloc":
            places = dict(_places(data, inner, store))
    for item, kind in kinds.items():
        if kind not in (b"Exif", b"mime"):
            continue
        for number, (place, length) in enumerate(places.get(item, [])):
            empty = b" " * length if kind == b"mime" else bytes(length)
            if kind == b"Exif" and number == 0 and length >= len(_NO_TAGS):
                empty = _NO_TAGS + empty[len(_NO_TAGS) :]
            if place + length <= len(changed):
                changed[place : place + length] = empty


def _items(data: bytes, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Yield the number and the kind of each item."""
    start += 6 if data[start] == 0 else 8
    for _, kind, inner, _limit in _boxes(data, start, end):
        version = data[inner]
        if kind == b"infe" and version >= 2:
            size = 2 if version == 2 else 4
            number = _number(data, inner + 4, size)
            yield number, data[inner + 6 + size : inner + 10 + size]


def _places(data: bytes, start: int, store: int) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Yield the number of each item, and the places and lengths of its parts in the file."""
    version = data[start]
    offset_size, length_size = data[start + 4] >> 4, data[start + 4] & 15
    base_size, index_size = data[start + 5] >> 4, data[start + 5] & 15 if version else 0
    wide = 4 if version == 2 else 2
    count = _number(data, start + 6, wide)
    at = start + 6 + wide
    for _ in range(count):
        item = _number(data, at, wide)
        at += wide
        method = _number(data, at, 2) & 15 if version else 0
        at += (2 if version else 0) + 2
        base = _number(data, at, base_size)
        at += base_size
        parts = _number(data, at, 2)
        at += 2
        found: list[tuple[int, int]] = []
        for _part in range(parts):
            at += index_size
            place = base + _number(data, at, offset_size) + (store if method == 1 else 0)
            at += offset_size
            found.append((place, _number(data, at, length_size)))
            at += length_size
        if method in (0, 1):
            yield item, found


def _number(data: bytes, position: int, size: int) -> int:
    if position + size > len(data):
        raise IndexError("The file ends before its tables do.")
    return int.from_bytes(data[position : position + size], "big")
