"""Redirects of the old host: which of them the new site makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from content.links import resolve_address
from content.paths import normalise_path
from isomer.messages import Message
from isomer.plan.compare import Comparison
from isomer.plan.media import MediaPlan
from isomer.plan.model import Action, PlannedRedirect
from isomer.source import Redirect

PERMANENT = frozenset({301, 308})
MAXIMUM_ADDRESS = 255
REDIRECTS_FILE = "_redirects"


def plan_redirects(
    redirects: Iterable[Redirect],
    targets: Mapping[str, str],
    media: MediaPlan,
    comparison: Comparison,
    messages: list[Message],
) -> list[PlannedRedirect]:
    """Return what happens to each redirect; of two for one path the first holds, as on the host.

    ``targets`` gives the key of the page at a normalised path once the run is over. A page or
    file at the path itself comes before a redirect, as the host answered what was there.
    """
    planned: dict[str, PlannedRedirect] = {}
    for redirect in redirects:
        path = normalise_path(redirect.source)
        content = _content(redirect, targets)
        if not path or path in targets or media.find(path) is not None:
            text = f"{redirect.source} to {redirect.target}"
            messages.append(Message("redirect-not-needed", REDIRECTS_FILE, text))
        elif max(len(path), len(content["redirect_link"])) > MAXIMUM_ADDRESS:
            text = f"“{redirect.source[:200]}”: the address is too long"
            messages.append(Message("redirect-not-read", REDIRECTS_FILE, text))
        elif path not in planned:
            planned[path] = comparison.redirect(PlannedRedirect(path, content))
            if planned[path].action is Action.LEAVE:
                messages.append(Message("redirect-edited", REDIRECTS_FILE, redirect.source))
    return list(planned.values())


def _content(redirect: Redirect, targets: Mapping[str, str]) -> dict[str, Any]:
    permanent = redirect.status in PERMANENT
    if redirect.target.startswith("/"):
        path = redirect.target.partition("?")[0].partition("#")[0]
        key = targets.get(normalise_path(path))
        if key is not None and path == redirect.target:
            page = {"$page": key}
            return {"redirect_page": page, "redirect_link": "", "is_permanent": permanent}
    link = resolve_address(redirect.target, "/")
    return {"redirect_page": None, "redirect_link": link, "is_permanent": permanent}
