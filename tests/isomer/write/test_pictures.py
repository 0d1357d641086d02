"""Words of pictures, and the choice that they need none, come back from wherever they stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from wagtail.models import Site

from content.models import ContactPage, SiteImage
from tests.care.sites import NO_LINK, make_image, page_with, picture, stream
from tests.factories import edit
from tests.isomer.write.roundtrip import round_trip, said

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _host(site: Site) -> None:
    Site.objects.filter(pk=site.pk).update(hostname="localhost", port=80)


def check_whole(folder: Path) -> dict[str, bytes]:
    """Go there and back, fail unless every page came back; return the files."""
    done = round_trip(folder)
    assert said(done.second)["pages"] == said(done.first)["pages"]
    assert [one for one in done.exports[0].findings if one.where.startswith("/")] == []
    return done.files[0]


@pytest.mark.parametrize(
    ("fields", "written"),
    [
        ({"image_alt": "The front door & <stairs>"}, {"image_alt"}),
        ({"image_is_decorative": True}, {"image_decorative"}),
        ({}, set()),
    ],
)
def test_of_the_contact_page(
    home: Any, tmp_path: Path, fields: dict[str, Any], written: set[str]
) -> None:
    # The old format has one picture for the page and for sharing it.
    pictures = dict.fromkeys(("image", "share_image"), make_image("Door"))
    page = ContactPage(title="Contact", slug="contact", **pictures, **fields)
    home.add_child(instance=page)
    page.save_revision().publish()
    [text] = [one.decode() for name, one in check_whole(tmp_path).items() if "contact" in name]
    assert {key for key in yaml.safe_load(text.split("---")[1]) if "image_" in key} == written


def test_of_sections_blocks_and_cells(home: Any, tmp_path: Path) -> None:
    image = make_image("Map").pk
    logo = {"picture": image, "name": "A partner", "link": {**NO_LINK, "address": "/x/"}}
    slide = {"image": image, "alt": "", "title": "S", "subtitle": "", "description": "", "more": []}
    slides = [{"type": "item", "id": "s1", "value": {**slide, "decorative": True}}]
    entries = [{"type": "item", "id": "e1", "value": logo}]
    sections = stream(
        ("carousel", {"slides": slides}), ("listing", {"title": "Partners", "entries": entries})
    )
    edit(home, sections=home.sections.stream_block.to_python(sections))
    cells = "".join(
        f'<td><embed embedtype="image" id="{image}" alt="{words}" format="full"{mark}/></td>'
        for words, mark in (("", ' decorative="true"'), ("", ""), ("A map", ""))
    )
    table = f"<table><tbody><tr>{cells}</tr></tbody></table>"
    card = {
        "image": image,
        "alt": "",
        "decorative": True,
        "title": "C",
        "text": "",
        "link": NO_LINK,
    }
    cards = [{"type": "item", "id": "c1", "value": {**card, "link_text": ""}}]
    page_with(
        home,
        "Page",
        ("table", {"caption": "", "table": table}),
        picture(SiteImage.objects.get(), decorative=True),
        picture(SiteImage.objects.get()),
        ("card_grid", {"cards": cards}),
    )
    check_whole(tmp_path)
