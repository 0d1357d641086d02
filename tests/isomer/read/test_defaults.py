"""What Jekyll published, and where, by settings and front matter: seen in Jekyll 4.3."""

from __future__ import annotations

from pathlib import Path

import pytest

from isomer.read import read_source
from tests.isomer.read.sources import write

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
