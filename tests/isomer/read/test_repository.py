"""Reading a repository: which file is what (format reference, 1.1 and 1.2)."""

from __future__ import annotations

from pathlib import Path

import pytest

from isomer.read import read_source
from isomer.source import DocumentKind, Generation, SourceDocument, SourceKind
from tests.isomer.read.sources import PAGE, SHARED, found, needs_shared, paths, write

DECLARED = "collections:\n  {}:\n    output: true\n"


@pytest.mark.parametrize("marker", ["_config.yml", "index.md", "pages/x.md", "_team/x.md"])
def test_what_makes_a_repository(tmp_path: Path, marker: str) -> None:
    write(tmp_path, {marker: PAGE if marker.endswith(".md") else "title: Site", "stray.md": PAGE})
    assert read_source(tmp_path).kind is SourceKind.REPOSITORY


def test_leftovers_of_other_programs_make_no_repository(tmp_path: Path) -> None:
    write(tmp_path, {"__MACOSX/a.md": PAGE, "a.md": PAGE})
    assert read_source(tmp_path).kind is SourceKind.LOOSE


def test_a_repository_is_read_in_order(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "_config.yml": "title: Clinic\ncollections:\n  visit:\n    output: true\n",
            "index.md": PAGE,
            "stray.md": PAGE,
            "pages/contact-us.md": PAGE,
            "pages/deep/old.html": PAGE,
            "_visit/b.md": PAGE,
            "_visit/Getting here/By bus.md": PAGE,
            "_visit/Getting here/.keep": "",
            "_about-us/collection.yml": DECLARED.format("about-us"),
            "_about-us/team.html": PAGE,
            "_about-us/note-without-extension": PAGE,
            "images/logo.svg": "<svg/>",
            "files/a/b.pdf": b"\0",
            "_data/navigation.yml": "links: []",
            "_includes/x.html": "x",
            "_layouts/x.html": "x",
            "misc/search.md": PAGE,
            "README.md": "Read me",
            "LICENSE": "x",
            "Gemfile": "x",
        },
    )
    site = read_source(tmp_path)
    assert paths(site) == [
        "index.md",
        "pages/contact-us.md",
        "pages/deep/old.html",
        "stray.md",
        "_about-us/note-without-extension",
        "_about-us/team.html",
        "_visit/Getting here/By bus.md",
        "_visit/b.md",
    ]
    assert [document.kind.value for document in site.documents] == [
        *["home", "page", "page", "page"],
        *["collection"] * 4,
    ]
    by_bus = site.documents[6]
    assert (by_bus.collection, by_bus.subfolder) == ("visit", "Getting here")
    assert list(site.assets) == ["/images/logo.svg", "/files/a/b.pdf"]
    assert site.config["title"] == "Clinic"
    assert found(site) == [("theme-changed", "_includes"), ("theme-changed", "_layouts")]


def test_an_undeclared_collection_is_named_and_left_out(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "index.md": PAGE,
            "_plans/a.md": PAGE,
            "_plans/sub/b.md": PAGE,
            "_plans/c.md": "no front matter",
            "_hidden/collection.yml": "collections:\n  hidden:\n    output: false\n",
            "_hidden/a.md": PAGE,
            "_empty/.keep": "",
        },
    )
    site = read_source(tmp_path)
    assert paths(site) == ["index.md"]
    assert found(site) == [
        ("collection-undeclared", "_hidden"),
        ("collection-undeclared", "_plans"),
    ]
    assert "1 document." in site.messages[0].text
    assert "2 documents." in site.messages[1].text


def test_a_collection_file_that_cannot_be_read_loses_no_pages(tmp_path: Path) -> None:
    write(tmp_path, {"index.md": PAGE, "_a/collection.yml": "x: y: z", "_a/b.md": PAGE})
    site = read_source(tmp_path)
    assert paths(site) == ["index.md", "_a/b.md"]
    assert found(site) == [("settings-invalid", "_a/collection.yml")]
    assert site.messages[0].place == "line 1, column 5"


@pytest.mark.parametrize("content", ["a: b: c", "- a", "just words", b"\0\1"])
def test_settings_that_cannot_be_read_are_a_message(tmp_path: Path, content: str | bytes) -> None:
    site = read_source(write(tmp_path, {"_config.yml": content, "index.md": PAGE}))
    assert site.config == {}
    assert [path for _, path in found(site)] == ["_config.yml"]


