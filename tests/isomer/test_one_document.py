"""One document of a repository, imported before, after and between imports of the whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from wagtail.models import Page, Revision

from content.models import ContentPage, SectionPage, SiteImage
from isomer.models import ImportedObject, ImportRun
from isomer.plan.model import Action
from isomer.verify.run import verify_run
from navigation.models import Menu
from tests.isomer.importing import page_soup, run_import
from tests.pictures import picture

pytestmark = pytest.mark.django_db

FILES = {
    "_config.yml": "title: The Clinic\ncollections:\n  care:\n    output: true\n",
    "_data/navigation.yml": "links:\n  - title: Our care\n    collection: care\n",
    "index.md": "---\nlayout: homepage\ntitle: The Clinic\n---\n",
    "_care/1-wards.md": (
        "---\ntitle: Wards\npermalink: /care/wards/\n---\n"
        "See [the kitchen](/care/kitchen/), [meals](/care/kitchen/#meals) and [home](/).\n\n"
        "![A ward](/images/ward.png)\n"
    ),
    "_care/2-kitchen.md": (
        "---\ntitle: Kitchen\npermalink: /care/kitchen/\n---\n"
        "## Meals {#meals}\n\nBack to [wards](/care/wards/).\n"
    ),
    "pages/plain.md": "---\ntitle: Plain\n---\nNothing but words.\n",
}
WARDS, KITCHEN = "_care/1-wards.md", "_care/2-kitchen.md"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "clinic"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "images").mkdir()
    for name, colour in (("ward", "red"), ("other", "blue")):
        (folder / f"images/{name}.png").write_bytes(picture(colour=colour))
    return folder


def edit(title: str, body: str) -> Page:
    """Change a page as a person does in the admin."""
    page: Any = ContentPage.objects.get(title=title)
    page.body = [("text", f"<p>{body}</p>")]
    page.save_revision().publish()
    return page


def test_it_comes_to_its_section_with_its_picture_and_nothing_else(repository, site):
    done = run_import(repository / WARDS)
    page = ContentPage.objects.get()
    assert page.get_parent().specific == SectionPage.objects.get(title="Our care")
    assert page.address == "/care/wards/"
    assert SiteImage.objects.count() == 1
    assert Menu.objects.count() == 0
    assert {message.source_path for message in done.outcome.run.messages.all()} == {WARDS}
    assert page_soup("/care/wards/").main.find("a", href="/care/kitchen/")


def test_without_a_home_page_it_makes_one_and_asks_nothing_about_it(repository, db):
    done = run_import(repository / WARDS)
    assert done.outcome.site.root_page.title == "The Clinic"
    assert "home-missing" not in set(done.outcome.run.messages.values_list("rule", flat=True))


def test_the_whole_comes_to_the_same_page_also_after_an_edit(repository, site):
    run_import(repository / WARDS)
    page = edit("Wards", "Written by a person.")
    done = run_import(repository)
    (wards,) = [one for one in done.plan.pages if one.key == WARDS]
    assert (wards.action, wards.page_id) == (Action.LEAVE, page.pk)
    assert ContentPage.objects.filter(title="Wards").count() == 1
    assert "Written by a person." in page_soup("/care/wards/").main.get_text()


def test_without_an_edit_the_whole_resolves_its_links(repository, site):
    run_import(repository / WARDS)
    run_import(repository)
    kitchen = ContentPage.objects.get(title="Kitchen")
    text = str(ContentPage.objects.get(title="Wards").body.raw_data[0])
    assert f'linktype=\\"page\\" id=\\"{kitchen.pk}\\"' in text or f'id="{kitchen.pk}"' in text


def test_after_the_whole_nothing_is_written(repository, db):
    run_import(repository)
    revisions = Revision.objects.count()
    remembered = list(ImportedObject.objects.order_by("pk").values_list("pk", "content_hash"))
    for path in (WARDS, KITCHEN, "pages/plain.md", "index.md"):
        done = run_import(repository / path)
        assert {page.action for page in done.plan.pages} == {Action.KEEP}, path
    assert Revision.objects.count() == revisions
    assert (
        list(ImportedObject.objects.order_by("pk").values_list("pk", "content_hash")) == remembered
    )


def test_a_change_elsewhere_in_the_repository_waits_for_its_own_import(repository, site):
    run_import(repository)
    for path in (WARDS, KITCHEN):
        file = repository / path
        file.write_text(file.read_text() + "\nA new sentence.\n")
    done = run_import(repository / KITCHEN)
    actions = {page.key: page.action for page in done.plan.pages}
    assert actions[KITCHEN] is Action.UPDATE
    assert {action for key, action in actions.items() if key != KITCHEN} == {Action.KEEP}
    assert "new sentence" in page_soup("/care/kitchen/").main.get_text()
    assert "new sentence" not in page_soup("/care/wards/").main.get_text()
    # The heading that another page links to still has its anchor.
    assert page_soup("/care/kitchen/").main.find(id="meals")


def test_a_copy_outside_the_repository_keeps_its_page_after_an_edit(repository, site, tmp_path):
    copy = tmp_path / "loose" / "wards.md"
    copy.parent.mkdir()
    copy.write_text((repository / WARDS).read_text())
    run_import(copy)
    page = edit("Wards", "Written by a person.")
    run_import(repository)
    assert ContentPage.objects.get(title="Wards").pk == page.pk
    assert "Written by a person." in page_soup("/care/wards/").main.get_text()


def test_a_page_that_a_person_moved_to_the_address_of_another_document_stays_apart(
    repository, site, tmp_path
):
    copy = tmp_path / "loose" / "other.md"
    copy.parent.mkdir()
    copy.write_text("---\ntitle: Other\npermalink: /other/\n---\nWords.\n")
    run_import(copy)
    page = ContentPage.objects.get(title="Other")
    page.address = "/care/wards/"
    page.save_revision().publish()
    run_import(repository)
    assert ContentPage.objects.filter(title__in=["Other", "Wards"]).count() == 2


def test_a_file_that_its_repository_does_not_publish_is_read_by_itself(repository, site):
    (repository / "README.md").write_text("---\ntitle: Read me\npermalink: /read/\n---\nWords.\n")
    run_import(repository / "README.md")
    assert ContentPage.objects.get(title="Read me").address == "/read/"


def test_its_certificate_is_its_own(repository, site):
    run_import(repository / WARDS)
    found = verify_run(ImportRun.objects.latest("pk").pk)
    assert [one.source_path for one in found.certificates] == [WARDS]
    assert not found.certificates[0].unexplained
