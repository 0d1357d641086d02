"""The kinds of things that pages may need, and how other rooms add theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wagtail import hooks

# A function without arguments that returns a list of Kind.
KINDS_HOOK = "register_care_kinds"
# A function (page ids or None for all pages) that yields (page id, Finding), each of a kind of
# the same room. It must need no query for each page.
FINDINGS_HOOK = "register_care_findings"
# A function (item) that yields (words, address) for what may be done about one item elsewhere.
ACTIONS_HOOK = "register_care_actions"

DESCRIPTION = "description-missing"
ALT_TEXT = "alt-text-missing"
PLACEHOLDER = "placeholder"
LINK_NOWHERE = "link-nowhere"
LINK_BROKEN = "link-broken"
IMPORTED_HTML = "imported-html"
LINK_UNCLEAR = "link-unclear"
HEADINGS_DEEP = "headings-deep"
HEADINGS_SKIPPED = "headings-skipped"
PICTURE_LARGE = "picture-large"
DRAFT_FORGOTTEN = "draft-forgotten"
FOOTER_LINK = "footer-link-missing"

# Those that depend on what is elsewhere: they are looked at again without reading the page.
LINK_KINDS = frozenset({LINK_NOWHERE, LINK_BROKEN})
# Those that are mended at one place for all pages that they stand on, so they count once.
SHARED = frozenset({PICTURE_LARGE})


@dataclass(frozen=True)
class Kind:
    """One kind of finding. ``title`` names it, ``advice`` says what to do about it.

    Items are for those who may edit their page; with a ``permission``, for whoever has that,
    since something else than the page is to be mended.
    """

    code: str
    title: str
    advice: str
    permission: str = ""


OWN_KINDS = (
    Kind(
        DESCRIPTION,
        "Pages without description",
        "Say in one or two sentences what the page offers. Search engines show them.",
    ),
    Kind(
        ALT_TEXT,
        "Pictures without alternative text",
        "Say what the picture shows, for people who can't see it; or that it is decoration.",
    ),
    Kind(
        PLACEHOLDER,
        "Texts nobody filled in yet",
        "Write what belongs there, or remove it.",
    ),
    Kind(
        LINK_NOWHERE,
        "Links that lead nowhere",
        "Choose another target, or remove the link.",
    ),
    Kind(
        LINK_BROKEN,
        "Links to other sites that don't answer",
        "Follow the link yourself. Correct or remove it if you see no page.",
    ),
    Kind(
        LINK_UNCLEAR,
        "Links whose words don't say where they lead",
        "Use words that can be understood alone, such as the name of the page.",
    ),
    Kind(
        IMPORTED_HTML,
        "Imported HTML",
        "Rebuild it with ordinary blocks, which are easier to edit.",
    ),
    Kind(
        HEADINGS_DEEP,
        "Headings that start too deep",
        "Raise them, so that the first heading below the title is a heading 2.",
    ),
    Kind(
        HEADINGS_SKIPPED,
        "Headings that leave out a level",
        "Choose the level that the item names, for people who find their way by headings.",
    ),
    Kind(
        PICTURE_LARGE,
        "Oversized pictures",
        "Replace the picture in the library by a smaller file.",
    ),
    Kind(
        DRAFT_FORGOTTEN,
        "Forgotten drafts",
        "Publish what was begun, or discard it.",
    ),
)


def all_kinds() -> Mapping[str, Kind]:
    """Return every kind by its code: this room's own, then those of other rooms."""
    others = [kind for function in hooks.get_hooks(KINDS_HOOK) for kind in function()]
    return {kind.code: kind for kind in (*OWN_KINDS, *others)}


def guarded_kinds() -> dict[str, str]:
    """Return the permission of each kind that is not for the editors of its pages, by code."""
    return {kind.code: kind.permission for kind in all_kinds().values() if kind.permission}


def kinds_of_others() -> frozenset[str]:
    """Return the codes of the kinds that other rooms find."""
    return frozenset(all_kinds()) - {kind.code for kind in OWN_KINDS}
