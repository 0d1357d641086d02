"""Draw ``scri/static/favicon.ico``, the neutral icon of a site without one of its own.

Run it from anywhere with a Python that has Pillow::

    python tools/draw_favicon.py

It shows what ``favicon.svg`` beside it shows, in the three sizes that browsers ask for.
The same version of Pillow gives the same bytes every time.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

ICON = Path(__file__).resolve().parents[1] / "scri" / "static" / "favicon.ico"
SIZES = (16, 32, 48)
# The drawing's own units, and how much larger it is drawn than the largest icon.
UNITS, ENLARGED = 32, 8

BLUE = (31, 58, 110, 255)
WHITE = (255, 255, 255, 255)
SEA = (95, 196, 188, 255)


def draw() -> Image.Image:
    """Return the icon, large: a rounded square, a cross with round ends, a dot."""
    size = SIZES[-1] * ENLARGED
    scale = size / UNITS
    image = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)

    def box(left: float, top: float, right: float, bottom: float) -> tuple[float, ...]:
        return tuple(scale * edge for edge in (left, top, right, bottom))

    pen.rounded_rectangle((0, 0, size - 1, size - 1), radius=6 * scale, fill=BLUE)
    for arm in (box(13.5, 4.5, 18.5, 27.5), box(4.5, 13.5, 27.5, 18.5)):
        pen.rounded_rectangle(arm, radius=2.5 * scale, fill=WHITE)
    pen.ellipse(box(22, 4, 28, 10), fill=SEA)
    return image


def main() -> None:
    drawn = draw()
    small = [drawn.resize((size, size), Image.Resampling.LANCZOS) for size in SIZES]
    small[-1].save(ICON, sizes=[(size, size) for size in SIZES], append_images=small[:-1])
    print(f"{ICON.name}: {ICON.stat().st_size / 1000:.1f} kB")


if __name__ == "__main__":
    main()
