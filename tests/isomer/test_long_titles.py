"""Titles with more characters than Wagtail's title field holds are whole for readers."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from wagtail.models import Site

from content.models import ContentPage
from content.titles import MAXIMUM_TITLE, title_fields, whole_title
from scri.page_records import PageRecords
from tests.isomer.importing import page_soup, run_import

pytestmark = pytest.mark.django_db

LONG = " ".join(f"word{number}" for number in range(1, 61))
GROUP = f"Group {LONG}"
POST = f"Post {LONG}"
MENU = f"Menu {LONG}"
FILES = {
    "index.md": "---\nlayout: homepage\ntitle: Home\npermalink: /\n---\n",
    "pages/plain.md": f"---\ntitle: {LONG}\npermalink: /plain/\n---\nText.\n",
    "_about/collection.yml": "collections:\n  about:\n    output: true\n",
    "_about/in.md": f"---\ntitle: In\nthird_nav_title: {GROUP}\n"
    "permalink: /about/in/\n---\nText.\n",
    "_data/navigation.yml": f"links:\n- title: {MENU}\n  collection: about\n"
    f"- title: {MENU} two\n  url: /plain/\n- title: News\n  resource_room: true\n",
    "_data/resources.yml": "resources_name: news\n",
    "news/index.html": "---\nlayout: resources\ntitle: News\npermalink: /news/\n---\n",
    "news/all/_posts/2020-01-01-a.md": f"---\nlayout: post\ntitle: {POST}\n"
    "permalink: /news/all/a/\n---\nText.\n",
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def written(folder: Path, title: str) -> None:
    (folder / "pages/plain.md").write_text(FILES["pages/plain.md"].replace(LONG, title))


def test_a_long_title_is_whole_wherever_it_is_shown(source):
    done = run_import(source)
    rules = set(done.outcome.run.messages.values_list("rule", flat=True))
    assert not rules & {"field-left-out", "value-cut"}
    soup = page_soup("/plain/")
    assert soup.h1.get_text() == LONG
    assert soup.title.get_text().startswith(LONG)
    assert soup.select_one(".breadcrumb [aria-current=page]").get_text() == LONG
    [shared] = soup.find_all("meta", property="og:title")
    assert shared["content"] == LONG
    assert f"{MENU} two" in soup.header.get_text()
    side = page_soup("/about/in/")
    assert GROUP in side.get_text()
    assert MENU in side.get_text()
    assert page_soup("/news/").select_one(".card__title").get_text() == POST
    assert LONG in page_soup("/sitemap/").get_text()
    found = page_soup("/search/?q=word60").select(".title a")
    assert LONG in {one.get_text() for one in found}
    assert page_soup("/news/all/a/").h1.get_text() == POST
    assert len(ContentPage.objects.get(slug="plain").title) <= MAXIMUM_TITLE


def test_the_check_compares_the_whole_title(source, monkeypatch):
    run_import(source)
    out = io.StringIO()
    call_command("verify_import", stdout=out)
    assert "word60" not in out.getvalue()
    monkeypatch.setattr("content.titles.whole_title", lambda title, whole: title)
    with pytest.raises(CommandError, match="3 pages differ"):
        call_command("verify_import", stdout=out)
    assert "word60" in out.getvalue()


def test_later_imports(source):
    run_import(source)
    assert not run_import(source).outcome.written
    written(source, f"New {LONG}")
    run_import(source)
    assert ContentPage.objects.get(slug="plain").shown_title == f"New {LONG}"
    # A shorter one leaves nothing of the long one behind.
    written(source, "Short")
    run_import(source)
    page = ContentPage.objects.get(slug="plain")
    assert (page.title, page.whole_title) == ("Short", "")


def test_what_an_editor_wrote_is_kept(source):
    run_import(source)
    page = ContentPage.objects.get(slug="plain")
    page.whole_title = LONG.replace("word60", "changed")
    page.save_revision().publish()
    written(source, f"New {LONG}")
    done = run_import(source)
    assert ContentPage.objects.get(slug="plain").shown_title.endswith("word59 changed")
    assert done.outcome.run.messages.filter(rule="page-edited").exists()


@pytest.mark.parametrize("title", [LONG, "x" * 300, "字" * 300, LONG[:256], "Short", "A" * 255])
def test_nothing_of_a_title_is_lost(title):
    fields = title_fields(title)
    assert len(fields["title"]) <= MAXIMUM_TITLE
    assert whole_title(fields["title"], fields.get("whole_title", "")) == title
    assert ("whole_title" in fields) == (len(title) > MAXIMUM_TITLE)


def test_another_title_takes_the_place_of_the_whole_one():
    fields = title_fields(LONG)
    assert whole_title("Another", fields["whole_title"]) == "Another"
    assert whole_title("Another…", fields["whole_title"]) == "Another…"


def test_the_form_has_the_whole_title_where_there_is_one(source, admin_client):
    run_import(source)
    for slug, there in (("plain", True), ("in", False)):
        page = ContentPage.objects.get(slug=slug)
        form = admin_client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
        assert ('name="whole_title"' in form) is there


def test_the_copy_of_a_site_has_the_whole_title(source):
    run_import(source)
    page = ContentPage.objects.get(slug="plain")
    told = PageRecords(Site.objects.get()).record(page, "/plain/")
    assert told["title"] == " ".join(LONG.split())
