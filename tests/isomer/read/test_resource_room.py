"""Resource rooms and posts (format reference, 1.4)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest

from isomer.addresses import default_address
from isomer.read import read_source
from isomer.source import DocumentKind, ResourceRoom
from tests.isomer.read.sources import PAGE, SHARED, found, needs_shared, paths, write

ROOM = "---\nlayout: resources\ntitle: Our Library\n---\n"
CATEGORY = "---\nlayout: resources-alt\ntitle: Talks\n---\n"


def test_a_room_is_read_category_by_category_and_by_date(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "_config.yml": "resources_name: Library",
            "index.md": PAGE,
            "Library/index.html": ROOM,
            "Library/_posts/2021-05-06-note.md": PAGE,
            "Library/talks/index.html": CATEGORY,
            "Library/talks/_posts/2024-2-10-post-B.md": PAGE,
            "Library/talks/_posts/2024-02-9-file-A.md": PAGE,
            "Library/talks/_posts/2023-12-31-link-C.md": PAGE,
            "Library/talks/_posts/more/2020-01-01-post-Deep.md": PAGE,
            "Library/begun/.keep": "",
            "Library/posts-only/_posts/2024-01-01-x.md": PAGE,
            "Library/index-only/index.html": CATEGORY,
            "Library/year/2020/_posts/2020-03-04-y.md": PAGE,
            "Library/about.md": PAGE,
            "Library/pictures/a.png": b"\0",
        },
    )
    site = read_source(tmp_path)
    assert [(d.path, d.kind.value, d.category) for d in site.documents[1:]] == [
        ("Library/index.html", "room", ""),
        ("Library/_posts/2021-05-06-note.md", "post", ""),
        ("Library/index-only/index.html", "category", "index-only"),
        ("Library/posts-only/_posts/2024-01-01-x.md", "post", "posts-only"),
        ("Library/talks/index.html", "category", "talks"),
        ("Library/talks/_posts/more/2020-01-01-post-Deep.md", "post", "talks"),
        ("Library/talks/_posts/2023-12-31-link-C.md", "post", "talks"),
        ("Library/talks/_posts/2024-02-9-file-A.md", "post", "talks"),
        ("Library/talks/_posts/2024-2-10-post-B.md", "post", "talks"),
        ("Library/year/2020/_posts/2020-03-04-y.md", "post", "year/2020"),
        ("Library/about.md", "page", ""),
    ]
    assert {d.room for d in site.documents[1:-1]} == {"Library"}
    categories = ("begun", "index-only", "posts-only", "talks", "year/2020")
    assert site.rooms == [ResourceRoom("Library", categories)]
    assert found(site) == []
    assert list(site.assets) == ["/Library/pictures/a.png"]


def test_rooms_without_a_name_in_the_settings_and_posts_outside_any(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "index.md": PAGE,
            "news/talks/_posts/2024-01-02-post-talk.md": PAGE,
            "_posts/2024-01-03-old.md": PAGE,
        },
    )
    site = read_source(tmp_path)
    assert [(d.kind, d.room, d.category) for d in site.documents[1:]] == [
        (DocumentKind.POST, "news", "talks"),
        (DocumentKind.POST, "", ""),
    ]
    assert (site.rooms, site.messages) == ([ResourceRoom("news", ("talks",))], [])


@pytest.mark.parametrize("files", [{"Library/index.html": ROOM}, {"Library/.keep": ""}])
def test_an_empty_room(tmp_path: Path, files: dict[str, str]) -> None:
    write(tmp_path, {"_config.yml": "resources_name: Library", "index.md": PAGE, **files})
    site = read_source(tmp_path)
    assert (site.rooms, site.messages) == ([ResourceRoom("Library")], [])


def test_a_room_that_is_not_there_is_a_message(tmp_path: Path) -> None:
    site = read_source(write(tmp_path, {"_config.yml": "resources_name: x", "index.md": PAGE}))
    assert found(site) == [("resource-room-missing", "_config.yml")]


def test_files_that_are_no_posts_are_named(tmp_path: Path) -> None:
    names = ["ignore.md", "2020-05-10It-Changed.md", "2020-13-45-x.md", "2020-02-30-y.md", "notes"]
    write(tmp_path, {"index.md": PAGE, "n/c/_posts/2020-01-02-ok.md": PAGE})
    write(tmp_path, {f"n/c/_posts/{name}": PAGE for name in names})
    write(tmp_path, {"n/c/_posts/_old/2020-01-01-a.md": PAGE, "n/c/_posts/a.png": b"\0"})
    write(tmp_path, {"n/_off/_posts/2020-01-01-a.md": PAGE, "n/c/plain.md": "no front matter"})
    site = read_source(tmp_path)
    assert paths(site) == ["index.md", "n/c/_posts/2020-01-02-ok.md"]
    assert site.rooms == [ResourceRoom("n", ("c",))]
    assert sorted(found(site)) == [
        ("front-matter-missing", "n/c/plain.md"),
        ("place-not-read", "n/_off/_posts/2020-01-01-a.md"),
        ("place-not-read", "n/c/_posts/_old/2020-01-01-a.md"),
        ("place-not-read", "n/c/_posts/a.png"),
        *[("post-name-invalid", f"n/c/_posts/{name}") for name in sorted(names)],
    ]


def test_what_a_post_knows_about_itself(tmp_path: Path) -> None:
    name = "n/c/_posts/2020-6-9-file-Toys (new) & more’s 50%, #1..md"
    write(tmp_path, {"index.md": PAGE, name: PAGE})
    post = read_source(tmp_path).documents[1]
    assert (post.date, post.type_token) == (date(2020, 6, 9), "file")
    assert post.slug == "file-Toys-(new)-&-more-s-50-,-1"
    assert default_address(post) == "/n/c/file-Toys-(new)-&-more-s-50-,-1.html"


@pytest.mark.shared
@needs_shared
@pytest.mark.parametrize("name", ["enterprisesg-cpso", "healthtechsprint-moht", "moh-vaccinegov"])
def test_default_addresses_are_those_of_the_old_site(name: str) -> None:
    served = json.loads((SHARED / "cases" / "expected" / f"{name}.json").read_text())["pages"]
    addresses = {unquote(address) for address in served}
    site = read_source(SHARED / "cases" / name)
    checked = 0
    for document in site.documents:
        if document.text("permalink") or not document.published:
            continue
        address = default_address(document, site.config)
        assert address in addresses, document.path
        checked += 1
    assert checked
