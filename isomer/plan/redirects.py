"""Redirects of the old host: which of them the new site makes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from content.addresses.paths import (
    PUBLIC_SEGMENTS,
    SHARED_SEGMENTS,
    normalise_path,
    reserved_segments,
)
from content.addresses.redirects import path_form
from content.markup.links import resolve_address
from isomer.messages import Message
from isomer.plan.compare import Comparison
from isomer.plan.links import own_path, page_at
from isomer.plan.media import MediaPlan
from isomer.plan.model import Action, PlannedRedirect
from isomer.source import Redirect

PERMANENT = frozenset({301, 308})
MAXIMUM_ADDRESS = 255
REDIRECTS_FILE = "_redirects"


@dataclass(frozen=True)
class _Hop:
    """Where a redirect leads: ``path`` is the target as a path of this site, without query and
    fragment and normalised; ``None`` for one elsewhere."""

    address: str
    path: str | None
    is_permanent: bool


def plan_redirects(
    redirects: Iterable[Redirect],
    targets: Mapping[str, str],
    media: MediaPlan,
    comparison: Comparison,
    messages: list[Message],
    hosts: Collection[str] = (),
) -> list[PlannedRedirect]:
    """Return what happens to each redirect; of two for one path the first holds, as on the host.

    ``targets`` gives the key of the page at a normalised path once the run is over, ``hosts`` are
    the names of the old site. A page or file at the path itself comes before a redirect, as the
    host answered what was there. A chain of redirects becomes one hop; what leads back to itself
    or into the software is left out and named.
    """
    hops: dict[str, _Hop] = {}
    written: dict[str, Redirect] = {}
    for redirect in redirects:
        path, hop = normalise_path(redirect.source), _hop(redirect, hosts)
        if not path or path in targets or media.find(path) is not None:
            text = f"{redirect.source} to {redirect.target}"
            messages.append(Message("redirect-not-needed", REDIRECTS_FILE, text))
        elif _is_answered(path) or _is_of_software(hop.path):
            text = f"{redirect.source} to {redirect.target}"
            messages.append(Message("redirect-into-software", REDIRECTS_FILE, text))
        else:
            hops.setdefault(path, hop)
            written.setdefault(path, redirect)
    return _planned(_ends(hops), written, targets, comparison, messages)


def _planned(
    ends: Mapping[str, _Hop | None],
    written: Mapping[str, Redirect],
    targets: Mapping[str, str],
    comparison: Comparison,
    messages: list[Message],
) -> list[PlannedRedirect]:
    planned: list[PlannedRedirect] = []
    for path, redirect in written.items():
        end = ends[path]
        if end is None:
            text = f"{redirect.source} to {redirect.target}"
            messages.append(Message("redirect-in-circle", REDIRECTS_FILE, text))
            continue
        content = _content(end, targets)
        problem = ""
        if max(len(path_form(path)), len(content["redirect_link"])) > MAXIMUM_ADDRESS:
            problem = "the address is too long"
        elif "\0" in path or "\0" in content["redirect_link"]:
            problem = "the address holds a null character"
        if problem:
            text = f"“{redirect.source[:200]}”: {problem}"
            messages.append(Message("redirect-not-read", REDIRECTS_FILE, text))
            continue
        planned.append(comparison.redirect(PlannedRedirect(path, content)))
        if planned[-1].action is Action.LEAVE:
            messages.append(Message("redirect-edited", REDIRECTS_FILE, redirect.source))
    return planned


def _hop(redirect: Redirect, hosts: Collection[str]) -> _Hop:
    address = resolve_address(redirect.target, "/")
    own = own_path(address, hosts)
    path = None if own is None else normalise_path(own.partition("?")[0].partition("#")[0])
    return _Hop(own or address, path, redirect.status in PERMANENT)


def _segment(path: str | None) -> str:
    return (path or "").removeprefix("/").partition("/")[0].lower()


def _is_answered(path: str) -> bool:
    """Tell whether the software answers at a normalised path before any redirect is looked for."""
    return _segment(path) in reserved_segments() or path.removeprefix("/") in SHARED_SEGMENTS


def _is_of_software(path: str | None) -> bool:
    """Tell whether a normalised path is one of the software's own, which shows visitors nothing
    of the site."""
    return _segment(path) in reserved_segments() - PUBLIC_SEGMENTS


def _ends(hops: Mapping[str, _Hop]) -> dict[str, _Hop | None]:
    """Return where each redirect leads in the end, ``None`` where it comes back to itself or to
    others that do."""
    ends: dict[str, _Hop | None] = {}
    for start in hops:
        way: dict[str, None] = {}
        path = start
        while path in hops and path not in ends and path not in way:
            way[path] = None
            path = hops[path].path or ""
        # Known already, or none: the way has come back to where it was.
        end = ends.get(path)
        for number, passed in enumerate(reversed(way)):
            hop = hops[passed]
            if number == 0 and path not in hops:
                end = hop
            elif end is not None:
                end = _Hop(end.address, end.path, end.is_permanent and hop.is_permanent)
            ends[passed] = end
    return ends


def _content(hop: _Hop, targets: Mapping[str, str]) -> dict[str, Any]:
    has_more = "?" in hop.address or "#" in hop.address
    key = None if hop.path is None or has_more else page_at(targets, hop.path)
    if key is not None:
        page = {"$page": key}
        return {"redirect_page": page, "redirect_link": "", "is_permanent": hop.is_permanent}
    return {"redirect_page": None, "redirect_link": hop.address, "is_permanent": hop.is_permanent}
