"""Messages of Wagtail's views that add or replace one file: what is left out of a drawing."""

from __future__ import annotations

from typing import Any

from wagtail.admin import messages
from wagtail.documents.views import documents
from wagtail.documents.views.chooser import DocumentChooserUploadView
from wagtail.images.views import images
from wagtail.images.views.chooser import ImageUploadView

from content.library.uploads import left_out_of


def _message_with_what_is_left_out(view: type[Any]) -> None:
    """Have a view that adds or replaces one file say so in its message."""
    told_before = view.get_success_message

    def get_success_message(self: Any, *saved: Any) -> str:
        told = left_out_of(saved[0] if saved else self.object)
        return " ".join(filter(None, [str(told_before(self, *saved)), told]))

    view.get_success_message = get_success_message


def _message_of_a_chooser(view: type[Any]) -> None:
    """Have a chooser's upload leave a message for the next screen: its own window closes."""
    saved_before = view.save_form

    def save_form(self: Any, form: Any) -> Any:
        saved = saved_before(self, form)
        if told := left_out_of(saved):
            messages.warning(self.request, f"“{saved.title}”: {told}")
        return saved

    view.save_form = save_form


def tell_what_is_left_out() -> None:
    """Have Wagtail's views tell; called once when the app is ready."""
    for view in (images.CreateView, images.EditView, documents.CreateView, documents.EditView):
        _message_with_what_is_left_out(view)
    for chooser in (ImageUploadView, DocumentChooserUploadView):
        _message_of_a_chooser(chooser)
