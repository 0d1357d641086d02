"""How much memory pictures take while they are decoded and made smaller, and how to take less.

Pillow holds a decoded picture in one to four bytes for each pixel. Willow copies all of it to
turn a picture that stands upright and to crop one that stays whole. No database.
"""

from __future__ import annotations

from PIL import ImageOps
from willow.plugins.pillow import PillowImage
from willow.registry import registry

# What one picture may take beside the program itself, which has some 190 MB.
MAXIMUM_MEMORY = 310 * 1024 * 1024
# In bytes for each pixel, measured while a picture was made smaller.
_DECODER = {"WEBP": 17.0, "AVIF": 13.0, "HEIF": 13.0, "progressive JPEG": 11.0}
_PIXELS = {"1": 6.0, "I;16": 5.0, "L": 2.0, "LA": 10.0, "P": 7.0, "RGBA": 10.0}
_OTHER_PIXELS = 6.0


def memory_needed(kind: str, mode: str, width: int, height: int) -> float:
    """Return how many bytes it takes at most to make a picture smaller.

    ``kind`` is Pillow's name of a format or "progressive JPEG", whose decoder keeps more.
    ``mode`` is its name of a kind of pixels. Sizes are in pixels.
    """
    return width * height * max(_DECODER.get(kind, 0), _PIXELS.get(mode, _OTHER_PIXELS))


def spare_memory() -> None:
    """Make Willow keep a picture as it is where there is nothing to turn or to cut off."""
    crop = registry.get_operation(PillowImage, "crop")

    def turned(image: PillowImage) -> PillowImage:
        ImageOps.exif_transpose(image.image, in_place=True)
        return image

    def cropped(image: PillowImage, rect: tuple[float, float, float, float]) -> PillowImage:
        whole = (0, 0, *image.image.size)
        return image if tuple(rect) == whole else crop(image, rect)

    for name, operation in (("auto_orient", turned), ("crop", cropped)):
        # The registry serves files that are not decoded yet, the class those that are.
        registry.register_operation(PillowImage, name, operation)
        setattr(PillowImage, name, operation)
