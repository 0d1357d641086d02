"""What the public site can look like: pages, and what a visitor can do to them.

Screenshots and the accessibility tests walk through the same list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playwright.sync_api import Page

# Where the frame's two navigations stand in the page, so that nothing is to be opened.
WIDE = 1024
BROKEN = "/a-page-that-breaks/"


@dataclass(frozen=True)
class State:
    """A page at an address, and what is done to it before it is looked at.

    ``act`` gets the loaded page. ``narrow`` and ``wide`` say whether the state exists below
    and from ``WIDE`` pixels.
    """

    name: str
    path: str
    act: Callable[[Page], None] | None = None
    narrow: bool = True
    wide: bool = True

    def exists_at(self, width: int) -> bool:
        return self.wide if width >= WIDE else self.narrow


def _press(name: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.get_by_role("button", name=name, exact=True).first.click()

    return act


def _fold_out(selector: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.locator(selector).first.click()

    return act


def _dismiss(page: Page) -> None:
    page.get_by_role("button", name="Close the announcement").click()


def _filter(page: Page) -> None:
    page.get_by_role("searchbox", name="Filter").fill("paros")


def _play(page: Page) -> None:
    page.route("https://**", lambda route: route.fulfill(body="<title>Film</title><p>A film.</p>"))
    page.locator("[data-plays]").first.click()


def states(types: Mapping[str, str], showcase: Mapping[str, str]) -> list[State]:
    """Return every state of the demo.

    Args:
        types: paths of one page of each type, by name (``tools.showcase.pages_of_types``).
        showcase: paths of the sample pages by name (``tools.showcase.make_pages``).
    """
    page, blocks = types["page"], showcase["every block of a body"]
    return [
        *(State(name, path) for name, path in [*types.items(), *showcase.items()]),
        State("menu open", page, _press("Menu"), wide=False),
        State("list of the menu open", page, _fold_out(".menu summary"), narrow=False),
        State("side navigation open", page, _press("In this section"), wide=False),
        State("how to identify, open", page, _fold_out(".masthead summary")),
        State("notification dismissed", "/", _dismiss),
        State("list in the hero open", showcase["hero, words over a picture"],
              _fold_out("main summary")),
        State("questions", "/faq/"),
        State("questions open", "/faq/", _press("Open all")),
        State("directory filtered", types["network overview"], _filter),
        State("film shown", blocks, _play),
        State("one category", types["resource room"] + "?category=announcements"),
        State("search", "/search/"),
        State("search with results", "/search/?q=trial"),
        State("search without results", "/search/?q=nothing-like-it"),
        State("not found", "/no-such-page/"),
        State("server error", BROKEN),
    ]  # fmt: skip
