"""Pictures for the editors' guide, taken from the admin as it is.

`make guide-pictures` calls this. It imports the demo into a database of its own, opens each form
that the guide shows, and writes the part that it speaks about, with the sizes and the words of
all pictures beside them. A browser test compares those words with the admin of the day, so that a
form that has changed asks for new pictures.
"""

from __future__ import annotations

import io
import json
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from editors.guide import NOTED, PICTURES
from tools.fidelity import environment_for, manage, say, serving
from tools.screenshots import ARGUMENTS, DEMO, chromium, sign_in

PASSWORD = "only for pictures"
# Who takes the pictures, where the forms are ({page type: id of one page}), and a page for the care
# list, since the demo needs nothing.
PREPARE = f"""
import json
from django.contrib.auth import get_user_model
from wagtail.models import Page
get_user_model().objects.create_superuser("Officer", "officer@example.org", "{PASSWORD}")
pages = Page.objects.filter(depth__gt=1).order_by("-path")
found = {{page.specific_class._meta.label: page.pk for page in pages}}
from content.models import ContentPage, SiteImage
from navigation.models import Menu
pictured = [page for page in ContentPage.objects.order_by("path")
            if any(block.block_type == "picture" for block in page.body)]
value = {{"image": SiteImage.objects.order_by("pk").first().pk, "alt": "", "caption": ""}}
page = ContentPage(title="Visiting us")
text = {{"type": "text", "value": "<p>TBC</p>"}}
page.body = json.dumps([{{"type": "picture", "value": value}}, text])
Page.objects.get(depth=2).add_child(instance=page)
page.save_revision().publish()
print(json.dumps(found | {{"menu": Menu.objects.first().pk, "pictured": pictured[0].pk}}))
"""
# What tells nothing about a form: numbers, and the names of days and months.
_PASSING = re.compile(
    r"\b(?:\w*\d\S*|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?|[ap]\.m\.|just now"
    r"|ago|minutes?|seconds?|hours?)\W*",
    re.IGNORECASE,
)
TALLEST = 900
# What stays in place while one scrolls, and would lie over a form.
FIXED = "footer.footer, .w-slim-header, .w-minimap, [data-minimap-container]"


@dataclass(frozen=True)
class Scene:
    """A picture: the address of a form, with ``{…}`` for a page's id, and what to show of it.

    ``find`` gets the loaded page, does what has to be done first, and returns the element.
    """

    address: str
    find: Callable[[Page], Locator]


def _element(selector: str) -> Callable[[Page], Locator]:
    return lambda page: page.locator(selector).first


def _unfolded(field: str, around: str) -> Callable[[Page], Locator]:
    """Open whatever is folded up around a field, and show the nearest ``around``."""

    def find(page: Page) -> Locator:
        target = page.locator(field).first
        target.wait_for(state="attached")
        for _ in range(6):
            toggle = "> .w-panel__header > [data-panel-toggle][aria-expanded=false]"
            folded = page.locator(f"section:has({field}) {toggle}")
            if not folded.count():
                break
            folded.first.click()
        return page.locator(f"{around}:has({field})").last

    return find


def _address(page: Page) -> Locator:
    page.get_by_role("tab", name="Promote").click()
    section = page.locator("#panel-child-promote-address_of_the_page-section")
    toggle = section.locator("[data-panel-toggle]").first
    if toggle.get_attribute("aria-expanded") == "false":
        toggle.click()
    return section


def _block_menu(page: Page) -> Locator:
    page.locator("button[data-streamblock-menu-button], .c-sf-add-button").last.click()
    return page.locator(".w-combobox").first


def _actions(page: Page) -> Locator:
    page.locator("footer [data-w-dropdown-target='toggle']").last.click()
    return page.locator("[data-tippy-root], .w-dropdown__content").last


SCENES: Mapping[str, Scene] = {
    "body": Scene("pages/{content.ContentPage}/edit/", _element("#tab-content")),
    "actions": Scene("pages/{content.ContentPage}/edit/", _actions),
    "block-menu": Scene("pages/{content.ContentPage}/edit/", _block_menu),
    "address": Scene("pages/{content.ContentPage}/edit/", _address),
    "history": Scene("pages/{content.ContentPage}/history/", _element("main table")),
    "opening": Scene(
        "pages/{home.HomePage}/edit/",
        _unfolded("[name='sections-0-value-title']", "[data-streamfield-child]"),
    ),
    "picture": Scene(
        "pages/{pictured}/edit/",
        _unfolded("[name$='-value-alt']", "[data-streamfield-child]"),
    ),
    "directory": Scene(
        "pages/{networks.OverviewPage}/edit/", _element("[data-contentpath='entries']")
    ),
    "file": Scene("pages/{resources.ResourceLinkPage}/edit/", _element("#tab-content")),
    "contact": Scene("pages/{content.ContactPage}/edit/", _element("#tab-content")),
    "notification": Scene("settings/navigation/notification/", _element("main form")),
    "menu": Scene("snippets/navigation/menu/edit/{menu}/", _element("main [data-edit-form]")),
    "care": Scene("reports/care/", _element("main")),
}


@contextmanager
def admin_of_the_demo(browser: Browser) -> Iterator[tuple[Page, str, dict[str, int]]]:
    """Yield a logged-in page, the address of the admin, and the ids for ``Scene.address``."""
    with tempfile.TemporaryDirectory(prefix="guide-") as name:
        folder = Path(name)
        environment = environment_for(folder)
        manage(environment, "migrate", "--verbosity", "0")
        manage(environment, "import_isomer", str(DEMO))
        ids = json.loads(manage(environment, "shell", "-v", "0", "-c", PREPARE).splitlines()[-1])
        with serving(environment, folder) as address:
            context = browser.new_context(viewport={"width": 1100, "height": 900})
            page = sign_in(context, address, "Officer", PASSWORD)
            yield page, f"{address}/admin/", ids
            context.close()


def show(page: Page, admin: str, ids: Mapping[str, int], scene: Scene) -> Locator:
    """Open a scene and return what its picture shows."""
    path = re.sub(r"\{([^}]+)\}", lambda found: str(ids[found[1]]), scene.address)
    page.goto(f"{admin}{path}")
    page.wait_for_load_state("networkidle")
    element = scene.find(page)
    element.wait_for()
    page.wait_for_timeout(400)
    return element


def words_of(element: Locator) -> str:
    """Return the words of an element but for those that pass: numbers, days."""
    return " ".join(_PASSING.sub(" ", element.inner_text()).split())


def take(element: Locator, into: Path) -> dict[str, Any]:
    """Write a picture and return what is noted of it."""
    in_place = element.evaluate("(one, fixed) => !!one.closest(fixed)", FIXED)
    style = "" if in_place else f":is({FIXED}) {{ visibility: hidden !important }}"
    taken = element.screenshot(animations="disabled", style=style)
    with Image.open(io.BytesIO(taken)) as whole:
        picture = whole.convert("RGB").crop((0, 0, whole.width, min(whole.height, TALLEST)))
    picture.save(into, quality=82, method=6)
    return {"width": picture.width, "height": picture.height, "words": words_of(element)}


def main() -> None:
    """Take all pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    noted = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        with admin_of_the_demo(browser) as (page, admin, ids):
            for name, scene in SCENES.items():
                element = show(page, admin, ids, scene)
                noted[name] = take(element, PICTURES / f"{name}.webp")
                say(f"{name}: {noted[name]['width']} x {noted[name]['height']}")
        browser.close()
    NOTED.write_text(json.dumps(noted, indent=1, sort_keys=True, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
