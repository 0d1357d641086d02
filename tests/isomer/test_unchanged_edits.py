"""Opening a page in the editor and saving it untouched changes nothing, and is not an edit."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import Page, Revision

from content.models import SectionPage
from isomer.apply.content import same_content
from isomer.plan.model import Action
from tests.forms import page_form_data
from tests.isomer.importing import DEMO, SEEDS, run_import


def stream_of(page) -> str:
    field = "sections" if hasattr(page, "sections") else "body"
    if isinstance(page, SectionPage):
        return ""
    block = page._meta.get_field(field).stream_block
    prepared = str(block.get_prep_value(getattr(page, field)))
    return re.sub(r' data-block-key="[^"]*"', "", prepared)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "folder",
    [pytest.param(SEEDS, marks=pytest.mark.shared, id="seeds"), pytest.param(DEMO, id="demo")],
)
def test_edit_form_posted_unchanged(folder, client):
    run_import(folder)
    client.force_login(get_user_model().objects.create_superuser("officer", "o@example.org", "x"))
    pages = list(Page.objects.filter(depth__gt=1).specific())
    assert len(pages) >= 6
    for page in pages:
        before = stream_of(page)
        data = page_form_data(page) | {"action-publish": "action-publish"}
        response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
        assert response.status_code == 302, response.context["form"].errors
        after = type(page).objects.get(pk=page.pk)
        assert stream_of(after) == before
        for name in ("title", "address", "search_description", "show_in_menus", "slug"):
            assert str(getattr(after, name)).replace("\r\n", "\n") == str(getattr(page, name))
    revisions = Revision.objects.count()
    again = run_import(folder)
    assert {page.action for page in again.plan.pages} == {Action.KEEP}
    assert Revision.objects.count() == revisions
    assert "page-edited" not in {message.rule for message in again.plan.messages}


@pytest.mark.django_db
def test_a_real_edit_is_seen_as_one(client):
    run_import(DEMO)
    page = Page.objects.get(slug="our-role").specific
    assert same_content(page, {"title": page.title})
    page.title = "Our part"
    page.save_revision().publish()
    again = run_import(DEMO)
    # The source has not changed, so there is nothing to write and nothing to warn about.
    assert {planned.action for planned in again.plan.pages} == {Action.KEEP}
    assert Page.objects.get(pk=page.pk).title == "Our part"
