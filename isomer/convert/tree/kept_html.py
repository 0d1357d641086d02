"""Addresses in markup that was kept as it is."""

from __future__ import annotations

from collections.abc import Callable

from content.markup.html_tree import TooDeepError, attribute, parse, tags_in
from content.markup.sanitise import sanitise

_KEYS = {"a": "href", "iframe": "data-src", "img": "src"}

FindAddress = Callable[[str], str | None]


def with_addresses(html: str, link: FindAddress, picture: FindAddress) -> str:
    """Return kept markup with other addresses in it.

    ``link(address)`` is asked for each link and each frame that waits for the visitor,
    ``picture(source)`` for each picture. ``None`` leaves an address as it is. The markup
    that comes back is safe whatever the two return: an address that no browser may follow
    becomes text, a picture elsewhere a link.
    """
    try:
        tree = parse(html)
    except TooDeepError:
        return sanitise(html).html
    changed = False
    for tag in tags_in(tree):
        key = _KEYS.get(tag.name, "")
        find = picture if tag.name == "img" else link
        written = attribute(tag, key)
        found = find(written) if written else None
        if found is not None and found != written:
            tag[key] = found
            changed = True
    return sanitise(tree.decode_contents()).html if changed else html
