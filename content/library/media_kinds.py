"""Picture and other files: what their bytes are, and whether the library can hold them as pictures.

One rule for what an import brings and for what people upload. No database. The name of a file
is not believed: its content decides (format reference, 8.3). What can't be a picture is still a
file that visitors may fetch.
"""

from __future__ import annotations

import hashlib
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path, PurePosixPath

import willow
from PIL import Image, UnidentifiedImageError
from willow.image import UnrecognisedImageFormatError
from willow.svg import WillowSvgException

from content.library.picture_data import PNG, png_chunks, without_private_data
from content.library.picture_files import DAMAGED
from content.library.picture_memory import MAXIMUM_MEMORY, memory_needed
from content.library.svg import SvgProblem, clean_svg, looks_like_svg

MAXIMUM_BYTES = 50 * 1024 * 1024
# About 50 megapixels: what a decoded picture takes in memory, here and when sizes are made.
MAXIMUM_PIXELS = 48 * 1024 * 1024
# The longest side of a drawing, in its own units.
MAXIMUM_DRAWN = 1_000_000
MAXIMUM_NAME = 70

# The extensions that the library accepts for each format, the usual one first.
EXTENSIONS = {
    "AVIF": (".avif",),
    "BMP": (".bmp",),
    "GIF": (".gif",),
    "HEIF": (".heic",),
    "JPEG": (".jpg", ".jpeg"),
    "PNG": (".png",),
    "SVG": (".svg",),
    "TIFF": (".tiff",),
    "WEBP": (".webp",),
}
_RASTER_FORMATS = tuple(name for name in EXTENSIONS if name != "SVG")
# Extensions of files that visitors expect to see and not to save.
PICTURE_NAMES = frozenset(
    {".apng", ".ico", ".jfif", ".heif", ".tif"}
    | {name for names in EXTENSIONS.values() for name in names}
)
_POINTER = b"version https://git-lfs.github.com/spec/"
# Kinds of pixels of which every size and format can be made, and those made into such.
_SHOWN = frozenset({"1", "CMYK", "L", "LA", "P", "RGB", "RGBA", "RGBX", "RGBa", "La"})
_TO_EIGHT_BIT = frozenset({"I;16", "I;16B", "I;16L", "I;16N"})
_ANIMATION_CHUNKS = frozenset({b"acTL", b"fcTL", b"fdAT"})


class MediaProblem(Exception):
    """A file can't be brought over at all. ``rule`` names the finding, the text says why."""

    def __init__(self, rule: str, text: str) -> None:
        super().__init__(text)
        self.rule = rule


class Change(StrEnum):
    """What is done to the bytes of a file before they are stored."""

    NONE = ""
    CLEAN_SVG = "clean-svg"
    STILL = "still"
    EIGHT_BIT = "eight-bit"
    NO_PRIVATE_DATA = "no-private-data"
    SMALLER = "smaller"


@dataclass(frozen=True)
class Inspected:
    """What a file is.

    ``source_digest`` is the SHA-1 of the file, ``digest`` that of the bytes to
    store, in the form Wagtail keeps as ``file_hash``; they differ when ``change``
    is made. ``extension`` is right for the content of a picture. ``problem``
    says why a file that is named like a picture is none. ``notes`` are
    ``(rule, text)`` of messages. ``factor`` divides the sides of one that is made smaller.
    """

    is_picture: bool
    source_digest: str
    digest: str
    size: int
    extension: str
    width: int = 0
    height: int = 0
    change: Change = Change.NONE
    problem: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    factor: int = 1


@dataclass(frozen=True)
class Known:
    """What an earlier import found out about a file: then only changed bytes are looked into."""

    source_digest: str
    digest: str
    is_picture: bool


# Makes a picture smaller, each side divided by the number, ``None`` if even that takes too much.
Shrink = Callable[[Path, int], bytes | None]


def inspect(
    path: str, file: Path, known: Known | None = None, shrink: Shrink | None = None
) -> Inspected:
    """Return what the file at a public path is.

    A picture is decoded once, so that a truncated one is found here and not
    when the first visitor asks for it; one that is ``known`` is not decoded again. One that is too
    large is made smaller by ``shrink``, if there is such a function, and else no picture.

    Raises:
        MediaProblem: if the file can't be read, or only points to one kept elsewhere.
    """
    try:
        size = file.stat().st_size
        with file.open("rb") as opened:
            beginning = opened.read(4096)
            opened.seek(0)
            digest = hashlib.file_digest(
                opened, lambda: hashlib.sha1(usedforsecurity=False)
            ).hexdigest()
    except OSError as error:
        reason = error.strerror or "it can't be read"
        raise MediaProblem("file-unreadable", f"The system says: {reason}.") from error
    if beginning.startswith(_POINTER):
        raise MediaProblem("media-pointer", "The file itself is kept in Git LFS.")
    if not size:
        return _file(path, digest, 0, "it is empty", (("media-empty", "0 bytes"),))
    try:
        return _picture(path, file, beginning, digest, size, known)
    except _TooLargeError as problem:
        small = shrink(file, problem.factor) if shrink is not None and problem.factor else None
        if small is None:
            return _file(path, digest, size, str(problem))
        return _shrunk(path, digest, small, problem)
    except _NotAPictureError as problem:
        return _file(path, digest, size, str(problem))


