"""A publisher opens a page that waits, and chooses the main button."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from wagtail.models import Comment, CommentReply, TaskState, get_page_models
from wagtail.models import Page as WagtailPage

from content.blocks import BodyBlock
from content.models import ContentPage
from home.models import HomePage
from tests.browser.conftest import until
from tests.factories import make_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def submit(page: WagtailPage) -> None:
    """Submit the latest draft of a page, as nobody in particular."""
    page.get_workflow().start(page.get_latest_revision_as_object(), None)


def approve(person, demo: str, page: WagtailPage) -> str:
    """Choose the main button of a page's form and return what the admin says then."""
    person.goto(f"{demo}/admin/pages/{page.pk}/edit/")
    until(person, "document.readyState === 'complete'")
    button = person.get_by_role("button", name="Approve and publish", exact=True)
    button.click()
    message = person.locator(".messages .success")
    message.wait_for()
    return message.inner_text()


def test_pages_of_every_type_are_published_at_once(enter, demo) -> None:
    types = [model for model in get_page_models() if model is not WagtailPage]
    found = [model.objects.filter(live=True, depth__gt=1).first() for model in types]
    pages = [page for page in found if page is not None]
    assert len(pages) >= 8
    for page in pages:
        submit(page)
    publisher = enter("publisher")
    for page in pages:
        assert "approved and published" in approve(publisher, demo, page), page
        assert not WagtailPage.objects.get(pk=page.pk).workflow_in_progress
    assert TaskState.objects.count() == len(pages)


def test_every_block_with_a_comment_beside_it(enter, demo) -> None:
    home = HomePage.objects.get(depth=2)
    # Those that an editor has to fill in first have no sample that could be published.
    body = [
        (name, block.get_preview_value())
        for name, block in BodyBlock().child_blocks.items()
        if name not in {"picture", "embed", "imported_html", "anchor"}
    ]
    page = make_page(home, "All of it", body=body)
    revisions = page.revisions.count()
    editor = User.objects.create_user("author")
    comment = Comment.objects.create(
        page=page, user=editor, text="Is this so?", contentpath="title", position="null"
    )
    CommentReply.objects.create(comment=comment, user=editor, text="It is.")
    submit(page)
    assert "approved and published" in approve(enter("publisher"), demo, page)
    page = ContentPage.objects.get(pk=page.pk)
    assert not page.workflow_in_progress
    assert page.revisions.count() == revisions, "nothing was typed, so nothing was saved"
