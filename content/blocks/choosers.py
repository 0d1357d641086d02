"""Choosing a picture, read together with its stored sizes."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from wagtail.images.blocks import ImageChooserBlock


class PictureChooserBlock(ImageChooserBlock):
    """Wagtail's chooser of a picture. However many pictures a text has, they cost one query, and
    all their stored sizes another."""

    def bulk_to_python(self, values: Sequence[int | None]) -> list[Any]:
        """Override of ``ChooserBlock.bulk_to_python``: the same, with the stored sizes."""
        pictures = self.model_class.objects.prefetch_renditions()
        found = pictures.in_bulk([one for one in values if one])
        # The same picture twice is two objects.
        return [copy.copy(found.get(one)) for one in values]
