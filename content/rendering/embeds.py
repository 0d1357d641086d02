"""Frames, films and sounds on a page: where they are played from, and whether they may be.

Nothing is loaded from another host before a visitor asks for it (design, section 7), and
then only from hosts that a site manager allowed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from content.addresses.index import page_url
from content.markup.embed_addresses import embed_host, kind_of_file, player_address
from content.markup.links import host_of, is_safe_address
from content.models import EmbedHost


@dataclass(frozen=True)
class ShownEmbed:
    """An embed as the public page shows it.

    ``address`` is what the plain link leads to, ``player`` what the frame will load,
    ``host`` the other site as visitors know it (``""`` for this one), ``label`` the title or
    the words in its place. ``kind`` is ``"film"`` or ``"sound"`` for a file of this site, else
    ``"frame"``. ``plays`` says whether the visitor may start it here.
    """

    address: str
    player: str
    host: str
    label: str
    kind: str
    plays: bool
    height: int | None


def shown_embed(value: Mapping[str, Any], request: HttpRequest | None) -> ShownEmbed | None:
    """Return what the page shows for the value of an embed block, ``None`` if it has no source.

    However many embeds a page has, the allowed hosts are asked for once.
    """
    source = value.get("source") or {}
    address = str(source.get("address") or "")
    if source.get("page"):
        address = page_url(source["page"], request)
    elif source.get("document"):
        address = source["document"].url
    if not address or not is_safe_address(address):
        return None
    played_from = embed_host(address)
    host = host_of(address) if played_from else ""
    name = source["document"].filename if source.get("document") else address
    kind = kind_of_file(name) if not host else "frame"
    return ShownEmbed(
        address=address,
        player=player_address(address),
        host=host,
        label=str(value.get("title") or "").strip() or _label(host),
        kind=kind,
        plays=played_from in allowed_hosts(request),
        height=value.get("height"),
    )


def _label(host: str) -> str:
    return f"Embedded content from {host or 'this site'}"


def allowed_hosts(request: HttpRequest | None) -> frozenset[str]:
    """Return the hosts whose embeds may be played; one query for each request."""
    known: frozenset[str] | None = getattr(request, "_embed_hosts", None)
    if known is None:
        rows = EmbedHost.objects.filter(decision=EmbedHost.Decision.ALLOWED)
        known = frozenset(rows.values_list("host", flat=True))
        if request is not None:
            request._embed_hosts = known  # type: ignore[attr-defined]
    return known


def storage_host() -> str:
    """Return the host of stored pictures and files, ``""`` where this site serves them itself."""
    return host_of(settings.MEDIA_URL)


def embed_policy(hosts: Iterable[str]) -> dict[str, list[str]]:
    """Return the two directives of a content security policy that embeds need.

    ``hosts`` are those that a page may load frames from (:func:`allowed_hosts`); files of this
    site are played from where they are stored.
    """
    storage = storage_host()
    return {
        "frame-src": [f"https://{host}" for host in sorted(hosts)] or ["'none'"],
        "media-src": ["'self'", *([f"https://{storage}"] if storage else [])],
    }
