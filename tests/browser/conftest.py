"""A real browser (Debian's Chromium) against a live server."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from playwright.sync_api import Browser, BrowserContext, Page

from tests.editors.people import GROUPS, make_person
from tests.isomer.importing import DEMO, run_import
from tools.screenshots import ServedSite, imported_site, sign_in

Enter = Callable[[str], Page]


def until(page: Page, expression: str, seconds: float = 20) -> None:
    """Wait until an expression holds in a page.

    Playwright's own waiting compiles text within the page, which its policy forbids.
    """
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"never true: {expression}"
        page.wait_for_timeout(50)


def done(person: Page, words: str) -> None:
    """Wait for the message that something was done. The same words may stand elsewhere before."""
    person.locator(".messages").get_by_text(words).first.wait_for()


def administrator(context: BrowserContext, site: str) -> Page:
    """Return the admin's first page as a new person who may do everything sees it."""
    get_user_model().objects.create_superuser("editor", "editor@example.org", "a good password")
    return sign_in(context, site, "editor", "a good password")


@pytest.fixture(scope="session")
def sample() -> Iterator[ServedSite]:
    """The demo with its sample pages, imported once and served by a process of its own.

    For tests that only look: whatever they do in the browser changes nothing on the site.
    """
    with imported_site(DEMO) as served:
        yield served


@pytest.fixture
def groups(tree_root) -> None:
    """Make the groups and the workflow again, which an earlier test's clean-up removed."""
    if not Group.objects.filter(name__in=GROUPS.values()).exists():
        import_module("editors.migrations.0002_groups_and_workflow").forwards(apps, None)


@pytest.fixture
def demo(tree_root, live_server) -> str:
    """Import the demo and return the address of the running site."""
    run_import(DEMO)
    return str(live_server.url)


@pytest.fixture
def editor(context, demo) -> Page:
    """A page of the browser, logged in to the admin."""
    return administrator(context, demo)


@pytest.fixture
def enter(browser: Browser, groups, demo) -> Iterator[Enter]:
    """A function that logs a new person of a role in, in a browser of their own."""
    opened = []

    def log_in(role: str) -> Page:
        make_person(role)
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.set_default_timeout(30_000)
        opened.append(context)
        return sign_in(context, demo, role, "x")

    yield log_in
    for context in opened:
        context.close()
