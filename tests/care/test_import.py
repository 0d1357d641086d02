"""The care list after imports."""

from __future__ import annotations

import io
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from care.actions import dismiss
from care.kinds import FOOTER_LINK, all_kinds
from care.listing import visible_items
from care.models import CareItem, LinkUse
from content.page_data.advice import advice
from tests.editors.people import make_person
from tests.factories import edit
from tests.isomer.importing import DEMO, run_import
from tests.pictures import picture

pytestmark = pytest.mark.django_db


def write(folder: Path, **more: str) -> Path:
    """Write a small repository with a section that no menu names."""
    files = {
        "_config.yml": "title: An institute\ncollections:\n  our-work:\n    output: true\n",
        "index.md": "---\nlayout: homepage\ntitle: Home\ndescription: The institute.\n---\n",
        "_our-work/one.md": "---\ntitle: One\ndescription: First.\npermalink: /our-work/one/\n---\n"
        "[To the other](/our-work/two/) and [nowhere](/our-work/three/).\n",
        "_our-work/two.md": "---\ntitle: Two\npermalink: /our-work/two/\n---\nTBC\n",
        **more,
    }
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def found():
    rows = CareItem.objects.select_related("page")
    return {(one.page.draft_title, one.kind) for one in rows}


# What only time brings: a link that fails on two days, a draft that nobody goes on with.
OF_TIME = {"link-broken", "draft-forgotten"}


def kinds_of_pages() -> set[str]:
    """Return all kinds but that of footers: visitors would see that the demo's lacks a link."""
    return set(all_kinds()) - {FOOTER_LINK}


def test_the_demo_holds_one_of_each_kind_and_an_editor_sees_it():
    """Where nobody else does: on pages that are not published."""
    run_import(DEMO)
    items = CareItem.objects.exclude(kind__in=OF_TIME)
    assert Counter(items.values_list("kind", flat=True)) == dict.fromkeys(
        kinds_of_pages() - OF_TIME, 1
    )
    assert not items.filter(page__live=True).exclude(kind="name-from-address").exists()
    editor = make_person("editor")
    assert set(visible_items(editor)) == set(CareItem.objects.all())
    assert LinkUse.objects.exclude(external="").exists()


def test_a_prepared_demo_holds_what_time_brings_too():
    call_command("prepare_site", stdout=io.StringIO(), verbosity=0)
    counted = Counter(CareItem.objects.values_list("kind", flat=True))
    assert counted == dict.fromkeys(kinds_of_pages(), 1)
    call_command("update_care_list", stdout=io.StringIO())
    assert Counter(CareItem.objects.values_list("kind", flat=True)) == counted
    broken = CareItem.objects.get(kind="link-broken")
    write_anew = broken.page.specific.get_latest_revision_as_object()
    write_anew.save_revision()
    assert not CareItem.objects.filter(kind="draft-forgotten").exists()


def test_an_import_stands_when_the_list_can_not_be_written(tmp_path: Path):
    """The list is made up for; a site that stays half imported would not be."""

    def fail(execute, sql, *arguments):
        if sql.startswith("INSERT") and "care_careitem" in sql:
            raise OperationalError("The database went away.")
        return execute(sql, *arguments)

    with connection.execute_wrapper(fail):
        done = run_import(write(tmp_path))
    assert Page.objects.filter(title="Two", live=True).exists()
    assert "The care list is not up to date yet" in done.problems[0]
    assert done.outcome.run.care_pages
    assert found() == set()
    call_command("update_care_list", stdout=io.StringIO())
    assert ("Two", "placeholder") in found()


def without_words_for_pictures(folder: Path) -> Path:
    """Copy the demo with no words for any picture, one more on the contact page, and pictures
    in the cells of a table and in markup that is kept."""
    shutil.copytree(DEMO, folder)
    for file in folder.rglob("*.md"):
        text = file.read_text(encoding="utf-8")
        text = re.sub(r"^( *)alt: .*(?:\n\1 +.*)*\n", "", text, flags=re.MULTILINE)
        file.write_text(re.sub(r'alt="[^"]*"|!\[[^]]*\]', _wordless, text), encoding="utf-8")
    contact = folder / "pages" / "contact-us.md"
    front = contact.read_text(encoding="utf-8")
    contact.write_text(front.replace("feedback:", "image: /images/hero.jpg\nfeedback:"), "utf-8")
    cell = '<td><img src="/images/hero.jpg"></td>'
    body = f"<table><tr><th>A</th></tr><tr>{cell}</tr><tr>{cell}</tr></table>"
    body += '<dl><dt><img src="/images/hero.jpg"></dt><dd><form><p>A</p></form></dd></dl>'
    text = f"---\ntitle: More\npermalink: /more/\nvariant: tiptap\n---\n{body}\n"
    (folder / "pages" / "more.md").write_text(text, encoding="utf-8")
    return folder


