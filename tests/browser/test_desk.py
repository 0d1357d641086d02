"""The desk by keyboard alone, at 200 % zoom and under axe.

One site, served by a process of its own, for all of them: each test has a page of its own there.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.conftest import done, until
from tests.isomer.importing import ROOT
from tools.fidelity import environment_for, manage, serving
from tools.screenshots import sign_in

pytestmark = pytest.mark.browser

# 1280 px at 200 % zoom, and a telephone.
ZOOMED = ViewportSize(width=640, height=450)
PHONE = ViewportSize(width=360, height=640)
MOST_TABS = 150
# The arrow to the pages below is the largest of Wagtail.
LARGEST_ICON = 48
# What the focused element is called, as far as that is seen on the screen or read out.
NAME_OF_FOCUSED = """(() => {
  const one = document.activeElement;
  const label = one.labels && one.labels[0] && one.labels[0].textContent;
  const names = [one.getAttribute('aria-label'), label, one.textContent, one.title];
  return names.map((name) => (name || '').trim()).filter(Boolean);
})()"""
IS_IN_SIGHT = """(() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const x = box.left + box.width / 2, y = box.top + Math.min(box.height / 2, 20);
  const shown = document.elementFromPoint(x, y);
  return box.left >= 0 && box.right <= innerWidth && !!shown
    && (one.contains(shown) || shown.contains(one));
})()"""
# A page that has just got another width may need a moment to fit.
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
# Pages of Wagtail alone, and of its parts that every project has.
STOCK = ("users/", "users/edit/1/", "groups/", "sites/", "pages/", "workflows/list/")


@dataclass(frozen=True)
class Served:
    """The site: its address, a path for each name of an address, numbers of its sample pages."""

    address: str
    paths: dict[str, str]
    pages: dict[str, int]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("desk")
    environment = environment_for(folder)
    manage(environment, "migrate", "--verbosity", "0")
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.small_desk", str(folder / "source")],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout.splitlines()[-1])
    with serving(environment, folder) as address:
        yield Served(address, made["paths"], made["pages"])


@pytest.fixture
def desk(browser: Browser, served: Served) -> Iterator[Desk]:
    context = browser.new_context(viewport=ZOOMED)
    context.set_default_timeout(60_000)
    yield Desk(context, served)
    context.close()


class Desk:
    """Somebody at a screen of half the size, who has no mouse."""

    def __init__(self, context, served: Served) -> None:
        self.context, self.served = context, served

    def enter(self, role: str, path: str = "") -> Page:
        self.page = sign_in(self.context, self.served.address, role, "x")
        if path:
            self.page.goto(f"{self.served.address}/admin/{path}")
        until(self.page, "document.readyState === 'complete'", 60)
        return self.page

    def tab_to(self, name: str) -> None:
        """Press the tab key until something called so has the focus."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if any(found.startswith(name) for found in self.page.evaluate(NAME_OF_FOCUSED)):
                return
        raise AssertionError(f"The tab key does not lead to “{name}”.")

    def assert_in_reach(self) -> None:
        """What has the focus is seen, and nothing of the page lies beside the screen."""
        for size in (PHONE, ZOOMED):
            self.page.set_viewport_size(size)
            until(self.page, FITS)
            self.page.evaluate("document.activeElement.scrollIntoView({block: 'center'})")
            until(self.page, IS_IN_SIGHT)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def done(self, words: str) -> None:
        done(self.page, words)


def test_submit_with_the_keyboard(desk: Desk, served: Served) -> None:
    desk.enter("editor", f"pages/{served.pages['draft']}/edit/")
    desk.tab_to("Title")
    desk.page.keyboard.type("More about ")
    desk.tab_to("More actions")
    desk.assert_in_reach()
    desk.press("Enter")
    desk.tab_to("Submit to Publishing")
    desk.assert_in_reach()
    desk.press("Enter")
    desk.done("submitted")


def test_approve_with_the_keyboard(desk: Desk) -> None:
    desk.enter("publisher")
    desk.tab_to("Waits for approval")
    desk.assert_in_reach()
    desk.press("Enter")
    desk.page.wait_for_url("**/edit/")
    until(desk.page, "document.readyState === 'complete'", 60)
    desk.tab_to("Approve and publish")
    desk.assert_in_reach()
    desk.press("Enter")
    desk.done("approved and published")


def test_write_an_alternative_text_with_the_keyboard(desk: Desk) -> None:
    desk.enter("editor", "reports/care/?kind=alt-text-missing")
    desk.tab_to("Alternative text")
    desk.assert_in_reach()
    desk.page.keyboard.type("A map of the wards")
    desk.press("Enter")
    desk.done("1 item dealt with. 1 page saved as draft.")


def test_accept_a_page_with_the_keyboard(desk: Desk) -> None:
    page = desk.enter("manager", "imports/sign-off/")
    desk.tab_to("Begin with the first page")
    desk.assert_in_reach()
    desk.press("Enter")
    page.wait_for_url("**/sign-off/*/?*")
    # The decision has the focus, so that two keys are enough.
    until(page, "document.activeElement.matches('input[name=decision][value=accepted]')", 60)
    until(page, FITS)
    desk.press("Space")
    desk.tab_to("Save and next")
    desk.assert_in_reach()
    with page.expect_navigation():
        desk.press("Enter")
    page.goto(f"{desk.served.address}/admin/imports/sign-off/?state=accepted")
    assert page.locator(".isomer-pages tbody tr").count() == 1


def test_buttons_of_a_form_are_in_sight_without_scrolling(desk: Desk, served: Served) -> None:
    page = desk.enter("publisher", f"pages/{served.pages['shown']}/edit/")
    for size in (ZOOMED, PHONE):
        page.set_viewport_size(size)
        box = page.get_by_role("button", name="More actions").bounding_box()
        assert box
        assert 0 < box["y"] < size["height"] - box["height"]
        assert box["x"] + box["width"] <= size["width"]


def test_lists_of_pages_stay_readable_on_a_telephone(desk: Desk, served: Served) -> None:
    page = desk.enter("publisher", f"pages/{served.pages['home']}/")
    page.set_viewport_size(PHONE)
    until(page, FITS)
    largest = "Math.max(...[...document.querySelectorAll('main td svg')].map((e) => e.clientWidth))"
    assert page.evaluate(largest) <= LARGEST_ICON
    narrowest = (
        "Math.min(...[...document.querySelectorAll('main td.title')].map((e) => e.clientWidth))"
    )
    assert page.evaluate(narrowest) >= PHONE["width"] / 3


def faults(page: Page) -> set[tuple[str, str]]:
    """Return what axe finds as pairs of a rule and the element, without numbers in it."""
    found = Axe().run(page).response["violations"]
    return {
        (one["id"], re.sub(r"\d+", "0", node["html"])) for one in found for node in one["nodes"]
    }


def test_axe_finds_nothing_on_pages_of_our_own(desk: Desk, served: Served) -> None:
    page = desk.enter("administrator")
    page.set_viewport_size({"width": 1440, "height": 900})
    stock: set[tuple[str, str]] = set()
    for path in STOCK:
        page.goto(f"{served.address}/admin/{path}")
        stock |= {fault for fault in faults(page) if "admin-name" not in fault[1]}
    found = {}
    for name, path in served.paths.items():
        page.goto(served.address + path)
        # Some answer with a part of a page, for a script.
        if page.title():
            found[name] = faults(page) - stock
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert {"care_list", "editors_guide", "isomer_sign_off", "isomer_requests"} <= set(found)
