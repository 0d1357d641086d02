"""Nothing that a hostile source says runs as a script, on pages of the site and of the admin.

The short run opens every public page and some of the admin's.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import QuerySet
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, Route
from wagtail.models import Page as WagtailPage

from isomer.models import Certificate, ImportRun
from resources.models import ResourceLinkPage
from tests.browser.conftest import administrator
from tests.isomer.importing import ROOT, command_output

MAKER = ROOT.parent / "shared" / "tools" / "make_hostile.py"
pytestmark = [pytest.mark.browser, pytest.mark.shared, pytest.mark.django_db(transaction=True)]

# The vectors call alert, which nothing of ours does.
LISTEN = "window.alert = (words) => { console.error('hit: ' + words); };"
# The short run opens the forms of one page in so many, always the same ones.
EVERY = 16


class Watch:
    """What happened on the pages of a browser context that must not happen.

    ``hits`` are scripts of a source that ran, and ``asked`` is what was asked of other hosts.
    """

    def __init__(self, context: BrowserContext) -> None:
        self.hits: list[str] = []
        self.asked: list[str] = []
        context.add_init_script(LISTEN)
        context.on("console", self._heard)
        context.route(re.compile(r"^(?!http://localhost:|file:|data:|blob:)"), self._stopped)

    def _heard(self, message: Any) -> None:
        if message.text.startswith("hit: "):
            self.hits.append(f"{message.page.url}: {message.text}")

    def _stopped(self, route: Route) -> None:
        self.asked.append(f"{route.request.frame.url}: {route.request.url}")
        route.abort()

    def found(self) -> list[str]:
        return [*self.hits, *self.asked]


@pytest.fixture
def unguarded(browser: Browser) -> Iterator[BrowserContext]:
    """Return a browser that heeds no policy, so that whatever was not escaped runs."""
    context = browser.new_context(bypass_csp=True)
    yield context
    context.close()


@pytest.fixture
def reports(tree_root: None, tmp_path: Path) -> Path:
    """Import the script vectors, compare each page with its document, and return the folder
    that holds both reports."""
    made, folder = tmp_path / "made", tmp_path / "reports"
    subprocess.run([sys.executable, str(MAKER), str(made)], check=True, capture_output=True)
    source = (made / "xss").rename(tmp_path / "xss")
    shutil.rmtree(made)
    command_output(str(source), "--report", str(folder))
    # What was left out on purpose differs from its document.
    with suppress(CommandError):
        call_command("verify_import", "--report", str(folder), stdout=io.StringIO())
    return folder


def admin_addresses(every: int) -> list[str]:
    """Return the addresses of all kinds of pages that the admin has for an import, and those
    of one page in so many."""
    run = ImportRun.objects.latest("pk")
    pages = WagtailPage.objects.filter(depth__gt=1).order_by("pk")[::every]
    certificates = signed()[::every]
    of_a_page = ("wagtailadmin_pages:edit", "wagtailadmin_pages:view_draft")
    return [
        *(reverse(name, args=[page.pk]) for page in pages for name in of_a_page),
        *(reverse("isomer_certificate_modeladmin_inspect", args=[one.pk]) for one in certificates),
        *(reverse("isomer_sign_off_page", args=[one.imported_id]) for one in certificates),
        reverse("isomer_importrun_modeladmin_inspect", args=[run.pk]),
        *(reverse(f"isomer_{name}_modeladmin_index")
          for name in ("importrun", "importmessage", "certificate", "importedobject")),
        reverse("isomer_sign_off"), reverse("isomer_requests"),
        reverse("wagtailadmin_home"), reverse("wagtailadmin_explore_root"),
        reverse("wagtailimages:index"), reverse("wagtaildocs:index"),
        reverse("wagtailredirects:index"),
    ]  # fmt: skip


def signed() -> QuerySet[Certificate]:
    """Return the certificates of what can be signed off."""
    return Certificate.objects.filter(page__depth__gt=2, imported__isnull=False).order_by("pk")


def sides(every: int) -> list[str]:
    """Return the addresses of source and page as sign-off shows them, of one in so many."""
    return [
        reverse("isomer_sign_off_side", args=[one.imported_id, side])
        for one in signed()[::every]
        for side in ("source", "served")
    ]


def opened(page: Page, addresses: list[str]) -> list[str]:
    """Open pages one after another and return those that were not served."""
    failed = []
    for address in addresses:
        answer = page.goto(address)
        if answer is None or not answer.ok:
            failed.append(f"{address}: {answer and answer.status}")
    return failed


def test_the_watch_sees_scripts_and_other_hosts(unguarded: BrowserContext) -> None:
    watch = Watch(unguarded)
    page = unguarded.new_page()
    page.set_content("<img src='http://evil.example/x.png' onerror='alert(8)'>")
    page.wait_for_load_state("networkidle")
    assert [text.rsplit(": ")[-1] for text in watch.hits] == ["8"]
    assert [text.rsplit(": ")[-1] for text in watch.asked] == ["http://evil.example/x.png"]


def test_no_script_of_a_source_runs(
    unguarded: BrowserContext,
    context: BrowserContext,
    reports: Path,
    live_server: Any,
    long_run: bool,
) -> None:
    site, every = str(live_server.url), 1 if long_run else EVERY
    live = WagtailPage.objects.live().filter(depth__gt=1).specific()
    links = [one for one in live if isinstance(one, ResourceLinkPage)]
    public = [one.relative_url(None) for one in live if one not in links]
    written = sorted(reports.glob("*.html"))
    assert len(public) > 200
    assert written
    page = administrator(unguarded, site)
    watch = Watch(unguarded)
    failed = opened(page, [site + path for path in [*public, *admin_addresses(every)]])
    # A record is a download, so it is opened as a file, as the report of the run is.
    record = reports / "record.html"
    record.write_bytes(page.request.get(site + reverse("isomer_sign_off_record")).body())
    opened(page, [file.as_uri() for file in [*written, record]])
    assert (failed, watch.found()) == ([], [])

    # The sides of a page show a source's own markup, so there a policy has to hold.
    session = next(one["value"] for one in unguarded.cookies() if one["name"] == "sessionid")
    context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    watch = Watch(context)
    failed = opened(context.new_page(), [site + path for path in sides(every)])
    assert (failed, watch.found()) == ([], [])

    # A link item may lead to another site, as the old site's card did, but not to a script.
    led = {}
    for item in links:
        answer = context.request.get(site + item.relative_url(None), max_redirects=0)
        led[item.title] = (answer.status, answer.headers.get("location", ""))
    assert led.pop("l") == (301, "https://evil.example/x")
    assert {status for status, _ in led.values()} <= {404}
