"""What the source never had and editors will want to add: descriptions, alternative texts,
titles of embeds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from isomer.messages import Message
from isomer.plan.embeds import embeds_of
from isomer.plan.links import words_of_pictures
from isomer.plan.model import PlannedPage


def care_messages(pages: Iterable[PlannedPage]) -> list[Message]:
    """Return a message for each page without a description, each with pictures that have no
    alternative text, and each with embeds that have no title. Nothing is made up in their
    place (design, section 2)."""
    messages: list[Message] = []
    for page in pages:
        if page.is_section or not page.source:
            continue
        if not page.content.get("search_description") and not _only_leads_on(page):
            title = str(page.content["title"])
            messages.append(Message("description-missing", page.source, title))
        uses = list(_uses_of_pictures(page.content))
        without = uses.count("")
        if without:
            text = f"{without} of {len(uses)} on this page"
            messages.append(Message("alt-text-missing", page.source, text, count=without))
        embeds = list(embeds_of(page.content))
        untitled = sum(not str(embed["title"]).strip() for embed in embeds)
        if untitled:
            text = f"{untitled} of {len(embeds)} on this page"
            messages.append(Message("embed-title-missing", page.source, text, count=untitled))
    return messages


def _only_leads_on(page: PlannedPage) -> bool:
    """Tell whether a page is an item that leads elsewhere: search engines never see it."""
    return "external_address" in page.content


def _uses_of_pictures(content: Any) -> Iterator[str]:
    """Yield the alternative text of every picture that a page shows."""
    if isinstance(content, list):
        for item in content:
            yield from _uses_of_pictures(item)
    elif isinstance(content, dict):
        pictures = [value for value in content.values() if _is_picture(value)]
        if pictures and "alt" in content:
            yield str(content["alt"]).strip()
        yield from words_of_pictures(str(content.get("$richtext", "")))
        for value in content.values():
            yield from _uses_of_pictures(value)


def _is_picture(value: Any) -> bool:
    return isinstance(value, dict) and "$picture" in value