@pytest.mark.parametrize("content", ["", "# nothing", "collections: [a]", "collections: {a: 1}"])
def test_settings_may_say_little(tmp_path: Path, content: str) -> None:
    site = read_source(write(tmp_path, {"_config.yml": content, "index.md": PAGE}))
    assert (paths(site), site.messages) == (["index.md"], [])


def test_folders_that_isomer_does_not_know_hold_pages_too(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "index.md": PAGE,
            "leaflets/a.md": PAGE,
            "leaflets/more/b.html": PAGE,
            "leaflets/plain.md": "no front matter" * 10,
            "leaflets/data.json": "{}",
            "leaflets/made.json": PAGE,
            "leaflets/photo.jpg": b"\0",
            "leaflets/_hidden.md": PAGE,
            "#old/a.md": PAGE,
            "assets/logo.png": b"\0",
            "assets/js/a.js": "a()",
            "assets/main.css": PAGE,
            "misc/custom.scss": "",
            "misc/dates.ics": "",
            "assets/guide/a.md": PAGE,
            "assets/_draft.md": PAGE,
            "misc/notes.md": PAGE,
            "misc/plain.md": "no front matter" * 10,
            "misc/search.md": PAGE,
            "misc/404.html": PAGE,
            "_drafts/soon.md": PAGE,
            "empty/.keep": "",
            "node_modules/x/README.md": PAGE,
        },
    )
    site = read_source(tmp_path)
    assert paths(site) == [
        "index.md",
        "leaflets/a.md",
        "leaflets/more/b.html",
        "misc/notes.md",
        "assets/guide/a.md",
    ]
    assert site.documents[1].kind is DocumentKind.PAGE
    assert found(site) == [
        ("place-not-read", "_drafts"),
        ("place-not-read", "#old"),
        ("front-matter-missing", "leaflets/plain.md"),
        ("place-not-read", "leaflets"),
        ("front-matter-missing", "misc/plain.md"),
        ("place-not-read", "assets"),
    ]
    assert "2 files: _hidden.md, made.json" in site.messages[3].text
    assert sorted(site.assets) == [
        "/assets/js/a.js", "/assets/logo.png", "/leaflets/data.json", "/leaflets/photo.jpg",
        "/leaflets/plain.md", "/misc/dates.ics", "/misc/plain.md",
    ]  # fmt: skip


def test_files_that_are_no_pages_are_named(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "index.md": PAGE,
            "google123.html": "token",
            "404.html": PAGE,
            "pages/plain.md": "no front matter",
            "pages/whole.html": "<p>no front matter",
            "pages/a.txt": "text",
            "pages/photo.jpg": b"\0",
            "pages/_draft.md": PAGE,
            "report.pdf": b"\0",
            "terms.txt": "token",
            "pages/search.md": "---\nlayout: search\n---\n",
        },
    )
    site = read_source(tmp_path)
    assert paths(site) == ["index.md"]
    assert sorted(found(site)) == [
        ("front-matter-missing", "pages/plain.md"),
        ("front-matter-missing", "pages/whole.html"),
        ("place-not-read", "pages/_draft.md"),
        ("system-page", "pages/search.md"),
        ("verification-file", "google123.html"),
    ]
    assert sorted(site.assets) == [
        "/google123.html", "/pages/a.txt", "/pages/photo.jpg", "/pages/whole.html", "/report.pdf",
        "/terms.txt",
    ]  # fmt: skip


def test_what_the_settings_exclude_is_not_published(tmp_path: Path) -> None:
    config = """
exclude:
  - internal.md
  - notes/
  - _secret
  - /pages/old
  - "files/*.docx"
  - kept.md
  - 5
include: [kept.md, _extra]
collections:
  secret: {output: true}
"""
    names = ["index.md", "internal.md", "kept.md", "notes/a.md", "_secret/a.md", "pages/old-a.md"]
    names += ["pages/new.md", "_extra/b.md", "_extra/_c.md"]
    write(tmp_path, {"_config.yml": config, **dict.fromkeys(names, PAGE)})
    write(tmp_path, {"files/a/b.docx": b"", "files/a.pdf": b""})
    site = read_source(tmp_path)
    assert paths(site) == ["index.md", "kept.md", "pages/new.md", "_extra/b.md"]
    assert list(site.assets) == ["/files/a.pdf"]
    assert found(site) == [("place-not-read", "_extra")]


