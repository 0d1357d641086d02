"""A link that editors choose or write."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from content.links import is_link_address, is_safe_address


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


class LinkBlock(blocks.StructBlock):
    """A link that may be absent: to a page of this site, to a document, or to a written address.

    Stored as ``{"page": id or None, "document": id or None, "address": ""}``, with at
    most one of the three. A value without ``document`` is one without a document.
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
        validators=[validate_link_address],
        help_text="For anything else: another site, an e-mail address with mailto: before it.",
    )

    class Meta:
        icon = "link"
        label = "Link"
        description = "Leads to a page, a document or another address. May stay empty."
        preview_value = {"page": None, "document": None, "address": "https://www.example.org/"}
        preview_template = "content/blocks/link_preview.html"

    def clean(self, value: Any) -> Any:
        """Check each part, and that no more than one of them is filled in.

        Raises:
            StructBlockValidationError: naming the part to remove.
        """
        cleaned = super().clean(value)
        given = [name for name in ("page", "document", "address") if cleaned.get(name)]
        if len(given) > 1:
            raise blocks.StructBlockValidationError(
                block_errors={
                    given[-1]: ValidationError(
                        "Choose a page, choose a document, or write an address: only one of the"
                        " three. Remove the others."
                    )
                }
            )
        return cleaned
