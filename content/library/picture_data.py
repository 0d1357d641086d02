"""Takes out of pictures what tells where, when, by whom and with what they were made.

Pixels are not decoded: whole parts of a file go, or are made empty, and the rest stays byte for
byte. The orientation and the colour profile stay, since the picture would look different
without them. No database.

Sources: the JPEG standard (ITU-T T.81, annex B), the PNG specification (W3C), the GIF89a
specification, the WebP container (RFC 9649), TIFF 6.0, and ISO/IEC 14496-12 and 23008-12 for
AVIF and HEIC.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from PIL import Image

from content.library.picture_boxes import without_items
from content.library.picture_files import DAMAGED
from content.library.svg import clean_svg, looks_like_svg
from content.library.tiff_tags import without_tags

PNG = b"\x89PNG\r\n\x1a\n"
_ORIENTATION = 0x0112
_EXIF = b"Exif\0\0"
_PROFILE = b"ICC_PROFILE\0"
# Chunks that say how the pixels look or move; all others are words about the picture.
_PNG_CHUNKS = frozenset(
    {
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB",
        b"cICP", b"mDCV", b"cLLI", b"bKGD", b"hIST", b"pHYs", b"sPLT", b"acTL", b"fcTL", b"fdAT",
    }
)  # fmt: skip
_WEBP_CHUNKS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_WEBP_EXIF, _WEBP_XMP = 0x08, 0x04
# How often an animation runs, and the colour profile.
_GIF_APPLICATIONS = frozenset({b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"})
_BRANDS = (b"avif", b"avis", b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")


def png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the kind of each chunk of a PNG, and the whole chunk."""
    position = len(PNG)
    while position + 8 <= len(data):
        length = int.from_bytes(data[position : position + 4], "big")
        end = position + 12 + length
        yield data[position + 4 : position + 8], data[position:end]
        position = end


def without_private_data(data: bytes) -> bytes:
    """Return a picture file without place, time, camera, names and comments.

    The same bytes if there is nothing to take out, or if they are no picture of a kind that
    holds such data (JPEG, PNG, GIF, WebP, TIFF, AVIF and HEIC do). Doing it twice changes
    nothing.
    """
    try:
        return _cleaned(data)
    except (*DAMAGED, AttributeError):
        # Whoever stores the picture has decoded it; a part beyond its pixels is broken.
        return data


def safe_picture(data: bytes) -> bytes:
    """Return the bytes of a picture as they may be stored: a drawing without what runs or loads,
    others without what tells of their place and camera.

    Raises:
        SvgProblem: if a drawing can't be made safe.
    """
    return clean_svg(data)[0] if looks_like_svg(data[:4096]) else without_private_data(data)


