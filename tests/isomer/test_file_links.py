"""Links to files, to pages of the own domain, and to what is not there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Revision

from content.models import ContentPage, MediaPath
from tests import pictures
from tests.isomer.importing import command_output, page_soup, rules_of, run_import
from tests.isomer.media import CONFIG, HOME, bring, fetch, page, texts
from tests.isomer.read.sources import write as write_files

pytestmark = pytest.mark.django_db
SiteImage, SiteDocument = get_image_model(), get_document_model()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_files(tmp_path, {"index.md": HOME, "_config.yml": CONFIG})


# Links


def body_of(title: str = "A page") -> str:
    return str(ContentPage.objects.get(title=title).body[0].value.source)


@pytest.mark.parametrize(
    "written",
    [
        "/files/a b.pdf",
        "/files/a%20b.pdf",
        "/files/a b.pdf/",
        "https://www.agency.gov.sg/files/a%20b.pdf",
        "http://agency.gov.sg/files/a%20b.pdf",
        "https://agency-staging.netlify.app/files/a%20b.pdf",
    ],
)
def test_a_link_to_a_file_is_a_document_link(source: Path, written: str) -> None:
    done = bring(
        source,
        {"files/a b.pdf": pictures.PDF, "pages/a.md": page(f'<p><a href="{written}">A</a></p>')},
    )
    document = SiteDocument.objects.get()
    assert f'<a linktype="document" id="{document.pk}">' in body_of()
    assert str(page_soup("/a-page/").select("main a")[0]["href"]) == document.url
    assert document.collection.name == "Files"
    assert "link-target-missing" not in rules_of(done.outcome.run)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("/files/a.pdf#page=3", "/files/a.pdf#page=3"),
        ("/files/a.pdf?v=2", "/files/a.pdf?v=2"),
        ("/images/full.png", "/images/full.png"),
        ("https://www.agency.gov.sg/b/#part", "/b/#part"),
        (
            "https://www.agency.gov.sg/another-application",
            "https://www.agency.gov.sg/another-application",
        ),
        ("https://example.org/files/a.pdf", "https://example.org/files/a.pdf"),
    ],
)
def test_what_a_reference_can_not_hold_stays_an_address(
    source: Path, written: str, kept: str
) -> None:
    done = bring(
        source,
        {
            "files/a.pdf": pictures.PDF,
            "images/full.png": pictures.picture(),
            "pages/a.md": page(f'<p><a href="{written}">A</a></p>'),
            "pages/b.md": page("<p>B</p>", "B", "/b/"),
        },
    )
    assert f'<a href="{kept}">' in body_of()
    assert not {"file-missing", "picture-missing", "link-target-missing"} & rules_of(
        done.outcome.run
    )


def test_a_page_of_a_collection_comes_before_a_file_and_own_domain_links_are_page_links(
    source: Path,
) -> None:
    bring(
        source,
        {
            "_x/collection.yml": "collections: {x: {output: true}}",
            "files/a.pdf": pictures.PDF,
            "pages/a.md": page('<p><a href="https://agency.gov.sg/files/a.pdf">A</a></p>'),
            "_x/b.md": page("<p>B</p>", "B", "/files/a.pdf"),
        },
    )
    assert f'linktype="page" id="{ContentPage.objects.get(title="B").pk}"' in body_of()
    assert page_soup("/files/a.pdf").find(string="B")


def test_missing_files_and_pictures_are_named_apart_from_pages(source: Path) -> None:
    body = '<p><a href="/files/x.pdf">X</a> <a href="/images/y.png">Y</a> <a href="/z/">Z</a></p>'
    done = bring(source, {"pages/a.md": page(body)})
    assert texts(done, "file-missing") == ["pages/a.md: /files/x.pdf"]
    assert texts(done, "picture-missing") == ["pages/a.md: /images/y.png"]
    assert texts(done, "link-target-missing") == ["pages/a.md: 1 of 3 links: /z/"]


def test_what_the_software_answers_is_not_missing(source: Path) -> None:
    body = '<p><a href="/search">S</a> <a href="/feed.xml">F</a> <a href="/search/x/">X</a></p>'
    done = bring(source, {"pages/a.md": page(body)})
    assert texts(done, "link-target-missing") == ["pages/a.md: 1 of 3 links: /search/x/"]
    assert 'href="/search"' in body_of()


def test_a_button_leads_to_a_document(source: Path) -> None:
    home = HOME.replace(
        "---\n",
        "---\nsections:\n- hero:\n    title: T\n    button: Read\n    url: /files/a.pdf\n",
        1,
    )
    bring(source, {"index.md": home, "files/a.pdf": pictures.PDF})
    document = SiteDocument.objects.get()
    assert page_soup("/").select_one(f'main a[href="{document.url}"]')


def test_a_link_to_a_deleted_page_is_its_address_again(source: Path) -> None:
    bring(
        source,
        {
            "pages/a.md": page('<p><a href="/b/">B</a></p>'),
            "pages/b.md": page("<p>B</p>", "B", "/b/"),
        },
    )
    ContentPage.objects.get(title="B").delete()
    done = run_import(source)
    assert '<a href="/b/">' in body_of()
    assert "link-target-missing" in rules_of(done.outcome.run)
    revisions = Revision.objects.count()
    run_import(source)
    assert Revision.objects.count() == revisions


@pytest.mark.parametrize("import_between", [True, False])
def test_links_follow_a_page_that_was_made_again(source: Path, import_between: bool) -> None:
    bring(
        source,
        {
            "pages/a.md": page('<p><a href="/b/">B</a></p>'),
            "pages/b.md": page("<p>B</p>", "B", "/b/"),
        },
    )
    Page.objects.get(title="B").delete()
    if import_between:
        run_import(source)
    run_import(source, recreate_deleted=True)
    assert f'linktype="page" id="{ContentPage.objects.get(title="B").pk}"' in body_of()
    revisions = Revision.objects.count()
    done = run_import(source)
    assert Revision.objects.count() == revisions
    assert "page-edited" not in rules_of(done.outcome.run)


def test_two_sites_hold_files_of_their_own(source: Path, tmp_path_factory: Any) -> None:
    data = pictures.picture()
    bring(source, {"images/a.png": data})
    other = write_files(
        tmp_path_factory.mktemp("other"),
        {"index.md": HOME, "images/a.png": pictures.picture(colour="red")},
    )
    command_output(str(other), "--site", "other.example.org")
    assert fetch("/images/a.png") == data
    assert MediaPath.objects.filter(path="/images/a.png").count() == 2


def test_a_picture_at_a_full_address_of_the_old_site_is_its_own(source: Path) -> None:
    address = "https://www.agency.gov.sg/images/full.png"
    bring(
        source,
        {
            "images/full.png": pictures.picture(),
            "pages/a.md": page(f'<p><img src="{address}" alt="A"></p>'),
        },
    )
    body = ContentPage.objects.get().body
    assert [block.block_type for block in body] == ["picture"]
    assert body[0].value["image"] is not None


def test_a_missing_picture_that_is_a_link_keeps_its_words_and_its_caption(source: Path) -> None:
    figure = (
        '<figure><a href="/"><img src="/images/none.png" alt="The words"></a>'
        "<figcaption>The caption</figcaption></figure>"
    )
    run_import(write_files(source, {"pages/a.md": page(figure, "A page", "/a/")}))
    soup = page_soup("/a/")
    assert soup.select('a[href="/"]:-soup-contains("The words")')
    assert "The caption" in soup.get_text()
