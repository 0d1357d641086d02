"""What a contact page must show of its front matter (format reference, 4.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from isomer.verify.fields import Writer, address_in, entries, lines_of, words_of
from isomer.verify.tokens import Kind

MAP_SEARCH = "https://www.google.com/maps/search/"
_PHONE = re.compile(r"\+?\d[\d\s()./-]*")
_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
# Numbers with fewer digits are something else, as in “24 hours”.
SHORTEST_NUMBER = 3


class ContactWriter(Writer):
    """Writes a contact page in the order in which it is read."""

    def write(self, title: str, values: Mapping[str, Any]) -> None:
        """Add the heading, the locations, whom to ask, and the picture at the end."""
        agency = words_of(self.walker, values.get("agency_name"))
        self.words(f"Get in touch with {agency}" if agency else title, heading=1)
        for location in _mappings(values.get("locations")):
            self._location(location)
        for contact in _mappings(values.get("contacts")):
            self.plain(contact.get("title"), heading=2)
            for item in _mappings(contact.get("content")):
                for kind in ("phone", "email", "other"):
                    self._row(kind, item.get(kind))
        self.picture(values.get("image"))

    def _location(self, values: Mapping[str, Any]) -> None:
        self.plain(values.get("title"), heading=2)
        lines = lines_of(values.get("address"))
        for line in lines:
            self.words(line)
        link = address_in(values.get("maps_link"))
        if not link and lines:
            link = f"{MAP_SEARCH}?{urlencode({'api': 1, 'query': ' '.join(lines)})}"
        self.link(link)
        for row in _mappings(values.get("operating_hours")):
            days, time = (words_of(self.walker, row.get(key)) for key in ("days", "time"))
            # A colon of the site's own stands between the two.
            self.words(f"{days}:" if days and time else days)
            self.words(time)
            self.plain(row.get("description"))

    def _row(self, kind: str, value: object) -> None:
        if kind == "other":
            before = len(self.walker.tokens)
            self.rich(value)
            self._flatten(before)
            return
        text = words_of(self.walker, value)
        self.words(text, address=_phone(text) if kind == "phone" else _mail(text))

    def _flatten(self, since: int) -> None:
        """Keep the words of headings, rows and cells alone: a row of a contact is plain text."""
        found = self.walker.tokens[since:]
        kept = [token for token in found if token.kind in (Kind.WORD, Kind.ITEM)]
        if len(kept) < len(found):
            self.walker.explain("plain-field", " ".join(token.shown for token in found))
        self.walker.tokens[since:] = kept


def _mappings(value: object) -> list[Mapping[str, Any]]:
    return entries([value] if isinstance(value, dict) else value)


def _phone(text: str) -> str:
    numbers = (re.sub(r"[^+0-9]", "", number) for number in _PHONE.findall(text))
    return next((f"tel:{number}" for number in numbers if len(number) >= SHORTEST_NUMBER), "")


def _mail(text: str) -> str:
    if _WEB.match(text):
        return text
    return f"mailto:{text}" if _MAIL.fullmatch(text) else ""
