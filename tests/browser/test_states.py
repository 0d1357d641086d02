"""Every state of the public site: accessible, in its frame, and still while it loads."""

from __future__ import annotations

import pytest

from tests.browser.test_public import violations
from tools.states import BROKEN

pytestmark = pytest.mark.browser

# Every move that the browser counts against a page, whether or not somebody touched it.
WATCH_SHIFTS = """
    window.shifts = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
        window.shifts += entry.hadRecentInput ? 0 : entry.value;
    })).observe({type: "layout-shift", buffered: true});
"""


def faults(page) -> list[str]:
    """Return what is wrong with a page as it stands in the browser."""
    found = violations(page)
    # What an open panel covers is out of reach, not gone.
    titles = page.evaluate("document.querySelectorAll('h1').length")
    if titles != 1:
        found.append(f"{titles} headings of level 1")
    wider = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    if wider > 0:
        found.append(f"{wider} px wider than the window")
    if moved := page.evaluate("window.shifts"):
        found.append(f"layout shift of {moved:.3f}")
    return found


@pytest.mark.parametrize("width", [360, 1440])
def test_every_state_is_accessible(context, sample, width):
    found: dict[str, list[str]] = {}
    context.add_init_script(WATCH_SHIFTS)
    context.route(
        f"**{BROKEN}",
        lambda route: route.fulfill(status=500, content_type="text/html", body=sample.error_page),
    )
    seen = 0
    for state in sample.states:
        if not state.exists_at(width):
            continue
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 640})
        page.goto(sample.address + state.path)
        if state.act:
            state.act(page)
        if wrong := faults(page):
            found[f"{state.name} ({state.path})"] = wrong
        page.evaluate("try { localStorage.clear() } catch {}")
        page.close()
        seen += 1
    assert seen >= 30
    assert found == {}
