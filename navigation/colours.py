"""The site's colours, computed from the two that an editor picks.

Contrast is the ratio of relative luminances of WCAG 2.2. Whatever the two
colours are, text on a surface made from them can be read.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

DEFAULT_PRIMARY = "#1f3a6e"
DEFAULT_SECONDARY = "#0b6b66"

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
    on_brand = WHITE if contrast(first, WHITE) >= 4.5 else BLACK
    roles = {
        "brand": first,
        "on-brand": on_brand,
        "accent": darkened(second, deeper_tint, 4.5),
        "tint": tint,
        "tint-2": deeper_tint,
        "deep": darkened(first, WHITE, 7),
    }
    return Palette(tuple((name, written(colour)) for name, colour in roles.items()))
