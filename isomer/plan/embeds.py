"""Hosts of embedded content: which ones a site manager has yet to decide on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from content.markup.embed_addresses import embed_host
from isomer.messages import Message
from isomer.plan.model import Action, PlannedPage

EMBED = "embed"
# Of characters; no longer one can exist (RFC 1035).
LONGEST_HOST = 253


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
