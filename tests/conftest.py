"""What all tests share: a site to put pages on, and which tests a run takes.

``--database-only`` takes the tests that use the database, for the second pass on
PostgreSQL, and of a test with many parameters some. ``TEST_LONG=1`` makes sampling tests take
everything (`make test-long`).
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from pytest_django import DjangoDbBlocker
from wagtail.models import Collection, Locale, Page, Site

from tests.factories import make_home

BASE = Path(__file__).resolve().parents[1]
# How Chromium is started: as any user, and without asking other hosts.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LONG = os.environ.get("TEST_LONG") == "1"
# How many parameters of a test the second pass takes.
PARAMETERS = 4

# The same examples every time; only a long run looks for new ones.
settings.register_profile("short", deadline=None, derandomize=True)
settings.register_profile(
    "long", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("long" if LONG else "short")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only", action="store_true", help="take only the tests that use the database"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--database-only"):
        return
    taken = [
        item
        for item in items
        if (uses_database(item) or is_case_for_both(item)) and not item.get_closest_marker("sqlite")
    ]
    taken = taken if LONG else sampled(taken)
    kept = set(taken)
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = taken


def sampled(items: list[pytest.Item]) -> list[pytest.Item]:
    """Return of each test with many parameters the first, the last and some between, the same
    ones each time. What has passed with all of them on one database fails on another, if it
    does, by what the test itself asks of it. Trials that one fixture makes anyway stay whole."""
    by_test: dict[str, list[pytest.Item]] = {}
    for item in items:
        by_test.setdefault(item.nodeid.partition("[")[0], []).append(item)
    taken: set[pytest.Item] = set()
    for same in by_test.values():
        if len(same) <= PARAMETERS or same[0].get_closest_marker("xdist_group"):
            taken.update(same)
        else:
            step = (len(same) - 1) / (PARAMETERS - 1)
            taken.update(same[round(number * step)] for number in range(PARAMETERS))
    return [item for item in items if item in taken]


def uses_database(item: Any) -> bool:
    """Tell whether a test asked for the database."""
    fixtures = {"db", "transactional_db", "live_server"}
    return bool(item.get_closest_marker("django_db") or fixtures & set(item.fixturenames))


def is_case_for_both(item: Any) -> bool:
    """Tell whether a test imports a real site that is imported into each database. The short run
    takes the one with most files of the small ones, and the one that is moved and renamed."""
    if not item.get_closest_marker("cases"):
        return False
    return LONG or item.callspec.params["case"] in ("csc-corp", "healthtechsprint-moht")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the figures that tests measured (``record_property("figures", …)``)."""
    lines = [
        str(text)
        for report in terminalreporter.stats.get("passed", [])
        for name, text in report.user_properties
        if name == "figures"
    ]
    if lines:
        terminalreporter.section("figures")
        terminalreporter.write_line("\n".join(sorted(lines)))


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder of this process, for its database and media."""
    if hasattr(django_settings, "TEST_FOLDER"):
        Path(django_settings.TEST_FOLDER).mkdir(mode=0o700, exist_ok=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    if hasattr(django_settings, "TEST_FOLDER"):
        shutil.rmtree(django_settings.TEST_FOLDER, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_copy(request: pytest.FixtureRequest) -> Path | None:
    """Where an empty migrated database of SQLite is kept between runs; None on a server.

    Running all migrations takes longer than most tests. The name says what the database
    was made of, so that another migration or package makes another one.
    """
    if connection.vendor != "sqlite":
        return None
    made_of = hashlib.sha256()
    for path in sorted(BASE.glob("*/migrations/*.py")):
        made_of.update(path.read_bytes())
    for name in ("requirements.txt", "editors/grants.py"):
        made_of.update((BASE / name).read_bytes())
    folder: Path = request.config.cache.mkdir("migrated")
    return folder / f"{made_of.hexdigest()[:16]}.sqlite3"


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None, migrated_copy: Path | None) -> bool:
    """Begin with the copy, if there is one: Django then runs what is missing only."""
    if migrated_copy is None or not migrated_copy.exists():
        return False
    shutil.copyfile(migrated_copy, connection.settings_dict["TEST"]["NAME"])
    return True


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_keepdb: bool,
    migrated_copy: Path | None,
) -> None:
    """Keep a copy of a database that was just made. The last of two processes wins."""
    if migrated_copy is None or django_db_keepdb:
        return
    being_made = migrated_copy.with_suffix(f".{os.getpid()}")
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(being_made)])
    being_made.replace(migrated_copy)


@pytest.fixture
def long_run() -> bool:
    """Whether a sampling test should take everything."""
    return LONG


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Wagtail remembers the roots of sites in the cache, which no rollback empties."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _no_known_types(request: pytest.FixtureRequest) -> Iterator[None]:
    """Hide the content types that earlier tests read from a test without a database.

    Otherwise one that makes a page would pass or fail by the tests that ran before it.
    """
    if uses_database(request.node) or request.node.get_closest_marker("cases"):
        yield
        return
    with patch.object(ContentType.objects, "_cache", {}):
        yield


@pytest.fixture
def site(db: None) -> Site:
    """The default site, with a home page of ours in place of Wagtail's welcome page."""
    site = Site.objects.get(is_default_site=True)
    welcome = site.root_page
    site.root_page = make_home()
    site.save()
    welcome.delete()
    return Site.objects.get(pk=site.pk)


@pytest.fixture
def home(site: Site) -> Page:
    """The home page of the default site."""
    home: Page = site.root_page.specific
    return home


@pytest.fixture
def tree_root(transactional_db: None) -> None:
    """Put back what Wagtail's migrations made and an earlier test's clean-up removed."""
    Locale.objects.get_or_create(language_code="en-gb")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    if not Page.objects.exists():
        Page.add_root(title="Root", slug="root")
    if not Site.objects.exists():
        root = Page.get_first_root_node()
        welcome = root.add_child(title="Welcome", slug="home")
        Site.objects.create(hostname="localhost", root_page=welcome, is_default_site=True)


@pytest.fixture
def superuser(db: None) -> User:
    return User.objects.create_superuser("superuser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process: Playwright starts once in a thread."""
    executable = shutil.which("chromium") or "/usr/bin/chromium"
    assert Path(executable).exists(), "Install Debian's package chromium to run these tests."
    # Playwright's event loop makes Django believe that it is called from async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1440, "height": 900})
    opened.set_default_timeout(60_000)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def reachable_blocks() -> dict[str, Any]:
    """Every block in any stream of pages, menus and footers, by a path such as
    ``ContentPage.body.card_grid.cards.item.link``."""
    from tests.blocks import reachable_blocks

    return reachable_blocks()