def stored_bytes(file: Path, change: Change) -> bytes | None:
    """Return the bytes to store for a file, ``None`` for the file as it is.

    Raises:
        SvgProblem: if the drawing changed since it was inspected and is none any more.
        OSError: if the file can't be read.
    """
    if change is Change.NONE:
        return None
    if change is Change.EIGHT_BIT:
        return _eight_bit(file)
    data = file.read_bytes()
    if change is Change.CLEAN_SVG:
        return clean_svg(data)[0]
    return without_private_data(_still(data) if change is Change.STILL else data)


def stored_name(path: str, extension: str) -> str:
    """Return a short, plain file name for storage; the storage makes it unique.

    Wagtail's limit for the whole name is 100 characters (format reference, 8.3:
    names over 100 characters, blanks before the extension).
    """
    stem = PurePosixPath(path).name
    suffix = PurePosixPath(path).suffix
    stem = stem.removesuffix(suffix) if suffix else stem
    stem = re.sub(r"[^\w.@-]+", "_", stem.strip()).strip("._")
    return f"{stem[:MAXIMUM_NAME] or 'file'}{extension}"


class _NotAPictureError(Exception):
    """The library can't hold a file as a picture. The text says why."""


class _TooLargeError(_NotAPictureError):
    """A picture is too large; ``factor`` divides its sides so that it is not, 0 for none."""

    def __init__(self, text: str, found: _Decoded, factor: int) -> None:
        super().__init__(text)
        self.found = found
        self.factor = factor


def _shrunk(path: str, digest: str, small: bytes, problem: _TooLargeError) -> Inspected:
    """Return what a picture is that was made smaller."""
    with Image.open(BytesIO(small), formats=_RASTER_FORMATS) as picture:
        kind, (width, height) = str(picture.format), picture.size
    named = PurePosixPath(path).suffix.lower().strip()
    right = EXTENSIONS[kind]
    whole = problem.found
    text = f"{whole.width} × {whole.height} pixels became {width} × {height}"
    return Inspected(
        True, digest, _sha1(small), len(small), named if named in right else right[0], width,
        height, Change.SMALLER, notes=(("picture-shrunk", text),), factor=problem.factor,
    )  # fmt: skip


def _file(
    path: str, digest: str, size: int, problem: str = "", notes: tuple[tuple[str, str], ...] = ()
) -> Inspected:
    suffix = PurePosixPath(path).suffix.lower().strip()
    named_as_picture = suffix in PICTURE_NAMES
    extension = suffix if re.fullmatch(r"\.\w{1,10}", suffix) else ".bin"
    if not notes and named_as_picture and suffix != ".ico":
        notes = (("picture-unreadable", problem),)
    return Inspected(False, digest, digest, size, extension, problem=problem, notes=notes)


def _picture(
    path: str, file: Path, beginning: bytes, digest: str, size: int, known: Known | None
) -> Inspected:
    if looks_like_svg(beginning):
        return _drawing(path, file, digest)
    unchanged = known is not None and known.is_picture and known.source_digest == digest
    found = _decode(file, size, decode=not unchanged)
    named = PurePosixPath(path).suffix.lower().strip()
    right = EXTENSIONS[found.kind]
    notes: list[tuple[str, str]] = []
    if named not in right and (found.kind, named) not in {("JPEG", ".jfif"), ("TIFF", ".tif")}:
        notes.append(("picture-renamed", f"the content is {found.kind}"))
    extension, stored, change = named if named in right else right[0], digest, Change.NONE
    data: bytes | None = None
    if found.is_animated:
        change, extension = Change.STILL, ".png"
        data = without_private_data(_still(file.read_bytes()))
        notes.append(("picture-stilled", "animated PNG"))
    elif found.mode in _TO_EIGHT_BIT:
        change, extension, data = Change.EIGHT_BIT, ".png", _eight_bit(file)
        notes.append(("picture-converted", f"its pixels are stored as {found.mode}"))
    else:
        whole = file.read_bytes()
        cleaned = without_private_data(whole)
        if cleaned != whole:
            change, data = Change.NO_PRIVATE_DATA, cleaned
    if data is not None:
        stored, size = _sha1(data), len(data)
        if change is Change.EIGHT_BIT and unchanged and known is not None:
            # Another version of the encoder would give other bytes of the same picture.
            stored = known.digest
    return Inspected(
        True, digest, stored, size, extension, found.width, found.height, change,
        notes=tuple(notes),
    )  # fmt: skip


