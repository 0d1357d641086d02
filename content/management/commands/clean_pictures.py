"""Take place and camera data out of pictures that were stored before uploads were cleaned."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile

from content.commands import PlainCommand
from content.counting import counted
from content.library.picture_data import safe_picture, without_private_data
from content.library.svg import SvgProblem
from content.models import MediaPath, SiteImage, SiteRendition


class Command(PlainCommand):
    """Cleans stored pictures; running it again changes nothing."""

    help = (
        "Take place, time and camera out of stored pictures, and what runs out of drawings."
        " Imported ones are cleaned by the next import of their source; here their sizes are."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Clean what was uploaded, and remove sizes that tell more than they should; these are
        made anew when a page asks for them."""
        imported = MediaPath.objects.filter(image__isnull=False).values("image")
        cleaned = sum(
            self._clean(image) for image in SiteImage.objects.exclude(pk__in=imported).iterator()
        )
        removed = sum(self._remove(made) for made in SiteRendition.objects.iterator())
        pictures = counted(cleaned, "picture was", "pictures were")
        self.stdout.write(f"{pictures} cleaned, {counted(removed, 'size')} removed.")

    def _clean(self, image: SiteImage) -> bool:
        try:
            with image.open_file() as opened:
                data = opened.read()
            if safe_picture(data) == data:
                return False
        except (OSError, SvgProblem) as problem:
            self.stderr.write(f"“{image.title}” (image {image.pk}) was left as it is: {problem}")
            return False
        old, storage = image.file.name, image.file.storage
        image.file.save(old.rpartition("/")[2], ContentFile(data), save=False)
        image._set_image_file_metadata()
        image.save()
        storage.delete(old)
        return True

    def _remove(self, made: SiteRendition) -> bool:
        try:
            with made.open_file() as opened:
                data = opened.read()
        except OSError:
            # A size without a file is made anew as well.
            data = b""
        if data and without_private_data(data) == data:
            return False
        made.delete()
        return True