@pytest.mark.parametrize("exclude", ["5", "{a: b}", "[]", '""', "[null, '']", "'pages'"])
def test_settings_of_any_shape_exclude_nothing_by_accident(tmp_path: Path, exclude: str) -> None:
    config = f"exclude: {exclude}\ninclude: {exclude}\n"
    write(tmp_path, {"_config.yml": config, "index.md": PAGE, "about/a.md": PAGE})
    assert paths(read_source(tmp_path)) == ["index.md", "about/a.md"]


@pytest.mark.parametrize(
    ("config", "menu", "generation"),
    [
        ("remote_theme: a/b@next-gen", "- title: A\n  url: /a/", Generation.V2),
        ("remote_theme: a/b", "", Generation.V1),
        ("remote_theme: a/b", "links: []", Generation.V2),
        ("title: A", "- title: A\n  url: /a/", Generation.V1),
        ("title: A", "", Generation.V2),
    ],
)
def test_the_generation_of_the_theme(
    tmp_path: Path, config: str, menu: str, generation: Generation
) -> None:
    write(tmp_path, {"_config.yml": config, "_data/navigation.yml": menu})
    write(tmp_path, {"index.md": PAGE, "pages/a.md": "---\nsecond_nav_title: Our work\n---\n"})
    site = read_source(tmp_path)
    assert site.generation is generation
    assert site.documents[1].group == ("Our work" if generation is Generation.V1 else "")


def test_the_third_level_title_wins_in_both_generations() -> None:
    front_matter = {"third_nav_title": " Third ", "second_nav_title": "Second"}
    for generation in Generation:
        document = SourceDocument(
            "a.md", DocumentKind.COLLECTION, front_matter, "", generation=generation
        )
        assert document.group == "Third"


@pytest.mark.parametrize(
    ("value", "future"), [("true", True), ("false", False), ("", False), ("soon", True)]
)
def test_posts_of_the_future(tmp_path: Path, value: str, future: bool) -> None:
    site = read_source(write(tmp_path, {"_config.yml": f"future: {value}", "index.md": PAGE}))
    assert site.future is future


def test_invalid_front_matter_keeps_the_document(tmp_path: Path) -> None:
    site = read_source(write(tmp_path, {"index.md": "---\na: b: c\n---\nBody"}))
    assert (site.documents[0].front_matter, site.documents[0].body) == ({}, "Body")
    assert found(site) == [("front-matter-invalid", "index.md")]


@pytest.mark.shared
@needs_shared
@pytest.mark.parametrize(
    "name", ["csc-corp", "csit", "enterprisesg-cpso", "healthtechsprint-moht", "moh-vaccinegov"]
)
def test_real_repositories_are_read_whole(name: str) -> None:
    root = SHARED / "cases" / name
    site = read_source(root)
    assert site.kind is SourceKind.REPOSITORY
    assert site.documents[0].kind is DocumentKind.HOME
    assert site.messages == []
    written = {
        path.relative_to(root).as_posix()
        for pattern in (
            "index.md",
            "pages/*.md",
            "_*/*.md",
            "_*/*/*.md",
            "*/_posts/*",
            "*/*/_posts/*",
        )
        for path in root.glob(pattern)
        if "_data" not in path.parts
    }
    assert written <= set(paths(site))
    media = [path for folder in ("images", "files") for path in (root / folder).rglob("*.*")]
    pictures = {f"/{path.relative_to(root).as_posix()}" for path in media if path.is_file()}
    assert {path for path in pictures if not path.endswith((".keep", ".md"))} == set(site.assets)


def test_a_collection_keeps_the_order_of_its_editors(tmp_path: Path) -> None:
    (tmp_path / "_guides" / "More help").mkdir(parents=True)
    (tmp_path / "_guides" / "collection.yml").write_text(
        "collections:\n  guides:\n    output: true\n    order:\n"
        "      - start.md\n      - More help/.keep\n      - More help/a very long\n"
        "        name.md\n      - gone.md\n      - begin.md\n"
    )
    for name in ("begin", "start", "unlisted", "also-unlisted", "More help/a very long name"):
        (tmp_path / "_guides" / f"{name}.md").write_text(f"---\ntitle: {name}\n---\nText.\n")
    site = read_source(tmp_path)
    assert [document.path.removeprefix("_guides/") for document in site.documents] == [
        "start.md",
        "More help/a very long name.md",
        "begin.md",
        "also-unlisted.md",
        "unlisted.md",
    ]
