"""Pictures and files by what they hold: those of the source, and those that the site stores."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from PIL import Image, UnidentifiedImageError
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Site

from content.models import MediaPath
from isomer.verify.addresses import path_key

Stored = tuple[str, int]
# Smaller pictures are stored as they are, or with what needs most memory, from some 18 megapixels.
TOO_LARGE = 18_000_000


def digest_of(stream: Any) -> str:
    """Return the SHA-1 of an open file's bytes."""
    return hashlib.file_digest(stream, lambda: hashlib.sha1(usedforsecurity=False)).hexdigest()


@dataclass
class SourceFiles:
    """The files of a source; files with the same bytes are one, named by the first path."""

    paths: Mapping[str, Path]
    digests: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    _fetched: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, assets: Mapping[str, Path], fetched: Mapping[str, str]) -> SourceFiles:
        """Read files by public path. One that can't be read is as good as absent.

        ``fetched`` gives the digests of pictures that an import brought from other sites, by
        their addresses.
        """
        found = cls({path_key(path): file for path, file in assets.items()})
        for path, file in found.paths.items():
            try:
                with file.open("rb") as stream:
                    digest = digest_of(stream)
            except OSError:
                continue
            found.digests[path] = digest
            found.names.setdefault(digest, f"file {path}")
        for address, digest in fetched.items():
            found._fetched[address] = found.names.setdefault(digest, f"picture {address}")
        return found

    def fetched(self, address: str) -> str:
        """Name the picture that was brought from an address elsewhere, ``""`` for none."""
        return self._fetched.get(address, "")

    def at(self, path: str) -> str:
        """Name the file at a path, ``""`` for none."""
        return self.names.get(self.digests.get(path_key(path), ""), "")

    def in_other_case(self, path: str) -> str:
        """Name the only file at a path that differs in case alone, ``""`` for none or several."""
        same = self._without_case.get(path_key(path).lower(), [])
        return self.at(same[0]) if len(same) == 1 else ""

    @cached_property
    def _without_case(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in self.digests:
            found.setdefault(path.lower(), []).append(path)
        return found


@dataclass
class StoredFiles:
    """The files that a site serves, each named by the file of the source that it is."""

    source: SourceFiles
    site: Site
    by_path: dict[str, Stored] = field(default_factory=dict)
    paths: dict[Stored, list[str]] = field(default_factory=dict)
    _names: dict[Stored, str] = field(default_factory=dict)
    _renditions: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = MediaPath.objects.filter(site__root_page=self.site.root_page_id).order_by("pk")
        for path, image, document in rows.values_list("path", "image_id", "document_id"):
            stored = ("picture", image) if image else ("file", document)
            self.by_path.setdefault(path_key(path), stored)
            self.paths.setdefault(stored, []).append(path_key(path))

    def at(self, path: str) -> str:
        """Name what the site serves at a path, ``""`` for nothing that is stored."""
        key = path_key(path)
        stored = self.by_path.get(key) or self._documents.get(key)
        return self.name(stored) if stored is not None else ""

    def in_other_case(self, path: str) -> str:
        """Name nothing: pages of this site name their files exactly."""
        return ""

    def fetched(self, address: str) -> str:
        """Name nothing: pages of this site show no pictures of others."""
        return ""

    @cached_property
    def _documents(self) -> dict[str, Stored]:
        """The files of the site by the path at which the software serves them."""
        files = get_document_model().objects.filter(
            pk__in=[number for kind, number in self.paths if kind == "file"]
        )
        return {path_key(urlsplit(one.url).path): ("file", one.pk) for one in files}

    def name(self, stored: Stored) -> str:
        """Name a stored picture or file by the source's file with the same content."""
        if stored not in self._names:
            self._names[stored] = self._found(stored)
        return self._names[stored]

    def picture(self, address: str, prefix: str) -> str:
        """Name the picture behind an address in the media storage, ``""`` for none.

        ``prefix`` is what the addresses of stored files begin with.
        """
        if not address.startswith(prefix):
            return self.at(address)
        file = path_key(address[len(prefix) :])[1:]
        if file not in self._renditions:
            self._read_renditions([file])
        number = self._renditions.get(file)
        return self.name(("picture", number)) if number is not None else ""

    def _read_renditions(self, files: Iterable[str]) -> None:
        images = get_image_model()
        renditions = images.get_rendition_model().objects.filter(file__in=files)
        self._renditions |= dict(renditions.values_list("file", "image_id"))
        originals = images.objects.filter(file__in=files)
        self._renditions |= dict(originals.values_list("file", "pk"))

    def _found(self, stored: Stored) -> str:
        kind, number = stored
        model = get_image_model() if kind == "picture" else get_document_model()
        one = model.objects.filter(pk=number).first()
        if one is None:
            return f"a {kind} that is not there"
        try:
            with one.file.open("rb") as stream:
                name = self.source.names.get(digest_of(stream), "")
                if name:
                    return name
                stream.seek(0)
                size = _size(stream)
        except OSError:
            return f"{one.title}, whose file is missing"
        # The import cleans drawings, and rewrites pictures that browsers can't show.
        for path in self.paths.get(stored, []):
            if path in self.source.digests and _may_be(self.source.paths[path], size):
                return self.source.at(path)
        return f"{one.title}, another file than at the source"


def _size(stream: Any) -> tuple[int, int] | None:
    """Return a picture's width and height, ``None`` for what is no picture of dots."""
    try:
        with Image.open(stream) as picture:
            return picture.size
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None


def _may_be(file: Path, size: tuple[int, int] | None) -> bool:
    """Tell whether a stored picture of a size can have been made of a file."""
    with file.open("rb") as stream:
        is_drawing = b"<svg" in stream.read(4096).lower()
        stream.seek(0)
        whole = _size(stream)
    if size is None or whole is None:
        return is_drawing and size is None
    return size == whole or _is_made_smaller(size, whole)


def _is_made_smaller(size: tuple[int, int], whole: tuple[int, int]) -> bool:
    """Tell whether a size is that of a picture too large for the site, halved often enough; it
    may have been turned upright, too."""
    for factor in (2, 4, 8, 16):
        small = (-(-whole[0] // factor), -(-whole[1] // factor))
        if size in (small, small[::-1]):
            return math.prod(whole) > TOO_LARGE
    return False
