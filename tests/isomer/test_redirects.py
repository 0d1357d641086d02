"""Redirects of the old host become redirects here."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from isomer.plan.model import Action
from tests.isomer.importing import rules_of, run_import
from tests.isomer.media import CONFIG, HOME
from tests.isomer.read.sources import write

pytestmark = pytest.mark.django_db
ABOUT = "---\ntitle: About\npermalink: /about/\n---\nText\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    lines = (
        "/old /about/ 301\n/away https://example.org/a?b=1 302\n/about/ / 301\n"
        "/part /about/#who 301\n/old/ /elsewhere/ 301\n"
    )
    return write(
        tmp_path,
        {"index.md": HOME, "_config.yml": CONFIG, "pages/about.md": ABOUT, "_redirects": lines},
    )


def answer(path: str) -> tuple[int, str]:
    response = Client(HTTP_HOST="localhost").get(path)
    return response.status_code, response.get("Location", "")


def test_redirects_answer_as_the_old_host_did(source: Path) -> None:
    done = run_import(source)
    assert answer("/old/") == (301, "/about/")
    assert answer("/old") == (301, "/about/")
    assert answer("/away") == (302, "https://example.org/a?b=1")
    assert answer("/part") == (301, "/about/#who")
    assert answer("/about/")[0] == 200
    assert {"redirects-found", "redirect-not-needed"} <= rules_of(done.outcome.run)
    page = Redirect.objects.get(old_path="/old").redirect_page
    assert page is not None
    assert page.title == "About"


def test_a_second_import_writes_no_redirect(source: Path) -> None:
    run_import(source)
    before = list(Redirect.objects.order_by("pk").values())
    again = run_import(source)
    assert {one.action for one in again.plan.redirects} == {Action.KEEP}
    assert list(Redirect.objects.order_by("pk").values()) == before


def test_what_people_did_to_redirects_stays(source: Path) -> None:
    Redirect.add_redirect("/away", "https://example.com/mine")
    run_import(source)
    assert answer("/away") == (301, "https://example.com/mine")
    Redirect.objects.filter(old_path="/old").delete()
    Redirect.objects.filter(old_path="/part").update(redirect_link="/edited/")
    (source / "_redirects").write_text("/old /about/\n/part /about/#else\n", encoding="utf-8")
    again = run_import(source)
    assert {one.action for one in again.plan.redirects} == {Action.LEAVE}
    assert "redirect-edited" in rules_of(again.outcome.run)
    assert answer("/part") == (301, "/edited/")


def test_a_redirect_changed_at_the_source_is_changed(source: Path) -> None:
    run_import(source)
    (source / "_redirects").write_text("/part /about/#else 302\n", encoding="utf-8")
    run_import(source)
    assert answer("/part") == (302, "/about/#else")
    assert answer("/old") == (301, "/about/")
