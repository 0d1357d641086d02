"""The demo and the seeds: every page has its certificate, and no damage goes unnoticed."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from wagtail.models import Page

from isomer.models import Certificate, ImportRun
from isomer.read import open_source
from isomer.verify.certify import Verifier
from isomer.verify.run import VerificationError, verify_run
from tests.isomer.importing import DEMO, SEEDS, run_import, write_documents
from tests.isomer.verify.damage import KINDS, damage_pages, whole_pages

pytestmark = pytest.mark.django_db

State = Certificate.State
DAMAGES, DAMAGES_OF_LONG_RUN = 85, 510
PAGE = """---
title: A page
permalink: /a-page/
---
The first words stand here.

The second words stand [there](/b-page/).
"""
OTHER = """---
title: Another page
permalink: /b-page/
---
<style>p { color: red }</style>
<p>Beside a style.</p>
<p></p>
"""


def printed(*arguments: str) -> str:
    out = io.StringIO()
    call_command("verify_import", *arguments, stdout=out, no_color=True)
    return out.getvalue()


def states() -> dict[str, str]:
    return dict(Certificate.objects.values_list("source_path", "state"))


@pytest.fixture
def small(tmp_path: Path) -> ImportRun:
    """An import of two documents."""
    folder = write_documents(tmp_path / "small", a__md=PAGE, b__md=OTHER)
    return run_import(folder).outcome.run


def test_the_demo_is_whole(long_run: bool, record_property: Any) -> None:
    done = run_import(DEMO)
    run = done.outcome.run
    found = verify_run()
    assert [one.source_path for one in found.failed] == []
    documents = {page.source for page in done.plan.pages if page.source}
    assert {one.source_path for one in found.certificates} == documents
    hidden = [one.note for one in found.certificates if one.state == State.NOT_PUBLIC]
    assert sorted(hidden) == ["It is a draft."] * 2 + ["It waits for its day."]
    with open_source(Path(run.source)) as source:
        pages = whole_pages(Verifier.of(run, run.site, source))
        number = DAMAGES_OF_LONG_RUN if long_run else DAMAGES
        outcome = damage_pages(pages, number, "demo")
    assert outcome.missed == []
    assert set(outcome.trials) == set(KINDS)
    record_property("figures", f"demo: {number} of {number} damages noticed")


@pytest.mark.shared
def test_the_seeds_are_whole() -> None:
    run_import(SEEDS)
    found = verify_run()
    assert found.failed == []
    assert len(found.certificates) == 3


def test_only_certificates_are_written(small: ImportRun) -> None:
    def rows() -> dict[str, int]:
        models = [model for model in apps.get_models() if model is not Certificate]
        return {model._meta.label: model._base_manager.count() for model in models}

    verify_run()
    before = rows()
    verify_run()
    assert rows() == before
    assert states() == {"a.md": State.PASSED, "b.md": State.EXPLAINED}


def test_a_certificate_says_what_was_compared(small: ImportRun) -> None:
    verify_run()
    first, other = Certificate.objects.all()
    assert first.counts == {"heading": 1, "link": 1, "word": 12}
    assert first.source_hash == first.served_hash
    assert first.page.title == "A page"
    assert first.imported.source_path == "a.md"
    assert [(one["rule"], one["count"]) for one in other.differences] == [
        ("empty-paragraph", 1),
        ("unseen-element", 1),
    ]


def change_body(old: str, new: str) -> None:
    """Change the stored text of a page behind the back of everybody."""
    page = Page.objects.get(title="A page").specific
    stored = json.dumps(page.body.get_prep_value())
    assert old in stored
    page.body = json.dumps(json.loads(stored.replace(old, new)))
    page.save(clean=False)
    page.save_revision(clean=False).publish()


def test_a_loss_is_shown_with_its_place_and_the_command_fails(
    small: ImportRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_body("second words", "second")
    # As if the import itself had lost it.
    monkeypatch.setattr("isomer.verify.run.edited_pages", lambda site: frozenset())
    out = io.StringIO()
    with pytest.raises(CommandError, match="1 page differs"):
        call_command("verify_import", stdout=out, no_color=True)
    text = out.getvalue()
    assert "a.md at /a-page/" in text
    assert "line 7" in text
    assert "was: words" in text
    assert states()["a.md"] == State.FAILED


def test_a_page_that_somebody_changed_is_told_apart(small: ImportRun) -> None:
    change_body("second words", "other words")
    text = printed()
    assert "changed in the admin" in text
    assert states()["a.md"] == State.EDITED


def test_a_link_to_another_page_is_a_loss(small: ImportRun) -> None:
    change_body("The first words", '<a href=\\"/elsewhere/\\">The</a> first words')
    verify_run()
    [difference] = Certificate.objects.get(source_path="a.md").unexplained
    assert (difference["was"], difference["now"]) == ("The → nowhere", "The → /elsewhere")


def test_pages_that_nobody_sees_are_named(small: ImportRun) -> None:
    Page.objects.get(title="A page").specific.unpublish()
    Page.objects.get(title="Another page").delete()
    text = printed()
    assert "a.md: It is a draft." in text
    assert "b.md: The page was deleted in the admin." in text


def test_a_page_at_another_address_fails(small: ImportRun) -> None:
    page = Page.objects.get(title="A page").specific
    page.address = "/somewhere-else/"
    page.save_revision().publish()
    verify_run()
    found = Certificate.objects.get(source_path="a.md")
    assert found.state == State.EDITED
    assert "answers at /somewhere-else/, not at /a-page/" in found.note


def test_one_page_alone(small: ImportRun) -> None:
    for name in ("/a-page/", "a.md", "/a-page"):
        found = verify_run(only=name)
        assert [one.source_path for one in found.certificates] == ["a.md"]
    with pytest.raises(VerificationError, match="has the address or path"):
        verify_run(only="/nowhere/")


def test_the_report_holds_everything(small: ImportRun, tmp_path: Path) -> None:
    printed("--report", str(tmp_path / "reports"))
    [file] = (tmp_path / "reports").glob("*.json")
    data = json.loads(file.read_text())
    assert [page["state"] for page in data["pages"]] == ["passed", "explained"]


def test_a_source_that_changed_is_refused(small: ImportRun) -> None:
    Path(small.source, "a.md").write_text(PAGE.replace("first", "1st"))
    with pytest.raises(VerificationError, match="has changed since run"):
        verify_run()


def test_a_source_that_is_gone_can_be_named(small: ImportRun, tmp_path: Path) -> None:
    moved = Path(small.source).rename(tmp_path / "moved")
    with pytest.raises(VerificationError, match="with --source"):
        verify_run()
    assert verify_run(source=moved).failed == []


def test_what_can_not_be_verified_says_why(small: ImportRun, settings: Any) -> None:
    with pytest.raises(VerificationError, match="No import with the number 999"):
        verify_run(999)
    with pytest.raises(VerificationError, match="into the site www"):
        verify_run(hostname="www.other.example")
    later = run_import(Path(small.source)).outcome.run
    with pytest.raises(VerificationError, match=f"Verify run {later.pk}"):
        verify_run(small.pk)
    settings.ALLOWED_HOSTS = ["localhost"]
    small.site.hostname = "www.not-allowed.example"
    small.site.save()
    with pytest.raises(VerificationError, match="ALLOWED_HOSTS"):
        verify_run()
