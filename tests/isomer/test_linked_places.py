"""Links that lead to a place on another page lead there still."""

from __future__ import annotations

from pathlib import Path

import pytest
from wagtail.models import Revision

from isomer.models import ImportMessage
from tests.isomer.importing import page_soup, rules_of, run_import
from tests.isomer.media import CONFIG, HOME
from tests.isomer.read.sources import write as write_files

pytestmark = pytest.mark.django_db

TARGET = (
    '## Section One\n\ntext\n\n<h3 id="own">Own</h3>\n\n<p>x <a name="mark"></a>y</p>\n\n'
    '<h3 id="main">Main part</h3>\n\n## Unlinked\n\n[far](#nowhere) [top](#top)\n'
)


def markdown(title: str, body: str, permalink: str) -> str:
    return f"---\ntitle: {title}\npermalink: {permalink}\n---\n{body}\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    links = "[1](/b/#section-one) [2](/b/index.html#own) [4](/b/#gone) [5](../b/#main) [6](/c/)"
    return write_files(
        tmp_path,
        {
            "index.md": HOME,
            "_config.yml": CONFIG,
            "pages/a.md": markdown("A", links, "/a/"),
            "pages/b.md": markdown("B", TARGET, "/b/"),
            "pages/c.md": markdown("C", "text", "/c/index.html"),
            "_data/navigation.yml": "links:\n  - title: Mark\n    url: /b/#mark\n",
        },
    )


def ids_at(path: str) -> set[str]:
    return {str(tag["id"]) for tag in page_soup(path).select("main [id]")}


def test_places_that_links_of_other_pages_lead_to_are_kept(source: Path) -> None:
    done = run_import(source)
    assert {"section-one", "own", "mark", "text-main"} <= ids_at("/b/")
    assert "unlinked" not in ids_at("/b/")
    links = [str(a["href"]) for a in page_soup("/a/").select("main a")]
    assert "/b/#text-main" in links
    assert "/c/index.html" in links
    assert "link-target-missing" not in rules_of(done.outcome.run)
    missing = ImportMessage.objects.filter(run=done.outcome.run, rule="link-place-missing")
    assert sorted(missing.values_list("source_path", "text")) == [
        ("pages/a.md", "/b/#gone"),
        ("pages/b.md", "#nowhere"),
    ]


def test_a_second_import_writes_nothing_and_a_new_link_one_page(source: Path) -> None:
    run_import(source)
    before = Revision.objects.count()
    run_import(source)
    assert Revision.objects.count() == before
    write_files(
        source,
        {"pages/a.md": markdown("A", "[1](https://www.agency.gov.sg/b/#unlinked)", "/a/")},
    )
    run_import(source)
    assert "unlinked" in ids_at("/b/")
    assert Revision.objects.count() == before + 2


def test_links_of_pages_that_are_not_in_the_source_count(source: Path, tmp_path: Path) -> None:
    run_import(source)
    (source / "pages/a.md").unlink()
    done = run_import(source)
    assert {"section-one", "own"} <= ids_at("/b/")
    assert "link-place-missing" in rules_of(done.outcome.run)
