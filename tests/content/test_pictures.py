"""Pictures on pages: sizes, formats, which one comes first, and what is never enlarged."""

from __future__ import annotations

import io
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image
from wagtail.models import Page

from content.models import SiteImage
from content.rendering.pictures import PLACES, filters_of, shown
from tests.factories import make_page
from tests.pictures import SVG, moving, picture

pytestmark = pytest.mark.django_db


def stored(data: bytes, name: str = "a.png", **fields: Any) -> SiteImage:
    return SiteImage.objects.create(title=name, file=SimpleUploadedFile(name, data), **fields)


def plain(width: int, height: int) -> SiteImage:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "PNG")
    return stored(out.getvalue())


def block(image: SiteImage | None, **fields: Any) -> dict[str, Any]:
    value = {"image": image and image.pk, "alt": "", "caption": "", "width": None, "pixels": None}
    link = {"page": None, "document": None, "address": ""}
    return {"type": "picture", "value": {**value, "link": link, **fields}}


TEXT = {"type": "text", "value": "<p>Words</p>"}


def served(home: Page, *body: dict[str, Any], title: str = "Pictures") -> list[Tag]:
    """Return the pictures of a page with these blocks."""
    page = make_page(home, title, body=list(body))
    return BeautifulSoup(Client().get(page.url).content, "html5lib").select("main img")


def widths(source: Any) -> list[int]:
    return [int(part.split()[1][:-1]) for part in source["srcset"].split(",")]


def test_a_picture_comes_in_three_formats_with_its_size(home: Page) -> None:
    [shown_one] = served(home, block(plain(2000, 1000), alt="A map"))
    avif, webp = shown_one.find_parent("picture").select("source")
    assert (avif["type"], webp["type"]) == ("image/avif", "image/webp")
    assert widths(avif) == widths(webp) == [400, 672, 1216]
    assert avif["sizes"] == "(min-width: 40rem) 38rem, calc(100vw - 2rem)"
    assert shown_one["src"].endswith((".jpg", ".jpeg"))
    assert (shown_one["width"], shown_one["height"], shown_one["alt"]) == ("1216", "608", "A map")


@pytest.mark.parametrize(
    ("size", "expected"),
    [((2000, 500), [400, 672, 1216]), ((1216, 9), [400, 672, 1216]), ((500, 90), [400, 500])],
)
def test_no_picture_is_enlarged_or_made_twice(
    home: Page, size: tuple[int, int], expected: list[int]
) -> None:
    [shown_one] = served(home, block(plain(*size)))
    assert widths(shown_one.find_parent("picture").select_one("source")) == expected
    assert plain(30, 20).renditions.count() == 0
    [small] = served(home, block(plain(30, 20)), title="Small")
    assert (small["width"], small["height"]) == ("30", "20")
    assert SiteImage.objects.latest("pk").renditions.count() == 3


def test_sizes_follow_the_width_of_the_picture(home: Page) -> None:
    image = plain(1300, 900)
    half, badge = served(home, block(image, width=50), block(image, pixels=90))
    [source, *_] = half.find_parent("picture").select("source")
    assert source["sizes"] == ("(min-width: 40rem) max(7rem, 19rem), max(7rem, calc(50vw - 1rem))")
    assert badge.find_parent("picture").select("source")[0]["sizes"] == "90px"
    assert (badge["width"], badge["height"]) == ("90", "62")


def test_the_first_picture_near_the_top_is_loaded_at_once(home: Page) -> None:
    first, second = served(home, TEXT, block(plain(50, 40)), block(plain(60, 40)))
    assert (first.get("loading"), first["fetchpriority"]) == (None, "high")
    assert (second["loading"], second["decoding"]) == ("lazy", "async")
    assert "fetchpriority" not in second.attrs
    [far] = served(home, TEXT, TEXT, TEXT, block(plain(50, 40)), title="Far")
    assert far["loading"] == "lazy"


def test_the_focal_point_is_kept_where_pictures_are_cropped() -> None:
    image = plain(1200, 400)
    image.focal_point_x, image.focal_point_y = 1150, 200
    image.focal_point_width = image.focal_point_height = 20
    image.save()
    [spec, *_] = filters_of(image, PLACES["infopic"], "webp")
    assert spec == "fill-480x320|format-webp"
    assert image.get_rendition(spec).focal_point_key
    # The crop is 600 px wide at most, so a third size would be the second again.
    assert len(filters_of(image, PLACES["infopic"], "webp")) == 2


def test_a_hero_is_cropped_on_phones_alone() -> None:
    markup = BeautifulSoup(shown(plain(2000, 600), PLACES["hero"], {"alt": ""}), "html5lib")
    phones = [one for one in markup.select("source") if one.get("media")]
    assert [one["media"] for one in phones] == ["(max-width: 47.99rem)"] * 2
    assert all("fill-" in str(one["srcset"]) for one in phones)
    others = [one for one in markup.select("source") if not one.get("media")]
    assert all("width-" in str(one["srcset"]) for one in others)
    assert markup.select("img")[0]["alt"] == ""


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_what_moves_is_shown_as_it_is_stored(home: Page, kind: str) -> None:
    image = stored(moving(kind), f"a.{kind.lower()}")
    assert image.is_animated
    [shown_one] = served(home, block(image))
    assert shown_one["src"] == image.file.url
    assert image.renditions.count() == 0


def test_what_stands_still_does_not_move() -> None:
    image = stored(picture("GIF"), "a.gif")
    assert not image.is_animated
    image.file = SimpleUploadedFile("b.gif", moving("GIF"))  # type: ignore[assignment]
    image.save()
    assert SiteImage.objects.get().is_animated


def test_a_drawing_is_passed_through(home: Page) -> None:
    image = stored(SVG, "a.svg")
    [shown_one] = served(home, block(image))
    assert (shown_one["src"], shown_one["width"]) == (image.file.url, "40")


def test_a_damaged_picture_is_no_fault_of_the_page(home: Page) -> None:
    image = stored(picture("JPEG", size=(900, 600)), "a.jpg")
    with image.file.storage.open(image.file.name, "wb") as opened:
        opened.write(b"no picture any more")
    [shown_one] = served(home, block(image, alt="A map"))
    assert (shown_one["src"], shown_one["alt"]) == (image.file.url, "A map")


def test_many_pictures_cost_as_many_queries_as_one(home: Page) -> None:
    few = make_page(home, "Few", body=[block(plain(900, 600))])
    many = make_page(home, "Many", body=[block(plain(900, 600)) for _ in range(8)])
    counts = []
    for page in (few, many):
        Client().get(page.url)
        with CaptureQueriesContext(connection) as captured:
            Client().get(page.url)
        counts.append(len(captured))
    assert counts[0] == counts[1]
