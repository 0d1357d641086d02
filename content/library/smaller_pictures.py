"""Pictures with more pixels than the site can handle, made smaller. No database."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

QUALITY = 90
# Lines that are made smaller at a time: a multiple of each factor that occurs.
STRIP = 128
_MODES = {"1": "L", "RGBX": "RGB", "RGBa": "RGBA", "La": "LA"}


def made_smaller(file: Path, factor: int) -> bytes:
    """Return a picture with each side divided by 2, 4, 8 …: JPEG as JPEG, others as PNG.

    JPEG is decoded small; any other picture is decoded whole, at one to four bytes for each
    pixel, so call this where memory has a limit.

    Raises:
        OSError, ValueError and what else a damaged picture raises.
    """
    with Image.open(file) as picture:
        is_jpeg = picture.format in ("JPEG", "MPO")
        whole = picture.width
        profile = picture.info.get("icc_profile")
        turned = picture.getexif().get(0x0112)
        if is_jpeg:
            picture.draft(None, (picture.width // factor, picture.height // factor))
        small = _reduced(picture, max(1, factor * picture.width // whole))
    # The large one is not needed any more, and what follows copies the small one.
    del picture
    small.getexif()[0x0112] = turned or 1
    small = ImageOps.exif_transpose(small)
    small.info.pop("exif", None)
    out = BytesIO()
    kind, options = ("JPEG", {"quality": QUALITY}) if is_jpeg else ("PNG", {})
    small.save(out, kind, icc_profile=profile, **options)
    return out.getvalue()


def _reduced(picture: Image.Image, factor: int) -> Image.Image:
    """Make a picture smaller strip by strip: it is there once, and nothing else is large."""
    picture.load()
    width, height = picture.size
    size = (-(-width // factor), -(-height // factor))
    small = Image.new(_of_eight_bits(picture.crop((0, 0, 1, 1))).mode, size)
    for top in range(0, height, STRIP):
        strip = picture.crop((0, top, width, min(height, top + STRIP)))
        small.paste(_of_eight_bits(strip).reduce(factor), (0, top // factor))
    return small


def _of_eight_bits(picture: Image.Image) -> Image.Image:
    """Return a picture of a kind that can be made smaller and stored."""
    mode = picture.mode
    if mode.startswith("I;16"):
        # The more significant byte of each pair.
        shades = picture.tobytes()[0 if mode == "I;16B" else 1 :: 2]
        return Image.frombytes("L", picture.size, shades)
    if mode == "P":
        mode = "RGBA" if "transparency" in picture.info else "RGB"
    mode = _MODES.get(mode, mode)
    return picture if mode == picture.mode else picture.convert(mode)
