"""The site's own image and document models, and the paths at which the old site had them.

A project can't change the first two later without rewriting its tables (Wagtail: "Custom
image models").
"""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePosixPath
from typing import Any, ClassVar

from django.core.files.base import ContentFile, File
from django.db import models, transaction
from django.utils.translation import gettext_lazy
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    Image,
    WagtailImageField,
    WagtailImageFieldFile,
    get_upload_to,
)
from wagtail.models import Site
from wagtail.search import index

from content.addresses.paths import ADDRESS_LENGTH
from content.library.picture_data import safe_picture, without_private_data
from content.library.picture_files import is_animated
from content.markup.links import readable_name

# Nothing of an old site may run on this one. Browsers take no script from what is called text.
ACTIVE_TYPES = frozenset(
    {
        "application/javascript", "application/wasm", "application/x-javascript",
        "application/xhtml+xml", "text/ecmascript", "text/html", "text/javascript",
    }
)  # fmt: skip


class PictureFile(WagtailImageFieldFile):  # type: ignore[misc]
    """The stored file of a picture. Whoever stores one, it is made safe."""

    def save(self, name: str, content: File[Any], save: bool = True) -> None:
        """Store a file without what tells of place and camera, a drawing without what runs.

        Raises:
            SvgProblem: if a drawing can't be made safe. Forms say so before.
        """
        content.seek(0)
        super().save(name, ContentFile(safe_picture(content.read()), name=name), save)


class PictureFileField(WagtailImageField):  # type: ignore[misc]
    """Where the file of a picture is kept."""

    attr_class = PictureFile


class SiteImage(AbstractImage):
    """A picture of the library."""

    file = PictureFileField(
        verbose_name=gettext_lazy("file"),
        upload_to=get_upload_to,
        width_field="width",
        height_field="height",
    )
    # Known without opening the file: an animated picture is shown as it is stored.
    is_animated = models.BooleanField(default=False, editable=False)

    admin_form_fields = Image.admin_form_fields

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Look at a new file before it is stored."""
        if self.file and not self.file._committed:
            self.file.seek(0)
            self.is_animated = is_animated(self.file)
            self.file.seek(0)
        super().save(*args, **kwargs)

    def generate_rendition_file(self, filter: Filter, *, source: File[Any] | None = None) -> File:
        """Make a size of the picture. What was stored long ago may still tell of its camera."""
        made: File[Any] = super().generate_rendition_file(filter, source=source)
        made.seek(0)
        return File(BytesIO(without_private_data(made.read())), name=made.name)


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

    # A file of another name takes the place of one; visitors still have the address of that.
    earlier_names = models.JSONField(default=list, editable=False)

    admin_form_fields = Document.admin_form_fields
    search_fields: ClassVar[list[Any]] = [
        *AbstractDocument.search_fields,
        index.SearchField("file_name_words"),
    ]

    @property
    def content_type(self) -> str:
        """Override: what browsers run or show as a page of this site is only text to them."""
        kind = str(super().content_type)
        return "text/plain" if kind in ACTIVE_TYPES else kind

    def clean(self) -> None:
        """Override: of a file that was refused, Wagtail would say that its ending is “”."""
        if self.file:
            super().clean()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and remember the name of a file in whose place another one came."""
        with transaction.atomic():
            stored = type(self)._base_manager.filter(pk=self.pk)
            former = stored.values_list("file", flat=True).first()
            super().save(*args, **kwargs)
            fields = kwargs.get("update_fields")
            if former and (fields is None or "file" in fields):
                self.earlier_names = self.names_before(former)
                stored.update(earlier_names=self.earlier_names)

    def names_before(self, former: str) -> list[str]:
        """Return the names of earlier files, with that of ``former``, a name in the storage, last.

        What the file is called now is none of them.
        """
        names = [*self.earlier_names, PurePosixPath(former).name]
        return [name for name in dict.fromkeys(names) if name != self.filename]

    def file_name_words(self) -> str:
        """Return the words in the name of the file, with the kind of file at the end."""
        name = str(self.filename)
        return f"{readable_name(name)} {self.file_extension}" if name else ""


class MediaPath(models.Model):
    """A path of the old site at which a picture or file still answers.

    ``path`` is in the form of :func:`content.addresses.paths.normalise_path`. Several paths
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
