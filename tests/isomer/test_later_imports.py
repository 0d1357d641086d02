"""Importing again: what changed is written, what people did stays."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.management.base import CommandError
from wagtail.models import Page, Revision, Site

from content.models import ContentPage, SectionPage
from home.models import HomePage
from isomer.models import ImportedObject
from isomer.plan import load_mapping
from isomer.plan.model import Action
from isomer.runs.run import import_source
from navigation.models import SiteIdentity
from tests.isomer.importing import (
    command_output,
    page_soup,
    rules_of,
    run_import,
    write_documents,
)

pytestmark = pytest.mark.django_db

HOME = "---\nlayout: homepage\ntitle: Home\npermalink: /\n---\n"
FIRST = (
    "---\ntitle: First\npermalink: /work/first/\nvariant: tiptap\n---\n"
    '<p>See <a href="/work/second/">the second</a>.</p>'
)
SECOND = "---\ntitle: Second\npermalink: /work/second/\n---\nHere.\n"


@pytest.fixture
def source(tmp_path):
    return write_documents(tmp_path, home__md=HOME, first__md=FIRST)


def actions(done) -> dict[str, Action]:
    return {page.key: page.action for page in done.plan.pages}


def test_a_link_becomes_a_page_reference_when_its_target_arrives(source):
    done = run_import(source)
    assert "link-target-missing" in rules_of(done.outcome.run)
    page = ContentPage.objects.get(title="First")
    assert '<a href="/work/second/">' in page.body[0].value.source
    write_documents(source, second__md=SECOND)
    again = run_import(source)
    assert actions(again)["first.md"] is Action.UPDATE
    assert "link-target-missing" not in rules_of(again.outcome.run)
    target = ContentPage.objects.get(title="Second")
    page = ContentPage.objects.get(title="First")
    assert f'<a linktype="page" id="{target.pk}">' in page.body[0].value.source


def test_the_target_may_come_from_another_folder(source, tmp_path_factory):
    run_import(source)
    other = write_documents(tmp_path_factory.mktemp("other"), second__md=SECOND)
    run_import(other)
    run_import(source)
    page = ContentPage.objects.get(title="First")
    assert 'linktype="page"' in page.body[0].value.source


def test_a_page_written_in_the_admin_is_a_target_too(source):
    run_import(source)
    section = SectionPage.objects.get(slug="work")
    section.add_child(instance=ContentPage(title="Second", slug="second"))
    again = run_import(source)
    assert "link-target-missing" not in rules_of(again.outcome.run)


def test_one_sentence_changed_is_one_revision(source):
    run_import(source)
    before = Revision.objects.count()
    write_documents(source, first__md=FIRST.replace("See", "Look at"))
    again = run_import(source)
    assert Revision.objects.count() == before + 1
    assert [key for key, action in actions(again).items() if action is Action.UPDATE] == [
        "first.md"
    ]
    assert "Look at" in ContentPage.objects.get().body[0].value.source


@pytest.mark.parametrize("as_draft", [True, False])
def test_a_page_that_a_person_edited_is_left_alone(source, as_draft):
    run_import(source)
    page = ContentPage.objects.get()
    page.title = "An editor's title"
    revision = page.save_revision()
    if not as_draft:
        revision.publish()
    before = Revision.objects.count()
    write_documents(source, first__md=FIRST.replace("See", "Look at"))
    again = run_import(source)
    assert actions(again)["first.md"] is Action.LEAVE
    assert "page-edited" in rules_of(again.outcome.run)
    assert Revision.objects.count() == before
    assert ContentPage.objects.get().get_latest_revision_as_object().title == "An editor's title"


def test_a_section_that_an_editor_named_keeps_its_name(source):
    done = run_import(source)
    assert "section-name-guessed" in rules_of(done.outcome.run)
    section = SectionPage.objects.get()
    section.title = "What we do"
    section.save_revision().publish()
    again = run_import(source)
    assert SectionPage.objects.get().title == "What we do"
    assert "section-name-guessed" not in rules_of(again.outcome.run)


def test_a_deleted_page_stays_deleted_unless_asked(source):
    run_import(source)
    ContentPage.objects.get().delete()
    again = run_import(source)
    assert actions(again)["first.md"] is Action.LEAVE
    assert "page-deleted" in rules_of(again.outcome.run)
    assert not ContentPage.objects.exists()
    run_import(source, recreate_deleted=True)
    assert ContentPage.objects.get().title == "First"


def test_a_setting_that_a_person_changed_is_left_alone(source):
    run_import(source)
    identity = SiteIdentity.objects.get()
    identity.is_government = True
    identity.save()
    write_documents(source, home__md=HOME.replace("title: Home", "title: New home"))
    again = run_import(source)
    assert "setting-edited" in rules_of(again.outcome.run)
    assert SiteIdentity.objects.get().is_government is True
    assert SiteIdentity.objects.get().name == "Home"


def test_a_document_under_another_file_name_is_the_same_page(source):
    run_import(source)
    page = ContentPage.objects.get()
    (source / "first.md").rename(source / "renamed.md")
    again = run_import(source)
    # Block ids come from the source path, so the page is written once more.
    assert actions(again)["renamed.md"] is Action.UPDATE
    assert ContentPage.objects.get().pk == page.pk
    changed = FIRST.replace("See", "Look at")
    write_documents(source, renamed__md=changed)
    run_import(source)
    assert ContentPage.objects.get().pk == page.pk
    paths = ImportedObject.objects.filter(kind="page").values_list("source_path", flat=True)
    assert set(paths) == {"home", "renamed.md"}
    assert actions(run_import(source))["renamed.md"] is Action.KEEP


def test_a_draft_at_the_source_is_a_draft_here(source, client):
    write_documents(source, second__md=SECOND.replace("permalink", "published: false\npermalink"))
    run_import(source)
    page = ContentPage.objects.get(title="Second")
    assert not page.live
    assert page.latest_revision is not None
    assert client.get("/work/second/", HTTP_HOST="localhost").status_code == 404
    assert actions(run_import(source))["second.md"] is Action.KEEP


def test_two_sites_live_side_by_side(source, tmp_path_factory):
    run_import(source)
    other = write_documents(
        tmp_path_factory.mktemp("other"),
        home__md=HOME.replace("Home", "Other home"),
        first__md=FIRST.replace("First", "Other first"),
    )
    command_output(str(other), "--site", "other.example.org")
    assert Site.objects.count() == 2
    assert HomePage.objects.count() == 2
    titles = {page.title: page.url for page in ContentPage.objects.all()}
    assert titles["First"].endswith("/work/first/")
    assert titles["Other first"].startswith("http://other.example.org")
    again = command_output(str(other), "--site", "other.example.org")
    assert "0 created, 0 updated" in again
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_site_may_be_named_with_its_port(source):
    command_output(str(source), "--site", "127.0.0.1:8102")
    site = Site.objects.get(hostname="127.0.0.1")
    assert site.port == 8102
    command_output(str(source), "--site", "127.0.0.1:8102")
    assert Site.objects.count() == 2
    with pytest.raises(CommandError, match="not a host name"):
        command_output(str(source), "--site", "https://example.org/")


def test_order_in_a_section_is_that_of_the_source(tmp_path):
    write_documents(
        tmp_path,
        home__md=HOME,
        a1__md="---\ntitle: A\npermalink: /s/a/\n---\nText",
        a2__md="---\ntitle: B\npermalink: /s/b/\nthird_nav_title: Group\n---\nText",
        a3__md="---\ntitle: C\npermalink: /s/c/\nthird_nav_title: Group\n---\nText",
        a4__md="---\ntitle: D\npermalink: /s/d/\n---\nText",
        a5__md="---\ntitle: E\npermalink: /s/e/\nthird_nav_title: Group\n---\nText",
    )
    run_import(tmp_path)
    section = SectionPage.objects.get(slug="s")
    assert [page.title for page in section.get_children()] == ["A", "Group", "D", "Group"]
    assert [page.title for page in section.get_descendants()] == [
        "A",
        "Group",
        "B",
        "C",
        "D",
        "Group",
        "E",
    ]


def test_the_report_reads_well(source):
    text = command_output(str(source))
    assert "2 pages and 1 section: 3 created, 0 updated, 0 unchanged, 0 left alone." in text
    assert "first.md, body: /work/second/" in text
    again = command_output(str(source))
    assert "2 pages and 1 section: 0 created, 0 updated, 3 unchanged, 0 left alone." in again


def test_two_documents_may_exchange_their_addresses(tmp_path):
    def write(first: str, second: str) -> None:
        write_documents(
            tmp_path,
            home__md=HOME,
            a__md=f"---\ntitle: A\npermalink: {first}\n---\nText",
            b__md=f"---\ntitle: B\npermalink: {second}\n---\nText",
        )

    write("/s/one/", "/s/two/")
    run_import(tmp_path)
    write("/s/two/", "/s/one/")
    run_import(tmp_path)
    assert page_soup("/s/one/").h1.text.strip() == "B"
    assert page_soup("/s/two/").h1.text.strip() == "A"


def test_a_document_published_or_withdrawn_at_the_source(source):
    run_import(source)
    write_documents(source, first__md=FIRST.replace("variant:", "published: false\nvariant:"))
    run_import(source)
    assert not ContentPage.objects.get(title="First").live
    write_documents(source, first__md=FIRST)
    run_import(source)
    assert ContentPage.objects.get(title="First").live


def test_a_page_that_an_editor_unpublished_stays_so(source):
    run_import(source)
    ContentPage.objects.get(title="First").unpublish()
    write_documents(source, first__md=FIRST.replace("the second", "another"))
    again = run_import(source)
    assert "page-edited" in rules_of(again.outcome.run)
    assert not ContentPage.objects.get(title="First").live


def test_an_address_that_a_page_of_an_editor_holds(source):
    run_import(source)
    home = HomePage.objects.get()
    own = home.add_child(instance=ContentPage(title="Own", slug="own", address="/work/second/"))
    write_documents(source, second__md=SECOND)
    again = run_import(source)
    [clash] = again.outcome.run.messages.filter(rule="permalink-clash")
    assert "“Own”" in clash.text
    assert own.url == "/work/second/"
    assert ContentPage.objects.get(title="Second").live
    assert actions(run_import(source))["second.md"] is Action.KEEP


def test_a_document_that_left_the_source_is_named(source):
    write_documents(source, second__md=SECOND)
    run_import(source)
    (source / "second.md").unlink()
    again = run_import(source)
    [message] = again.outcome.run.messages.filter(rule="document-gone")
    assert message.text == "Second"
    assert ContentPage.objects.filter(title="Second").exists()


def test_a_document_that_moved_is_named(source):
    write_documents(source, second__md=SECOND)
    run_import(source)
    moved = SECOND.replace("---\nHere", "third_nav_title: Group\n---\nHere")
    write_documents(source, second__md=moved)
    again = run_import(source)
    assert "place-changed" in rules_of(again.outcome.run)
    assert actions(again)["second.md"] is Action.KEEP


def test_a_deleted_section_is_named_only_when_it_is_made_again(source):
    run_import(source)
    SectionPage.objects.get().delete()
    again = run_import(source)
    assert not rules_of(again.outcome.run) & {"section-name-guessed", "section-made-again"}
    write_documents(source, second__md=SECOND)
    third = run_import(source)
    assert "section-made-again" in rules_of(third.outcome.run)


def test_two_host_names_of_one_site_share_its_pages(source):
    run_import(source)
    site = Site.objects.get()
    Site.objects.create(hostname="www.example.org", root_page=site.root_page)
    pages = Page.objects.count()
    done = import_source(source, load_mapping(settings.ISOMER_MAPPING), "www.example.org")
    assert set(actions(done).values()) == {Action.KEEP}
    assert Page.objects.count() == pages


def test_a_page_without_an_address_is_not_called_a_section(source):
    write_documents(source, second__md=SECOND.replace("/work/second/", "/work/first/"))
    text = command_output(str(source))
    assert "(at its place in the page tree)" in text
