"""Pages that show one of everything: every body block, every section and hero of a home page.

They are made below the home page of a site that holds the imported demo, for screenshots
and browser tests. Every block of a stream is there with its preview value, so that a kind
which somebody adds later shows up by itself; what a preview value does not show (widths,
long words, wide tables, neighbours) is written out here.

  python -m tools.showcase     makes the pages in the database of the settings, and prints
                               the paths of the site's page types and of these as JSON
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any

HEROES: dict[str, dict[str, Any]] = {
    "plain": {"background": None},
    "words over a picture": {"variant": "center"},
    "box at the left": {"variant": "side", "box_colour": "white"},
    "narrow box at the right": {
        "variant": "side",
        "box_colour": "black",
        "size": "sm",
        "alignment": "right",
    },
    "narrow box on a picture": {"variant": "floating", "box_colour": "gray", "size": "sm"},
    "box on a picture at the right": {"variant": "floating", "alignment": "right"},
    "picture alone": {"variant": "image"},
    "no title": {"title": "", "subtitle": "Words without a title."},
}
WORDS = (
    "A trial asks one question and answers it with care. Whoever plans one has to find the"
    " people, the places and the means, and has to say beforehand what will be measured."
)
PICTURE_KEYS = ("image", "background", "picture")
TO_HOME = {"page": None, "address": "/"}
TO_NOWHERE = {"page": None, "address": ""}
TO_ELSEWHERE = {"page": None, "address": "https://www.example.org/register/"}
PASSWORD = "a password for looking"


def make_pages() -> dict[str, str]:
    """Make and publish the pages, and return their paths by name.

    Needs a site with a home page and at least one picture, as the demo brings them.
    """
    pages = {
        "every block of a body": _page("content.ContentPage", "Every block", body=_body()),
        "long words and titles": _page(
            "content.ContentPage",
            "Guidelines for the preparation of clinical trials of investigational medicinal"
            " products at several hospitals",
            slug="long-title",
            body=_text(f"<p>{WORDS}</p><p>{'Pneumonoultramicroscopicsilicovolcano' * 3}</p>"),
        ),
        "every section of a home page": _home("Every section", _sections()),
        "sections without pictures": _home("Without pictures", _notes()),
        "private page": _private_page(),
    }
    for number, (name, changes) in enumerate(HEROES.items()):
        pages[f"hero, {name}"] = _home(f"Hero {number}", [("hero", _hero(changes))])
    return pages


def _picture() -> int:
    """Return the key of a picture wide enough for a hero."""
    from wagtail.images import get_image_model

    found: int = (
        get_image_model()
        .objects.exclude(file__endswith=".svg")
        .order_by("-width", "pk")
        .values_list("pk", flat=True)[0]
    )
    return found


def _home_page() -> Any:
    from wagtail.models import Site

    return Site.objects.get(is_default_site=True).root_page


def _add(model: str, title: str, slug: str = "", **fields: Any) -> Any:
    """Publish a page below the home page and return it."""
    from django.apps import apps
    from django.utils.text import slugify

    slug = f"showcase-{slug or slugify(title)}"
    page = apps.get_model(model)(title=title, slug=slug, live=False, **fields)
    _home_page().add_child(instance=page)
    page.save_revision().publish()
    return page


def _page(model: str, title: str, slug: str = "", **fields: Any) -> str:
    return f"/{_add(model, title, slug, **fields).slug}/"


def _home(title: str, sections: list[tuple[str, Any]]) -> str:
    """Publish a further home page with the given sections, each a kind and its value."""
    stored = [{"type": kind, "value": value} for kind, value in sections]
    return _page("home.HomePage", title, sections=stored)


def _private_page() -> str:
    from wagtail.models import PageViewRestriction

    page = _add("content.ContentPage", "Private", body=_text(f"<p>{WORDS}</p>"))
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password=PASSWORD
    )
    return f"/{page.slug}/"


def _previews(stream: Any) -> Iterator[tuple[str, Any]]:
    """Yield every kind of a stream with the value of its preview, pictures filled in."""
    picture = _picture()
    for name, block in stream.child_blocks.items():
        value = block.get_prep_value(block.get_preview_value())
        yield name, _with_pictures(value, picture)


def _with_pictures(value: Any, picture: int) -> Any:
    """Return stored data in which no place for a picture is empty."""
    if isinstance(value, Mapping):
        return {
            key: picture
            if key in PICTURE_KEYS and inner is None
            else _with_pictures(inner, picture)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_with_pictures(inner, picture) for inner in value]
    return value


def _text(html: str) -> list[dict[str, Any]]:
    return [{"type": "text", "value": html}]


def _body() -> list[dict[str, Any]]:
    """Return every block once, then what their previews do not show."""
    from content.blocks import BodyBlock

    blocks = _text(f"<p>{WORDS}</p>")
    for kind, value in _previews(BodyBlock()):
        title = BodyBlock().child_blocks[kind].label
        blocks.append(_heading(f"Block: {title}", f"block-{kind}"))
        blocks += [{"type": kind, "value": value}, *_text(f"<p>{WORDS}</p>")]
    return [*blocks, *_further_blocks()]


def _heading(text: str, anchor: str) -> dict[str, Any]:
    return {"type": "heading", "value": {"text": text, "level": "2", "anchor": anchor}}


def _further_blocks() -> list[dict[str, Any]]:
    from content.blocks.actions import NO_LINK

    picture = _picture()
    levels = "".join(f"<h{n}>A heading of level {n}</h{n}><p>{WORDS}</p>" for n in range(2, 7))
    lists = (
        "<ul><li>First, which is short</li><li>Second<ul><li>Below it</li></ul></li></ul>"
        f"<ol><li>{WORDS}</li><li>Then <b>bold</b>, <i>italic</i>, <u>underlined</u> and a"
        ' <a href="https://www.example.org/">link to another site</a></li></ol>'
    )
    cards = [
        {"image": picture, "alt": "", "title": "A card with all its parts",
         "text": f"<p>{WORDS}</p>", "link": {**NO_LINK, "address": "/"}, "link_text": "Read more"},
        {"image": None, "alt": "", "title": "A card of another site", "text": "<p>Few words.</p>",
         "link": {**NO_LINK, "address": "https://www.example.org/"}, "link_text": ""},
        {"image": None, "alt": "", "title": "", "text": "<p>Words alone.</p>", "link": NO_LINK,
         "link_text": ""},
    ]  # fmt: skip
    return [
        *_text(levels + lists),
        _heading("Widths of a picture", "widths"),
        *(_sized(picture, width) for width in (25, 50, 75, None)),
        _heading("A wide table", "wide"),
        {"type": "table", "value": {"caption": "Twelve months", "table": _wide_table()}},
        _heading("Cards", "cards"),
        {"type": "card_grid", "value": {"cards": cards}},
        _heading("Buttons", "buttons"),
        *(
            _button(style, link)
            for style in ("primary", "secondary")
            for link in ("/", "https://www.example.org/")
        ),
    ]


def _sized(picture: int, width: int | None) -> dict[str, Any]:
    from content.blocks.actions import NO_LINK

    caption = f"{width} per cent of the column" if width else "As wide as the column"
    value = {"image": picture, "alt": "A sample", "caption": caption, "width": width}
    return {"type": "picture", "value": {**value, "pixels": None, "link": NO_LINK}}


def _button(style: str, address: str) -> dict[str, Any]:
    from content.blocks.actions import NO_LINK

    link = {**NO_LINK, "address": address}
    return {"type": "button", "value": {"text": f"{style} button", "link": link, "style": style}}


def _wide_table() -> str:
    columns = ["Hospital", *(f"Month {number}" for number in range(1, 13))]
    head = "".join(f'<th scope="col">{name}</th>' for name in columns)
    rows = "".join(
        f'<tr><th scope="row">Hospital {row}</th>'
        + "".join(f"<td>{row * column}</td>" for column in range(1, 13))
        + "</tr>"
        for row in range(1, 5)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _hero(changes: dict[str, Any]) -> dict[str, Any]:
    number = list(HEROES.values()).index(changes)
    highlights = [
        {"title": "Patients", "description": "What taking part means", "link": TO_HOME},
        {"title": "Sponsors elsewhere", "description": "", "link": TO_ELSEWHERE},
        {"title": "Not linked", "description": "Words that are information", "link": TO_NOWHERE},
        {"title": "A fourth with a longer title", "description": "", "link": TO_HOME},
    ]
    hero = {
        "title": "Clinical research that reaches patients",
        "subtitle": "We bring together the people and places that trials depend on.",
        "background": _picture(),
        "button": {"text": "See what we do", "link": TO_HOME},
        # One to four of them, so that every count is seen.
        "key_highlights": highlights[: 1 + number % 4],
    }
    if number % 3 == 1:
        options = [{"title": "Join a study", "link": TO_HOME}]
        hero["dropdown"] = {"title": "I want to…", "options": options}
    return hero | changes


def _sections() -> list[tuple[str, Any]]:
    """Return every section once, then cards in each number, and what alternates again."""
    from home.blocks import SectionsBlock

    sections = list(_previews(SectionsBlock()))
    known = dict(sections)
    logo = {"name": "A partner", "link": TO_HOME, "picture": _picture()}
    known["listing"]["entries"] = [logo] * 5
    card = {
        "title": "Who can take part",
        "description": f"<p>{WORDS}</p>",
        "link_text": "Read on",
        "link": TO_HOME,
    }
    cards = [
        card,
        {**card, "link_text": "", "link": TO_ELSEWHERE},
        {**card, "link": TO_NOWHERE},
        {**card, "title": ""},
    ]
    sections += [
        ("textcards", {"title": f"Cards, {count}", "cards": cards[:count]}) for count in (1, 2, 4)
    ]
    column = {"title": "Plan", "description": f"<p>{WORDS}</p>"}
    sections += [
        ("infocols", {"title": "Columns, 4", "boxes": [column] * 4}),
        ("infopic", known["infopic"]),
    ]
    return sections


def _notes() -> list[tuple[str, Any]]:
    """Return neighbours without pictures, and a lone one."""
    note = {
        "title": "Training for coordinators",
        "subtitle": "SCRI Academy",
        "description": f"<p>{WORDS}</p>",
        "button": {"text": "See the courses", "link": TO_HOME},
        "image": None,
        "alt": "",
    }
    bare = {**note, "subtitle": "", "button": {"text": "", "link": TO_NOWHERE}}
    words = {"title": "Between them", "description": f"<p>{WORDS}</p>"}
    return [
        ("hero", {"title": "Sections without pictures"}),
        *(("infopic", value) for value in (note, bare, note)),
        ("infobar", words),
        ("infopic", bare),
        ("infobar", words),
        ("infopic", note),
        ("infopic", note),
    ]


def pages_of_types() -> dict[str, str]:
    """Return the path of the first page of each page type, by the name of the type.

    Items that only lead elsewhere are no pages to look at, nor is what nobody may see.
    """
    from wagtail.models import Page

    pages: dict[str, str] = {}
    for page in Page.objects.live().public().filter(depth__gt=1).order_by("path").specific():
        name = str(page._meta.verbose_name)
        path = page.relative_url(page.get_site())
        if name not in pages and path and page.get_sitemap_urls():
            pages[name] = path
    return pages


def error_page() -> str:
    """Return what visitors see when the site can't answer."""
    from django.test import RequestFactory
    from django.urls import get_resolver

    handler = get_resolver().resolve_error_handler(500)
    shown: bytes = handler(RequestFactory().get("/")).content
    return shown.decode()


def main() -> int:
    import django

    django.setup()
    found = {"types": pages_of_types(), "error": error_page(), "showcase": {}}
    if "--only-look" not in sys.argv:
        found["showcase"] = make_pages()
    sys.stdout.write(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
