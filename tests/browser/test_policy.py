"""The security policies in a real browser: nothing is stopped, and everything works."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page
from wagtail.models import Site

from content.models import EmbedHost, SiteImage
from home.models import HomePage
from navigation.models import SiteIdentity
from networks.models import OverviewPage
from tests.browser.conftest import until
from tests.browser.test_embeds import FORM, embed
from tests.browser.test_public import DEMO_PATHS
from tests.factories import make_page
from tests.isomer.importing import DEMO

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Every frame of a page reports what its policy stops; so does the console.
LISTEN = """addEventListener("securitypolicyviolation", (event) => console.error(
  "policy: " + event.effectiveDirective + " " + event.blockedURI + " " + event.sourceFile + ":"
  + event.lineNumber + " " + event.sample));"""


def watched(context: BrowserContext) -> list[str]:
    """Return a list that fills with what policies stop on any page of a browser context."""
    stopped: list[str] = []

    def noted(message: Any) -> None:
        if re.search("policy: |Content Security Policy|Permissions-Policy", message.text):
            stopped.append(f"{message.page.url}: {message.text[:300]}")

    context.add_init_script(LISTEN)
    context.on("console", noted)
    return stopped


def settled(page: Page, address: str) -> None:
    """Open a page and let its scripts, frames and pictures finish."""
    page.goto(address)
    page.wait_for_load_state("networkidle")


# Not /feed.xml and /sitemap.xml: there the policy stops the browser's own view of the source.
PATHS = [*DEMO_PATHS, "/contact-us/", "/news/", "/robots.txt"]


def test_nothing_is_stopped_on_public_pages(context, demo):
    stopped = watched(context)
    page = context.new_page()
    for path in PATHS:
        settled(page, demo + path)
    assert not stopped, "\n".join(stopped)


def test_a_script_in_a_page_is_stopped(context, demo):
    """The policy does something, and the listener of these tests hears it."""
    stopped = watched(context)
    page = context.new_page()
    page.goto(demo)
    script = "Object.assign(document.createElement('script'), {text: 'window.x = 1'})"
    page.evaluate(f"document.body.append({script})")
    assert page.evaluate("window.x") is None
    assert stopped


def test_an_embed_plays_under_the_policy(context, demo):
    EmbedHost.objects.get_or_create(host="form.gov.sg", defaults={"decision": "allowed"})
    make_page(HomePage.objects.get(depth=2), "Forms", body=[embed(FORM, "Tell us")])
    stopped = watched(context)
    page = context.new_page()
    page.route("https://form.gov.sg/**", lambda route: route.fulfill(body="<p>The form</p>"))
    page.goto(f"{demo}/forms/")
    page.locator("main button").click()
    page.frame_locator("iframe[src]").get_by_text("The form").wait_for()
    assert not stopped, "\n".join(stopped)


def admin_addresses() -> list[str]:
    overview, image = OverviewPage.objects.get(), SiteImage.objects.first()
    assert image is not None
    return [
        "/admin/",
        f"/admin/pages/{overview.get_parent().pk}/",
        f"/admin/pages/{overview.pk}/history/",
        f"/admin/pages/add/content/contentpage/{overview.get_parent().pk}/",
        "/admin/images/",
        f"/admin/images/{image.pk}/",
        "/admin/images/multiple/add/",
        "/admin/documents/",
        "/admin/documents/multiple/add/",
        "/admin/settings/navigation/siteidentity/",
        "/admin/snippets/content/embedhost/",
        "/admin/redirects/",
        "/admin/users/",
        "/admin/account/",
        "/admin/reports/site-history/",
        "/admin/styleguide/",
        "/-/django-admin/",
        "/-/django-admin/auth/user/",
    ]


def test_nothing_is_stopped_in_the_admin(context, editor, demo):
    stopped = watched(context)
    for address in admin_addresses():
        settled(editor, demo + address)
    assert not stopped, "\n".join(stopped)


def test_the_page_editor_works_under_the_policy(context, editor, demo):
    """Rich text, blocks, preview panel with the public page in it, and the checker."""
    stopped = watched(context)
    for page in (HomePage.objects.get(depth=2), OverviewPage.objects.get()):
        settled(editor, f"{demo}/admin/pages/{page.pk}/edit/")
        editor.get_by_role("button", name="Toggle preview").click()
        frame = editor.frame_locator("[data-side-panel='preview'] iframe[src]").first
        frame.locator("h1").first.wait_for(state="attached")
        editor.get_by_role("button", name="Toggle checks").click()
        # The checker has looked at the preview when it has counted its words.
        counted = "/[0-9]/.test(document.querySelector('[data-content-word-count]').innerText)"
        until(editor, counted, seconds=60)
    assert not stopped, "\n".join(stopped)


def test_tables_are_edited_under_the_policy(context, editor, demo):
    table = {"caption": "", "table": "<table><tr><td><p>A cell</p></td></tr></table>"}
    body = [{"type": "table", "value": table}]
    page = make_page(HomePage.objects.get(depth=2), "Table", body=body)
    stopped = watched(context)
    settled(editor, f"{demo}/admin/pages/{page.pk}/edit/")
    cell = editor.locator(".table-editor td").first
    cell.click()
    editor.keyboard.type("More ")
    assert "More" in cell.inner_text()
    editor.wait_for_load_state("networkidle")
    assert not stopped, "\n".join(stopped)


def test_pictures_are_uploaded_under_the_policy(context, editor, demo):
    stopped = watched(context)
    settled(editor, f"{demo}/admin/images/multiple/add/")
    editor.locator("input[type='file']").set_input_files(DEMO / "images" / "hero.jpg")
    editor.locator("#upload-list form").wait_for(state="attached")
    assert not stopped, "\n".join(stopped)


def test_the_bar_of_editors_works_on_public_pages(context, editor, demo):
    stopped = watched(context)
    settled(editor, demo)
    editor.get_by_role("button", name="View Wagtail quick actions").click()
    editor.get_by_role("menuitem", name=re.compile("Edit this page")).or_(
        editor.get_by_role("link", name="Edit this page")
    ).first.wait_for()
    assert not stopped, "\n".join(stopped)


@pytest.mark.parametrize("asks_not_to", [False, True])
def test_statistics_start_under_the_policy(browser, demo, asks_not_to):
    fields = {"analytics_enabled": True, "google_analytics_4": "G-ABC1234"}
    SiteIdentity.objects.filter(site=Site.objects.get()).update(**fields)
    context = browser.new_context()
    stopped = watched(context)
    page = context.new_page()
    if asks_not_to:
        page.add_init_script("Object.defineProperty(navigator, 'doNotTrack', {value: '1'})")
    asked: list[str] = []
    sends = "fetch('https://region1.google-analytics.com/g/collect', {mode: 'no-cors'})"
    script = f"window.started = dataLayer.map((one) => one[0]); {sends};"

    def answer(route: Any) -> None:
        asked.append(route.request.url)
        route.fulfill(content_type="text/javascript", body=script)

    page.route(re.compile(r"^https://"), answer)
    settled(page, demo)
    if asks_not_to:
        assert asked == []
    else:
        assert page.evaluate("window.started") == ["js", "config"]
        assert asked == [
            "https://www.googletagmanager.com/gtag/js?id=G-ABC1234",
            "https://region1.google-analytics.com/g/collect",
        ]
    assert not stopped, "\n".join(stopped)
    context.close()
