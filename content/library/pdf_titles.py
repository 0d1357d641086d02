"""The title that a PDF file gives itself, as far as it stands there in plain sight.

No PDF is taken apart for it: the beginning and the end of the file are searched for the two
forms in which programs write a title. Where it is packed away, the name of the file has to do.
"""

from __future__ import annotations

import re
from html import unescape
from typing import BinaryIO

from content.library.file_titles import title_from_words

# Bytes at either end of a file that are looked at.
LOOKED_AT = 300_000
_XMP = re.compile(rb"<dc:title>.{0,200}?<rdf:li[^>]{0,100}>([^<]{1,1000})</rdf:li>", re.DOTALL)
_INFO = re.compile(
    rb"/Title\s{0,5}(?:\(((?:[^()\\]|\\.){1,2000})\)|<([0-9A-Fa-f\s]{2,4000})>)", re.DOTALL
)
_ESCAPED = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|.))", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"", b"f": b"", b"\n": b"", b"\r\n": b""}
# What programs write by themselves says nothing.
_BY_PROGRAM = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel)\s*-\s*)|^(?:powerpoint presentation|untitled.*"
    r"|slide \d+|document\d*|presentation\d*|book\d*|title|print|scan.*)$",
    re.IGNORECASE,
)


def pdf_title(file: BinaryIO) -> str:
    """Return the title that an open PDF file gives itself, ``""`` if it says none that tells
    what it is. The file is left at its beginning."""
    file.seek(0)
    if not file.read(1024).lstrip().startswith(b"%PDF"):
        file.seek(0)
        return ""
    length = file.seek(0, 2)
    file.seek(0)
    data = file.read(LOOKED_AT)
    if length > LOOKED_AT:
        file.seek(max(LOOKED_AT, length - LOOKED_AT))
        data += b"\n" + file.read(LOOKED_AT)
    file.seek(0)
    written = [unescape(found.decode("utf-8", "replace")) for found in _XMP.findall(data)]
    written += [_text(plain, coded) for plain, coded in _INFO.findall(data)]
    return next((title for one in written if (title := _sensible(one))), "")


def _sensible(written: str) -> str:
    title = "".join(one if one.isprintable() else " " for one in written)
    title = " ".join(title.split())
    if "\ufffd" in title or _BY_PROGRAM.match(title):
        return ""
    return title_from_words(title)


def _text(plain: bytes, coded: bytes) -> str:
    """Return a string of a PDF file: in brackets with escapes, or as hexadecimal digits."""
    if coded:
        digits = b"".join(coded.split())
        data = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    else:
        data = _ESCAPED.sub(_unescaped, plain)
    if data.startswith((b"\xfe\xff", b"\xff\xfe")):
        return data.decode("utf-16", "replace")
    if data.startswith(b"\xef\xbb\xbf"):
        return data.decode("utf-8-sig", "replace")
    return data.decode("cp1252", "replace")


def _unescaped(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return bytes([int(found[1], 8) & 255])
    return _LETTERS.get(found[2], found[2])
