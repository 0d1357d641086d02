"""Blocks of the contact page: places to go to, and people to ask."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from wagtail import blocks

from content.blocks import INLINE_FEATURES, LIST_FEATURES, validate_link_address

SHORTEST_NUMBER = 3
MAP_SEARCH = "https://www.google.com/maps/search/"

_WEB_ADDRESS = re.compile(r"https?://\S+$", re.IGNORECASE)
_MAIL_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+$")
# A number as people write it; the old theme took out nothing but the blanks.
_PHONE = re.compile(r"\+?\d[\d\s().\-\u2010-\u2015]*")


class LinesBlock(blocks.TextBlock):
    """Text of several lines. Browsers send line ends as CR LF; kept is LF, so that saving
    an untouched page changes nothing."""

    def value_from_form(self, value: Any) -> Any:
        value = super().value_from_form(value)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


class HoursBlock(blocks.StructBlock):
    """One line of the opening hours."""

    days = blocks.CharBlock(
        required=False, max_length=255, help_text="For example “Monday to Friday”."
    )
    time = blocks.CharBlock(
        required=False, max_length=255, help_text="For example “8.30am to 6pm”."
    )
    description = blocks.CharBlock(
        required=False, max_length=500, help_text="For example “Closed on public holidays”."
    )

    class Meta:
        icon = "time"
        label = "Hours"
        label_format = "{days} {time}"
        description = "Days and the time of opening. One line of the hours of a place."
        preview_value = {"days": "Monday to Friday", "time": "9am to 5pm", "description": ""}


class LocationValue(blocks.StructValue):
    """The value of a location, without the parts that hold nothing."""

    @property
    def lines(self) -> list[str]:
        """The lines of the address."""
        return [line.strip() for line in (self.get("address") or "").splitlines() if line.strip()]

    @property
    def opening(self) -> list[Any]:
        """The opening hours that say something."""
        return [row for row in self.get("hours") or [] if any(row.values())]

    @property
    def map_url(self) -> str:
        """Where the map is: the link that was given, else a search for the address, as the old
        theme did (format reference, 4.2); ``""`` without either."""
        if self.get("map_link"):
            return str(self["map_link"])
        if not self.lines:
            return ""
        return f"{MAP_SEARCH}?{urlencode({'api': 1, 'query': ' '.join(self.lines)})}"

    @property
    def shows_something(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.get("title") or self.lines or self.opening or self.get("map_link"))


class LocationBlock(blocks.StructBlock):
    """A place that visitors can go to."""

    title = blocks.CharBlock(
        required=False,
        max_length=255,
        label="Name of the place",
        help_text="Such as “Main office”. Shown above the address.",
    )
    address = LinesBlock(required=False, rows=4, help_text="One line of the address to a line.")
    hours = blocks.ListBlock(
        HoursBlock(),
        default=[],
        label="Operating hours",
        help_text="One line for days that have the same hours. May stay empty.",
    )
    map_link = blocks.CharBlock(
        required=False,
        search_index=False,
        max_length=2000,
        validators=[validate_link_address],
        help_text="Leave it empty and visitors are led to a search for the address.",
    )

    class Meta:
        expected = ("title",)
        icon = "site"
        label = "Location"
        template = "content/blocks/location.html"
        value_class = LocationValue
        description = "An address with opening hours and a link to a map."
        preview_value = {
            "title": "Main office",
            "address": "1 Example Road\n#02-03\nSingapore 000001",
            "hours": [
                {"days": "Mon - Fri", "time": "9am - 5pm", "description": "Closed on holidays"}
            ],
            "map_link": "",
        }


class PhoneBlock(blocks.CharBlock):
    """A telephone number as people read it."""

    class Meta:
        icon = "mobile-alt"
        label = "Phone"
        template = "content/blocks/phone.html"
        description = "A telephone number that visitors can tap to call."
        preview_value = "+65 6000 0000"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        return context | {"url": phone_url(str(value or ""))}


class EmailBlock(blocks.CharBlock):
    """A mail address. Old sites also have web addresses here (format reference, 4.2)."""

    class Meta:
        icon = "mail"
        label = "E-mail"
        template = "content/blocks/email.html"
        description = "An e-mail address that visitors can write to."
        preview_value = "enquiries@example.org"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        return context | {"url": email_url(str(value or ""))}


def phone_url(number: str) -> str:
    """Return the ``tel:`` link of the first number in a text, ``""`` if there is none.

    Numbers of less than three digits are something else, as in "24 hours".
    """
    numbers = (re.sub(r"[^+0-9]", "", found) for found in _PHONE.findall(number))
    return next((f"tel:{digits}" for digits in numbers if len(digits) >= SHORTEST_NUMBER), "")


def email_url(address: str) -> str:
    """Return the link of a mail address, or of a web address in its place, else ``""``."""
    address = address.strip()
    if _WEB_ADDRESS.match(address):
        return address
    return f"mailto:{address}" if _MAIL_ADDRESS.match(address) else ""


class ContactRowsBlock(blocks.StreamBlock):
    """What a contact holds, in any order."""

    phone = PhoneBlock(max_length=255)
    email = EmailBlock(max_length=2000)
    other = blocks.RichTextBlock(
        features=[*INLINE_FEATURES, *LIST_FEATURES],
        label="Text",
        icon="pilcrow",
        template="content/blocks/contact_text.html",
        description="Anything else, such as a note or a link to a form.",
        preview_value="<p>Calls from mobile phones may be charged.</p>",
    )


class ContactBlock(blocks.StructBlock):
    """Somebody to ask: a title and ways to reach them."""

    title = blocks.CharBlock(
        required=False,
        max_length=255,
        help_text="Whom to ask or what for, such as “General enquiries”.",
    )
    rows = ContactRowsBlock(
        required=False,
        label="Ways to get in touch",
        help_text="Telephone numbers, e-mail addresses and notes, in the order you like.",
    )

    class Meta:
        expected = ("title", "rows")
        icon = "user"
        label = "Contact"
        template = "content/blocks/contact.html"
        description = "Telephone numbers, e-mail addresses and notes under one title."
        preview_value = {
            "title": "General enquiries",
            "rows": [
                ("phone", "+65 6000 0000"),
                ("email", "enquiries@example.org"),
                ("other", "<p>Calls from mobile phones may be charged.</p>"),
            ],
        }


class LocationsBlock(blocks.StreamBlock):
    """The locations of a contact page."""

    location = LocationBlock()


class ContactsBlock(blocks.StreamBlock):
    """The contacts of a contact page."""

    contact = ContactBlock()
