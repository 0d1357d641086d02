"""What a block with a picture says to people who can't see it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks

BOTH_GIVEN = (
    "The picture is marked as decoration, so nobody would hear these words. Empty this field, or"
    " take the mark away below."
)


def alternative_text() -> blocks.CharBlock:
    """Return the field for the words that stand for a picture."""
    return blocks.CharBlock(
        required=False,
        label="Alternative text",
        help_text="What the picture shows here, in a sentence, for people who can't see it. If it"
        " says nothing that the words beside it don't say, mark it as decoration instead.",
    )


def decoration() -> blocks.BooleanBlock:
    """Return the choice that a picture needs no words."""
    return blocks.BooleanBlock(
        required=False,
        label="Decoration only",
        help_text="Screen readers pass the picture by. Until you write words or choose this, the"
        " picture is listed among what is left to do.",
    )


class DescribedPicture(blocks.StructBlock):
    """A block with the fields ``alt`` and ``decorative`` beside its picture.

    Both empty means that nobody has decided yet, as with everything that an import brings.
    ``decorative`` is stored only when it is chosen, so that values which were stored without it
    stay as they are when somebody saves them untouched.
    """

    def get_prep_value(self, value: Any) -> dict[str, Any]:
        """Override of ``StructBlock.get_prep_value``: without a choice that was not made."""
        stored: dict[str, Any] = super().get_prep_value(value)
        if not stored.get("decorative"):
            stored.pop("decorative", None)
        return stored

    def clean(self, value: Any) -> Any:
        """Check the parts, and that decoration has no words.

        Raises:
            StructBlockValidationError: at the words.
        """
        cleaned = super().clean(value)
        if cleaned.get("decorative") and (cleaned.get("alt") or "").strip():
            problem = ValidationError(BOTH_GIVEN)
            raise blocks.StructBlockValidationError(block_errors={"alt": problem})
        return cleaned

    class Meta:
        abstract = True
        # Read by content.page_data.advice.
        picture_words = "alt"
