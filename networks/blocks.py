"""The network directory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.admin.telepath import register
from wagtail.blocks.struct_block import StructBlockAdapter

from content.blocks import BodyBlock, LinkBlock
from content.blocks.counts import EntriesBlock


class NetworkEntryBlock(blocks.StructBlock):
    """One line of the directory, in the three parts in which it was written."""

    text_before = blocks.CharBlock(
        required=False, help_text="Words before the link, for example “The”."
    )
    link_text = blocks.CharBlock(help_text="The network's name; the linked part of the line.")
    text_after = blocks.CharBlock(
        required=False,
        help_text="Words after the link, for example the abbreviation in brackets.",
    )
    link = LinkBlock(
        required=False,
        help_text="The network's page here, or its own website. Fill in one of the five, or none.",
        collapsed=False,
    )

    class Meta:
        icon = "group"
        label = "Network"
        link_words = "link_text"
        label_format = "{text_before} {link_text} {text_after}"
        description = "One network: its name, the words around it, and where it leads."
        preview_value = {
            "text_before": "The",
            "link_text": "Asian Network for Rare Diseases",
            "text_after": "(ANRD) Group",
            "link": {"page": None, "address": "https://www.example.org/"},
        }
        preview_template = "networks/blocks/network_entry_preview.html"


class NetworkEntryAdapter(StructBlockAdapter):
    """Lets closed entries show their whole line (Wagtail: "Additional JavaScript on StructBlock
    forms")."""

    js_constructor = "networks.blocks.NetworkEntry"

    @cached_property
    def media(self) -> forms.Media:
        """Wagtail's scripts, and the entry's own after them."""
        return super().media + forms.Media(
            js=["networks/js/network-entry.js"],
            css={"all": ["networks/css/network-entry.css"]},
        )


register(NetworkEntryAdapter(), NetworkEntryBlock)


class NetworkDirectoryBlock(blocks.StructBlock):
    """The list of networks."""

    # Closed entries show their whole line as a caption, so twelve fit on a screen.
    entries = EntriesBlock(
        NetworkEntryBlock(),
        label="Networks",
        collapsed=True,
        min_num=1,
        help_text="One line for each network. Open a line to change it, drag it by its dots to"
        " another place, add one with the plus sign.",
    )

    class Meta:
        icon = "list-ul"
        label = "Network directory"
        template = "networks/blocks/network_directory.html"
        description = "The list of networks in two columns, with a filter field when it is long."
        preview_value = {
            "entries": [
                {
                    "text_before": "The",
                    "link_text": "Asian Network for Rare Diseases",
                    "text_after": "(ANRD) Group",
                    "link": {"page": None, "address": "https://www.example.org/"},
                },
                {
                    "text_before": "",
                    "link_text": "Singapore Sleep Study Group",
                    "text_after": "(SSSG)",
                    "link": {"page": None, "document": None, "address": ""},
                },
            ]
        }


class OverviewBodyBlock(BodyBlock):
    """The body of an overview: ordinary blocks and one network directory."""

    network_directory = NetworkDirectoryBlock(group="Networks")

    class Meta:
        block_counts = {"network_directory": {"max_num": 1}}


# The words of an entry, in their order.
NAME_PARTS = ("text_before", "link_text", "text_after")


def directory_entries(body: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the entries of all directories in a stored body, as they are stored."""
    for block in body:
        if block["type"] == "network_directory":
            for entry in block["value"].get("entries") or []:
                yield entry.get("value", entry)
