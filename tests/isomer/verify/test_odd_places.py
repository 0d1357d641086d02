"""Documents in odd places, with what nobody saw in them: imported, served, and looked at anew."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from isomer.models import Certificate
from isomer.verify.run import verify_run
from tests.isomer.importing import run_import
from tests.isomer.read.sources import write

pytestmark = pytest.mark.django_db


def page(front: str, body: str = "Words.") -> str:
    return f"---\ntitle: Page\n{front}\n---\n{body}\n"


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
FILES = {
    "_config.yml": "title: S\nurl: https://s.gov.sg\nresources_name: news\npermalink: none\n"
    "collections: {x: {output: true}}\n"
    "defaults:\n  - {scope: {path: _x/hid}, values: {published: false}}\n",
    "index.md": "---\ntitle: S\nlayout: homepage\npermalink: /\n---\n",
    "images/pae/2006.md": page("permalink: /pae/2006"),
    "images/pae/x.html": page("lang: en"),
    "files/f.pdf": "%PDF-1.4 small",
    "files/cha....pdf": "%PDF-1.4 dots",
    "images/case/photo.svg": SVG,
    "images/two/photo.svg": SVG.replace("9", "8"),
    "images/two/Photo.svg": SVG.replace("9", "7"),
    "pages/case.md": page(
        "permalink: /case/",
        "![one](/images/Case/Photo.svg) ![which](/images/two/PHOTO.svg)\n\n"
        "[dots](/files/cha....pdf)",
    ),
    "pages/linked.md": page(
        "permalink: /linked/",
        "[![Its words](/images/none.png)](/case/) [![](/images/no_name.png)](/hidden/)\n\n"
        '<table><tr><td><a href="/case/"><img src="/images/none.png" alt="cell"></a></td>'
        "<td>b</td></tr></table>\n\n"
        '<div class="isomer-card-grid"><a href="/case/" class="isomer-card">'
        '<div class="isomer-card-image"><img alt="A" src="/images/none.png"></div>'
        '<div class="isomer-card-body"><div class="isomer-card-title">First</div></div></a></div>',
    ),
    "docs/x.pdf": "%PDF-1.4 docs",
    "root.pdf": "%PDF-1.4 root",
    "_x/deep/y.pdf": "%PDF-1.4 collection",
    "news/pic.svg": SVG.replace("9", "6"),
    "assets/a.svg": SVG.replace("9", "5"),
    "pages/beside.md": page(
        "permalink: /beside/",
        "![pic](/news/pic.svg) ![a](https://s.gov.sg/assets/a.svg)\n\n"
        "[d](/docs/x.pdf) [r](/root.pdf)",
    ),
    "news/index.html": page("layout: resources"),
    "news/cat/index.md": page("permalink: /news/cat/", "### Components\n\nThe body."),
    "news/cat/_posts/2020-01-01-c.md": page("layout: post"),
    "news/a/index.html": page("layout: resources-alt"),
    "news/a/_posts/2020-01-03-three.md": "No front matter here.\n",
    "news/a/_posts/news/a/_posts/2020-01-02-two.md": page("permalink: /news/a/two"),
    "news/a/_posts/2020-02-03-post-Some Title.md": page("permalink: /:year/:title/"),
    "_x/hid/a.md": page("permalink: /hid/"),
    "_x/same.md": page("permalink: /same/", "Of the collection."),
    "pages/same.md": page("permalink: /same/", "Of the page."),
    "pages/file.md": page("permalink: /files/f.pdf"),
    "pages/forms.md": page(
        "permalink: /forms/",
        "* TOC\n{:toc}\n\n## One\n\n[a](/case.html) [b](/case) [c](/case/index.html)"
        " [d](/pages/no) [e](https://s.gov.sg/case.html)\n\n"
        '<p><a href="\\case\\">f</a> <a href="https:\\\\s.gov.sg\\case">g</a></p>\n\n'
        '<details><summary>A <a href="/case/">link</a> and more</summary><p>Body</p></details>',
    ),
    "pages/no.md": page("permalink: false\npublished: 0"),
    "pages/rich.md": page("variant: tiptap\npermalink: /rich/", "<p>A</p>\n\n## B\n\n1. c\n2. d"),
    "pages/hidden.md": page(
        "permalink: /hidden/",
        'Seen <b hidden>not this</b>.\n\nA tender.\n{: style="display:none"}\n\n'
        "| a |\n|---|\n| b |\n{: hidden='hidden'}",
    ),
}


def test_documents_in_odd_places_arrive_whole(tmp_path: Path, client: Client) -> None:
    run_import(write(tmp_path, FILES))
    found = verify_run()
    assert {one.source_path: (one.note, one.unexplained) for one in found.failed} == {}
    states = {one.source_path: one.state for one in found.certificates}
    assert [path for path, state in states.items() if state == Certificate.State.NOT_PUBLIC] == [
        "_x/hid/a.md"
    ]
    [hidden] = [one for one in found.certificates if one.source_path == "pages/hidden.md"]
    [told] = [one for one in hidden.differences if one["rule"] == "hidden-element"]
    assert (told["was"], told["count"]) == ("not this", 3)
    for address, words in {
        "/pae/2006": "Words.",
        "/images/pae/x.html": "Words.",
        "/news/cat/": "The body.",
        "/news/a/three.html": "No front matter here.",
        "/news/a/two": "Words.",
        "/2020/post-Some-Title/": "Words.",
        "/same/": "Of the collection.",
        "/pages/no.html": "Words.",
    }.items():
        response = client.get(address)
        assert response.status_code == 200, address
        assert words in response.content.decode(), address
    assert client.get("/news/pic.svg").status_code == 301
    assert re.findall('alt="([^"]*)"', client.get("/beside/").content.decode()) == ["pic", "a"]
    linked = client.get("/linked/").content.decode()
    assert re.findall(r'<a href="([^"]*)">(Its words|no name)</a>', linked) == [
        ("/case/", "Its words"),
        ("/hidden/", "no name"),
    ]
    assert "tender" not in client.get("/hidden/").content.decode()
    for file in (
        "/files/f.pdf",
        "/files/cha....pdf",
        "/docs/x.pdf",
        "/root.pdf",
        "/x/deep/y.pdf",
    ):
        assert client.get(file)["Content-Type"] == "application/pdf", file
    assert re.findall('alt="([^"]*)"', client.get("/case/").content.decode()) == ["one"]
