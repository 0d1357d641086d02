"""Draw the pictures of the demo site.

Run it from anywhere with a Python that has Pillow::

    python demo/draw_pictures.py

It writes ``hero.jpg``, ``network-map.png``, ``academy.jpg``,
``trial-process.jpg``, ``share.png``, ``large-poster.png``, the icon
``favicon.png`` and the two marks
``mark-circles.png`` and ``mark-steps.png`` into ``demo/images/``, next to
``logo.svg``, which is written by hand. Nothing here is random and no font is
needed, so the same version of Pillow gives the same bytes every time.

Every picture is drawn two or three times too large and made smaller at the
end, which is what gives smooth edges.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path

from canvas import WHITE, Canvas, Colour, Point, arc, bezier
from PIL import Image

IMAGES = Path(__file__).resolve().parent / "images"

NIGHT: Colour = (17, 33, 66)
BLUE: Colour = (31, 58, 110)  # the primary colour of the demo site
SKY: Colour = (126, 160, 199)
TEAL: Colour = (11, 107, 102)  # its secondary colour
SEA: Colour = (86, 158, 152)
CLAY: Colour = (216, 168, 122)


def save(image: Image.Image, name: str, *, quality: int = 84) -> None:
    path = IMAGES / name
    if path.suffix == ".jpg":
        image.save(path, quality=quality, optimize=True, progressive=True)
    else:
        image.save(path, optimize=True)
    print(f"{name}: {image.width} x {image.height}, {path.stat().st_size / 1000:.0f} kB")


def ridge(width: float, level: float, waves: Sequence[tuple[float, float, float]]) -> list[Point]:
    """Return the upper edge of a hill from waves of (height, length, shift)."""
    points = []
    for x in range(-20, round(width) + 24, 4):
        rise = sum(
            height * math.sin(2 * math.pi * (x / length + shift)) for height, length, shift in waves
        )
        points.append((float(x), level - rise))
    return points


def landscape(canvas: Canvas, horizon: float, unit: float) -> None:
    """Draw hills in morning mist with a row of measurements; shared by hero and share."""
    width, height = canvas.width, canvas.height
    sky = canvas.gradient([(0, (148, 182, 213)), (0.45, (222, 232, 236)), (1, (236, 236, 230))])
    canvas.image.paste(sky)

    sun = (width * 0.79, horizon - 128 * unit)
    canvas.disc(sun, 290 * unit, (255, 240, 219), strength=0.9, blur=150 * unit)
    canvas.disc(sun, 84 * unit, (248, 208, 162))

    hills = (
        # level, waves (height, length, shift), colour of the ridge, colour of its foot
        (-40, ((46, 1500, 0.10), (14, 520, 0.35)), (160, 196, 226), (218, 230, 236)),
        (62, ((64, 1720, 0.62), (20, 610, 0.15)), (104, 158, 210), (182, 212, 228)),
        (178, ((74, 1880, 0.30), (22, 760, 0.70)), (52, 134, 182), (126, 190, 200)),
        (312, ((82, 2100, 0.86), (24, 700, 0.48)), (16, 122, 136), (70, 166, 162)),
        (452, ((86, 1900, 0.16), (26, 900, 0.05)), (12, 94, 116), (24, 128, 130)),
        (596, ((70, 2300, 0.54), (22, 820, 0.40)), (27, 64, 122), (24, 80, 120)),
    )
    for number, (down, waves, top, foot) in enumerate(hills):
        scaled = [(tall * unit, long * unit, shift) for tall, long, shift in waves]
        level = horizon + down * unit
        edge = ridge(width, level, scaled)
        start = max(0.0, (min(y for _, y in edge)) / height)
        colours = canvas.gradient([(0, top), (min(start, 0.98), top), (1, foot)])
        canvas.shape([*edge, (width + 20, height + 20), (-20, height + 20)], colours)
        if number == 2:
            # The third ridge is also a graph: a fine line and the points it was drawn from.
            seen = [point for point in edge if point[0] > 0.3 * width]
            canvas.line(seen, 2.4 * unit, WHITE, strength=0.75)
            for step in range(7):
                x = width * (0.52 + 0.07 * step)
                y = min(edge, key=lambda point: abs(point[0] - x))[1]
                canvas.disc((x, y), 8.5 * unit, WHITE)
                canvas.disc((x, y), 4.5 * unit, top)


def draw_hero() -> None:
    canvas = Canvas(2000, 1100, 2)
    landscape(canvas, horizon=430, unit=1.0)
    # The page lays a dark scrim over this picture, so its own shade is a bright blue.
    canvas.veil((31, 64, 122), [(0, 0.9), (0.3, 0.82), (0.9, 0.0), (1, 0.0)], across=True)
    save(canvas.finished(), "hero.jpg", quality=90)


def draw_share() -> None:
    canvas = Canvas(1200, 630, 3)
    landscape(canvas, horizon=250, unit=0.58)
    canvas.veil(NIGHT, [(0, 0.94), (0.25, 0.9), (1, 0.0)], across=True)
    draw_logo(canvas, 92, 235, 2.5)
    save(canvas.finished(), "share.png")


def draw_logo(canvas: Canvas, left: float, top: float, unit: float) -> None:
    """Draw the mark and the letters of ``logo.svg``, white on a dark ground."""

    def place(points: Iterable[Point]) -> list[Point]:
        return [(left + x * unit, top + y * unit) for x, y in points]

    # The mark: a disc, parted by one wave, with a small sun.
    sky = [*arc((32, 32), 28, 167.6, 351.8), *bezier((59.71, 28), (36, 52), (18, 20), (4.65, 38))]
    sea = [*arc((32, 32), 28, 4.1, 154.6), *bezier((6.7, 44), (18, 26), (36, 58), (59.93, 34))]
    canvas.shape(place(sky), WHITE)
    canvas.shape(place(sea), WHITE)
    canvas.disc(place([(41, 20)])[0], 5 * unit, CLAY)

    for stroke in letters():
        canvas.line(place(stroke), 6 * unit, WHITE)


def letters() -> list[list[Point]]:
    """Return the strokes of S, C, R and I, as in ``logo.svg``."""
    upper = [
        *bezier((93, 20.5), (91, 17.5), (88.5, 16), (85.5, 16)),
        *bezier((85.5, 16), (80.5, 16), (77, 19.4), (77, 23.6))[1:],
        *bezier((77, 23.6), (77, 28.5), (80.5, 30), (85.5, 32))[1:],
    ]
    # The lower half of the S is the upper half, turned round.
    s = [*upper, *((171 - x, 64 - y) for x, y in reversed(upper[:-1]))]
    c = arc((120, 32), 16, -45, -315, 120)
    r: list[Point] = [(146, 48), (146, 16), (154, 16), *arc((154, 25), 9, -90, 90), (146, 34)]
    leg: list[Point] = [(154, 34), (163, 48)]
    i: list[Point] = [(178, 16), (178, 48)]
    return [s, c, r, leg, i]


def draw_trial_process() -> None:
    """Many loose threads pass a few gates and leave as one ordered stream."""
    canvas = Canvas(1200, 800, 3, (247, 242, 234))
    canvas.disc((905, 400), 372, (240, 239, 234))
    canvas.disc((950, 400), 262, (231, 236, 235))

    count = 13
    enter = (52, 196, 128, 330, 262, 470, 398, 90, 540, 604, 676, 742, 430)
    leave = sorted(range(count), key=lambda number: enter[number])
    colours = (BLUE, TEAL, SKY, SEA, BLUE, CLAY, TEAL, SKY, BLUE, SEA, CLAY, TEAL, SKY)
    gates = (640, 800, 960)
    for number in range(count):
        place = leave.index(number)
        # The order is shuffled a little on the way in, so that the threads cross.
        start = enter[(number * 5) % count]
        target = 232 + place * 28
        middle = 400 + (target - 400) * 0.86
        path = bezier((-20, start), (230, start), (330, middle), (gates[0], middle), 200)
        path += bezier((gates[0], middle), (760, middle), (860, target), (1220, target), 120)[1:]
        canvas.line(path, lambda share: 3.2 + 6.4 * min(1.0, share * 1.5), colours[place])

    for number, x in enumerate(gates):
        canvas.line([(x, 172), (x, 628)], 3, NIGHT, strength=0.16)
        canvas.disc((x, 172), 13, (246, 243, 238))
        canvas.ring((x, 172), 13, 4, (TEAL, BLUE, NIGHT)[number])
        canvas.disc((x, 172), 5, (TEAL, BLUE, NIGHT)[number])
    save(canvas.finished(), "trial-process.jpg", quality=86)


def draw_network_map() -> None:
    """Twelve networks of different sizes round one meeting point."""
    canvas = Canvas(1200, 800, 3, (240, 245, 246))
    centre = (610.0, 404.0)
    for right, down, radius, colour in (
        (70, -50, 560, (234, 241, 243)),
        (-60, 20, 430, (227, 237, 239)),
        (34, 16, 292, (217, 231, 234)),
        (-8, -12, 168, (204, 222, 227)),
    ):
        canvas.disc((centre[0] + right, centre[1] + down), radius, colour)

    nodes = (
        # angle, distance, radius, colour
        (-100, 262, 30, BLUE),
        (-62, 330, 18, SEA),
        (-30, 400, 38, TEAL),
        (-2, 268, 22, CLAY),
        (22, 452, 20, BLUE),
        (48, 330, 34, SKY),
        (84, 262, 20, TEAL),
        (122, 318, 28, BLUE),
        (154, 420, 36, SEA),
        (182, 272, 20, BLUE),
        (206, 448, 26, TEAL),
        (232, 318, 22, CLAY),
    )
    spots = [
        (
            centre[0] + far * math.cos(math.radians(angle)),
            centre[1] + far * math.sin(math.radians(angle)),
        )
        for angle, far, _, _ in nodes
    ]
    for x, y in spots:
        # Every thread leaves the centre a little to one side, so that it bends.
        dx, dy = x - centre[0], y - centre[1]
        first = (centre[0] + 0.42 * dx - 0.16 * dy, centre[1] + 0.42 * dy + 0.16 * dx)
        second = (centre[0] + 0.72 * dx - 0.10 * dy, centre[1] + 0.72 * dy + 0.10 * dx)
        canvas.line(bezier(centre, first, second, (x, y)), 3.4, BLUE, strength=0.5)
    for one, other in ((0, 1), (2, 4), (5, 6), (7, 8), (8, 10), (11, 0)):
        canvas.line([spots[one], spots[other]], 2.2, TEAL, strength=0.35)
    for (_, _, radius, colour), spot in zip(nodes, spots, strict=True):
        canvas.disc(spot, radius + 8, (245, 249, 249))
        canvas.disc(spot, radius, colour)
        canvas.disc(spot, radius * 0.36, WHITE, strength=0.9)
    canvas.disc(centre, 74, (245, 249, 249))
    canvas.disc(centre, 62, BLUE)
    canvas.ring(centre, 34, 5, WHITE)
    canvas.disc(centre, 12, CLAY)
    # Flat colours: a palette of 256 shows no difference and halves the file.
    save(canvas.finished().quantize(256, dither=Image.Dither.NONE), "network-map.png")


def draw_academy() -> None:
    """A row of arches, one inside the other, with steps that lead to the light."""
    canvas = Canvas(1200, 800, 3, BLUE)
    canvas.image.paste(canvas.gradient([(0, (36, 66, 122)), (1, (27, 50, 97))]))
    middle, floor, rise = 600.0, 640.0, 27.0
    arches = (
        # half width, top, colour of the arch, colour of its step
        (96, 360, (254, 242, 222), (254, 242, 222)),
        (180, 276, (229, 213, 187), (240, 225, 200)),
        (264, 192, (141, 186, 180), (206, 208, 192)),
        (348, 108, (66, 144, 148), (134, 176, 174)),
        (432, 24, (46, 112, 143), (74, 140, 152)),
        (516, -60, (44, 83, 138), (48, 104, 142)),
    )
    ground = floor + 4 * rise
    canvas.shape([(0, ground), (1200, ground), (1200, 800), (0, 800)], (32, 63, 112))
    # Each arch stands on the step that is as wide as itself.
    for number, (half, top, colour, step) in reversed(list(enumerate(arches))):
        foot = floor + max(0, number - 1) * rise
        round_top = arc((middle, top + half), half, 180, 360, 120)
        canvas.shape([(middle - half, foot), *round_top, (middle + half, foot)], colour)
        if number:
            canvas.shape(
                [
                    (middle - half, foot),
                    (middle + half, foot),
                    (middle + half, foot + rise),
                    (middle - half, foot + rise),
                ],
                step,
            )
    save(canvas.finished(), "academy.jpg", quality=88)


def draw_marks() -> None:
    """Two plain marks that stand where logos of other organisations would."""
    circles = Canvas(400, 200, 3)
    for x, radius, colour in ((120, 62, BLUE), (200, 46, TEAL), (270, 32, CLAY)):
        circles.ring((x, 100), radius, 14, colour)
    save(circles.finished(), "mark-circles.png")
    steps = Canvas(400, 200, 3)
    for number, colour in enumerate((SKY, SEA, TEAL, BLUE)):
        left, top = 90 + 58 * number, 130 - 30 * number
        steps.shape([(left, top), (left + 46, top), (left + 46, 160), (left, 160)], colour)
    save(steps.finished(), "mark-steps.png")


def draw_favicon() -> None:
    """The mark of the logo in the small, on a ground that shows on light and dark tabs."""
    canvas = Canvas(96, 96, 4)
    canvas.disc((48, 48), 46, BLUE)
    # The wave of the logo runs on to the edge; thinner, it would vanish at 16 pixels.
    wave = bezier((2, 54), (34, 26), (60, 82), (94, 42))
    canvas.line(wave, 11, WHITE)
    canvas.disc((64, 27), 10, CLAY)
    save(canvas.finished(), "favicon.png")


def draw_poster() -> None:
    """A poster in the size of a printer's, larger than any page needs: work for the care list."""
    poster = Image.new("P", (6000, 4200), 0)
    poster.putpalette([*BLUE, *WHITE, *SEA])
    poster.paste(1, (200, 200, 5800, 4000))
    poster.paste(2, (400, 400, 5600, 3800))
    save(poster, "large-poster.png")


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    draw_hero()
    draw_network_map()
    draw_academy()
    draw_trial_process()
    draw_share()
    draw_marks()
    draw_favicon()
    draw_poster()


if __name__ == "__main__":
    main()
