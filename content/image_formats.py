"""Sizes of pictures in tables (Wagtail: "Image formats in the rich text editor").

Wagtail's own formats let text flow around a picture; no rich text of this site can.
"""

from __future__ import annotations

from wagtail.images.formats import Format, register_image_format, unregister_image_format

from content.tables.cells import PICTURE_SIZES

_LABELS = {
    "full": "Full width of the cell",
    "three-quarters": "Three quarters of the cell",
    "half": "Half of the cell",
    "quarter": "Quarter of the cell",
}
# Twice the width that a cell gives a picture, for screens with fine dots.
FILTER = "max-320x640"

for _name in ("fullwidth", "left", "right"):
    unregister_image_format(_name)
for _name, _width in PICTURE_SIZES.items():
    _class = f"width-{_width}" if _width < 100 else ""
    register_image_format(Format(_name, _LABELS[_name], _class, FILTER))
