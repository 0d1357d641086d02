"""Whatever two colours an editor picks, text can be read (WCAG 2.2)."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from navigation.colours import WHITE, contrast, palette, parse

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
# The colours of text that the style sheet does not compute.
INK, MUTED = parse("#1b2430"), parse("#4a5563")


@given(COLOURS, COLOURS)
@example("#000000", "#000000")
@example("#ffffff", "#ffffff")
@example("#ffff00", "#00ffff")
@example("#777777", "#767676")
@example("#1F3A6E", "#0B6B66")
def test_text_can_be_read_on_every_surface(primary: str, secondary: str) -> None:
    colour = {name: parse(value) for name, value in palette(primary, secondary).roles}
    surfaces = [WHITE, colour["tint"], colour["tint-2"]]
    assert colour["brand"] == parse(primary)
    assert contrast(colour["on-brand"], colour["brand"]) >= 4.5
    for surface in surfaces:
        assert contrast(colour["accent"], surface) >= 4.5
        assert contrast(INK, surface) >= 4.5
        assert contrast(MUTED, surface) >= 4.5
    assert contrast(WHITE, colour["accent"]) >= 4.5
    assert contrast(WHITE, colour["deep"]) >= 7


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