def _cleaned(data: bytes) -> bytes:
    if data.startswith(b"\xff\xd8\xff"):
        return b"".join(_jpeg(data))
    if data.startswith(PNG):
        return PNG + b"".join(_png(data))
    if data.startswith((b"GIF87a", b"GIF89a")):
        return b"".join(_gif(data))
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _webp(data)
    if data.startswith((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")):
        return without_tags(data)
    if data[4:8] == b"ftyp" and data[8:12] in _BRANDS:
        return without_items(data)
    return data


def _orientation(exif: bytes) -> bytes:
    """Return Exif data that hold nothing but the orientation, ``b""`` if it is the usual one."""
    read = Image.Exif()
    try:
        read.load(exif)
        value = int(read.get(_ORIENTATION, 1))
    except (*DAMAGED, AttributeError):
        return b""
    if not 2 <= value <= 8:
        return b""
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, value, 0)
    return b"MM\0*\0\0\0\x08\0\x01" + entry + b"\0\0\0\0"


def _jpeg(data: bytes) -> Iterator[bytes]:
    """Yield the parts to keep. What follows the end (further pictures of a phone) is left out."""
    yield data[:2]
    position = 2
    while position < len(data) - 1:
        if data[position] != 0xFF:  # readers pass over what stands between two parts
            position += 1
            continue
        marker = data[position + 1]
        if marker == 0xFF:  # a fill byte
            position += 1
            continue
        if marker == 0xD9:
            yield data[position : position + 2]
            return
        end = position + 2 + int.from_bytes(data[position + 2 : position + 4], "big")
        if marker == 0xDA:
            end = _end_of_scan(data, end)
        part, body = data[position:end], data[position + 4 : end]
        if marker == 0xE1 and body.startswith(_EXIF):
            orientation = _orientation(body)
            if orientation:
                length = (2 + len(_EXIF) + len(orientation)).to_bytes(2, "big")
                yield b"\xff\xe1" + length + _EXIF + orientation
        elif _stays_in_jpeg(marker, body):
            yield part
        position = end


def _stays_in_jpeg(marker: int, body: bytes) -> bool:
    if marker == 0xE0:
        return body.startswith(b"JFIF\0")
    if marker == 0xE2:
        return body.startswith(_PROFILE)
    # 0xEE: how Adobe's programs store colours. 0xFE: a comment.
    return marker == 0xEE or not (0xE0 <= marker <= 0xEF or marker == 0xFE)


def _end_of_scan(data: bytes, position: int) -> int:
    """Return where the next part begins: in pixels, FF comes before 0 or a restart only."""
    while True:
        position = data.find(b"\xff", position)
        if position < 0 or position + 1 >= len(data):
            return len(data)
        following = data[position + 1]
        if following == 0xFF:
            position += 1
        elif following == 0 or 0xD0 <= following <= 0xD7:
            position += 2
        else:
            return position


def _png(data: bytes) -> Iterator[bytes]:
    for kind, chunk in png_chunks(data):
        if kind == b"eXIf":
            orientation = _orientation(_EXIF + chunk[8:-4])
            if orientation:
                body = kind + orientation
                yield len(orientation).to_bytes(4, "big") + body
                yield zlib.crc32(body).to_bytes(4, "big")
        elif kind in _PNG_CHUNKS:
            yield chunk
        if kind == b"IEND":
            return


def _webp(data: bytes) -> bytes:
    kept: list[bytes] = []
    header = -1
    flags = 0
    position, end = 12, min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    while position + 8 <= end:
        kind = data[position : position + 4]
        length = int.from_bytes(data[position + 4 : position + 8], "little")
        chunk = data[position : position + 8 + length + length % 2]
        position += len(chunk)
        if kind == b"VP8X":
            header = len(kept)
        if kind == b"EXIF":
            body = chunk[8 : 8 + length]
            orientation = _orientation(body if body.startswith(_EXIF) else _EXIF + body)
            if not orientation:
                continue
            flags |= _WEBP_EXIF
            chunk = kind + len(orientation).to_bytes(4, "little") + orientation
        elif kind not in _WEBP_CHUNKS:
            continue
        kept.append(chunk)
    if header >= 0:
        old = kept[header]
        first = old[8] & ~(_WEBP_EXIF | _WEBP_XMP) | flags
        kept[header] = old[:8] + bytes([first]) + old[9:]
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _gif(data: bytes) -> Iterator[bytes]:
    position = 13 + _colours(data[10])
    yield data[:position]
    while position < len(data):
        start, kind = position, data[position]
        if kind == 0x3B:
            yield data[start : start + 1]
            return
        if kind == 0x2C:
            position += 10 + _colours(data[start + 9])
            position = _end_of_blocks(data, position + 1)
            yield data[start:position]
        elif kind == 0x21:
            position = _end_of_blocks(data, start + 2)
            label, name = data[start + 1], data[start + 3 : start + 14]
            if label == 0xF9 or label == 0x01 or (label == 0xFF and name in _GIF_APPLICATIONS):
                yield data[start:position]
        else:
            raise ValueError("There is no such part in a GIF.")


def _colours(flags: int) -> int:
    """Return the length of a table of colours."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_blocks(data: bytes, position: int) -> int:
    while data[position]:
        position += 1 + data[position]
    return position + 1
