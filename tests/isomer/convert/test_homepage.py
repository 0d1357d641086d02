"""Home page sections: front matter to blocks (format reference, sections 3.1 and 3.2)."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from home.blocks import SectionsBlock
from isomer.convert import convert_document
from isomer.convert.front_matter.homepage import home_sections
from isomer.convert.front_matter.homepage_fields import plain, typed_address
from isomer.convert.text.richtext import TextItem
from isomer.convert.text.runs import text_of
from isomer.convert.text.values import Block
from isomer.messages import RULES
from isomer.plan.links import Resolver, fill_in
from isomer.plan.media import MediaPlan
from isomer.source import DocumentKind, SourceDocument


def converted(sections: Any, **front: Any) -> tuple[list[Block], list[tuple[str, str, str]]]:
    notes: list[tuple[str, str, str]] = []
    blocks = home_sections({"sections": sections, **front}, lambda *note: notes.append(note))
    return blocks, notes


def one(name: str, **values: Any) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
    [block], notes = converted([{name: values}])
    assert block.type == name
    return block.value, notes


def words(items: Any) -> list[str]:
    return [text_of(item.runs) for item in items] if items else []


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("H<sub>2</sub>O", "H2O"),
        ("Better<br>trials", "Better trials"),
        ("<h3>Use products safely</h3><h3></h3>", "Use products safely"),
        ("<p>One</p><p>Two</p>", "One Two"),
        ("A<!-- not shown -->B", "AB"),
        ("A<script>alert(1)</script><style>b{}</style>B", "AB"),
        ("R&amp;D <b>bold</b>ly", "R&D boldly"),
        ("fewer <5 of 10", "fewer <5 of 10"),
        ("x<y", "x<y"),
        ("<img src=a.png alt='no words'>x", "x"),
        ("one\ntwo  three", "one\ntwo three"),
        (2024, "2024"),
        (True, "true"),
        (None, ""),
        (["a"], ""),
        ({"a": 1}, ""),
    ],
)
def test_plain_text_of_a_field(written, shown):
    assert plain(written) == shown


def test_markup_deeper_than_calls_can_go():
    assert plain("<b>" * 3000 + "deep" + "</b>" * 3000) == "deep"


def test_an_address_is_read_as_an_attribute():
    assert typed_address("https://x.org/?a=1&copy=2") == "https://x.org/?a=1&copy=2"
    assert typed_address("/a/?b=1&amp;c=2") == "/a/?b=1&c=2"


def test_hero_with_every_field():
    value, notes = one(
        "hero",
        title="Better<br>trials",
        subtitle="For all",
        background="/images/a.jpg",
        button="Go",
        url="/go/",
        variant="floating",
        backgroundColor="gray",
        size="sm",
        alignment="right",
        dropdown={"title": "I need", "options": [{"title": "Help", "url": "/help/"}]},
        key_highlights=[{"title": "A", "description": "", "url": ""}],
    )
    assert notes == []
    assert (value["title"], value["variant"], value["box_colour"]) == (
        "Better trials",
        "floating",
        "gray",
    )
    assert (value["size"], value["alignment"]) == ("sm", "right")
    assert value["dropdown"]["options"][0]["link"].address == "/help/"
    assert [item["title"] for item in value["key_highlights"]] == ["A"]


def test_a_title_in_the_field_of_the_subtitle():
    value, _ = one("hero", subtitle="<h3>Safety for consumers</h3><h3></h3>")
    assert (value["title"], value["subtitle"]) == ("Safety for consumers", "")
    value, _ = one("hero", title="A", subtitle="<h3>B</h3>")
    assert (value["title"], value["subtitle"]) == ("A", "B")
    value, _ = one("hero", subtitle="<h3>B</h3> and more")
    assert (value["title"], value["subtitle"]) == ("", "B and more")


def test_plain_descriptions_keep_their_paragraphs():
    value, notes = one(
        "infopic", description="First\nline\n\nSecond & last", image="a.jpg", alt="A"
    )
    assert [item.tag for item in value["description"]] == ["p", "p"]
    assert value["description"][0].runs[0].text == "First\nline"
    assert words(value["description"])[1] == "Second & last"
    assert value["more"] == []
    assert notes == []


def test_markup_in_a_description_becomes_rich_text_and_further_content():
    html = (
        "<p>Some <b>bold</b> words</p><ul><li>one</li><li>two</li></ul>"
        "<img src='/images/a.png' alt='A'><p>after</p>"
    )
    value, _ = one("infobar", description=html)
    assert [item.tag for item in value["description"]] == ["p", "ul", "ul"]
    assert words(value["description"]) == ["Some bold words", "one", "two"]
    assert [block.type for block in value["more"]] == ["picture", "text"]
    assert value["more"][0].value["image"].path == "/images/a.png"
    assert words(value["more"][1].value) == ["after"]


def test_a_frame_in_a_description_is_not_lost():
    frame = "<iframe src='https://www.youtube.com/embed/abcdefgh'></iframe>"
    value, notes = one("infopic", description=f"<p>See</p>{frame}")
    assert words(value["description"]) == ["See"]
    [block] = value["more"]
    assert (block.type, block.value["source"].address[-8:]) == ("embed", "abcdefgh")
    assert notes == []


def test_infocols_textcards_and_announcements():
    value, notes = one(
        "infocols",
        title="T",
        subtitle="S",
        url="/more/",
        linktext="More",
        infoboxes=[{"title": "A", "description": "a"}, {"title": "B"}],
    )
    assert (value["button"]["text"], [box["title"] for box in value["boxes"]]) == (
        "More",
        ["A", "B"],
    )
    card = {"title": "", "description": "d <br> e", "linktext": "Go", "url": "/x/"}
    cards, more_notes = one(
        "textcards", title="T", description="<a href='/y/'>here</a>", cards=[card]
    )
    assert cards["cards"][0]["link_text"] == "Go"
    assert cards["description"][0].runs[0].link.address == "/y/"
    item = {
        "title": "A",
        "date": "04 September 2022",
        "announcement": "Words",
        "link_text": "Read",
        "link_url": "/r/",
    }
    listed, last_notes = one("announcements", title="T", announcement_items=[item])
    assert listed["announcement_items"][0]["date"] == "04 September 2022"
    assert listed["announcement_items"][0]["button"]["link"].address == "/r/"
    assert notes + more_notes + last_notes == []


def test_carousel_listing_and_resources():
    slides = [{"title": "A", "subtitle": "S", "description": "d", "image": "/a.png", "alt": "x"}]
    [carousel, listing, resources], notes = converted(
        [
            {"carousel": slides},
            {"listing": {"title": "Partners", "entries": [{"url": "/p/", "image": "/p.png"}]}},
            {"resources": None},
        ]
    )
    assert carousel.value["slides"][0]["image"].path == "/a.png"
    assert listing.value["entries"][0]["picture"].path == "/p.png"
    assert resources.value["button"]["text"] == ""
    assert notes == []


def test_an_item_with_two_keys_renders_both_in_the_old_order():
    blocks, notes = converted(
        [{"infocols": {"title": "C"}, "id": "x", "infobar": {"title": "B"}, "hero": {"title": "H"}}]
    )
    assert [block.type for block in blocks] == ["hero", "infobar", "infocols"]
    assert notes == []


def test_what_may_stand_once_is_not_lost_silently():
    blocks, notes = converted(
        [
            {"infobar": {"title": "First"}},
            {"hero": {"title": "Hero"}},
            {"hero": {"title": "Another"}},
            {"announcements": {"title": "A"}},
            {"announcements": {"title": "Twice"}},
        ]
    )
    assert [block.type for block in blocks] == ["infobar", "hero", "announcements"]
    assert [rule for rule, _, _ in notes] == [
        "section-misplaced",
        "field-left-out",
        "field-left-out",
    ]
    assert "Another" in notes[1][1]
    assert "Twice" in notes[2][1]


@pytest.mark.parametrize(
    ("sections", "lost"),
    [
        ("all as text", "all as text"),
        ({"hero": {"title": "mapped"}}, "mapped"),
        (["loose words"], "loose words"),
        ([{"hero": "words"}], "words"),
        ([{"infobar": ["listed"]}], "listed"),
        ([{"carousel": {"title": "mapped"}}], "mapped"),
        ([{"secondary_cta": {"title": "gone"}}], "gone"),
        ([{"infobar": {"title": ["in a list"]}}], "in a list"),
        ([{"infobar": {"description": {"de": "mapped"}}}], "mapped"),
        ([{"infobar": {"tagline": "unknown"}}], "unknown"),
        ([{"hero": {"variant": "sideways"}}], "sideways"),
        ([{"hero": {"dropdown": "not a mapping"}}], "not a mapping"),
        ([{"hero": {"key_highlights": "not a list"}}], "not a list"),
        ([{"hero": {"key_highlights": ["no mapping"]}}], "no mapping"),
        ([{"hero": {"key_highlights": [{"title": str(n)} for n in range(5)]}}], "title: 4"),
        ([{"textcards": {"cards": [{"title": f"n{n}"} for n in range(5)]}}], "n4"),
        ([{"infocols": {"infoboxes": [{"title": f"n{n}"} for n in range(5)]}}], "n4"),
        (
            [{"announcements": {"announcement_items": [{"title": f"n{n}"} for n in range(6)]}}],
            "n5",
        ),
        ([{"infobar": {"title": "<a href='/there/'>here</a>"}}], "/there/"),
    ],
)
def test_nothing_is_lost_silently(sections, lost):
    _, notes = converted(sections)
    assert [note for note in notes if note[0] == "field-left-out" and lost in note[1]], notes


def test_fields_of_the_page_that_are_no_text():
    _, notes = converted([], title=["A"], notification={"a": "b"}, permalink=["/x/"])
    assert [place for _, _, place in notes] == ["title", "notification", "permalink"]


def test_a_notification_was_shown_on_the_front_page_alone():
    assert converted([], notification="Hello", permalink="/")[1] == []
    assert "Hello" in converted([], notification="Hello", permalink="/test/")[1][0][1]


def stream_of(front: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the stored form of a home page's sections, links and pictures resolved."""
    document = SourceDocument("index.md", DocumentKind.HOME, front, "")
    done = convert_document(document, as_home=True)
    assert all(message.rule in RULES for message in done.messages)
    resolved = Resolver("index.md", {}, MediaPlan({}, {})).resolve(done.stream)
    stored: list[dict[str, Any]] = fill_in(resolved, {}, {})
    return stored


