"""Pages of real sites in a browser: accessible, as wide as the window, still, and soon at words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from tests.browser.test_states import WATCH_SHIFTS
from tests.cases.conftest import FIDELITY, Case
from tests.cases.looks import chosen
from tests.cases.test_cases import NAMES

PAGES = 12
PHONE = {"width": 360, "height": 640}
WIDE = {"width": 1440, "height": 900}
# Rules that words and markup of a source can break by themselves, and why nothing of ours can
# mend them without inventing or losing something. They count only for what lies in a page's
# main part; they are printed, and everything else fails.
OF_THE_SOURCE = {
    "empty-heading": "a heading of a picture without alternative text has no words",
    "image-alt": "nobody but an editor knows what a picture shows",
    "link-name": "a link around a picture without alternative text has no words",
}

FIGURES = (
    "({titles: document.querySelectorAll('h1').length, shifts: window.shifts,"
    " wider: document.documentElement.scrollWidth - document.documentElement.clientWidth})"
)

pytestmark = [
    pytest.mark.cases,
    pytest.mark.browser,
    pytest.mark.parametrize(
        "case",
        [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in NAMES],
        indirect=True,
    ),
]


def test_pages_are_accessible_and_begin_at_once(
    case: Case, context: BrowserContext, record_property: Any
) -> None:
    known: dict[str, list[str]] = case.examine("kinds")
    paths = chosen(known, PAGES)
    assert len(paths) >= min(PAGES, len(known))
    wrong: dict[str, list[str]] = {}
    of_source: list[str] = []
    context.add_init_script(WATCH_SHIFTS)
    with FIDELITY.serving(case.environment, case.folder) as address:
        page = context.new_page()
        for size in (PHONE, WIDE):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            for path in paths:
                page.goto(address + path)
                ours, theirs = faults(page)
                if size is PHONE and (low := first_words(page)):
                    ours.append(low)
                if ours:
                    wrong[f"{path} at {size['width']}"] = ours
                of_source += [f"{path}: {one}" for one in theirs]
    record_property("figures", f"{case.name}: {len(paths)} pages looked at, of the source: "
                    f"{sorted(set(of_source))}")  # fmt: skip
    assert wrong == {}


def faults(page: Page) -> tuple[list[str], list[str]]:
    """Return what is wrong with a page: by our doing, and by what its source says."""
    ours: list[str] = []
    theirs: list[str] = []
    for rule in Axe().run(page).response["violations"]:
        for node in rule["nodes"]:
            said = f"{rule['id']}: {node['html'][:150]}"
            in_main = page.locator("main").locator(node["target"][0]).count() > 0
            is_theirs = rule["id"] in OF_THE_SOURCE and in_main
            (theirs if is_theirs else ours).append(said)
    figures = page.evaluate(FIGURES)
    if figures["shifts"]:
        # On a busy machine a page may be painted between two parts of an answer. What moves for
        # any other reason moves each time.
        page.reload()
        figures = page.evaluate(FIGURES)
    if figures != {"titles": 1, "shifts": 0, "wider": 0}:
        ours.append(json.dumps(figures))
    return ours, theirs


def first_words(page: Page) -> str:
    """Return where the text of a page begins, if that is below the window of a small phone.

    A page that begins with a picture or a film begins with that; its frame is no hindrance.
    """
    top = page.evaluate(
        """() => {
          const main = document.querySelector("main");
          const places = "p, li, td, th, summary, dd, h2, h3, img, .embed";
          const found = [...main.querySelectorAll(places)]
            .find((one) => one.checkVisibility() && one.getBoundingClientRect().height > 0);
          return found ? found.getBoundingClientRect().top : 0;
        }"""
    )
    return f"the text begins at {top:.0f} px" if top + 24 > PHONE["height"] else ""
