"""Settings and drafts in a real browser: what somebody sees and keeps without saving."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse
from wagtail.models import Page, Revision, Site

from navigation.models import SiteIdentity
from tests.browser.conftest import until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_colours_are_judged_and_seen_while_somebody_types(editor, demo):
    site = Site.objects.get()
    path = reverse("wagtailsettings:edit", args=["navigation", "siteidentity", site.pk])
    before = SiteIdentity.for_site(site).primary_colour
    editor.goto(f"{demo}{path}")
    field = editor.locator("[name=primary_colour]")
    field.fill("#ffd40")
    panel = editor.locator("[data-contrast]")
    panel.get_by_text("Write a colour as #").wait_for()
    field.fill("#ffd400")
    panel.get_by_text("Black is used; white would have 1.4 : 1.").wait_for()
    assert editor.locator("[data-contrast-said]").text_content().startswith("Contrasts: 14.6 : 1,")
    # The palette beside the field and the field follow each other.
    picker = editor.get_by_label("Pick: Primary colour")
    assert picker.input_value() == "#ffd400"
    picker.fill("#004400")
    panel.get_by_text("White is used").wait_for()
    assert field.input_value() == "#004400"
    editor.get_by_role("button", name="Toggle preview").click()
    brand = (
        "getComputedStyle(document.querySelector('#w-preview-iframe').contentDocument"
        ".documentElement).getPropertyValue('--brand')"
    )
    until(editor, f"{brand} === '#004400'", seconds=60)
    assert SiteIdentity.for_site(site).primary_colour == before


def is_saving(answer) -> bool:
    """Tell whether an answer is that of a form which was posted."""
    return answer.request.method == "POST" and answer.url.endswith("/edit/")


def test_a_draft_is_kept_by_itself_and_looking_writes_nothing(editor, demo):
    pages = Page.objects.filter(depth__gt=2)[:3]
    count, pause = Revision.objects.count(), settings.WAGTAIL_AUTOSAVE_INTERVAL
    for page in pages:
        editor.goto(f"{demo}/admin/pages/{page.pk}/edit/")
        editor.wait_for_timeout(pause + 1500)
    assert Revision.objects.count() == count
    title = editor.locator("[name=title]")
    for words in (" one", " two"):
        with editor.expect_response(is_saving):
            title.press_sequentially(words)
    # One sitting is one revision, however often it was saved.
    assert Revision.objects.count() == count + 1
    assert "one two" in Page.objects.get(pk=page.pk).get_latest_revision_as_object().title
