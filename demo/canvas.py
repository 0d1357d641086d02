"""What the pictures of the demo are drawn with: colours that run, shapes, curves."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Point = tuple[float, float]

WHITE: Colour = (255, 255, 255)


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """Return the colour that lies ``share`` of the way from first to second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return (red, green, blue)


def ramp(stops: Sequence[tuple[float, Colour]], at: float) -> Colour:
    """Return the colour at one place (0 to 1) of a list of colour stops."""
    for (start, first), (end, second) in pairwise(stops):
        if at <= end:
            share = (at - start) / (end - start)
            return mix(first, second, min(1.0, max(0.0, share)))
    return stops[-1][1]


def curve(points: Sequence[tuple[float, float]], at: float) -> float:
    """Return a value between points, easing in and out of each of them."""
    for (start, first), (end, second) in pairwise(points):
        if at <= end:
            share = min(1.0, max(0.0, (at - start) / (end - start)))
            share = share * share * (3 - 2 * share)
            return first + (second - first) * share
    return points[-1][1]


class Canvas:
    """A picture drawn ``scale`` times too large; all measures are final pixels."""

    def __init__(self, width: int, height: int, scale: int, colour: Colour = WHITE) -> None:
        self.width, self.height, self.scale = width, height, scale
        self.size = (width * scale, height * scale)
        self.image = Image.new("RGB", self.size, colour)

    def _mask(self, paint: Callable[[ImageDraw.ImageDraw], None], strength: float) -> Image.Image:
        mask = Image.new("L", self.size, 0)
        paint(ImageDraw.Draw(mask))
        return mask if strength >= 1 else mask.point(lambda value: round(value * strength))

    def _scaled(self, points: Iterable[Point]) -> list[Point]:
        return [(x * self.scale, y * self.scale) for x, y in points]

    def gradient(
        self, stops: Sequence[tuple[float, Colour]], *, across: bool = False
    ) -> Image.Image:
        """Return a picture of the canvas size that runs through the colour stops."""
        length = self.size[0] if across else self.size[1]
        strip = Image.new("RGB", (length, 1) if across else (1, length))
        strip.putdata([ramp(stops, index / (length - 1)) for index in range(length)])
        return strip.resize(self.size)

    def veil(
        self, colour: Colour, strengths: Sequence[tuple[float, float]], *, across: bool = False
    ) -> None:
        """Lay a colour over everything, as strong as the list says from edge to edge."""
        length = self.size[0] if across else self.size[1]
        strip = Image.new("L", (length, 1) if across else (1, length))
        strip.putdata(
            [round(255 * curve(strengths, index / (length - 1))) for index in range(length)]
        )
        self.image.paste(colour, mask=strip.resize(self.size))

    def shape(
        self, points: Iterable[Point], fill: Colour | Image.Image, *, strength: float = 1.0
    ) -> None:
        """Fill a closed shape with a colour or a gradient."""
        outline = self._scaled(points)
        mask = self._mask(lambda pen: pen.polygon(outline, fill=255), strength)
        self._pour(fill, mask)

    def disc(
        self,
        centre: Point,
        radius: float,
        fill: Colour | Image.Image,
        *,
        strength: float = 1.0,
        blur: float = 0.0,
    ) -> None:
        x, y, r = centre[0] * self.scale, centre[1] * self.scale, radius * self.scale
        mask = self._mask(lambda pen: pen.ellipse((x - r, y - r, x + r, y + r), fill=255), strength)
        if blur:
            # A blur of this size has no detail, so a small copy is enough.
            small = mask.resize((self.size[0] // 8, self.size[1] // 8), Image.Resampling.BOX)
            small = small.filter(ImageFilter.GaussianBlur(blur * self.scale / 8))
            mask = small.resize(self.size, Image.Resampling.BICUBIC)
        self._pour(fill, mask)

    def ring(
        self, centre: Point, radius: float, width: float, colour: Colour, *, strength: float = 1.0
    ) -> None:
        x, y = centre[0] * self.scale, centre[1] * self.scale
        outer, inner = (radius + width / 2) * self.scale, (radius - width / 2) * self.scale

        def paint(pen: ImageDraw.ImageDraw) -> None:
            pen.ellipse((x - outer, y - outer, x + outer, y + outer), fill=255)
            pen.ellipse((x - inner, y - inner, x + inner, y + inner), fill=0)

        self._pour(colour, self._mask(paint, strength))

    def line(
        self,
        points: Iterable[Point],
        width: float | Callable[[float], float],
        fill: Colour | Image.Image,
        *,
        strength: float = 1.0,
    ) -> None:
        """Draw a round-ended line; the width may change along the way (0 to 1)."""
        path = self._scaled(points)

        def paint(pen: ImageDraw.ImageDraw) -> None:
            last = len(path) - 1
            for index, (x, y) in enumerate(path):
                wide = width(index / last) if callable(width) else width
                r = wide * self.scale / 2
                # Joints are a hair thinner than the line, so that no bead shows.
                dot = r if index in (0, last) else r - 0.5
                pen.ellipse((x - dot, y - dot, x + dot, y + dot), fill=255)
                if index:
                    (fx, fy) = path[index - 1]
                    far = math.hypot(x - fx, y - fy) or 1.0
                    nx, ny = (fy - y) / far * r, (x - fx) / far * r
                    pen.polygon(
                        [
                            (fx + nx, fy + ny),
                            (x + nx, y + ny),
                            (x - nx, y - ny),
                            (fx - nx, fy - ny),
                        ],
                        fill=255,
                    )

        self._pour(fill, self._mask(paint, strength))

    def _pour(self, fill: Colour | Image.Image, mask: Image.Image) -> None:
        if isinstance(fill, Image.Image):
            self.image.paste(fill, mask=mask)
        else:
            self.image.paste(fill, (0, 0, *self.size), mask)

    def finished(self) -> Image.Image:
        return self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)


def bezier(start: Point, first: Point, second: Point, end: Point, steps: int = 160) -> list[Point]:
    """Return points along a cubic Bézier curve."""
    points = []
    for index in range(steps + 1):
        t = index / steps
        u = 1 - t
        weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
        corners = (start, first, second, end)
        points.append(
            (
                sum(w * p[0] for w, p in zip(weights, corners, strict=True)),
                sum(w * p[1] for w, p in zip(weights, corners, strict=True)),
            )
        )
    return points


def arc(centre: Point, radius: float, start: float, end: float, steps: int = 60) -> list[Point]:
    """Return points along a circle, angles in degrees, clockwise from the right."""
    return [
        (
            centre[0] + radius * math.cos(math.radians(start + (end - start) * i / steps)),
            centre[1] + radius * math.sin(math.radians(start + (end - start) * i / steps)),
        )
        for i in range(steps + 1)
    ]
