"""The two pictures of the README: the public site, and a form of the admin.

`make readme-pictures` calls this. It imports the demo into a database of its own, serves it, and
writes `docs/pictures/site.png` and `admin.png`, 1280 px wide.
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

from tools.fidelity import BASE, say
from tools.guide_pictures import admin_of_the_demo
from tools.screenshots import ARGUMENTS, chromium

FOLDER = BASE / "docs" / "pictures"
WINDOW = ViewportSize(width=1280, height=800)
# Few enough that a picture stays below 120 KB, enough that nobody sees the difference.
COLOURS = 256


def photograph(page: Page, into: Path) -> None:
    """Write what the window shows, with a palette instead of full colours."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    taken = page.screenshot(animations="disabled")
    with Image.open(io.BytesIO(taken)) as picture:
        small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(into, optimize=True)
    say(f"{into.relative_to(BASE)}: {into.stat().st_size // 1024} KB")


def main() -> None:
    """Take both pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        with admin_of_the_demo(browser) as (page, admin, ids):
            visitor = browser.new_page(viewport=WINDOW)
            visitor.goto(admin.removesuffix("admin/"))
            photograph(visitor, FOLDER / "site.png")
            page.set_viewport_size(WINDOW)
            page.goto(f"{admin}pages/{ids['content.ContentPage']}/edit/")
            photograph(page, FOLDER / "admin.png")
        browser.close()


if __name__ == "__main__":
    main()
