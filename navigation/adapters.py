"""Entries of menus and footers in the form: folded lines of a tree (Wagtail: "Additional
JavaScript on StructBlock forms")."""

from __future__ import annotations

from django import forms
from django.utils.functional import cached_property
from wagtail.admin.telepath import register
from wagtail.blocks.struct_block import StructBlockAdapter

from navigation.blocks import EntryBlock


class EntryAdapter(StructBlockAdapter):
    """Has the script write what a folded entry shows."""

    js_constructor = "navigation.Entry"

    @cached_property
    def media(self) -> forms.Media:
        """Wagtail's script, the one that extends it, and how the tree looks."""
        files: forms.Media = super().media
        return files + forms.Media(
            js=["navigation/js/entries.js"], css={"all": ["navigation/css/entries.css"]}
        )


register(EntryAdapter(), EntryBlock)
