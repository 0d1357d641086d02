"""How pictures are shown: in which sizes and formats at each place of a page, and loaded when.

Every picture of the public site goes through :func:`shown`, so that one function knows which
files pages ask for (:mod:`content.rendering.prepared`), and one table their sizes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from content.library.picture_files import DAMAGED
from content.models import SiteImage, SiteRendition

ALL_FORMATS = ("avif", "webp", "jpeg")


@dataclass(frozen=True)
class Place:
    """A kind of place for pictures.

    ``widths`` in pixels, ascending; ``sizes`` is what the style sheet makes of the picture, for
    browsers to choose by. With a ``ratio`` (width to height) the picture is cropped round its
    focal point as the style sheet would crop it. ``phone`` is the place that takes over on
    narrow screens. ``fixed`` is one size for small pictures. The last format is the one that
    every browser shows, in one size; ``greatest`` bounds drawings, which have no pixels.
    """

    widths: tuple[int, ...] = ()
    sizes: str = ""
    ratio: float = 0.0
    formats: tuple[str, ...] = ALL_FORMATS
    phone: Place | None = None
    fixed: str = ""
    greatest: tuple[int, int] = (1280, 1600)
    is_first: bool = True


# The measure of texts, the margins and columns of scri/static/css/site.css, in rem and pixels.
# Widths are those of phones and columns at double density.
MEASURE = 38
BODY = Place((400, 672, 1216), f"(min-width: 40rem) {MEASURE}rem, calc(100vw - 2rem)")
# On phones a hero is a picture of 16:9 or a band that is nearly square.
_HERO_ON_PHONES = Place((720, 1080), "100vw", 16 / 9)
_CARD = "(min-width: 64rem) 22rem, (min-width: 48rem) 50vw, calc(100vw - 5rem)"
PLACES: Mapping[str, Place] = {
    "body": BODY,
    "hero": Place((1280, 1920), "100vw", phone=_HERO_ON_PHONES, greatest=(1920, 1920)),
    "hero-side": Place((960, 1440), "67vw", phone=_HERO_ON_PHONES, greatest=(1920, 1920)),
    "infopic": Place(
        (480, 720, 1088),
        "(min-width: 75rem) 34rem, (min-width: 48rem) calc(50vw - 3rem), calc(100vw - 2rem)",
        3 / 2,
        greatest=(1080, 720),
    ),
    "slide": Place((576, 832), "(min-width: 32.5rem) 26rem, 80vw", 3 / 2, greatest=(832, 555)),
    "card": Place((400, 736), _CARD, greatest=(800, 1600)),
    "contact": Place((672, 1280), "(min-width: 75rem) 72rem, calc(100vw - 2rem)", is_first=False),
    # Kept markup and tables hold dozens: fewer sizes, one format.
    "kept": Place((400, 800), BODY.sizes, formats=("webp",), greatest=(800, 1600), is_first=False),
    "cell": Place(fixed="max-320x640|format-webp", greatest=(320, 640), is_first=False),
    "listing": Place(fixed="max-384x160", greatest=(384, 160), is_first=False),
    "logo": Place(fixed="max-640x96", greatest=(640, 96), is_first=False),
}
NARROW = "(max-width: 47.99rem)"
# What a picture says that is loaded when it is near.
WAITING = {"loading": "lazy", "decoding": "async"}

# {id of a picture: filters} while somebody asks what pages need, see :func:`collecting`.
_wanted: ContextVar[dict[int, set[str]] | None] = ContextVar("wanted", default=None)


@contextmanager
def collecting() -> Iterator[dict[int, set[str]]]:
    """Yield a dictionary that fills with the filters that pages ask for, by the id of a picture;
    no file is made."""
    wanted: dict[int, set[str]] = {}
    token = _wanted.set(wanted)
    try:
        yield wanted
    finally:
        _wanted.reset(token)


def renditions(image: SiteImage, filters: Sequence[str]) -> dict[str, SiteRendition]:
    """Return stored files of a picture by filter, made now where they are missing.

    None of a picture that can't be read, and none while somebody asks what pages need.
    """
    wanted = _wanted.get()
    if wanted is not None:
        wanted.setdefault(image.pk, set()).update(filters)
        return {}
    try:
        found: dict[str, SiteRendition] = image.get_renditions(*filters)
    except DAMAGED:
        return {}
    return found


def rendition(image: SiteImage, filter_spec: str) -> SiteRendition | None:
    """Return one stored file of a picture, ``None`` where :func:`renditions` returns none."""
    return renditions(image, [filter_spec]).get(filter_spec)


def filters_of(image: SiteImage, place: Place, kind: str) -> list[str]:
    """Return the filters of one format at a place, ascending.

    A picture is never made larger than it is: the sizes end with the first that it fits into.
    """
    if place.fixed:
        return [place.fixed]
    wide = image.width
    if place.ratio:
        wide = min(image.width, round(image.height * place.ratio))
    smaller = [width for width in place.widths if width < wide]
    widths = place.widths[: len(smaller) + 1]
    if kind == ALL_FORMATS[-1]:
        # For the few browsers that know no other format; of a middle size.
        widths = (widths[-1],) if len(widths) < 3 else (widths[1],)
    size = "fill-{}x{}" if place.ratio else "width-{}"
    return [
        f"{size.format(width, round(width / (place.ratio or 1)))}|format-{kind}" for width in widths
    ]


def shown(
    image: SiteImage, place: Place, attributes: Mapping[str, Any], pixels: int | None = None
) -> SafeString:
    """Return the markup of a picture at a place.

    ``attributes`` are those of the ``img`` element, in order; empty ones but ``alt`` are left
    out. With ``pixels`` the picture is that wide at most. A drawing is shown as it is stored,
    and so is an animated one, because other sizes of it would stand still.
    """
    if image.is_svg() or image.is_animated:
        return _original(image, place, attributes, pixels)
    formats = () if place.fixed else place.formats
    given = {kind: filters_of(image, place, kind) for kind in formats or ("",)}
    for_phones: dict[str, list[str]] = {}
    if place.phone is not None:
        kinds = place.phone.formats[:-1]
        for_phones = {kind: filters_of(image, place.phone, kind) for kind in kinds}
    files = renditions(
        image, [one for part in (*given.values(), *for_phones.values()) for one in part]
    )
    if not files:
        return _original(image, place, attributes, pixels)
    sizes = f"{pixels}px" if pixels else place.sizes
    *better, last = given
    sources = [_source(for_phones[kind], files, kind, "100vw", NARROW) for kind in for_phones]
    sources += [_source(given[kind], files, kind, sizes) for kind in better]
    # The widest of all says which size the browser reserves.
    largest = files[given[better[0] if better else last][-1]]
    fallback = files[given[last][-1]]
    more = {"srcset": _set(given[last], files), "sizes": sizes} if len(given[last]) > 1 else {}
    tag = _tag(fallback.url, _size(largest.width, largest.height, pixels), {**more, **attributes})
    if not sources:
        return tag
    return format_html("<picture>{}{}</picture>", format_html_join("", "{}", zip(sources)), tag)


def _original(
    image: SiteImage, place: Place, attributes: Mapping[str, Any], pixels: int | None
) -> SafeString:
    """Show the stored file itself, no larger than the place has room for."""
    width, height = image.width, image.height
    scale = min(1.0, place.greatest[0] / max(width, 1), place.greatest[1] / max(height, 1))
    size = _size(max(1, round(width * scale)), max(1, round(height * scale)), pixels)
    return _tag(image.file.url, size, attributes)


def _size(width: int, height: int, pixels: int | None) -> dict[str, int]:
    if not pixels:
        return {"width": width, "height": height}
    return {"width": pixels, "height": max(1, round(height * pixels / max(width, 1)))}


def _set(filters: Sequence[str], files: Mapping[str, SiteRendition]) -> str:
    return ", ".join(f"{files[one].url} {files[one].width}w" for one in filters)


def _source(
    filters: Sequence[str],
    files: Mapping[str, SiteRendition],
    kind: str,
    sizes: str,
    media: str = "",
) -> SafeString:
    values = {"media": media, "type": f"image/{kind}", "srcset": _set(filters, files)}
    return format_html("<source{}>", _attributes({**values, "sizes": sizes}))


def _tag(source: str, size: Mapping[str, int], attributes: Mapping[str, Any]) -> SafeString:
    alt = {"alt": attributes.get("alt") or ""}
    return format_html("<img{}>", _attributes({"src": source, **size, **attributes, **alt}))


def _attributes(values: Mapping[str, Any]) -> SafeString:
    pairs = ((name, value) for name, value in values.items() if value or name == "alt")
    return format_html_join("", ' {}="{}"', pairs)
