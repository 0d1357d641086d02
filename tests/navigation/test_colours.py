"""Whatever two colours an editor picks, text can be read (WCAG 2.2)."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from navigation.colours import BLACK, WHITE, Colour, contrast, mix, palette, parse

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
# The colours of text and controls that the style sheet does not compute.
INK, MUTED, CONTROL = parse("#1b2430"), parse("#4a5563"), parse("#76818c")
SHEET = Path(__file__).resolve().parents[2] / "scri/static/css/site.css"
# Where the style sheet paints a surface with a colour of the site, or text with one. What is
# found there has to be found here: whoever adds a use also says what stands on it.
SURFACES = {
    "brand": {".highlights", ".prose th"},
    "accent": {".button"},
    "deep": {".footer"},
    "tint": {
        ".band--tint",
        ".panel",
        ".notification",
        ".prose :is(code, kbd, samp, pre)",
        ".prose [open] > summary",
        ".accordion__title:hover, [open] > .accordion__title",
        ".card-grid img",
        ".embed__cover",
    },
    "tint-2": {
        "mark",
        ".prose th",
        ".hero",
        ".card__tag",
        '.suggestions li:is(:hover, [aria-selected="true"])',
    },
}
TEXTS = {
    "on-brand": {".highlights"},
    "accent": {
        "a:where([href])",
        ".menu [aria-current]",
        ".accordion__all",
        ".button--quiet",
        ".cell > .cell__more",
        ".cell:not(:has(.cell__more)) > :is(h2, h3) > .cell__link",
    },
}


@given(COLOURS, COLOURS)
@example("#000000", "#000000")
@example("#ffffff", "#ffffff")
@example("#ffff00", "#00ffff")
@example("#777777", "#767676")
@example("#1F3A6E", "#0B6B66")
def test_text_can_be_read_on_every_surface(primary: str, secondary: str) -> None:
    colour = {name: parse(value) for name, value in palette(primary, secondary).roles}
    # A table's head is a tenth of the brand over the white of its box.
    head = mix(colour["brand"], WHITE, 0.1)
    surfaces = [WHITE, colour["tint"], colour["tint-2"], head]
    assert colour["brand"] == parse(primary)
    assert contrast(colour["on-brand"], colour["brand"]) >= 4.5
    for surface in surfaces:
        assert contrast(colour["accent"], surface) >= 4.5
        assert contrast(INK, surface) >= 4.5
        assert contrast(MUTED, surface) >= 4.5
    assert contrast(WHITE, colour["accent"]) >= 4.5
    assert contrast(WHITE, colour["deep"]) >= 7


def uses(declaration: str) -> dict[str, set[str]]:
    """Return the selectors whose declaration names a colour of the site, by its role."""
    text = re.sub(r"/\*.*?\*/", "", SHEET.read_text(), flags=re.DOTALL)
    found: dict[str, set[str]] = {}
    for selector, body in re.findall(r"([^{};]+)\{([^{}]*)\}", text):
        values = re.findall(rf"(?:^|[;\s]){declaration}:([^;]*)", body)
        for role in re.findall(
            r"var\(--(brand|on-brand|accent|deep|tint|tint-2)\)", " ".join(values)
        ):
            found.setdefault(role, set()).add(" ".join(selector.split()))
    return found


def test_every_use_of_a_colour_is_known() -> None:
    assert uses("background(?:-color)?") == SURFACES
    assert uses("color") == TEXTS


@given(COLOURS, COLOURS)
@example("#777777", "#767676")
@example("#808080", "#ffffff")
def test_controls_and_focus_can_be_seen(primary: str, secondary: str) -> None:
    colour: dict[str, Colour] = {
        name: parse(value) for name, value in palette(primary, secondary).roles
    }
    light = [WHITE, colour["tint"], colour["tint-2"]]
    for surface in light:
        # The edges of a button, and the bar or border that tells the current entry.
        assert contrast(colour["accent"], surface) >= 3
        assert contrast(CONTROL, surface) >= 3
    # The outline is ink, its ring is white: one of the two shows on every surface.
    for surface in [*light, colour["brand"], colour["deep"], colour["accent"], BLACK]:
        assert max(contrast(INK, surface), contrast(WHITE, surface)) >= 3


def test_words_over_a_picture_can_be_read() -> None:
    # The picture keeps four tenths over black.
    assert contrast(WHITE, mix(WHITE, BLACK, 0.4)) >= 4.5
    assert "opacity: .4" in SHEET.read_text()
    for box in ("#000000", "#3a424d"):
        assert contrast(WHITE, parse(box)) >= 4.5


@given(COLOURS, COLOURS)
def test_the_style_sheet_declares_colours_only(primary: str, secondary: str) -> None:
    chosen = palette(primary, secondary)
    assert re.fullmatch(r":root\{(--[a-z0-9-]+:#[0-9a-f]{6};)+\}", chosen.css)
    assert re.fullmatch(r"[0-9a-f]{12}", chosen.digest)


@given(COLOURS, COLOURS)
def test_contrast_does_not_care_which_colour_comes_first(one: str, other: str) -> None:
    ratio = contrast(parse(one), parse(other))
    assert 1 <= ratio <= 21
    assert ratio == contrast(parse(other), parse(one))


def test_a_colour_that_can_be_read_already_stays() -> None:
    roles = dict(palette("#1f3a6e", "#0b6b66").roles)
    assert roles["accent"] == "#0b6b66"
    assert roles["deep"] == "#1f3a6e"
    assert roles["on-brand"] == "#ffffff"