def _wordless(match: re.Match[str]) -> str:
    return 'alt=""' if match[0].startswith("alt") else "![]"


def test_list_and_form_name_the_same_pictures(tmp_path):
    """Every page of the demo, with pictures of every kind that have no words."""
    run_import(without_words_for_pictures(tmp_path / "demo"))
    listed: dict[int, list[str]] = {}
    items = CareItem.objects.filter(kind="alt-text-missing")
    for page_id, place in items.values_list("page_id", "place"):
        listed.setdefault(page_id, []).append(place)
    for page in Page.objects.filter(depth__gt=1).specific():
        # What the form opens: for a draft not what is published.
        opened = page.get_latest_revision_as_object()
        said = [one.path for one in advice(opened) if one.kind == "picture"]
        assert sorted(said) == sorted(listed.get(page.pk, [])), page.title
    ends = Counter(place.rsplit(".", 1)[-1] for places in listed.values() for place in places)
    assert ends["name"] == ends["table"] == 2
    assert ends["image_alt"] == 1
    assert ends["alt"] > 5


def test_defects_of_a_source(tmp_path):
    run_import(write(tmp_path))
    assert {one for one in found() if one[0] != "Home"} == {
        ("Our Work", "name-from-address"),
        ("One", "link-nowhere"),
        ("Two", "description-missing"),
        ("Two", "placeholder"),
    }


def test_each_thing_counts_once(tmp_path):
    """What the import says and the list finds by itself is one thing, not two."""
    body = """---
title: Five
permalink: /five/
---
[Form](/files/none.pdf) and [Rates](/files/none.pdf) and [here](/our-work/one/).

![](/images/map.png) ![](/images/none.png)

<iframe src="https://www.youtube.com/embed/abc"></iframe>

TBC

#### Deep

##### Deeper

<dl><dt><img src="/images/map.png"></dt><dd>A</dd></dl>
"""
    folder = write(tmp_path, **{"pages/five.md": body})
    (folder / "images").mkdir()
    (folder / "images" / "map.png").write_bytes(picture())
    run_import(folder)
    items = CareItem.objects.filter(page__title="Five")
    counted = Counter(items.values_list("kind", flat=True))
    assert counted == {
        "description-missing": 1,
        "link-nowhere": 2,
        "link-unclear": 1,
        "alt-text-missing": 2,
        "placeholder": 1,
        "headings-deep": 1,
        # The missing picture, the host of the film, the title of the film.
        "import-message": 3,
    }


def test_the_same_source_again_writes_nothing_here(tmp_path):
    run_import(write(tmp_path))
    items, links = list(CareItem.objects.values()), list(LinkUse.objects.values())
    with CaptureQueriesContext(connection) as captured:
        run_import(tmp_path)
    statements = [one["sql"] for one in captured.captured_queries]
    written = [one for one in statements if re.match(r'(?!SELECT).*?"care_(?!pages")', one)]
    assert written == []
    assert (list(CareItem.objects.values()), list(LinkUse.objects.values())) == (items, links)


def test_mended_at_the_source(tmp_path):
    run_import(write(tmp_path))
    third = "---\ntitle: Three\ndescription: Third.\npermalink: /our-work/three/\n---\nText.\n"
    run_import(write(tmp_path, **{"_our-work/three.md": third}))
    assert ("One", "link-nowhere") not in found()


def test_a_section_that_somebody_named(tmp_path):
    run_import(write(tmp_path))
    section = CareItem.objects.get(kind="name-from-address").page
    edit(section, title="What we do")
    assert ("What we do", "name-from-address") not in found()


def test_messages_that_an_editor_acts_on(tmp_path, superuser):
    text = "---\ntitle: Four\ndescription: Fourth.\n---\n![A map](https://other.example/map.png)\n"
    run_import(write(tmp_path, **{"pages/four.md": text}))
    item = CareItem.objects.get(page__title="Four", kind="import-message")
    assert "https://other.example/map.png" in item.text
    dismiss([item], superuser, "We may show it.")
    run_import(tmp_path)
    item.refresh_from_db()
    assert item.state == "dismissed"
    (tmp_path / "pages" / "four.md").write_text(text.replace("![A map]", "[A map]"))
    run_import(tmp_path)
    assert not CareItem.objects.filter(page__title="Four", kind="import-message").exists()


def test_statements_do_not_grow_with_the_number_of_pages(tmp_path):
    for number in range(150):
        text = (
            f"---\ntitle: Page {number}\npermalink: /p/{number}/\n---\n[No](/nowhere/{number}/)\n"
        )
        write(tmp_path, **{f"pages/p{number}.md": text})
    with CaptureQueriesContext(connection) as captured:
        run_import(tmp_path)
    ours = [one for one in captured.captured_queries if "care_" in one["sql"]]
    assert CareItem.objects.count() > 300
    assert len(ours) <= 30
