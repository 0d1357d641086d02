"""Pictures and files for tests, drawn here: nothing is copied from anywhere."""

from __future__ import annotations

import io
import zlib
from typing import Any

import pillow_heif
from PIL import Image

pillow_heif.register_heif_opener()

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\nshowpage\n"
POINTER = (
    b"version https://git-lfs.github.com/spec/v1\n"
    b"oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n"
)
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
    b'<circle cx="10" cy="10" r="9" fill="#264"/></svg>'
)


def picture(kind: str = "PNG", colour: str = "teal", size: tuple[int, int] = (40, 30)) -> bytes:
    """Return a picture of one colour with a few shades, so that it has some length."""
    image = Image.new("RGB", size, colour)
    for x in range(size[0]):
        image.putpixel((x, x % size[1]), (x * 5 % 256, 90, 40))
    return _saved(image, kind)


def mode_picture(kind: str, mode: str) -> bytes:
    """Return a small picture with another kind of pixels, such as ``CMYK`` or ``I;16``."""
    return _saved(Image.new(mode, (24, 16)), kind)


def progressive() -> bytes:
    """Return a JPEG that is stored in several passes."""
    return _saved(Image.new("RGB", (60, 40), "teal"), "JPEG", progressive=True)


def moving(kind: str) -> bytes:
    """Return an animated picture of two frames; ``kind`` is ``GIF``, ``PNG`` or ``WEBP``."""
    frames = [Image.new("RGB", (30, 20), colour) for colour in ("navy", "orange")]
    return _saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100, loop=0)


def claiming_size(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes that says it is huge."""
    image = bytearray(picture("PNG"))
    image[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    image[29:33] = zlib.crc32(bytes(image[12:29])).to_bytes(4, "big")
    return bytes(image)


def _saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()
