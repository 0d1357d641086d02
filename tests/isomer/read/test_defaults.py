"""What Jekyll published, and where, by settings and front matter: seen in Jekyll 4.3."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from isomer.addresses import by_writing, default_address, written_address
from isomer.plan.places import place_documents
from isomer.read import read_source
from isomer.source import DocumentKind, SourceSite
from tests.isomer.read.sources import write

TODAY = datetime.date(2026, 1, 1)
SETTINGS = """
collections: {x: {output: true}}
defaults:
  - scope: {path: ""}
    values: {layout: page}
  - scope: {path: "pages/hid"}
    values: {published: false}
  - scope: {path: "_x/hid"}
    values: {published: false}
  - scope: {path: "news", type: posts}
    values: {published: false, title: Given}
  - scope: {path: "news/open"}
    values: {published: true}
  - scope: {path: "_x/*/deep"}
    values: {permalink: "/deep/"}
  - {scope: broken, values: 5}
  - 7
"""


def test_defaults_of_the_settings_count_where_the_document_says_nothing(tmp_path: Path) -> None:
    empty = "---\n---\n"
    files = {
        "_config.yml": SETTINGS,
        "pages/hid/a.md": empty,
        "_x/hid/b.md": empty,
        "_x/hid/c.md": "---\npublished: true\n---\n",
        "_x/sub/deep.md": empty,
        "news/a/_posts/2020-01-01-d.md": empty,
        "news/open/_posts/2020-01-01-e.md": "---\ntitle: Own\n---\n",
    }
    site = read_source(write(tmp_path, files))
    assert {one.path: one.published for one in site.documents} == {
        "pages/hid/a.md": True,
        "_x/hid/b.md": False,
        "_x/hid/c.md": True,
        "_x/sub/deep.md": True,
        "news/a/_posts/2020-01-01-d.md": False,
        "news/open/_posts/2020-01-01-e.md": True,
    }
    said = {one.path: (one.text("title"), one.text("permalink")) for one in site.documents}
    assert said["_x/sub/deep.md"] == ("", "/deep/")
    assert said["news/a/_posts/2020-01-01-d.md"] == ("Given", "")
    assert said["news/open/_posts/2020-01-01-e.md"] == ("Own", "")
    assert site.documents[0].text("layout") == ""


@pytest.mark.parametrize(
    ("line", "is_published"),
    [
        *(("published: 0", True), ("published: 0.0", True), ("published: n", True)),
        *(("published: ''", True), ("published: no", False), ("published: off", False)),
        *(("published:", False), ("published: false", False), ("published: 'false'", True)),
    ],
)
def test_only_false_and_nothing_hide_a_page(tmp_path: Path, line: str, is_published: bool) -> None:
    site = read_source(write(tmp_path, {"pages/a.md": f"---\n{line}\n---\n"}))
    assert site.documents[0].published is is_published


@pytest.mark.parametrize("line", ["permalink: false", "permalink: no", "permalink:"])
def test_a_permalink_that_is_false_is_none(tmp_path: Path, line: str) -> None:
    site = read_source(write(tmp_path, {"pages/a.md": f"---\n{line}\n---\n"}))
    assert site.documents[0].text("permalink") == ""


def page(permalink: str = "", body: str = "Text.") -> str:
    return f"---\n{f'permalink: {permalink}' if permalink else 'lang: en'}\n---\n{body}\n"


def addresses(site: SourceSite) -> dict[str, str]:
    return {
        one.path: written_address(one) or default_address(one, site.config)
        for one in site.documents
    }


def test_documents_stand_where_jekyll_published_them(tmp_path: Path) -> None:
    files = {
        "_config.yml": "permalink: none\ncollections: {x: {output: true}}",
        "images/pae/2006.md": page("/pae/2006"),
        "images/pae/x.html": page(),
        "images/pae/note.md": "No page.",
        "files/y.md": page(),
        "files/hold.md": page(),
        "news/index.html": page(),
        "news/cat/index.md": page(),
        "news/a/index.html": page("", "{% for post in site.posts %}{% endfor %}"),
        "news/a/_posts/2020-01-03-three.md": "No front matter.",
        "news/a/_posts/deep/2020-05-05-o.md": page(),
        "news/a/_posts/news/a/_posts/2020-01-02-two.md": page("/news/a/two"),
        "news/a/_posts/2020-02-03-post-Some Title.md": page("/:year/:title/"),
        "news/a/_posts/2020-02-03-f.md": page("/:categories/:month/:slug.html"),
        "_x/g.md": page("/:collection/:name/z/"),
        "pages/h.md": page("/:path/:basename/h/"),
        "pages/i.md": page("/a:b/"),
    }
    site = read_source(write(tmp_path, files))
    assert addresses(site) == {
        "images/pae/2006.md": "/pae/2006",
        "images/pae/x.html": "/images/pae/x.html",
        "files/y.md": "/files/y.html",
        "news/index.html": "/news/",
        "news/cat/index.md": "/news/cat/",
        "news/a/index.html": "/news/a/",
        "news/a/_posts/2020-01-03-three.md": "/news/a/three.html",
        "news/a/_posts/deep/2020-05-05-o.md": "/news/a/o.html",
        "news/a/_posts/news/a/_posts/2020-01-02-two.md": "/news/a/two",
        "news/a/_posts/2020-02-03-post-Some Title.md": "/2020/post-Some-Title/",
        "news/a/_posts/2020-02-03-f.md": "/news/a/02/f.html",
        "_x/g.md": "/x/g/z/",
        "pages/h.md": "/pages/h/h/",
        "pages/i.md": "/a:b/",
    }
    kinds = {one.path: one.kind for one in site.documents}
    assert kinds["news/cat/index.md"] is DocumentKind.PAGE
    assert kinds["news/a/index.html"] is DocumentKind.CATEGORY
    assert not site.assets


def test_the_last_that_jekyll_wrote_keeps_an_address(tmp_path: Path) -> None:
    files = {
        "_config.yml": "collections: {z: {output: true}, x: {output: true}}",
        "pages/i.md": page("/same/"),
        "_x/i.md": page("/same/"),
        "_z/i.md": page("/same/"),
        "news/a/_posts/2020-02-03-i.md": page("/same/"),
        "news/b/_posts/2021-02-03-m.md": page("/posts/"),
        "news/c/_posts/2020-02-03-n.md": page("/posts/"),
        "pages/same.md": page("/names/"),
        "zz/index.md": page("/names/"),
        "pages/s.md": page("/files/f.pdf"),
        "_x/s.md": page("/files/g.pdf"),
        "files/f.pdf": "%PDF",
        "files/g.pdf": "%PDF",
        # What Jekyll did not publish takes no address.
        "news/c/_posts/2999-01-01-w.md": page("/posts/"),
        "pages/t.md": page("/names/").replace("---\n", "---\npublished: false\n", 1),
    }
    site = read_source(write(tmp_path, files))
    places = place_documents(site, TODAY, [])
    kept = {one.address: one.document.path for one in places if one.address}
    assert kept == {
        "/same/": "_x/i.md",
        "/posts/": "news/b/_posts/2021-02-03-m.md",
        "/names/": "pages/same.md",
        "/files/g.pdf": "_x/s.md",
    }
    assert by_writing(site, TODAY)[-1].path.startswith("_x/")


def test_names_that_hide_a_file_hide_it_everywhere(tmp_path: Path) -> None:
    """As Jekyll has it, also beside pages and among pictures and files."""
    page = "---\ntitle: Secret\n---\nNot for readers.\n"
    hidden = [
        "_rootnote.md", "_rootpic.png", "~$lock.docx", "files/_drafts/secret.md",
        "files/_secret.pdf", "files/~old.md", "images/_note.html", "images/_a/b.png",
        "assets/_src/x.pdf", "images/#c.png",
    ]  # fmt: skip
    files = {name: page if name.endswith(("md", "html")) else "x" for name in hidden}
    shown = {"index.md": page, "files/a.pdf": "x", "root.pdf": "x", "assets/x.pdf": "x"}
    site = read_source(write(tmp_path, {**shown, **files}))
    assert [one.path for one in site.documents] == ["index.md"]
    assert set(site.assets) == {"/files/a.pdf", "/root.pdf", "/assets/x.pdf"}
    said = {one.path for one in site.messages if one.rule == "place-not-read"}
    assert said - {"assets"} == set(hidden)


def test_a_post_of_another_kind_is_no_document(tmp_path: Path) -> None:
    files = {"_posts/2020-01-01-a.md": "Words.\n", "_posts/2020-01-02-b.json": "{}\n"}
    site = read_source(write(tmp_path, {"index.md": "---\n---\n", **files}))
    assert [one.path for one in site.documents] == ["index.md", "_posts/2020-01-01-a.md"]
    assert ("front-matter-missing", "_posts/2020-01-02-b.json") in [
        (one.rule, one.path) for one in site.messages
    ]
