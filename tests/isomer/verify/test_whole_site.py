"""A good site is complete; damaged in one place, that one thing is named and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from content.models import MediaPath, PageAddress
from isomer.models import ImportedObject, ImportRun, SiteCertificate
from isomer.read import open_source
from isomer.verify.files import Fate, SourceTree
from isomer.verify.run import Verification, VerificationError, verify_run
from tests.isomer.importing import run_import
from tests.isomer.read.sources import write

pytestmark = pytest.mark.django_db

BODY = """\
First {{ page.title }} words.

<p hidden>Never seen words.</p>

## A heading

See [Anna](/people/anna) and [the file](/files/linked.pdf).
"""
FILES = {
    "_config.yml": "title: S\npermalink: none\nexclude: [left]\n",
    "_redirects": "/gone /page/\n",
    "index.md": "---\nlayout: homepage\ntitle: S\npermalink: /\n---\n",
    "pages/page.md": f"---\ntitle: Page\npermalink: /page/\n---\n{BODY}",
    "pages/other.md": "---\ntitle: Other\npermalink: /far/away\n---\nOther words.\n",
    "pages/draft.md": "---\ntitle: Draft\npublished: false\n---\nNot yet.\n",
    "_data/menu.yml": "a: 1\n",
    "_people/collection.yml": "collections:\n  people:\n    output: true\n",
    "_people/anna.md": "---\ntitle: Anna\n---\nAnna.\n",
    "_secret/x.md": "---\ntitle: X\n---\nX.\n",
    "files/f.pdf": "%PDF-1.4 file",
    "files/linked.pdf": "%PDF-1.4 linked",
    "files/.keep": "",
    "docs/g.pdf": "%PDF-1.4 beside",
    "docs/style.css": "a {}",
    "left/x.pdf": "%PDF-1.4 left",
    "README.md": "About.\n",
}
FATES = {
    "README.md": Fate.LEFT_OUT,
    "_config.yml": Fate.SETTINGS,
    "_data/menu.yml": Fate.LEFT_OUT,
    "_people/anna.md": Fate.PAGE,
    "_people/collection.yml": Fate.SETTINGS,
    "_redirects": Fate.SETTINGS,
    "_secret/x.md": Fate.UNPUBLISHED,
    "docs/g.pdf": Fate.MEDIA,
    "docs/style.css": Fate.MEDIA,
    "files/.keep": Fate.UNPUBLISHED,
    "files/f.pdf": Fate.MEDIA,
    "files/linked.pdf": Fate.MEDIA,
    "index.md": Fate.PAGE,
    "left/x.pdf": Fate.UNPUBLISHED,
    "pages/draft.md": Fate.UNPUBLISHED,
    "pages/other.md": Fate.PAGE,
    "pages/page.md": Fate.PAGE,
    "": Fate.REDIRECT,
}


@pytest.fixture
def good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ImportRun:
    """An import that lost nothing. What a test changes counts as the import's own doing."""
    monkeypatch.setattr("isomer.verify.run.edited_pages", lambda site: frozenset())
    return run_import(write(tmp_path, FILES)).outcome.run


def told(found: Verification) -> list[tuple[str, str]]:
    """Return what is wrong: the file or address and what it is, a page by its differences."""
    missing = [(one["path"] or one["address"], one["address"]) for one in found.missing]
    return missing + [
        (one.source_path, f"{difference['kind']}: {difference['now'] or difference['was']}")
        for one in found.failed
        if one.page
        for difference in one.unexplained or [{"kind": "note", "now": one.note}]
    ]


def fates(found: Verification) -> dict[str, str]:
    assert found.whole is not None
    return {one["path"]: one["fate"] for one in found.whole.places}


def drop_document() -> None:
    Page.objects.get(title="Other").delete()
    ImportedObject.objects.get(source_path="pages/other.md").delete()


def drop_file(path: str) -> None:
    MediaPath.objects.get(path=path).delete()


def drop_redirect() -> None:
    Redirect.objects.get(old_path="/gone").delete()


def show(old: str, new: str) -> None:
    """Change the stored body of a page, as if the import had written it so."""
    page: Any = Page.objects.get(title="Page").specific
    stored = json.dumps(page.body.get_prep_value())
    assert old in stored
    page.body = json.dumps(json.loads(stored.replace(old, new)))
    page.save(clean=False)


def drop_address() -> None:
    PageAddress.objects.get(address="/far/away").delete()


DAMAGES: list[tuple[Callable[[], None], tuple[str, str]]] = [
    (drop_document, ("pages/other.md", "/far/away")),
    (lambda: drop_file("/files/f.pdf"), ("files/f.pdf", "/files/f.pdf")),
    (lambda: drop_file("/docs/g.pdf"), ("docs/g.pdf", "/docs/g.pdf")),
    (drop_redirect, ("/gone", "/gone")),
    (drop_address, ("pages/other.md", "note: /far/away answers 404.")),
    (
        lambda: show("First Page", "First Page Never seen words."),
        ("pages/page.md", "shown though it was hidden: Never seen words."),
    ),
    (
        lambda: show("First Page", "First Page {{ page.title }}"),
        ("pages/page.md", "mark that was not filled in: {{ page.title }}"),
    ),
    (
        lambda: show("First Page words.", "First Page **words.**"),
        ("pages/page.md", "changed: **words.**"),
    ),
]


def test_each_damage_is_named_and_nothing_else(good: ImportRun) -> None:
    whole = verify_run()
    assert (told(whole), fates(whole)) == ([], FATES)
    for damage, name in DAMAGES:
        with transaction.atomic():
            damage()
            assert told(verify_run()) == [name]
            transaction.set_rollback(True)
    assert SiteCertificate.objects.get(run=good).missing == 0


def test_a_mark_that_the_import_left_is_noticed(tmp_path: Path) -> None:
    body = "---\ntitle: {0}\npermalink: /{0}/\n---\n{1}\n"
    left = body.format("left", "{% odd %} stays.")
    meant = body.format("meant", "{% raw %}{{ wanted }}{% endraw %}")
    run_import(write(tmp_path, {"pages/left.md": left, "pages/meant.md": meant}))
    assert told(verify_run()) == [("pages/left.md", "mark that was not filled in: {% odd %}")]


@pytest.mark.jekyll
def test_jekyll_is_the_judge(good: ImportRun) -> None:
    found = verify_run(judge="jekyll")
    assert (told(found), found.judge) == ([], "Jekyll")
    assert fates(found) == FATES
    with transaction.atomic():
        show("A heading", "Another")
        assert told(verify_run(judge="jekyll")) == [("pages/page.md", "changed: Another")]
        transaction.set_rollback(True)


def test_a_judge_that_is_not_there_says_what_to_install(
    good: ImportRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("isomer.verify.run.ruby", lambda: None)
    with pytest.raises(VerificationError, match="apt-get install ruby-kramdown-parser-gfm"):
        verify_run(judge="kramdown")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(VerificationError, match="apt-get install jekyll"):
        verify_run(judge="jekyll")


def test_what_the_reader_passed_over_in_silence_is_missing(tmp_path: Path) -> None:
    with open_source(write(tmp_path, FILES)) as site:
        site.documents = [one for one in site.documents if one.path != "pages/other.md"]
        del site.assets["/docs/g.pdf"]
        places = SourceTree(site, dict.fromkeys((one.path for one in site.documents), "/"), {})
        lost = [place.path for place in places.places() if place.fate is Fate.MISSING]
    assert lost == ["docs/g.pdf", "pages/other.md"]
