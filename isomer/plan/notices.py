"""Messages about the pages of a plan: what editors will want to add, which hosts wait for a
decision, what left the source, and where in the page tree a page lives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any

from content.addresses.paths import normalise_path
from content.markup.embed_addresses import embed_host
from content.page_data.placeholders import looks_like_placeholder
from isomer.messages import Message
from isomer.plan.links import words_of_pictures
from isomer.plan.model import HOME_KEY, Action, Plan, PlannedPage, PresentSite

EMBED = "embed"
# Of characters; no longer one can exist (RFC 1035).
LONGEST_HOST = 253
# What one entry of a list is called in messages.
_ONE_OF = {"sections": "section", "key_highlights": "highlight", "cards": "card"}
# Stands in a message for where in the page tree its page lives, which is known last.
TREE_PLACE = "{place in the tree}"


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


def embeds_of(content: Any) -> Iterator[dict[str, Any]]:
    """Yield the value of every embed block in resolved content, at any depth."""
    if isinstance(content, list):
        for item in content:
            yield from embeds_of(item)
    elif isinstance(content, dict):
        if content.get("type") == EMBED and isinstance(content.get("value"), dict):
            yield content["value"]
        else:
            for value in content.values():
                yield from embeds_of(value)


def undecided_hosts(
    pages: Iterable[PlannedPage], decided: Mapping[str, bool], messages: list[Message]
) -> list[str]:
    """Return the hosts of embeds that nobody has listed yet, and name the pages that wait.

    ``decided`` says of each listed host whether somebody has decided about it. A message is
    added for every page and host without a decision, so long as there is none. What stays
    as a person left it is that person's business.
    """
    found: dict[str, None] = {}
    for page in pages:
        if page.action is Action.LEAVE:
            continue
        hosts = Counter(embed_host(embed["source"]["address"]) for embed in embeds_of(page.content))
        for host, count in hosts.items():
            if host and not decided.get(host):
                messages.append(
                    Message("embed-host-unknown", page.source or page.key, host, count=count)
                )
                if host not in decided and len(host) <= LONGEST_HOST:
                    found[host] = None
    return sorted(found)


def gone(plan: Plan, present: PresentSite, assets: Collection[str]) -> list[Message]:
    """Return a message for each page, picture or file that left the source since the last run.

    ``assets`` are the public paths of the source's pictures and files.

    Several sources may fill one site, so nothing is said unless the last run
    read this one.
    """
    if not present.same_source:
        return []
    planned = {page.key for page in plan.pages} | {page.adopts for page in plan.pages}
    return [
        Message("document-gone", key, str(page.content.get("title", "")))
        for key, page in present.pages.items()
        if page.exists and key not in planned and key != HOME_KEY
    ] + [
        Message("media-gone", path, "it stays in the library and at its address")
        for path, media in present.media.items()
        if media.exists and path not in assets
    ]


def placeholders(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield ``(place, value)`` for each placeholder in front matter, the place in plain words."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from placeholders(inner, f"{place}, {key}" if place else str(key))
    elif isinstance(value, list):
        one = _ONE_OF.get(place.rsplit(", ", 1)[-1], place)
        before = place[: -len(place.rsplit(", ", 1)[-1])]
        for number, inner in enumerate(value, 1):
            name = f"{before}{one} {number}"
            if one == "section" and isinstance(inner, dict) and len(inner) == 1:
                # As the converter names it: section 2 (infopic).
                [(kind, inner)] = inner.items()
                name = f"{name} ({kind})"
            yield from placeholders(inner, name)
    elif isinstance(value, str) and looks_like_placeholder(value):
        yield place, " ".join(value.split())


def name_tree_places(messages: list[Message], pages: Sequence[PlannedPage]) -> None:
    """Write into messages where in the page tree their pages live, with the path.

    A page gives way to the names of its siblings and to the addresses of others by a number
    after its own name, as it does when it is made. Of two that both give way, only the making
    decides, and the path is left out.
    """
    by_key = {page.key: page for page in pages}
    addresses = {normalise_path(str(page.content.get("address") or "")) for page in pages}
    names = Counter((page.parent, page.slug) for page in pages)
    without = Counter((p.parent, p.slug) for p in pages if not p.content.get("address"))
    for index, message in enumerate(messages):
        if TREE_PLACE not in message.text:
            continue
        told, page = "at its place in the page tree", by_key.get(message.path)
        if page is not None and without[page.parent, page.slug] <= 1:
            told += f", {_path_above(page, by_key)}/{_slug(page, by_key, names, addresses)}/"
        messages[index] = replace(message, text=message.text.replace(TREE_PLACE, told))


def _slug(
    page: PlannedPage,
    pages: Mapping[str, PlannedPage],
    names: Counter[tuple[str, str]],
    addresses: Set[str],
) -> str:
    folder, number = _path_above(page, pages), 1
    slug, is_taken = page.slug, names[page.parent, page.slug] > 1
    while is_taken or f"{folder}/{slug}" in addresses:
        number += 1
        slug = f"{page.slug}-{number}"
        is_taken = names[page.parent, slug] > 0
    return slug


def _path_above(page: PlannedPage, by_key: Mapping[str, PlannedPage]) -> str:
    slugs: list[str] = []
    above = by_key.get(page.parent)
    while above is not None and above.key != HOME_KEY and len(slugs) < len(by_key):
        slugs.insert(0, above.slug)
        above = by_key.get(above.parent)
    return "".join(f"/{slug}" for slug in slugs)
