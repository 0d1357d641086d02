"""Names of files and folders that are safe anywhere, and paths that stay inside."""

from __future__ import annotations

import re
import unicodedata

# Bytes: file systems hold 255, and a date and an ending come to it.
MAXIMUM_NAME = 180
# Separators, signs that a system refuses, control characters, and what Jekyll reads as hidden.
_REFUSED = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\ufffd]+')
# Only where the blanks begin: trying each of them takes the square of their number.
_EDGES = re.compile(r"^[\s._#~-]+|(?<![\s.~])[\s.~]+$")
_RESERVED = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def file_name(text: str, maximum: int = MAXIMUM_NAME) -> str:
    """Return text as the name of a file or folder, ``""`` if nothing is left of it.

    No separator, no sign that Windows refuses, no dot, hash or underscore in front, since the
    old generator hides such files (format reference, 1.2).
    """
    settled = unicodedata.normalize("NFC", text).encode("utf-8", "replace").decode()
    name = _EDGES.sub("", _REFUSED.sub("-", settled))
    if len(name.encode()) > maximum:
        stem, dot, suffix = name.rpartition(".")
        keep = f"{dot}{suffix}" if dot and len(suffix) < 8 else ""
        room = maximum - len(keep.encode())
        cut = (stem if keep else name).encode()[:room].decode(errors="ignore")
        name = _EDGES.sub("", cut) + keep
    return f"{name}-" if _RESERVED.match(name) else name


def is_inside(path: str) -> bool:
    """Tell whether a relative path, with forward slashes, names a file below a folder."""
    parts = path.split("/")
    return (
        bool(path)
        and not path.startswith("/")
        and all(part not in ("", ".", "..") and len(part.encode()) <= 255 for part in parts)
        and not any(character in path for character in "\0\n\r\\")
    )
