"""The pictures of pages: where each is used, and which words it has there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from care.links import SiteRoot, stored_path
from care.models import PictureUse
from content.models import MediaPath
from content.page_data.stored import Contents, Part, number_of
from content.page_data.undescribed import PICTURE_TAG, attributes_of

BATCH = 500


@dataclass(frozen=True)
class Written:
    """A picture as a page names it: by ``image``, its id in the library, or in kept markup by
    ``path``, where the old site had it; ``root`` is the id of that site."""

    page: int
    place: str
    words: str
    image: int | None = None
    path: str = ""
    root: int = 0
    number: int = 0

    def use(self, known: Mapping[tuple[int, str], int]) -> PictureUse | None:
        """Return the use, unsaved, ``None`` for a picture that is not in the library."""
        image = self.image or known.get((self.root, self.path))
        if not image:
            return None
        return PictureUse(
            page_id=self.page, place=self.place, number=self.number, image=image, words=self.words
        )


def pictures_of(contents: Contents, root: SiteRoot | None) -> Iterator[Written]:
    """Yield every picture of a page: those in fields, then those in blocks."""
    page = contents.page.pk
    for name, one in contents.pictures.items():
        yield Written(page, name, contents.texts.get(one.words, "").strip(), one.picture)
    words: dict[str, str] = {}
    for part in contents.parts:
        if isinstance(part.block, ImageChooserBlock):
            if image := number_of(part.value):
                yield Written(page, part.place, words.get(part.place, ""), image)
        elif part.is_markup:
            yield from _in_markup(page, part, root)
        else:
            words |= _words_for(part)


def _words_for(part: Part) -> dict[str, str]:
    """Return the words that a block has for the pictures in it, by the place of the picture."""
    name = getattr(part.block.meta, "picture_words", None)
    if not name or not isinstance(part.block, blocks.BaseStructBlock):
        return {}
    return {
        f"{part.place}.{child}": part.words(name)
        for child, block in part.block.child_blocks.items()
        if isinstance(block, ImageChooserBlock)
    }


def _in_markup(page: int, part: Part, root: SiteRoot | None) -> Iterator[Written]:
    for number, tag in enumerate(PICTURE_TAG.findall(part.markup)):
        found: dict[str, Any] = attributes_of(tag)
        words, source = found.get("alt", "").strip(), found.get("src", "")
        if tag[:6].lower() == "<embed":
            yield Written(page, part.place, words, number_of(found.get("id")), number=number)
        elif source.startswith("/") and root is not None:
            path = stored_path(source)
            yield Written(page, part.place, words, path=path, root=root.pk, number=number)


def known_pictures(written: Iterable[Written]) -> dict[tuple[int, str], int]:
    """Return the ids of the pictures that paths of old sites lead to, by site and path."""
    wanted = sorted({(one.root, one.path) for one in written if one.path})
    known: dict[tuple[int, str], int] = {}
    for start in range(0, len(wanted), BATCH):
        group = wanted[start : start + BATCH]
        rows = MediaPath.objects.filter(
            site__root_page__sites_rooted_here__in={root for root, _ in group},
            path__in={path for _, path in group},
            image__isnull=False,
        ).values_list("site__root_page__sites_rooted_here", "path", "image_id")
        known |= {(root, path): image for root, path, image in rows}
    return known


def is_same_place(use: PictureUse, page: int, place: str, number: int | None) -> bool:
    """Tell whether a use is the one whose words are missing at a place: beside the picture in a
    block or on the page, or in the same markup."""
    if use.page_id != page:
        return False
    if number is not None:
        return (use.place, use.number) == (place, number)
    return use.place.rpartition(".")[0] == place.rpartition(".")[0]