def _drawing(path: str, file: Path, digest: str) -> Inspected:
    try:
        data, left_out = clean_svg(file.read_bytes())
        width, height = _drawn_size(data)
    except SvgProblem as problem:
        raise _NotAPictureError(str(problem)) from problem
    except (*DAMAGED, WillowSvgException) as error:
        raise _NotAPictureError(f"its size is not a number: {error}") from error
    notes: list[tuple[str, str]] = []
    if left_out:
        notes.append(("picture-cleaned", ", ".join(left_out)))
    if PurePosixPath(path).suffix.lower().strip() != ".svg":
        notes.append(("picture-renamed", "the content is SVG"))
    return Inspected(
        True, digest, _sha1(data), len(data), ".svg", max(1, round(width)), max(1, round(height)),
        Change.CLEAN_SVG, notes=tuple(notes),
    )  # fmt: skip


def _drawn_size(data: bytes) -> tuple[float, float]:
    """Return the size of a drawing, after trying what the library does to show a small one.

    Raises:
        _NotAPictureError: if the size is none that a column of the database can hold.
    """
    drawing = willow.Image.open(BytesIO(data))
    width, height = drawing.get_size()
    # Written so that "not a number" fails, too.
    if not (0 < width <= MAXIMUM_DRAWN and 0 < height <= MAXIMUM_DRAWN):
        raise _NotAPictureError(f"its size is {width:g} × {height:g}")
    drawing.crop((0, 0, width, height)).resize((10, 10)).save_as_svg(BytesIO())
    return width, height


@dataclass(frozen=True)
class _Decoded:
    kind: str
    mode: str
    width: int
    height: int
    is_animated: bool


def _decode(file: Path, size: int, decode: bool) -> _Decoded:
    """Return what a picture is; ``is_animated`` only for PNG, which the library then refuses."""
    try:
        with warnings.catch_warnings():
            # Odd but harmless metadata; sizes are checked below.
            warnings.simplefilter("ignore")
            with Image.open(file, formats=_RASTER_FORMATS) as picture:
                kind = "JPEG" if picture.format == "MPO" else str(picture.format)
                is_animated = kind == "PNG" and getattr(picture, "is_animated", False)
                found = _Decoded(kind, picture.mode, picture.width, picture.height, is_animated)
                is_progressive = bool(picture.info.get("progression"))
                _check_size(found, size, is_progressive)
                if found.mode not in _SHOWN | _TO_EIGHT_BIT:
                    raise _NotAPictureError(f"its pixels are stored as {found.mode}")
                if decode:
                    if kind == "JPEG":
                        # Every byte is read, but an eighth of the size is kept in memory.
                        picture.draft(None, (found.width // 8, found.height // 8))
                    picture.load()
        if not is_animated:
            with file.open("rb") as opened:
                willow.Image.open(opened)
    except UnrecognisedImageFormatError as error:
        raise _NotAPictureError("the library does not know this kind of picture") from error
    except UnidentifiedImageError as error:
        raise _NotAPictureError("its content is not that of a picture") from error
    except Image.DecompressionBombError as error:
        raise _NotAPictureError("it has more pixels than can be handled") from error
    except DAMAGED as error:
        raise _NotAPictureError(f"it is damaged: {error}") from error
    return found


def _eight_bit(file: Path) -> bytes:
    """Return a picture with two bytes for each shade of grey as PNG with one.

    Browsers show no more, and the library can't make a JPEG of it.

    Raises:
        OSError: if the picture can't be read.
    """
    with Image.open(file, formats=_RASTER_FORMATS) as picture:
        # The more significant byte of each pair.
        shades = picture.tobytes()[0 if picture.mode == "I;16B" else 1 :: 2]
        out = BytesIO()
        Image.frombytes("L", picture.size, shades).save(out, "PNG")
    return out.getvalue()


def _check_size(found: _Decoded, size: int, is_progressive: bool) -> None:
    width, height = found.width, found.height
    decoder = "progressive JPEG" if is_progressive else found.kind
    if _is_too_much(decoder, found.mode, width, height):
        # What is made smaller is a plain JPEG or a PNG.
        factor = 2
        while _is_too_much("PNG", "RGBA", width // factor, height // factor):
            factor *= 2
        text = f"{width} × {height} pixels are more than can be handled; save it smaller"
        raise _TooLargeError(text, found, 0 if found.is_animated else factor)
    if size > MAXIMUM_BYTES:
        raise _NotAPictureError(f"it is larger than {MAXIMUM_BYTES // 1024 // 1024} MB")


def _is_too_much(decoder: str, mode: str, width: int, height: int) -> bool:
    memory = memory_needed(decoder, mode, width, height)
    return width * height > MAXIMUM_PIXELS or memory > MAXIMUM_MEMORY


def _still(data: bytes) -> bytes:
    """Return a moving PNG as the still picture that programs without animation show."""
    return PNG + b"".join(
        chunk for kind, chunk in png_chunks(data) if kind not in _ANIMATION_CHUNKS
    )


def _sha1(data: bytes) -> str:
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()
