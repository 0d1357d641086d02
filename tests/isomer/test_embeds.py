"""Embeds of an imported site: who has to decide about them, and what stays open."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.models import ContentPage, EmbedHost, SiteDocument
from isomer.plan.model import Action
from tests.isomer.importing import page_soup, run_import, write_documents
from tests.isomer.read.test_git import FIRST, SECOND, git, needs_git

pytestmark = pytest.mark.django_db

HOME = "---\nlayout: homepage\ntitle: Home\npermalink: /\n---\n"
PAGE = "---\ntitle: Checks\npermalink: /checks/\nvariant: tiptap\n---\n"
FRAMES = (
    '<div class="iframe-wrapper"><iframe src="https://checks.example.org/a"></iframe></div>'
    '<iframe src="https://checks.example.org/b" title="The second"></iframe>'
    '<iframe src="https://www.youtube.com/embed/AbCdEf12345" title="A film"></iframe>'
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_documents(tmp_path / "site", home__md=HOME, checks__md=PAGE + FRAMES)


def found(done, rule: str) -> list[tuple[str, str, int]]:
    return [(one.path, one.text, one.count) for one in done.plan.messages if one.rule == rule]


def test_unknown_hosts_wait_for_a_decision(source: Path) -> None:
    done = run_import(source)
    waiting = EmbedHost.objects.get(host="checks.example.org")
    assert waiting.decision == EmbedHost.Decision.WAITING
    assert found(done, "embed-host-unknown") == [("checks.md", "checks.example.org", 2)]
    assert found(done, "embed-title-missing") == [("checks.md", "1 of 3 on this page", 1)]
    before = list(EmbedHost.objects.order_by("pk").values())
    again = run_import(source)
    assert {page.action for page in again.plan.pages} == {Action.KEEP}
    assert again.plan.embed_hosts == []
    assert list(EmbedHost.objects.order_by("pk").values()) == before
    assert found(again, "embed-host-unknown"), "it is still waiting"
    assert len(page_soup("/checks/").select("main .embed")) == 3


@pytest.mark.parametrize("decision", ["allowed", "refused"])
def test_a_decision_stays(source: Path, decision: str) -> None:
    run_import(source)
    EmbedHost.objects.filter(host="checks.example.org").update(decision=decision)
    again = run_import(source)
    assert found(again, "embed-host-unknown") == []
    assert EmbedHost.objects.get(host="checks.example.org").decision == decision
    buttons = page_soup("/checks/").select("main button")
    assert len(buttons) == (3 if decision == "allowed" else 1)


def test_films_of_the_site_are_documents(tmp_path: Path) -> None:
    body = '<video><source src="/files/visit.mp4"></video><video src="/files/gone.mp4"></video>'
    site = write_documents(tmp_path / "site", index__md=HOME, _config__yml="title: A site\n")
    (site / "pages").mkdir()
    (site / "pages" / "a.md").write_text(PAGE + body)
    (site / "files").mkdir()
    (site / "files" / "visit.mp4").write_bytes(b"a film")
    done = run_import(site)
    page = ContentPage.objects.get(title="Checks")
    first, second = (block.value["source"] for block in page.body)
    assert first["document"] == SiteDocument.objects.get()
    assert second["address"] == "/files/gone.mp4"
    assert ("pages/a.md", "/files/gone.mp4", 1) in found(done, "file-missing")


@needs_git
def test_pages_know_the_day_of_their_last_commit(source: Path, tmp_path: Path) -> None:
    git(source, "init", "-q")
    git(source, "add", "-A")
    git(source, "commit", "-qm", "First")
    write_documents(source, other__md="---\ntitle: Other\n---\nx")
    git(source, "add", "-A")
    git(source, "commit", "-qm", "Second", at=SECOND)
    run_import(source)
    page = ContentPage.objects.get(title="Checks")
    day = page.last_updated
    assert day == FIRST.date()
    assert ContentPage.objects.get(title="Other").last_updated == SECOND.date()
    assert "Last updated" in str(page_soup("/checks/"))
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{source}", "shallow")
    again = run_import(tmp_path / "shallow")
    assert {page.action for page in again.plan.pages} == {Action.KEEP}
    assert ContentPage.objects.get(title="Checks").last_updated == day


@needs_git
def test_a_history_that_is_cut_off_gives_no_day(source: Path, tmp_path: Path) -> None:
    git(source, "init", "-q")
    for number in range(2):
        write_documents(source, **{f"other{number}__md": f"---\ntitle: Other {number}\n---\nx"})
        git(source, "add", "-A")
        git(source, "commit", "-qm", "A step")
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{source}", "shallow")
    run_import(tmp_path / "shallow")
    assert ContentPage.objects.get(title="Checks").last_updated is None
    assert "Last updated" not in str(page_soup("/checks/"))
