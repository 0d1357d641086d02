"""The public site as a visitor's browser shows it."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.isomer.importing import SEEDS, run_import

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OVERVIEW = "/clinical-research-networks/overview/"
PLATFORM = "/platform-1/cancer-clinical-trials-and-investigational-medicine-units/"
SEED_PATHS = ["/", OVERVIEW, PLATFORM]
DEMO_PATHS = [
    *SEED_PATHS,
    "/clinical-research-networks/ahcc/",
    "/about-us/our-role/",
    "/privacy/",
    "/faq/",
    "/for-partners/public-sector-partners/",
    "/for-partners/industry-partners/",
    "/search/?q=cancer",
    "/search/?q=nothing-like-it",
    "/no-such-page/",
    "/sitemap/",
    "/_util/login/",
    "/news/",
]


def violations(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {json.dumps([n['html'][:150] for n in v['nodes']][:3])}" for v in found]


def check(context, base: str, paths: list[str], width: int) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 640})
    hosts: set[str] = set()
    errors: list[str] = []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("pageerror", lambda error: errors.append(str(error)))
    for path in paths:
        page.goto(base + path)
        assert violations(page) == [], f"{path} at {width}"
        assert page.locator("h1").count() == 1, path
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, f"{path} is wider than {width} px"
    assert hosts == {urlsplit(base).netloc}
    assert errors == []


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_demo_pages_are_accessible(context, demo, width):
    check(context, demo, DEMO_PATHS, width)


@pytest.mark.shared
@pytest.mark.parametrize("width", [360, 1440])
def test_seed_pages_are_accessible(context, tree_root, live_server, width):
    run_import(SEEDS)
    check(context, live_server.url, SEED_PATHS, width)


def test_first_sentence_shows_on_a_small_phone(context, demo):
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 640})
    for path in (OVERVIEW, PLATFORM, "/about-us/our-role/", "/clinical-research-networks/ahcc/"):
        page.goto(demo + path)
        box = page.locator("main p").first.bounding_box()
        assert box is not None
        assert box["y"] + 24 < 640, f"{path}: the text begins at {box['y']} px"


def test_everything_is_reached_without_javascript(browser, demo):
    opened = browser.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 900})
    page = opened.new_page()
    page.goto(demo)
    page.get_by_role("navigation").get_by_role(
        "link", name="Clinical Research Networks", exact=True
    ).first.click()
    # The address changes when the answer begins; what it holds is there when it has ended.
    page.wait_for_url(demo + OVERVIEW, wait_until="load")
    assert page.locator("main li a").count() == 12
    page.goto(f"{demo}/search/")
    page.get_by_role("searchbox").fill("cancer")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=cancer*")
    page.get_by_role("link", name="Cancer Clinical Trials").first.wait_for()
    opened.close()


def test_directory_filter_finds_by_abbreviation(context, demo):
    page = context.new_page()
    page.goto(demo + OVERVIEW)
    page.get_by_label("Filter").fill("paros")
    directory = page.locator("main .directory")
    directory.get_by_text("Singapore Myeloma Study Group").wait_for(state="hidden")
    shown = [item for item in directory.locator("li").all() if item.is_visible()]
    assert len(shown) == 1
    assert "Pan-Asian Resuscitation" in shown[0].inner_text()


def test_notification_can_be_dismissed_and_stays_so(context, demo):
    page = context.new_page()
    page.goto(demo)
    notice = page.get_by_role("region", name="Announcement")
    assert "Clinical Research Coordinator L1" in notice.inner_text()
    notice.get_by_role("button").click()
    notice.wait_for(state="hidden")
    page.reload()
    page.get_by_role("heading", level=1).wait_for()
    notice.wait_for(state="hidden")


def test_the_keyboard_reaches_content_first(context, demo):
    page = context.new_page()
    page.goto(demo + OVERVIEW)
    page.keyboard.press("Tab")
    assert "main" in (page.evaluate("document.activeElement.getAttribute('href')") or "")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") != ""
