"""The one link of the site: editors choose where it leads, or write it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from content.markup.links import (
    LINK_PARTS,
    as_address,
    as_parts,
    is_link_address,
    is_phone,
    is_safe_address,
)

NO_TARGET = (
    "Say where it leads: fill in one of page, document, web address, e-mail address and telephone"
    " number."
)
TWO_TARGETS = (
    "This link has two targets, and visitors can be led to one only. Keep the one you want and"
    " empty the other."
)


def validate_link_address(value: str) -> None:
    """Check the written part of a link.

    Raises:
        ValidationError: unless it is a web, mail or telephone address, a path of
            this site, or a place on the page.
    """
    if not (is_link_address(value) and is_safe_address(value)):
        raise ValidationError(
            "Write a full address such as https://example.org/, a path of this site such as"
            " /about-us/, or begin with mailto: or tel:."
        )


def validate_phone(value: str) -> None:
    """Check a telephone number of a link.

    Raises:
        ValidationError: unless telephones can dial it.
    """
    if not is_phone(value.strip()):
        raise ValidationError(
            "Write one number in digits, such as +65 6000 0000. Words and further numbers belong"
            " in the text beside the link."
        )


class LinkBlock(blocks.StructBlock):
    """A link: to a page of this site, a document, a written address, a mailbox or a telephone.

    Stored as ``{"page": id or None, "document": id or None, "address": ""}``, with at most
    one of the three; a value without ``document`` is one without a document. Mailbox and
    telephone are fields of the form alone: stored they are an address with ``mailto:`` or
    ``tel:`` (:func:`content.markup.links.as_parts`). With ``needed=True`` the link may not stay
    empty.
    """

    page = blocks.PageChooserBlock(
        required=False, help_text="A page of this site. The link follows the page when it moves."
    )
    document = DocumentChooserBlock(
        required=False, help_text="A file of this site that visitors can download."
    )
    address = blocks.CharBlock(
        required=False,
        search_index=False,
        label="Web address",
        validators=[validate_link_address],
        help_text="A page of another site, such as https://www.example.org/.",
    )
    email = blocks.EmailBlock(
        required=False,
        label="E-mail address",
        help_text="Visitors' own mail program opens with it, such as enquiries@example.org.",
    )
    phone = blocks.CharBlock(
        required=False,
        search_index=False,
        label="Telephone number",
        validators=[validate_phone],
        help_text="Visitors on a telephone can tap to call, such as +65 6000 0000.",
    )

    class Meta:
        icon = "link"
        label = "Link"
        description = (
            "Leads to a page, a document, a web address, an e-mail address or a telephone number."
            " Fill in one of them."
        )
        preview_value = {"page": None, "document": None, "address": "https://www.example.org/"}
        preview_template = "content/blocks/link_preview.html"
        needed = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "collapsed" not in kwargs:
            # Five fields take room: what may stay empty is folded away. Wagtail opens it on an
            # error.
            self.meta.collapsed = not self.meta.needed

    def to_python(self, value: Any) -> Any:
        """Override of ``StructBlock.to_python``: a stored address may be a mailbox or number."""
        return super().to_python(self._in_parts(value))

    def bulk_to_python(self, values: Sequence[Any]) -> list[Any]:
        """As :meth:`to_python`, for many."""
        found: list[Any] = super().bulk_to_python([self._in_parts(value) for value in values])
        return found

    def get_prep_value(self, value: Any) -> dict[str, Any]:
        """Override of ``StructBlock.get_prep_value``: one written address, however it was made."""
        stored: dict[str, Any] = super().get_prep_value(value)
        if stored.get("email") or stored.get("phone"):
            stored["address"] = as_address(stored)
        return {name: each for name, each in stored.items() if name not in ("email", "phone")}

    def clean(self, value: Any) -> Any:
        """Check each part, and that one of them is filled in, or none where that is allowed.

        Raises:
            StructBlockValidationError: at the parts to empty, or at the first to fill in.
        """
        cleaned = super().clean(value)
        given = [name for name in LINK_PARTS if cleaned.get(name)]
        errors: dict[str, ValidationError] = {}
        if len(given) > 1:
            errors = {name: ValidationError(TWO_TARGETS) for name in given[1:]}
        elif not given and self.meta.needed and not self.is_deferred_validation:
            errors = {LINK_PARTS[0]: ValidationError(NO_TARGET)}
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned

    def _in_parts(self, value: Any) -> Any:
        if "email" not in self.child_blocks or not value.get("address"):
            return value
        return {**value, **as_parts(str(value["address"]))}
