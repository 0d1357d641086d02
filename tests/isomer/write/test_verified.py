"""What was exported, imported again and served passes the check of imports, marked blocks, too."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from isomer.convert.values import Block, Content, LinkTo, PictureOf, RichText
from isomer.plan import load_mapping
from isomer.run import import_source
from isomer.verify.run import verify_run
from isomer.write.body import VARIANT, BodyWriter
from isomer.write.front_matter import document_text
from isomer.write.marked import marked_block
from tests.isomer.importing import DEMO

pytestmark = pytest.mark.django_db

TEXT = Block("text", RichText("<p>Some words.</p>"))
PICTURE = PictureOf("/images/logo.svg")
CARD = {
    "image": PICTURE,
    "alt": "Logo",
    "title": "Card",
    "text": RichText("<p>On it.</p>"),
    "link": LinkTo("https://example.org/"),
    "link_text": "More",
}
VALUES: dict[str, Content] = {
    "text": RichText("<p>a <b>b</b></p><ul><li>c</li></ul>"),
    "heading": {"text": "Words", "level": "3", "anchor": "place"},
    "anchor": {"name": "here"},
    "numbered_list": {"start": 3, "numbering": "a", "items": [[TEXT], [TEXT]]},
    "bulleted_list": [[TEXT], [TEXT]],
    "quote": {"text": RichText("<p>q</p>")},
    "code": {"text": "a\n b"},
    "picture": {
        "image": PICTURE,
        "alt": "Logo",
        "caption": "Below",
        "width": 50,
        "pixels": None,
        "link": LinkTo("https://example.org/"),
    },
    "table": {
        "caption": "C",
        "table": RichText(
            '<table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead>'
            "<tbody><tr><td>c</td><td>d</td></tr></tbody></table>"
        ),
    },
    "embed": {"source": LinkTo("https://example.org/form"), "title": "A form", "height": 400},
    "divider": None,
    "button": {"text": "Go", "link": LinkTo("https://example.org/"), "style": "secondary"},
    "card_grid": {"cards": [CARD]},
    "accordion": {"entries": [{"title": "T", "open": True, "body": [TEXT]}]},
}


def test_every_marked_block_is_checked(tmp_path: Path) -> None:
    blocks = [Block(name, value) for name, value in VALUES.items()]
    body = "\n".join(marked_block(block, BodyWriter().write) for block in blocks)
    (tmp_path / "pages").mkdir()
    (tmp_path / "images").mkdir()
    logo = (DEMO / "images" / "logo.svg").read_bytes()
    (tmp_path / "images" / "logo.svg").write_bytes(logo)
    for name, front_matter, text in (
        ("index.md", {"layout": "homepage", "title": "Home", "permalink": "/"}, ""),
        ("pages/a.md", {"title": "A", "permalink": "/a/", "variant": VARIANT}, body),
    ):
        (tmp_path / name).write_text(document_text(front_matter, text), encoding="utf-8")
    import_source(tmp_path, load_mapping(settings.ISOMER_MAPPING))
    found = verify_run()
    assert len(found.certificates) == 2
    assert [one.source_path for one in found.failed] == [], [
        (entry["kind"], entry["was"], entry["now"], entry["before"])
        for one in found.failed
        for entry in one.differences
        if not entry["rule"]
    ]
