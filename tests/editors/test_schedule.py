"""What happens by itself: publishing at its time, and what may be thrown away."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision

from isomer.models import ImportedObject
from isomer.plan.model import Action
from navigation.models import Menu
from tests.editors.people import client_of, save
from tests.factories import edit, make_page
from tests.isomer.importing import run_import, write_documents

PUBLISH = {"action-publish": "action-publish"}


def moment(**ahead: int) -> str:
    return (timezone.localtime() + datetime.timedelta(**ahead)).strftime("%Y-%m-%d %H:%M")


@pytest.fixture
def a_day_later(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """A function that publishes what is due at the same time of the next day."""

    def command() -> None:
        with monkeypatch.context() as patched:
            later = timezone.now() + datetime.timedelta(days=1)
            patched.setattr(timezone, "now", lambda: later)
            call_command("publish_scheduled")

    return command


def test_a_page_comes_and_goes_at_its_time(
    client: Client, home: Page, a_day_later: Callable[[], None]
) -> None:
    publisher = client_of("publisher")
    page = make_page(home, "Campaign", live=False)
    save(publisher, page, go_live_at=moment(hours=2), **PUBLISH)
    call_command("publish_scheduled")
    assert client.get("/campaign/").status_code == 404
    a_day_later()
    assert client.get("/campaign/").status_code == 200
    save(publisher, page, go_live_at="", expire_at=moment(hours=2), **PUBLISH)
    a_day_later()
    assert client.get("/campaign/").status_code == 404


def test_an_editor_can_ask_for_a_time_but_not_set_it(
    client: Client, home: Page, a_day_later: Callable[[], None]
) -> None:
    page = make_page(home, "Campaign", live=False)
    save(client_of("editor"), page, go_live_at=moment(hours=2), **PUBLISH)
    a_day_later()
    assert client.get("/campaign/").status_code == 404


@pytest.mark.django_db
def test_menus_come_at_their_time_with_the_same_command(a_day_later: Callable[[], None]) -> None:
    menu = Menu.objects.create(name="Next year", live=False)
    menu.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    menu.save_revision().publish()
    assert not Menu.objects.get().live
    a_day_later()
    assert Menu.objects.get().live


DOCUMENTS = {
    "home__md": "---\nlayout: homepage\ntitle: Home\npermalink: /\n---\n",
    "first__md": "---\ntitle: First\npermalink: /first/\n---\nOne [two](/second/).\n",
    "second__md": "---\ntitle: Second\npermalink: /second/\n---\nThree.\n",
    "third__md": "---\ntitle: Third\npermalink: /third/\n---\nFour.\n",
}


def written() -> dict[str, Any]:
    """Everything that a run which writes nothing leaves as it is."""
    return {
        "revisions": sorted(Revision.objects.values_list("pk", "content__title")),
        "pages": sorted(Page.objects.values_list("pk", "title", "latest_revision_created_at")),
        "objects": sorted(
            ImportedObject.objects.values_list("pk", "content_hash", "imported_at", "object_id")
        ),
        "logs": (PageLogEntry.objects.count(), ModelLogEntry.objects.count()),
    }


@pytest.mark.django_db
def test_imports_know_what_they_brought_without_old_revisions(tmp_path: Path) -> None:
    folder = write_documents(tmp_path, **DOCUMENTS)
    run_import(folder)
    write_documents(folder, first__md=DOCUMENTS["first__md"].replace("One", "One and a half"))
    run_import(folder)
    # Somebody edits one page, and keeps a draft of another.
    edit(Page.objects.get(title="Second"), title="Second, edited")
    edit(Page.objects.get(title="Second, edited"), title="Second, edited twice")
    edit(Page.objects.get(title="Third"), publish=False, title="Third, perhaps")
    before = Revision.objects.count()
    call_command("purge_revisions")
    assert Revision.objects.count() < before
    state = written()
    again = run_import(folder)
    assert written() == state
    actions = [planned.action for planned in again.plan.pages]
    assert set(actions) == {Action.KEEP}
    # And a change at the source does not overwrite what people wrote.
    write_documents(folder, second__md=DOCUMENTS["second__md"].replace("Three", "Five"))
    run_import(folder)
    assert Page.objects.filter(title="Second, edited twice", live=True).exists()
