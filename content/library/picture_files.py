"""Looking at the files of pictures."""

from __future__ import annotations

import struct
import zlib
from typing import Any

from PIL import Image
from willow.image import UnrecognisedImageFormatError

# What reading a damaged picture raises.
DAMAGED = (
    OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, ArithmeticError,
    NotImplementedError, RuntimeError, struct.error, zlib.error, Image.DecompressionBombError,
    UnrecognisedImageFormatError,
)  # fmt: skip


def is_animated(file: Any) -> bool:
    """Tell whether an open picture file is an animation; ``False`` if it can't be read."""
    try:
        with Image.open(file) as picture:
            return bool(getattr(picture, "is_animated", False))
    except DAMAGED:
        return False
