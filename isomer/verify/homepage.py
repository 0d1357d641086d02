"""What a home page must show of its front matter (format reference, 3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from isomer.verify.fields import (
    Post,
    Writer,
    address_in,
    entries,
    heading_alone,
    lines_of,
    words_of,
    written,
)
from isomer.verify.tokens import TokenKind

ROOM_FOR = {"key_highlights": 4, "infoboxes": 4, "cards": 4, "announcement_items": 5}
NEWEST = 3
# Kinds of which a page has one.
_ONCE = frozenset({"hero", "announcements", "resources", "carousel"})
_ORDER = (
    "hero", "infobar", "infopic", "listing", "secondary_cta", "resources", "carousel",
    "announcements", "textcards", "infocols",
)  # fmt: skip
_V1_SECTION = {
    "section-title": "title", "section-subtitle": "subtitle", "section-description": "description",
    "section-more-button": "button", "section-more-button-url": "url",
    "section-image-path": "image", "section-image-alt": "alt",
}  # fmt: skip
_V1_RESOURCES = {
    "resources-title": "title", "resources-subtitle": "subtitle",
    "resources-more-button": "button", "resources-more-button-url": "url",
}  # fmt: skip
MAP_SEARCH = "https://www.google.com/maps/search/"
_PHONE = re.compile(r"\+?\d[\d\s()./-]*")
_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
# Numbers with fewer digits are something else, as in “24 hours”.
SHORTEST_NUMBER = 3


@dataclass
class HomeWriter(Writer):
    """Writes the sections of a home page.

    ``newest`` are the posts that a list of resources shows, newest first; ``room`` is the
    address of the resource room, ``""`` without one.
    """

    newest: list[Post]
    room: str

    def __init__(self, walker: Any, newest: list[Post], room: str) -> None:
        super().__init__(walker)
        self.newest, self.room = newest, room

    def write(self, title: str, sections: object) -> None:
        """Add the sections in order. The page's title is said where no hero has one."""
        found = _in_order(sections)
        heroes = [values for name, values in found if name == "hero"][:1]
        if not any(self._title_of_hero(hero) for hero in heroes if isinstance(hero, dict)):
            self.words(title, heading=1)
        seen: set[str] = set()
        for name, values in found:
            kind: Callable[[Any], None] | None = getattr(self, f"_{name}", None)
            shape = list if name == "carousel" else dict
            if name == "resources" and values is None:
                values = {}
            if kind is None or not isinstance(values, shape) or (name in _ONCE and name in seen):
                self.leave_out(f"section {name}", values)
                continue
            seen.add(name)
            kind(values)

    def _head(self, values: Mapping[str, Any]) -> bool:
        self.plain(values.get("subtitle"))
        return bool(self.plain(values.get("title"), heading=2))

    def _some(self, values: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
        found = entries(values.get(key))
        for entry in found[ROOM_FOR[key] :]:
            self.leave_out(key, entry)
        return found[: ROOM_FOR[key]]

    def _title_of_hero(self, hero: Mapping[str, Any]) -> str:
        return words_of(self.walker, hero.get("title")) or heading_alone(hero.get("subtitle"))

    def _hero(self, values: Mapping[str, Any]) -> None:
        self.picture(values.get("background"))
        written_title = words_of(self.walker, values.get("title"))
        title = self._title_of_hero(values)
        has_picture = bool(self.walker.addresses.picture(address_in(values.get("background"))))
        alone = written(values.get("variant")).strip() == "image" and has_picture
        self.words(title, heading=1)
        subtitle = values.get("subtitle") if written_title or not title else ""
        if alone:
            self.leave_out("subtitle", subtitle)
            self.leave_out("button", values.get("button"))
        else:
            self.plain(subtitle)
        if not self._dropdown(values.get("dropdown")) and not alone:
            self.button(values.get("button"), values.get("url"))
        for highlight in self._some(values, "key_highlights"):
            title, url = words_of(self.walker, highlight.get("title")), highlight.get("url")
            words = words_of(self.walker, highlight.get("description"))
            if not title and not words:
                self.walker.explain("field-not-shown", f"a highlight: {url}")
            for text in (title, words):
                self.words(text, address=address_in(url))

    def _dropdown(self, values: object) -> bool:
        options = entries(values.get("options")) if isinstance(values, dict) else []
        usable = [one for one in options if one.get("title") and one.get("url")]
        for option in options:
            if option not in usable:
                self.walker.explain("field-not-shown", f"a choice: {option}")
        if not usable or not isinstance(values, dict):
            return False
        self.plain(values.get("title"))
        for option in usable:
            self.button(option.get("title"), option.get("url"))
        return True

    def _infobar(self, values: Mapping[str, Any]) -> None:
        self._head(values)
        self.rich(values.get("description"))
        self.button(values.get("button"), values.get("url"))

    def _infopic(self, values: Mapping[str, Any]) -> None:
        self._infobar(values)
        self.picture(values.get("image"), values.get("alt"))

    def _infocols(self, values: Mapping[str, Any]) -> None:
        titled = self._head(values)
        for box in self._some(values, "infoboxes"):
            self.plain(box.get("title"), heading=3 if titled else 2)
            self.rich(box.get("description"))
        self.button(values.get("linktext"), values.get("url"))

    def _textcards(self, values: Mapping[str, Any]) -> None:
        titled = self._head(values)
        self.rich(values.get("description"))
        for card in self._some(values, "cards"):
            url = address_in(card.get("url"))
            before = len(self.walker.tokens)
            self.plain(card.get("title"), heading=3 if titled else 2)
            self.rich(card.get("description"))
            if url:
                self.plain(card.get("linktext"))
                self.walker.lead(before, url)
            elif card.get("linktext"):
                self.walker.explain("field-not-shown", f"a link: {card['linktext']}")

    def _announcements(self, values: Mapping[str, Any]) -> None:
        titled = self._head(values)
        for item in self._some(values, "announcement_items"):
            self.plain(item.get("title"), heading=3 if titled else 2)
            self.plain(item.get("date"))
            self.rich(item.get("announcement"))
            self.button(item.get("link_text"), item.get("link_url"))

    def _resources(self, values: Mapping[str, Any]) -> None:
        titled = self._head(values)
        for post in self.newest[:NEWEST]:
            post.write(self, 3 if titled else 2)
        address = address_in(values.get("url")) or self.room
        words = words_of(self.walker, values.get("button"))
        if address and words:
            self.words(words, address=address)
        else:
            self.link(address)

    def _listing(self, values: Mapping[str, Any]) -> None:
        self.plain(values.get("title"), heading=2)
        for entry in entries(values.get("entries")):
            url, before = address_in(entry.get("url")), len(self.walker.tokens)
            self.picture(entry.get("image"), entry.get("alt"))
            if len(self.walker.tokens) > before:
                self.walker.lead(before, url)
            elif url and words_of(self.walker, entry.get("alt")):
                self.words(words_of(self.walker, entry.get("alt")), address=url)
            else:
                self.link(url)

    def _carousel(self, slides: list[Any]) -> None:
        for slide in entries(slides):
            self.picture(slide.get("image"), slide.get("alt"))
            self._head(slide)
            self.rich(slide.get("description"))


def _in_order(sections: object) -> list[tuple[str, Any]]:
    """Return the kinds and values of sections in the order in which the old theme showed them."""
    found: list[tuple[str, Any]] = []
    for section in sections if isinstance(sections, list) else []:
        if isinstance(section, dict):
            names = [str(name) for name in section if name != "id"]
            names.sort(key=lambda name: _ORDER.index(name) if name in _ORDER else len(_ORDER))
            found.extend((name, section[name]) for name in names)
    return found


def sections_of_v1(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return ``_data/homepage.yml`` of the first generation as sections (reference, 3.3)."""
    hero: dict[str, Any] = {
        "title": data.get("hero-title"),
        "subtitle": data.get("hero-subtitle"),
        "background": data.get("hero-banner"),
        "key_highlights": [_last_words(one) for one in entries(data.get("key-highlights"))],
    }
    given = data.get("button")
    buttons = [_last_words(one) for one in entries([given] if isinstance(given, dict) else given)]
    options = [
        {"title": one.get("text") or one.get("title") or one.get("button"), "url": one.get("url")}
        for one in buttons
    ]
    if len(options) == 1:
        hero |= {"button": options[0]["title"], "url": options[0]["url"]}
    elif options:
        hero["dropdown"] = {"options": options}
    sections: list[dict[str, Any]] = [{"hero": hero}] if any(hero.values()) else []
    for section in entries(data.get("info-sections")):
        values = {_V1_SECTION.get(key, key): value for key, value in section.items()}
        sections.append({"infopic" if written(values.get("image")).strip() else "infobar": values})
    resources = {new: data[old] for old, new in _V1_RESOURCES.items() if data.get(old)}
    return [*sections, {"resources": resources}] if resources else sections


def _last_words(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry without the prefixes of its keys."""
    return {str(key).rsplit("-", 1)[-1]: value for key, value in entry.items()}


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
        kept = [token for token in found if token.kind in (TokenKind.WORD, TokenKind.ITEM)]
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
