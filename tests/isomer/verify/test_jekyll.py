"""The outside witness: what Jekyll makes of a repository, and what it may not do."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from isomer.verify import jekyll
from tests.isomer.read.sources import write

DAY = datetime.date(2024, 5, 3)
FILES = {
    "_config.yml": "permalink: none\ntheme: not-there\nplugins: [not-there]\nsafe: false\n"
    "whitelist: [not-there]\nlsi: true\ncollections:\n  c:\n    output: true\n",
    "_plugins/evil.rb": 'File.write(File.join(__dir__, "..", "written"), "x")\n',
    "_layouts/default.html": "---\n---\nOf the layout. {{ content }}\n",
    "_includes/part.html": "Of the include.",
    "Gemfile": 'gem "not-there"\n',
    "index.md": "---\nlayout: default\n---\n# Words\n\n{% include part.html %}\n",
    "pages/a.md": "---\npermalink: /same/\n---\nFirst.\n",
    "pages/bad.md": "---\npermalink: /bad/\n---\n{% include none.html %}\n",
    "_c/b.md": "---\npermalink: /same/\n---\nSecond.\n",
    "_d/collection.yml": "collections:\n  d:\n    output: true\n",
    "_d/c.md": "---\npermalink: /c\n---\nThird.\n",
    "_posts/2024-05-03-today.md": "---\n---\nToday.\n",
    "_posts/2024-05-04-later.md": "---\n---\nLater.\n",
    "files/f.txt": "File.",
    "misc/custom.scss": '---\n---\n@import "not-there";\n',
}


@pytest.mark.jekyll
def test_jekyll_publishes_bodies_without_anything_of_the_repository_running(
    tmp_path: Path,
) -> None:
    before = set(write(tmp_path, FILES).rglob("*"))
    site = jekyll.rendered(tmp_path, DAY)
    assert set(tmp_path.rglob("*")) == before
    at = {address: item.path for address, item in site.by_address.items()}
    assert at == {
        "/index.html": "index.md",
        "/same/index.html": "_c/b.md",
        "/bad/index.html": "pages/bad.md",
        "/c.html": "_d/c.md",
        "/d/collection.yml": "_d/collection.yml",
        "/today.html": "_posts/2024-05-03-today.md",
        "/files/f.txt": "files/f.txt",
        "/misc/custom.css": "misc/custom.scss",
    }
    home = site.by_path["index.md"]
    assert (home.visited, home.error) == ("/", "")
    assert home.html == '<h1 id="words">Words</h1>\n\n<p>Of the include.</p>\n'
    assert site.by_path["files/f.txt"].html is None
    assert "none.html" in site.by_path["pages/bad.md"].error


@pytest.mark.jekyll
@pytest.mark.parametrize(
    "settings",
    [
        '{template: "string://<%= File.write(%q(WRITTEN), %q(x)) %>"}',
        '{input: "/../../../../../../../../../..PROGRAM"}',
        '{math_engine: "/../../../../../../../../../..PROGRAM"}',
        '{syntax_highlighter: "/../../../../../../../../../..PROGRAM"}',
    ],
)
def test_settings_of_kramdown_run_nothing(tmp_path: Path, settings: str) -> None:
    """Jekyll's safe mode hands them on to kramdown, which takes some of them for programs."""
    written, program = tmp_path / "written", tmp_path / "source" / "program"
    own = settings.replace("WRITTEN", str(written)).replace("PROGRAM", str(program))
    body = "---\n---\n# Words\n\n$$x$$\n\n~~~ ruby\na\n~~~\n"
    files = {"_config.yml": f"kramdown: {own}\n", "index.md": body}
    files["program.rb"] = f'File.write("{written}", "x")\n'
    site = jekyll.rendered(write(tmp_path / "source", files), DAY)
    assert "Words</h1>" in (site.by_path["index.md"].html or "")
    assert not written.exists()


@pytest.mark.jekyll
def test_what_jekyll_can_not_read_is_said(tmp_path: Path) -> None:
    write(tmp_path, {"_config.yml": "a: [\n"})
    with pytest.raises(jekyll.JekyllError, match="can't read the repository"):
        jekyll.rendered(tmp_path, DAY)


def test_where_jekyll_is_missing_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(jekyll.JekyllError, match="apt-get install jekyll"):
        jekyll.rendered(tmp_path, DAY)
