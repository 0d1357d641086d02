"""The site's own image and document models, and the paths at which the old site had them.

A project can't change the first two later without rewriting its tables (Wagtail: "Custom
image models").
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Site
from wagtail.search import index

from content.links import readable_name
from content.paths import ADDRESS_LENGTH
from content.picture_files import moves


class SiteImage(AbstractImage):
    """A picture of the library."""

    # Known without opening the file: what moves is shown as it is stored.
    moves = models.BooleanField(default=False, editable=False)

    admin_form_fields = Image.admin_form_fields

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Look at a new file before it is stored."""
        if self.file and not self.file._committed:
            self.file.seek(0)
            self.moves = moves(self.file)
            self.file.seek(0)
        super().save(*args, **kwargs)


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
    search_fields: ClassVar[list[Any]] = [
        *AbstractDocument.search_fields,
        index.SearchField("file_name_words"),
    ]

    def file_name_words(self) -> str:
        """Return the words in the name of the file, with the kind of file at the end."""
        name = str(self.filename)
        return f"{readable_name(name)} {self.file_extension}" if name else ""


class MediaPath(models.Model):
    """A path of the old site at which a picture or file still answers.

    ``path`` is in the form of :func:`content.paths.normalise_path`. Several paths
    may lead to one object: the same bytes are stored once.
    """

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=ADDRESS_LENGTH)
    image = models.ForeignKey(
        SiteImage, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    document = models.ForeignKey(
        SiteDocument, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "path"], name="one_file_per_media_path"),
            models.CheckConstraint(
                condition=models.Q(image__isnull=True) ^ models.Q(document__isnull=True),
                name="media_path_leads_to_one_object",
            ),
        ]

    def __str__(self) -> str:
        return self.path

    # A picture or file is not "in use" because it still answers at its old path.
    site.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
    image.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
    document.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
