"""Bodies of pages in the form: they take what is pasted as blocks (Wagtail: “Extending
StreamBlock”)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.telepath import register
from wagtail.blocks.stream_block import StreamBlockAdapter

from content.blocks.body import InnerBodyBlock


class PastingAdapter(StreamBlockAdapter):
    """Tells the script of a body where to send what is pasted."""

    js_constructor = "editors.PastingStream"

    def js_args(self, block: InnerBodyBlock) -> list[Any]:
        """Add the address to what Wagtail's own script is given."""
        *others, meta = super().js_args(block)
        return [*others, {**meta, "pasteUrl": reverse("editors_paste")}]

    @cached_property
    def media(self) -> forms.Media:
        """Wagtail's script, and the one that extends it."""
        files: forms.Media = super().media
        return files + forms.Media(
            js=["editors/js/paste.js"], css={"all": ["editors/css/paste.css"]}
        )


# Without rules, Wagtail pastes as it does.
if settings.BLOCKS_OF_HTML:
    register(PastingAdapter(), InnerBodyBlock)
