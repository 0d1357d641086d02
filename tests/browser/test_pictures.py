"""What pictures cost a visitor with a telephone, and that they look as they should."""

from __future__ import annotations

import pytest

from tests.browser.test_public import DEMO_PATHS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Bytes of pictures that a telephone loads before anybody scrolls.
LIMIT = 150 * 1024


def test_a_telephone_loads_few_bytes_of_pictures_before_scrolling(browser, demo, record_property):
    context = browser.new_context(
        viewport={"width": 360, "height": 640}, device_scale_factor=2, is_mobile=True
    )
    page = context.new_page()
    sizes: dict[str, int] = {}

    def noted(response) -> None:
        if response.request.resource_type == "image" and response.status == 200:
            sizes[response.url] = len(response.body())

    page.on("response", noted)
    for path in DEMO_PATHS:
        sizes.clear()
        page.goto(demo + path)
        page.wait_for_load_state("networkidle")
        total = sum(sizes.values())
        record_property("figures", f"pictures before scrolling: {total:>7} bytes on {path}")
        assert total <= LIMIT, (path, sizes)
    context.close()


def test_the_first_picture_of_the_home_page_is_modern_and_sharp(browser, demo):
    context = browser.new_context(viewport={"width": 360, "height": 640}, device_scale_factor=2)
    page = context.new_page()
    page.goto(demo)
    first = page.locator("main img").first
    assert first.get_attribute("fetchpriority") == "high"
    used = first.evaluate("one => one.decode().then(() => [one.currentSrc, one.naturalWidth])")
    assert used[0].endswith(".avif")
    waiting = page.locator("main img").evaluate_all("all => all.slice(1).map((one) => one.loading)")
    assert set(waiting) <= {"lazy"}
    context.close()
