"""The site's colours, computed from the two that an editor picks.

Contrast is the ratio of relative luminances of WCAG 2.2. Whatever the two
colours are, text on a surface made from them can be read. :func:`samples` tells
editors what became of their choice.
"""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass
from functools import lru_cache

DEFAULT_PRIMARY = "#1f3a6e"
DEFAULT_SECONDARY = "#0b6b66"
FORM_OF_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
# What WCAG 2.2 asks of text (1.4.3), and of text for those who see little (1.4.6).
READABLE, READABLE_WELL = 4.5, 7

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)


def parse(value: str) -> Colour:
    """Return the red, green and blue parts (0 to 255) of ``"#rrggbb"``."""
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


def written(colour: Colour) -> str:
    """Return a colour as ``"#rrggbb"``."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def luminance(colour: Colour) -> float:
    """Return the relative luminance, 0 for black to 1 for white (WCAG 2.2)."""
    linear = [
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in colour
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mix(colour: Colour, other: Colour, share: float) -> Colour:
    """Return ``share`` (0 to 1) of a colour on top of another."""
    red, green, blue = (
        round(a * share + b * (1 - share)) for a, b in zip(colour, other, strict=True)
    )
    return red, green, blue


def darkened(colour: Colour, against: Colour, ratio: float) -> Colour:
    """Return the colour, darkened in small steps until it reaches a contrast ratio."""
    step, result = 0, colour
    while contrast(result, against) < ratio and step < 50:
        step += 1
        result = mix(BLACK, colour, step / 50)
    return result


@dataclass(frozen=True)
class Palette:
    """The computed colours by role, and the style sheet that declares them."""

    roles: tuple[tuple[str, str], ...]

    @property
    def css(self) -> str:
        declarations = "".join(f"--{name}:{value};" for name, value in self.roles)
        return f":root{{{declarations}}}"

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.css.encode()).hexdigest()[:12]


@lru_cache(maxsize=64)
def palette(primary: str, secondary: str) -> Palette:
    """Return the colours of a site from its primary and secondary one (``"#rrggbb"``)."""
    first, second = parse(primary), parse(secondary)
    tint, deeper_tint = mix(first, WHITE, 0.04), mix(first, WHITE, 0.10)
    on_brand = WHITE if contrast(first, WHITE) >= READABLE else BLACK
    roles = {
        "brand": first,
        "on-brand": on_brand,
        "accent": darkened(second, deeper_tint, READABLE),
        "tint": tint,
        "tint-2": deeper_tint,
        "deep": darkened(first, WHITE, READABLE_WELL),
    }
    return Palette(tuple((name, written(colour)) for name, colour in roles.items()))


@dataclass(frozen=True)
class Sample:
    """One use of the two colours: text on a surface, how well it can be read, and what was
    chosen or changed so that it can."""

    use: str
    text: str
    surface: str
    note: str

    @property
    def ratio(self) -> str:
        """The contrast with one decimal, never more than it is."""
        return ratio_in_words(contrast(parse(self.text), parse(self.surface)))


def ratio_in_words(ratio: float) -> str:
    """Return a contrast ratio as people write it, such as ``"4.5 : 1"``, rounded down."""
    return f"{math.floor(ratio * 10) / 10:.1f} : 1"


def samples(primary: str, secondary: str) -> list[Sample]:
    """Return what becomes of the two colours that an editor picks (``"#rrggbb"``)."""
    roles = dict(palette(primary, secondary).roles)
    white, on_brand = written(WHITE), roles["on-brand"]
    other = BLACK if on_brand == white else WHITE
    chosen = "White" if on_brand == white else "Black"
    refused = ratio_in_words(contrast(other, parse(primary)))
    return [
        Sample(
            "Text on large surfaces",
            on_brand,
            roles["brand"],
            f"{chosen} is used; {'black' if chosen == 'White' else 'white'} would have {refused}.",
        ),
        Sample(
            "Links, on the darkest ground that they stand on",
            roles["accent"],
            roles["tint-2"],
            _changed(secondary, roles["accent"], parse(roles["tint-2"])),
        ),
        Sample(
            "Text on buttons",
            white,
            roles["accent"],
            _changed(secondary, roles["accent"], WHITE),
        ),
        Sample("Text of the footer", white, roles["deep"], _changed(primary, roles["deep"], WHITE)),
    ]


def _changed(given: str, used: str, against: Colour) -> str:
    if given.lower() == used:
        return "The colour is used as it is."
    before = ratio_in_words(contrast(parse(given), against))
    return f"{given} is darkened to {used}; as it is, it would have {before}."
