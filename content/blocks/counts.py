"""Lists and streams that say in plain words what is missing or too much."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError


def too_few(given: int, least: int) -> str:
    """Return what to do about fewer entries than there must be."""
    more = least - given
    if least == 1:
        return "There is nothing in it yet. Add one with the plus sign, or remove the whole block."
    return f"There must be at least {least}. Add {more} more with the plus sign."


def too_many(given: int, most: int, label: str = "") -> str:
    """Return what to do about more entries than there is room for; ``label`` names their kind."""
    extra = given - most
    subject = f"“{label}” may stand here" if label else "There is room for"
    often = "once" if most == 1 and label else f"{most}{' times' if label else ''} at most"
    return f"{subject} {often}, and there are {given}. Remove {extra} with the bin beside it."


class EntriesBlock(blocks.ListBlock):
    """A list whose messages about its length say what to do.

    An import may bring an empty list or one that is too long, and it must stay savable as it
    came. So ``max_num`` alone is checked by Wagtail, as ever; ``min_num`` is asked for when a page
    is published, not for drafts.
    """

    def clean(self, value: Any) -> Any:
        """Check the entries and their number.

        Raises:
            ListBlockValidationError: with Wagtail's errors of entries, and ours about numbers.
        """
        try:
            return super().clean(value)
        except ListBlockValidationError as error:
            raise ListBlockValidationError(
                block_errors=error.block_errors,
                non_block_errors=[ValidationError(text) for text in self._problems(value)],
            ) from error

    def _problems(self, value: Any) -> list[str]:
        given, least, most = len(value), self.meta.min_num, self.meta.max_num
        if least is not None and given < least and not self.is_deferred_validation:
            return [too_few(given, least)]
        if most is not None and given > most:
            return [too_many(given, most)]
        return []


class CountedStream(blocks.StreamBlock):
    """A stream whose messages about how often a block may stand in it say what to do."""

    def clean(self, value: Any) -> Any:
        """Check the blocks and their number.

        Raises:
            StreamBlockValidationError: with Wagtail's errors of blocks, and ours about numbers.
        """
        try:
            return super().clean(value)
        except StreamBlockValidationError as error:
            counts = Counter(child.block_type for child in value)
            limits = {name: each.get("max_num") for name, each in self.meta.block_counts.items()}
            texts = [
                too_many(counts[name], most, str(self.child_blocks[name].label))
                for name, most in limits.items()
                if most is not None and counts[name] > most
            ]
            if not texts and error.non_block_errors:
                texts = ["Nothing stands here yet. Choose a block with the plus sign."]
            raise StreamBlockValidationError(
                block_errors=error.block_errors,
                non_block_errors=[ValidationError(text) for text in texts],
            ) from error

    class Meta:
        abstract = True
