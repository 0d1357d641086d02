"""Forms for uploads: the content of a file decides what it is, as it does in imports."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.html import escape
from wagtail.admin.forms.collections import BaseCollectionMemberForm
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from content.library.file_kinds import misfit
from content.library.media_kinds import (
    MAXIMUM_BYTES,
    PICTURE_NAMES,
    Change,
    Inspected,
    MediaProblem,
    inspect,
    stored_bytes,
)
from content.library.picture_data import without_private_data


@contextmanager
def _on_disk(upload: Any) -> Iterator[Path]:
    """Yield a file with the bytes of an upload."""
    if hasattr(upload, "temporary_file_path"):
        yield Path(upload.temporary_file_path())
        return
    with NamedTemporaryFile() as file:
        upload.seek(0)
        for chunk in upload.chunks():
            file.write(chunk)
        file.flush()
        yield Path(file.name)


def _looked_at(upload: Any) -> tuple[Inspected, bytes | None]:
    """Return what an upload is, and the bytes to store if they are others.

    Raises:
        ValidationError: if the file can't be read.
    """
    with _on_disk(upload) as file:
        try:
            what = inspect(upload.name, file)
            return what, stored_bytes(file, what.change)
        except MediaProblem as problem:
            raise ValidationError(f"“{upload.name}” can't be used. {problem}") from problem
        finally:
            upload.seek(0)


def _with(upload: Any, name: str, data: bytes | None) -> Any:
    if data is None and name == upload.name:
        return upload
    if data is None:
        data = upload.read()
    return SimpleUploadedFile(name, data, getattr(upload, "content_type", None) or "")


def _telling(file: Any, what: Inspected) -> Any:
    """Return a file that knows what was left out of it."""
    file.left_out = dict(what.notes).get("picture-cleaned", "")
    return file


def left_out_of(instance: Any) -> str:
    """Return a sentence about what was left out of the file of a stored object when a form brought
    it, ``""`` if it is all there."""
    parts = getattr(instance, "left_out", "")
    if not parts:
        return ""
    return f"Left out of the drawing, because it could run or load something: {parts}."


def checked_picture(upload: Any) -> Any:
    """Return an uploaded picture as it is stored: under an ending that its content has, without
    what tells of its place and camera, a drawing without anything that runs or loads.

    Raises:
        ValidationError: if the library can't show the file. The text says why.
    """
    what, data = _looked_at(upload)
    if not what.is_picture:
        raise ValidationError(
            f"“{upload.name}” can't be shown as a picture: {what.problem}."
            " Save it anew as JPEG, PNG or WebP and choose that file."
        )
    if what.change is Change.STILL:
        raise ValidationError(
            f"“{upload.name}” is a moving PNG, which can't be shown."
            " Save it as GIF or WebP, or as a PNG that stands still."
        )
    name = PurePath(upload.name)
    is_right = name.suffix.lower() == what.extension
    wanted = upload.name if is_right else f"{name.stem}{what.extension}"
    return _telling(_with(upload, wanted, data), what)


def checked_document(upload: Any) -> Any:
    """Return an uploaded file as it is stored; a picture in it is made safe like any other.

    Raises:
        ValidationError: if the file is something else than its name says.
    """
    with _on_disk(upload) as path, path.open("rb") as file:
        kind = misfit(upload.name, file)
    upload.seek(0)
    suffix = PurePath(upload.name).suffix.lower()
    if kind:
        raise ValidationError(
            f"“{upload.name}” is not what its name says. Its content: {kind}."
            f" Save it as {suffix or 'a file with an ending'}, or give the file its own ending,"
            " and choose it again."
        )
    if suffix not in PICTURE_NAMES or upload.size > MAXIMUM_BYTES:
        return upload
    what, data = _looked_at(upload)
    if suffix != ".svg":
        # A picture for download stays what it is, but for what it tells of place and camera.
        data = without_private_data(upload.read())
        upload.seek(0)
    elif not what.is_picture:
        raise ValidationError(
            f"“{upload.name}” can't be made safe: {what.problem}. Save the drawing anew as SVG."
        )
    return _telling(_with(upload, upload.name, data), what)


class PictureField(WagtailImageField):
    """Takes a picture by its content, and says in a sentence what is wrong with another file."""

    def to_python(self, data: Any) -> Any:
        """Check the size first: what is too large is not looked into."""
        if data in self.empty_values:
            return super().to_python(data)
        self.check_image_file_size(data)
        if data.size > MAXIMUM_BYTES:
            raise ValidationError(f"Pictures may have {filesizeformat(MAXIMUM_BYTES)} at most.")
        return super().to_python(checked_picture(data))


class DocumentField(WagtailDocumentField):
    """Takes a file whose content is what its name says."""

    def to_python(self, data: Any) -> Any:
        """Check the size first: what is too large is not looked into."""
        file = super().to_python(data)
        return None if file is None else checked_document(file)


def _take_over(form: Any, field_class: type[Any]) -> None:
    """Put a field of another class in the place of a form's file field."""
    old = form.fields.get("file")
    if old is not None:
        form.fields["file"] = field_class(required=old.required, label=old.label, widget=old.widget)


class _UploadForm(BaseCollectionMemberForm):  # type: ignore[misc]
    """A form with a file, which says what is left out of that."""

    file_field: type[Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _take_over(self, self.file_field)
        # Where many files are uploaded, their forms are shown right after it.
        if told := left_out_of(self.instance):
            self.fields["title"].help_text = escape(told)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        self.instance.left_out = getattr(data.get("file"), "left_out", "")
        return data


class PictureForm(_UploadForm, BaseImageForm):
    """Wherever pictures are uploaded or replaced."""

    file_field = PictureField


class DocumentForm(_UploadForm, BaseDocumentForm):
    """Wherever files are uploaded or replaced."""

    file_field = DocumentField