def test_further_content_is_a_stream_with_ids():
    front = yaml.safe_load("sections: [{infobar: {title: A, description: '<p>a</p><hr><p>b</p>'}}]")
    [block] = stream_of(front)
    assert block["value"]["description"].startswith("<p data-block-key=")
    assert [child["type"] for child in block["value"]["more"]] == ["divider", "text"]
    assert all(child["id"] for child in block["value"]["more"])
    assert stream_of(front) == [block]
    sections = SectionsBlock(required=False)
    assert sections.get_prep_value(sections.to_python([block])) == [block]


KEYS = st.sampled_from(
    [
        "title",
        "subtitle",
        "description",
        "button",
        "url",
        "image",
        "alt",
        "background",
        "variant",
        "dropdown",
        "options",
        "id",
        "key_highlights",
        "cards",
        "infoboxes",
        "announcement_items",
        "announcement",
        "linktext",
        "entries",
        "x",
    ]
)
NAMES = st.sampled_from(
    [
        "hero",
        "infobar",
        "infopic",
        "infocols",
        "textcards",
        "announcements",
        "resources",
        "carousel",
        "listing",
        "x",
    ]
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12)
    | st.sampled_from(["<b>x</b>", "<img src=a>", "<p>a<hr>b", "/a/", "side", "<a href=b>c</a>"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(st.lists(st.dictionaries(NAMES, ANYTHING, max_size=2), max_size=4))
def test_whatever_stands_there_the_page_type_can_hold_it(sections):
    """Never an error, the same twice, and exactly what the page type itself would store."""
    stored = stream_of({"sections": sections})
    assert stored == stream_of({"sections": sections})
    block = SectionsBlock(required=False)
    value = block.to_python(stored)
    assert block.get_prep_value(value) == stored
    block.clean(value)


def test_items_of_a_description_are_text_items():
    value, _ = one("infobar", description="words")
    assert all(isinstance(item, TextItem) for item in value["description"])
