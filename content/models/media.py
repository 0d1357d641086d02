"""The site's own image and document models.

They add nothing yet, but a project can't change them later without rewriting
its tables (Wagtail: "Custom image models").
"""

from __future__ import annotations

from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class SiteImage(AbstractImage):
    """A picture of the library."""

    admin_form_fields = Image.admin_form_fields


class SiteRendition(AbstractRendition):
    """A picture in the size and format that a page shows."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_filter"
            ),
        ]


class SiteDocument(AbstractDocument):
    """A file that visitors can download."""

    admin_form_fields = Document.admin_form_fields
