"""The forms of articles, files and links."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from content.addresses.forms import AddressForm

TARGET_FIELDS = ("target_page", "document", "external_address")


class ResourceItemForm(AddressForm):
    """Begins a new item with the day of today. Imports bring their own day, or none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        item = kwargs.get("instance")
        if item is not None and item.pk is None and item.date is None:
            item.date = timezone.localdate()
        super().__init__(*args, **kwargs)


class ResourceLinkForm(ResourceItemForm):
    """Asks for exactly one target.

    The form asks and not the model: an import also brings in links that led nowhere
    on the old site, rather than lose them.
    """

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        chosen = [name for name in TARGET_FIELDS if cleaned.get(name)]
        if not chosen and not any(name in self.errors for name in TARGET_FIELDS):
            self.add_error(
                "target_page", "Choose a page or a document, or write an address, to lead to."
            )
        for name in chosen[1:]:
            self.add_error(name, "This item can lead to one place only. Clear all but one field.")
        target = cleaned.get("target_page")
        # An item that leads to an item could lead back to where it came from.
        if target is not None and issubclass(target.specific_class, type(self.instance)):
            self.add_error(
                "target_page",
                "That page only leads on to another place. Choose the place itself.",
            )
        return cleaned
