"""Imports in the admin, as people with different permissions meet them in a browser."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.isomer.importing import DEMO, ROOT
from tools.fidelity import environment_for, manage, serving

pytestmark = pytest.mark.browser

PEOPLE = """
from django.contrib.auth.models import Group, Permission, User
User.objects.create_superuser("administrator", "a@example.org", "a good password")
for name, permissions in (("editor", []), ("officer", ["view_signoff", "view_runrequest"])):
    person = User.objects.create_user(name, f"{name}@example.org", "a good password")
    person.groups.add(Group.objects.get(name="Editors"))
    person.user_permissions.set(Permission.objects.filter(codename__in=permissions))
"""
FIFTY = 50
MOST_TABS = 80


@dataclass
class Served:
    """A site of its own: its address, and the folder that may be imported."""

    address: str
    source: Path
    browser: Browser
    environment: dict[str, str]

    def log_in(self, name: str) -> Page:
        context = self.browser.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(60_000)
        page = context.new_page()
        page.goto(f"{self.address}/admin/login/")
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill("a good password")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{self.address}/admin/")
        return page


@pytest.fixture(scope="module")
def served(browser, tmp_path_factory) -> Iterator[Served]:
    """An empty site that may import the demo and a few pages more."""
    folder = tmp_path_factory.mktemp("sign-off")
    source = folder / "agency"
    shutil.copytree(DEMO, source, ignore=shutil.ignore_patterns(".git"))
    for number in range(1, 9):
        text = f"---\ntitle: Further {number}\npermalink: /further/{number}/\n---\nText {number}.\n"
        (source / "pages" / f"further-{number}.md").write_text(text, encoding="utf-8")
    environment = environment_for(folder) | {
        "ISOMER_SOURCES": f"agency={source}",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
    }
    manage(environment, "migrate", "--verbosity", "0")
    subprocess.run(
        [sys.executable, "manage.py", "shell", "-c", PEOPLE], cwd=ROOT, env=environment, check=True
    )
    with serving(environment, folder) as address:
        yield Served(address, source, browser, environment)


def check_accessibility(page: Page) -> None:
    """Fail on what axe finds in the part of the page that is ours; the rest is Wagtail's."""
    found = Axe().run(page, context="#main .nice-padding").response["violations"]
    assert not found, [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found]


def tab_to(page: Page, text: str) -> None:
    """Press the tab key until what has the focus begins with a text."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        focused = page.evaluate("(document.activeElement.textContent || '').trim()")
        if focused.startswith(text):
            return
    raise AssertionError(f"The tab key does not lead to “{text}”.")


def import_with_keyboard(served: Served) -> None:
    page = served.log_in("administrator")
    page.goto(f"{served.address}/admin/imports/start/")
    check_accessibility(page)
    tab_to(page, "Make a plan")
    page.keyboard.press("Enter")
    page.get_by_text("Waits for confirmation").wait_for()
    assert page.get_by_text("Nothing is written while the plan is made").count() == 0
    check_accessibility(page)
    tab_to(page, "Do exactly this")
    page.keyboard.press("Enter")
    # The page follows the process by itself.
    page.locator("#progress", has_text="pages created").wait_for()
    page.locator("#progress", has_text="Done").wait_for()
    assert page.locator("#progress .error-message").count() == 0
    page.context.close()


def sign_off_with_keyboard(served: Served) -> int:
    """Accept every page with two keys for each; return how many there were."""
    page = served.log_in("administrator")
    page.goto(f"{served.address}/admin/imports/sign-off/")
    check_accessibility(page)
    tab_to(page, "Begin with the first page")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-off/*/?*")
    check_accessibility(page)
    signed = 0
    while page.locator("form.isomer-decision").count():
        focused = "document.activeElement.matches('input[name=decision][value=accepted]')"
        page.wait_for_function(focused)
        page.keyboard.press("Space")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        signed += 1
        assert signed < 2 * FIFTY
    page.get_by_role("heading", name="is ready").wait_for()
    page.context.close()
    return signed


def test_from_an_empty_site_to_a_signed_one_with_the_keyboard_alone(served, record_property):
    import_with_keyboard(served)
    officer = served.log_in("officer")
    officer.goto(f"{served.address}/admin/imports/sign-off/")
    assert officer.get_by_role("heading", name="is not ready").is_visible()
    assert officer.get_by_text("Begin with the first page").count() == 0
    officer.locator(".isomer-pages tbody a").nth(1).click()
    officer.get_by_role("heading", name="Source and page").wait_for()
    assert officer.get_by_role("button", name="Save and next").count() == 0
    officer.goto(f"{served.address}/admin/imports/start/")
    assert officer.get_by_role("button", name="Make a plan").count() == 0
    officer.context.close()
    editor = served.log_in("editor")
    assert editor.get_by_text("imported pages to accept").count() == 0
    assert editor.get_by_role("button", name="Imports").count() == 0
    for path in ("sign-off/", "start/", "sign-off/record.html"):
        editor.goto(f"{served.address}/admin/imports/{path}")
        assert editor.url == f"{served.address}/admin/"
    editor.context.close()
    signed = sign_off_with_keyboard(served)
    assert signed >= FIFTY
    record_property("figures", f"pages signed off with two keys each: {signed}")


EDIT = """
from wagtail.models import Page
page = Page.objects.get(title="Further 3").specific
page.body = [("text", "<p>Text.</p>")]
page.save_revision().publish()
"""


def test_looking_at_source_and_page_and_accepting_several(served: Served) -> None:
    """Whether the test before imported the site or not."""
    manage(served.environment, "import_isomer", str(served.source), "--no-renditions")
    in_shell = [sys.executable, "manage.py", "shell", "-c", EDIT]
    subprocess.run(in_shell, cwd=ROOT, env=served.environment, check=True)
    manage(served.environment, "verify_import")
    page = served.log_in("administrator")
    page.goto(f"{served.address}/admin/imports/sign-off/?q=further-3")
    page.locator(".isomer-pages tbody th a").click()
    page.get_by_role("heading", name="Source as readers saw it").wait_for()
    check_accessibility(page)
    source, shown = page.frame("side-source"), page.frame("side-served")
    assert source is not None
    assert shown is not None
    source.locator("mark#difference-1").wait_for()
    shown.locator("#difference-1").wait_for()
    tab_to(page, "in the source")
    page.keyboard.press("Enter")
    source.wait_for_url("**#difference-1")
    # Nothing runs in a side.
    assert source.evaluate("document.scripts.length") == 0
    page.set_viewport_size({"width": 360, "height": 800})
    too_wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(too_wide)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{served.address}/admin/imports/sign-off/?q=further")
    for name in ("Further 1", "Further 2"):
        page.get_by_role("checkbox", name=f"Tick “{name}”").focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Accept the ticked pages").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_text("2 pages were accepted.").wait_for()
    page.get_by_role("checkbox", name="Tick all pages of this list").check()
    assert page.locator("input[name=page]:checked").count() == page.locator("[name=page]").count()
    check_accessibility(page)
    page.context.close()
