"""Every pitfall of the tables 8.1 and 8.2 of the format reference that meets the reader."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from isomer.addresses import default_address
from isomer.read import read_source
from isomer.source import DocumentKind, SourceDocument, SourceSite
from tests.isomer.read.sources import PAGE, found, paths, write

NAME = "pages/a.md"


def read(tmp_path: Path, data: str | bytes, name: str = NAME) -> SourceSite:
    return read_source(write(tmp_path, {"index.md": PAGE, name: data}))


def document(site: SourceSite, name: str = NAME) -> SourceDocument:
    return next(document for document in site.documents if document.path == name)


def front(tmp_path: Path, lines: str) -> dict[str, Any]:
    site = read(tmp_path, f"---\n{lines}\n---\nBody\n")
    assert site.messages == []
    assert document(site).body == "Body\n"
    return dict(document(site).front_matter)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("layout: page\t\ntitle: A", {"layout": "page", "title": "A"}),
        ("file_url: /files/a---b.pdf", {"file_url": "/files/a---b.pdf"}),
        ("title: Greener Homes\n  System", {"title": "Greener Homes System"}),
        ('title: "Recall: x"', {"title": "Recall: x"}),
        ("# layout: contact_us\ntitle: A # why", {"title": "A"}),
        ("date: 2020-06-09", {"date": date(2020, 6, 9)}),
        ("date: 2020-06-9", {"date": "2020-06-9"}),
        ("published: no\nshow: true", {"published": False, "show": True}),
        ('title: "2006"\nyear: 2006', {"title": "2006", "year": 2006}),
        ("image:\ntitle: A", {"image": None, "title": "A"}),
        ('description: ""', {"description": ""}),
        ("title: A — <br>B", {"title": "A — <br>B"}),
        ("title: Suspensions & recalls", {"title": "Suspensions & recalls"}),
        (f"title: {'x' * 211}", {"title": "x" * 211}),
        (f"permalink: /{'x' * 196}/", {"permalink": f"/{'x' * 196}/"}),
        (f"description: {'x' * 306}", {"description": "x" * 306}),
        ("permalink: /network/XNode", {"permalink": "/network/XNode"}),
        ("permalink: /a/A b&c", {"permalink": "/a/A b&c"}),
        ("permalink: https://example.org/a", {"permalink": "https://example.org/a"}),
        ("external: www.example.org/a", {"external": "www.example.org/a"}),
        ("layout: no-such-layout", {"layout": "no-such-layout"}),
        ("layout: contact_us", {"layout": "contact_us"}),
        ("a: &x [1]\nb: *x", {"a": [1], "b": [1]}),
    ],
)
def test_front_matter(tmp_path: Path, lines: str, expected: dict[str, Any]) -> None:
    assert front(tmp_path, lines) == expected


@pytest.mark.parametrize(
    ("data", "title", "body"),
    [
        ("---\ntitle: A\n---\nOne\n---\nTwo\n", "A", "One\n---\nTwo\n"),
        ("---  \ntitle: A\n---\t\nOne", "A", "One"),
        ("---\ntitle: A\n...\nOne", "A", "One"),
        ("---\ntitle: A\n---", "A", ""),
        ("---\r\ntitle: A\r\n---\r\nOne\r\nTwo\nThree\r\n", "A", "One\nTwo\nThree\n"),
        ("---\rtitle: A\r---\rOne\r", "A", "One\n"),
        ("\ufeff---\ntitle: A\n---\nOne", "A", "One"),
        ("---\n---\nOne", "", "One"),
    ],
)
def test_fences_and_line_ends(tmp_path: Path, data: str, title: str, body: str) -> None:
    site = read(tmp_path, data.encode())
    assert (document(site).text("title"), document(site).body) == (title, body)
    assert site.messages == []


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        ("---\ntitle: It Changed: My Life\n---\nBody", "front-matter-invalid"),
        ("---\ntitle: A\ntitle: B\n---\nBody", "front-matter-key-repeated"),
        ("---\ntitle: !x A\n---\nBody", "front-matter-value-invalid"),
        (b"---\ntitle: caf\xe9\n---\nBody", "encoding-damaged"),
        ("---\ntitle: Itâ€™s\n---\nBody", "encoding-repaired"),
    ],
)
def test_what_is_wrong_is_named_and_the_document_kept(
    tmp_path: Path, data: str | bytes, rule: str
) -> None:
    site = read(tmp_path, data)
    assert found(site) == [(rule, NAME)]
    assert document(site).body == "Body"


def test_a_file_without_front_matter_is_no_page(tmp_path: Path) -> None:
    site = read(tmp_path, "just text\n")
    assert found(site) == [("front-matter-missing", NAME)]


def test_names_say_nothing_about_titles_and_titles_may_repeat(tmp_path: Path) -> None:
    site = read_source(write(tmp_path, {"index.md": PAGE, "pages/x.md": PAGE, "pages/y.md": PAGE}))
    assert [item.text("title") for item in site.documents] == ["A page"] * 3


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("title: A", True),
        ("published: true", True),
        ("published: false", False),
        ("published: no", False),
        ("published:", False),
        ('published: "false"', True),
        ("published: 0", True),
        ("published: n", True),
    ],
)
def test_unpublished_documents_are_read_and_say_so(
    tmp_path: Path, line: str, published: bool
) -> None:
    site = read(tmp_path, f"---\n{line}\n---\n")
    assert document(site).published is published
    assert site.messages == []


@pytest.mark.parametrize(
    ("written", "permalink"),
    [("false", ""), ("no", ""), ("", ""), ('"false"', "false"), ("/a/", "/a/"), ("0", "0")],
)
def test_a_permalink_that_is_false_is_none(tmp_path: Path, written: str, permalink: str) -> None:
    assert document(read(tmp_path, f"---\npermalink: {written}\n---\n")).permalink == permalink


def test_a_post_of_the_future_is_read_like_any(tmp_path: Path) -> None:
    name = "news/talks/_posts/2999-01-01-soon.md"
    site = read(tmp_path, PAGE, name)
    assert (document(site, name).date, site.future, site.messages) == (date(2999, 1, 1), False, [])


def test_two_documents_with_one_permalink_are_both_read(tmp_path: Path) -> None:
    page = "---\npermalink: /a/permalink/\n---\n"
    write(tmp_path, {"_config.yml": "collections: {x: {output: true}}"})
    site = read_source(write(tmp_path, {"index.md": PAGE, "_x/a.md": page, "_x/b.md": page}))
    assert [item.text("permalink") for item in site.documents[1:]] == ["/a/permalink/"] * 2


def test_every_kind_of_missing_permalink_has_an_address(tmp_path: Path) -> None:
    config = "resources_name: News\npermalink: none\n"
    write(tmp_path, {"_config.yml": config, "index.md": PAGE, "2023-02-10-stray.md": PAGE})
    write(tmp_path, {"News/index.html": PAGE, "News/talks/_posts/2024-01-02-file-A b.md": PAGE})
    site = read_source(tmp_path)
    assert [default_address(item, site.config) for item in site.documents] == [
        "/",
        "/2023-02-10-stray.html",
        "/News/",
        "/news/talks/file-A-b.html",
    ]


def test_an_empty_collection_is_no_finding(tmp_path: Path) -> None:
    settings = "collections:\n  solutions:\n    output: true\n    order: []\n"
    site = read(tmp_path, settings, "_solutions/collection.yml")
    assert (len(site.documents), site.messages) == (1, [])


def test_collections_may_be_deep_and_declared_in_either_place(tmp_path: Path) -> None:
    write(tmp_path, {"_config.yml": "collections:\n  one:\n    output: true\n"})
    two = "collections:\n  two:\n    output: true\n    order: [Deep/er/z.md, a.md]\n"
    names = ["_one/a.md", "_one/b/c/d.md", "_two/a.md", "_two/Deep/er/z.md"]
    write(tmp_path, {"index.md": PAGE, "_two/collection.yml": two, **dict.fromkeys(names, PAGE)})
    site = read_source(tmp_path)
    assert [(d.path, d.collection, d.subfolder) for d in site.documents[1:]] == [
        ("_one/a.md", "one", ""),
        ("_one/b/c/d.md", "one", "b"),
        ("_two/Deep/er/z.md", "two", "Deep"),
        ("_two/a.md", "two", ""),
    ]
    assert {item.kind for item in site.documents[1:]} == {DocumentKind.COLLECTION}


def test_markers_in_media_folders_are_passed_over(tmp_path: Path) -> None:
    markers = [
        "images/.keep",
        "images/a/hold.md",
        "files/test.md",
        "files/x.md",
        "images/.DS_Store",
    ]
    write(tmp_path, {"index.md": PAGE, **dict.fromkeys(markers, "\n")})
    write(tmp_path, {"images/ignore.md": "x" * 500, "files/page.md": PAGE + "x" * 99})
    write(tmp_path, {"files/guide.md": "# A guide\n" * 50})
    site = read_source(tmp_path)
    assert list(site.assets) == ["/files/guide.md"]
    assert found(site) == []
    assert paths(site) == ["index.md", "files/page.md"]


def test_a_menu_may_name_a_collection_that_is_not_there(tmp_path: Path) -> None:
    site = read(tmp_path, "links: [{title: A, collection: gone}]", "_data/navigation.yml")
    assert (site.navigation[0].collection, site.messages) == ("gone", [])
