"""Picture files: which can be used, and what their bytes are. No database."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath

from PIL import Image, UnidentifiedImageError

EXTENSIONS = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp"})
MAXIMUM_BYTES = 50 * 1024 * 1024
MAXIMUM_PIXELS = 100_000_000


class PictureProblem(Exception):
    """A picture can't be used. The text says why."""


def is_picture(path: str) -> bool:
    """Tell whether a public path names a picture the library can hold.

    SVG needs cleaning before it is safe to serve and is not among them yet.
    """
    return PurePosixPath(path).suffix.lower() in EXTENSIONS


def digest_of(file: Path) -> str:
    """Return the SHA-1 of a picture's bytes, in the form Wagtail stores as ``file_hash``.

    Raises:
        PictureProblem: if the file is not a picture, or too large to handle.
    """
    try:
        if file.stat().st_size > MAXIMUM_BYTES:
            raise PictureProblem(f"it is larger than {MAXIMUM_BYTES // 1024 // 1024} MB")
        with Image.open(file) as picture:
            width, height = picture.size
        if width * height > MAXIMUM_PIXELS:
            raise PictureProblem(f"{width} × {height} pixels are more than can be handled")
        return hashlib.sha1(file.read_bytes(), usedforsecurity=False).hexdigest()
    except UnidentifiedImageError as error:
        raise PictureProblem("its content is not that of a picture") from error
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise PictureProblem(str(error)) from error
