"""What a research platform offers, and whom to ask."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from wagtail import blocks

from content.blocks import INLINE_FEATURES, BodyBlock
from content.blocks.counts import EntriesBlock


class CapabilitiesBlock(blocks.StructBlock):
    """What the platform can do, one line each."""

    heading = blocks.CharBlock(
        required=False, heading_level=2, help_text="Above the list, such as “What we offer”."
    )
    items = EntriesBlock(
        blocks.RichTextBlock(
            features=INLINE_FEATURES,
            label="Capability",
            icon="check",
            description="One thing that the platform can do, in a sentence.",
        ),
        label="Capabilities",
        min_num=1,
        help_text="One sentence to an entry.",
    )

    class Meta:
        icon = "tasks"
        label = "Capabilities"
        template = "platforms/blocks/capabilities.html"
        description = "What the platform offers, as a list of sentences under a heading."
        preview_value = {
            "heading": "What we offer",
            "items": ["<p>Help with the study plan.</p>", "<p>One contract for all sites.</p>"],
        }


class EnquiryContactValue(blocks.StructValue):
    """The value of an enquiry contact, which knows its mail link."""

    @property
    def mailto(self) -> str:
        """The mail link with its subject, percent-encoded (RFC 6068)."""
        subject = self.get("subject")
        query = f"?subject={quote(subject, safe='')}" if subject else ""
        return f"mailto:{self.get('address') or ''}{query}"


class MailboxBlock(blocks.EmailBlock):
    """An e-mail address by which the page is found."""

    def get_searchable_content(self, value: Any) -> list[str]:
        """Return the address."""
        return [str(value)]


class EnquiryContactBlock(blocks.StructBlock):
    """The sentence that invites enquiries, and the mailbox they go to."""

    sentence = blocks.TextBlock(
        required=False, rows=2, help_text="The words before the address, for example “Write to”."
    )
    address = MailboxBlock(label="E-mail address", help_text="The mailbox that enquiries go to.")
    sentence_end = blocks.CharBlock(
        required=False,
        label="Words after the address",
        help_text="Often just the full stop.",
    )
    subject = blocks.CharBlock(
        required=False, help_text="Filled in when the visitor begins to write."
    )

    class Meta:
        icon = "mail"
        label = "Enquiry contact"
        template = "platforms/blocks/enquiry_contact.html"
        value_class = EnquiryContactValue
        description = "The mailbox for enquiries, in a panel of its own."
        preview_value = {
            "sentence": "Send your questions to",
            "address": "enquiries@example.org",
            "sentence_end": ".",
            "subject": "An enquiry",
        }


class PlatformBodyBlock(BodyBlock):
    """The body of a platform page: ordinary blocks, capabilities, one enquiry contact."""

    capabilities = CapabilitiesBlock(group="Platform")
    enquiry_contact = EnquiryContactBlock(group="Platform")

    class Meta:
        block_counts: dict[str, Any] = {
            "capabilities": {"max_num": 1},
            "enquiry_contact": {"max_num": 1},
        }
