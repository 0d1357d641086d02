"""What kind of file bytes are, and whether a name's ending says the same. No database.

The beginning of a file decides, and for archives the list of what is in them.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import BinaryIO

PROGRAM, TEXT, WEB_PAGE, UNKNOWN = "program", "text file", "web page", "file of an unknown kind"
PDF, ZIP, OLD_OFFICE, RTF = "PDF", "ZIP archive", "file of older Office programs", "RTF document"
WORD, EXCEL, POWERPOINT = "Word document", "Excel workbook", "PowerPoint presentation"
OPEN_TEXT, OPEN_SHEET = "OpenDocument text", "OpenDocument spreadsheet"
OPEN_SLIDES, IWORK, EPUB = "OpenDocument presentation", "file of Apple's iWork", "EPUB book"
MP3, MP4, OGG, WAV, AVI = (
    "MP3 recording",
    "MPEG-4 film",
    "Ogg recording",
    "WAV recording",
    "AVI film",
)
WEBM = "WebM film"
POSTSCRIPT, GZIP, RAR, PHOTOSHOP = "PostScript file", "gzip archive", "RAR archive", "PSD picture"
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"MZ", PROGRAM), (b"\x7fELF", PROGRAM), (b"#!", PROGRAM),
    (b"\xca\xfe\xba\xbe", PROGRAM), (b"\xcf\xfa\xed\xfe", PROGRAM), (b"\xce\xfa\xed\xfe", PROGRAM),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (b"{\\rtf", RTF), (b"%!PS", POSTSCRIPT), (b"\xc5\xd0\xd3\xc6", POSTSCRIPT),
    (b"\x1f\x8b", GZIP), (b"Rar!\x1a\x07", RAR), (b"7z\xbc\xaf\x27\x1c", "7-Zip archive"),
    (b"8BPS", PHOTOSHOP), (b"\xff\xd8\xff", "JPEG picture"), (b"\x89PNG\r\n", "PNG picture"),
    (b"GIF8", "GIF picture"), (b"BM", "BMP picture"), (b"II*\0", "TIFF picture"),
    (b"MM\0*", "TIFF picture"), (b"\0\0\x01\0", "icon"),
    (b"ID3", MP3), (b"\xff\xfb", MP3), (b"\xff\xf3", MP3), (b"\xff\xf2", MP3), (b"OggS", OGG),
    (b"\x1a\x45\xdf\xa3", WEBM),
)  # fmt: skip
_RIFF = {b"WAVE": WAV, b"AVI ": AVI, b"WEBP": "WebP picture"}
_BRANDS = {b"avif": "AVIF picture", b"avis": "AVIF picture", b"heic": "HEIC picture",
           b"heix": "HEIC picture", b"mif1": "HEIC picture"}  # fmt: skip
_IN_ARCHIVES = (("word/", WORD), ("xl/", EXCEL), ("ppt/", POWERPOINT), ("Index/", IWORK))
_DECLARED = {
    b"application/epub+zip": EPUB,
    b"application/vnd.oasis.opendocument.text": OPEN_TEXT,
    b"application/vnd.oasis.opendocument.spreadsheet": OPEN_SHEET,
    b"application/vnd.oasis.opendocument.presentation": OPEN_SLIDES,
}
_WRITING = frozenset({TEXT, WEB_PAGE, UNKNOWN})
# Office programs open what they find, whatever the ending says; what they encrypt looks old.
_OFFICE = {OLD_OFFICE}
# The kinds that may have an ending. Recordings without a mark at the beginning are unknown.
_FITTING: Mapping[str, frozenset[str]] = {
    name: frozenset(kinds)
    for names, kinds in {
        ".pdf": {PDF},
        ".docx .docm": {WORD, *_OFFICE},
        ".xlsx .xlsm": {EXCEL, *_OFFICE},
        ".pptx .pptm": {POWERPOINT, *_OFFICE},
        ".doc": {WORD, RTF, *_OFFICE, *_WRITING},
        ".xls": {EXCEL, *_OFFICE, *_WRITING},
        ".ppt": {POWERPOINT, *_OFFICE},
        ".odt": {OPEN_TEXT}, ".ods": {OPEN_SHEET}, ".odp": {OPEN_SLIDES},
        ".key .numbers .pages": {IWORK, ZIP},
        ".epub": {EPUB},
        ".zip": {ZIP, WORD, EXCEL, POWERPOINT, OPEN_TEXT, OPEN_SHEET, OPEN_SLIDES, IWORK, EPUB},
        ".gz": {GZIP}, ".rar": {RAR}, ".rtf": {RTF}, ".eps": {POSTSCRIPT}, ".psd": {PHOTOSHOP},
        ".csv .htm .html .ics .json .md .svg .txt .xml": _WRITING,
        ".mp3": {MP3, UNKNOWN}, ".ogg": {OGG}, ".wav": {WAV}, ".avi": {AVI}, ".webm": {WEBM},
        ".m4a .mov .mp4": {MP4, UNKNOWN},
        ".avif": {"AVIF picture"}, ".bmp": {"BMP picture"}, ".gif": {"GIF picture"},
        ".heic": {"HEIC picture"}, ".ico": {"icon", "PNG picture"}, ".png": {"PNG picture"},
        ".jfif .jpeg .jpg": {"JPEG picture"}, ".tif .tiff": {"TIFF picture"},
        ".webp": {"WebP picture"},
    }.items()
    for name in names.split()
}  # fmt: skip


def kind_of(file: BinaryIO) -> str:
    """Return what an open file is, in words for people; it is read from its beginning."""
    file.seek(0)
    beginning = file.read(4096)
    if b"%PDF-" in beginning[:1024]:
        return PDF
    if beginning.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(file)
    for start, kind in _BEGINNINGS:
        if beginning.startswith(start):
            return kind
    if beginning.startswith(b"RIFF"):
        return _RIFF.get(beginning[8:12], UNKNOWN)
    if beginning[4:8] == b"ftyp":
        return _BRANDS.get(beginning[8:12], MP4)
    return _writing(beginning)


def misfit(name: str, file: BinaryIO) -> str:
    """Return what a file is if its name says something else, ``""`` if the two fit.

    An ending that stands for nothing, such as ``.bin``, fits all but programs.
    """
    kind = kind_of(file)
    fitting = _FITTING.get(PurePosixPath(name).suffix.lower().strip())
    if kind == PROGRAM or (fitting is not None and kind not in fitting):
        return kind
    return ""


def _archive(file: BinaryIO) -> str:
    try:
        file.seek(0)
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                declared = _DECLARED.get(archive.read("mimetype").strip())
                if declared:
                    return declared
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError):
        return "damaged archive"
    is_office = "[Content_Types].xml" in names
    for start, kind in _IN_ARCHIVES:
        if any(name.startswith(start) for name in names) and (is_office or kind == IWORK):
            return kind
    return ZIP


def _writing(beginning: bytes) -> str:
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
        return TEXT
    if b"\0" in beginning:
        return UNKNOWN
    words = beginning.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return WEB_PAGE if re.match(rb"<!doctype html|<html", words) else TEXT
