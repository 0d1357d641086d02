"""Opening a page in the editor and saving it untouched changes nothing, and is not an edit."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.models import Page, Revision

from isomer.plan.model import Action
from isomer.present.values import same_content
from tests.forms import page_form_data
from tests.isomer.importing import DEMO, SEEDS, run_import


def streams_of(page: Page) -> dict[str, str]:
    """Return the streams of a page as they are stored, without the keys of paragraphs."""
    stored = {}
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            prepared = str(field.stream_block.get_prep_value(getattr(page, field.name)))
            stored[field.name] = re.sub(r' data-block-key="[^"]*"', "", prepared)
    return stored


def plain_values(page: Page) -> dict[str, str]:
    """Return what else an editor can change on a page."""
    fields = {field.name for field in page._meta.get_fields()} - set(streams_of(page))
    names = fields & set(page.get_edit_handler().get_form_class()._meta.fields)
    return {name: str(getattr(page, name)).replace("\r\n", "\n") for name in names}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "folder",
    [pytest.param(SEEDS, marks=pytest.mark.shared, id="seeds"), pytest.param(DEMO, id="demo")],
)
def test_edit_form_posted_unchanged(folder, client):
    run_import(folder)
    client.force_login(get_user_model().objects.create_superuser("officer", "o@example.org", "x"))
    # Editors are shown the latest revision, and a page that waits for its day can't be saved.
    found = Page.objects.filter(depth__gt=1).specific()
    pages = [page.get_latest_revision_as_object() for page in found if not page.get_lock()]
    assert len(pages) >= 6
    for page in pages:
        before, values = streams_of(page), plain_values(page)
        # A draft stays what it is.
        data = page_form_data(page) | ({"action-publish": "action-publish"} if page.live else {})
        response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
        assert response.status_code == 302, response.context["form"].errors
        after = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
        assert streams_of(after) == before
        assert plain_values(after) == values
        assert after.live == page.live
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
