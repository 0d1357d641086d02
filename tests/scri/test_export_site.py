"""``manage.py export_site``: the copy is the site, and content.jsonl says what its pages say."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction, Site

from content.models import MediaPath, SiteDocument
from resources.models import ArticlePage, ResourceLinkPage, ResourceRoomPage
from scri.page_records import PageRecords
from scri.static_copy import SiteCopy, links_in
from tests.care.sites import NO_LINK, make_image, picture, stream
from tests.factories import edit, make_page, make_section, make_site

pytestmark = pytest.mark.django_db
TEXT = [("text", "<p>Some words.</p>")]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: pytest shows what a test prints."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The address at which a web server that knows nothing of us shows the copy."""
    handler = partial(Quiet, directory=str(tmp_path / "out" / "localhost"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def fetched(address: str) -> bytes:
    with urlopen(address) as answer:
        body: bytes = answer.read()
        return body


def export(folder: Path, *options: str) -> list[dict[str, Any]]:
    """Export into the folder ``out`` of another one; return the records."""
    call_command("export_site", str(folder / "out"), *options)
    lines = (folder / "out" / "content.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def document(title: str, **fields: Any) -> SiteDocument:
    return SiteDocument.objects.create(
        title=title, file=ContentFile(title.encode(), f"{title}.txt"), **fields
    )


@pytest.fixture
def made(home: Any, site: Site, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A small site with one of everything that a copy treats in a way of its own."""
    monkeypatch.setattr("resources.listing.ITEMS_ON_A_PAGE", 2)
    image, file = make_image("Map"), document("open")
    section = make_section(home, "About us", show_in_menus=True)
    history = make_page(section, "History", address="/our story/1990.html", body=stream(*TEXT))
    room = make_page(home, "News", model=ResourceRoomPage)
    for number in range(2):
        make_page(room, f"Item {number}", model=ArticlePage, body=stream(*TEXT))
    make_page(room, "Paper", model=ResourceLinkPage, document=file)
    text = (
        f'<p><a linktype="page" id="{history.pk}">old</a> <a linktype="document" id="{file.pk}">'
        "file</a></p>"
    )
    link = {**NO_LINK, "page": room.pk}
    body = stream(
        ("text", text),
        picture(image, alt="A map"),
        ("button", {"text": "News", "link": link, "style": "primary"}),
        ("table", {"caption": "", "table": "<table><tbody><tr><td>"
         f'<embed embedtype="image" id="{image.pk}" alt="M" format="full"/>'
         "</td></tr></tbody></table>"}),
    )  # fmt: skip
    page = make_page(section, "Our role", body=body, language="ms")
    edit(page, address="/role/")
    MediaPath.objects.create(site=site, path="/files/old name.txt", document=file)
    MediaPath.objects.create(site=site, path="/images/map.png", image=image)
    Redirect.objects.create(old_path="/moved", redirect_page=page)
    Redirect.objects.create(old_path="/away", redirect_link="https://example.org/?a=1&b=2")
    return {"page": page, "image": image, "file": file}


def test_the_copy_is_the_site(made: dict[str, Any], tmp_path: Path, served: str) -> None:
    records = export(tmp_path)
    client = Client(HTTP_HOST="localhost")
    seen: set[str] = set()
    waiting = ["/", "/sitemap/", *(record["address"] for record in records)]
    while waiting:
        path = waiting.pop()
        seen.add(path)
        copied, live = fetched(served + path), client.get(path)
        if live.status_code != 200:
            continue
        asked = b"".join(live)
        if not live["Content-Type"].startswith("text/html"):
            assert copied == asked, path
            continue
        part = rb'href="%s\1/"' % path.encode()
        assert copied == re.sub(rb'href="\?(page=\d+)"', part, asked), path
        for link in links_in(copied.decode()):
            parts = urlsplit(urljoin(f"http://localhost{path}", link))
            if parts.netloc == "localhost" and parts.path not in seen:
                waiting.append(parts.path)
    assert {"/our%20story/1990.html", "/role/", "/news/page=2/", "/news/feed.xml"} <= seen
    assert any(path.startswith("/-/media/images/") for path in seen)
    assert any(path.endswith("site.css") for path in seen)
    for path in ("/feed.xml", "/sitemap.xml", "/robots.txt", "/404.html"):
        assert fetched(served + path) == client.get(path).content
    with pytest.raises(HTTPError):
        fetched(f"{served}/news/page=3/")


def test_old_addresses_lead_on(made: dict[str, Any], tmp_path: Path, served: str) -> None:
    export(tmp_path)
    for path in ("/moved/", "/about-us/our-role/"):
        assert b'<link rel="canonical" href="/role/">' in fetched(served + path)
    assert b'content="0; url=https://example.org/?a=1&amp;b=2"' in fetched(f"{served}/away/")
    assert b"url=/-/documents/" in fetched(f"{served}/news/paper/")
    assert fetched(f"{served}/files/old%20name.txt") == b"open"
    with made["image"].file.open("rb") as stored:
        assert fetched(f"{served}/images/map.png") == stored.read()


def test_each_page_is_a_line_without_ids(made: dict[str, Any], tmp_path: Path) -> None:
    records = {record["address"]: record for record in export(tmp_path)}
    record, page, file = records["/role/"], made["page"], made["file"]
    image = made["image"].file.url
    published = record.pop("published")
    assert published.startswith(page.first_published_at.isoformat()[:19])
    assert record == {
        "site": "http://localhost",
        "address": "/role/",
        "type": "ContentPage",
        "title": "Our role",
        "description": "",
        "language": "ms",
        "updated": None,
        "fields": {
            "share_image": None,
            "body": [
                {"type": "text", "value": '<p><a href="/our%20story/1990.html">old</a>'
                 f' <a href="{file.url}">file</a></p>'},
                {"type": "picture", "value": {
                    "image": image, "alt": "A map", "decorative": None, "caption": "",
                    "width": None, "pixels": None, "link": None}},
                {"type": "button", "value": {"text": "News", "link": "/news/", "style": "primary"}},
                {"type": "table", "value": {"caption": "", "table": "<table><tbody><tr><td>"
                 f'<img src="{image}" alt="M"></td></tr></tbody></table>'}},
            ],
        },
    }  # fmt: skip
    assert len(records) == 8
    assert (tmp_path / "out" / "localhost" / image.lstrip("/")).is_file()
    assert records["/news/item-1/"]["fields"]["body"] == [{"type": "text", "value": TEXT[0][1]}]


def test_nothing_private_comes_along(
    home: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    closed = Collection.get_first_root_node().add_child(name="Closed")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    file, image = document("secret", collection=closed), make_image("Secret")
    type(image).objects.update(collection=closed)
    text = f'<p><a linktype="document" id="{file.pk}">file</a> <a href="/hidden/">x</a></p>'
    make_page(home, "Open", body=stream(("text", text), picture(image)))
    hidden = make_page(home, "Hidden", body=stream(("text", "<p>secret</p>")))
    make_page(hidden, "Below", body=stream(("text", "<p>secret</p>")))
    PageViewRestriction.objects.create(page=hidden, restriction_type="password", password="a")
    make_page(home, "Draft", live=False, body=stream(("text", "<p>secret</p>")))
    Redirect.objects.create(old_path="/to-it", redirect_page=hidden)
    records = export(tmp_path)
    assert [record["title"] for record in records] == ["Home", "Open"]
    written = [one.read_bytes() for one in (tmp_path / "out").rglob("*") if one.is_file()]
    # The address of the file stands in a public text; the file itself is not there.
    assert b"secret" not in b"".join(written).replace(file.url.encode(), b"")
    names = {one.name for one in (tmp_path / "out" / "localhost").iterdir()}
    assert not names & {"hidden", "draft", "to-it", "admin"}
    PageViewRestriction.objects.create(page=home, restriction_type="login")
    with pytest.raises(CommandError):
        call_command("export_site", str(tmp_path / "closed"))
    assert "http://localhost: no page is public" in capsys.readouterr().err
    assert not (tmp_path / "closed" / "localhost" / "index.html").exists()


def test_a_broken_page_is_named_and_the_rest_written(
    home: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_page(home, "Sound", body=stream(*TEXT))
    make_page(home, "Broken", body=stream(*TEXT))
    make_page(home, "Long", slug="长" * 100, body=stream(*TEXT))
    serve = type(home).serve

    def breaks(page: Any, request: Any, *args: Any, **kwargs: Any) -> Any:
        if page.slug == "broken":
            raise KeyError("lost")
        return serve(page, request, *args, **kwargs)

    with patch("wagtail.models.Page.serve", breaks), pytest.raises(CommandError, match="The rest"):
        export(tmp_path)
    told = capsys.readouterr().err
    assert "http://localhost/broken/: error 500 (KeyError('lost'))" in told
    assert "no file can have this name" in told
    assert "Traceback" not in told
    assert (tmp_path / "out" / "localhost" / "sound" / "index.html").is_file()
    assert not (tmp_path / "out" / "localhost" / "broken").exists()


def test_each_site_has_a_folder_of_its_own(home: Any, tmp_path: Path) -> None:
    other = make_site("other.example")
    other.port = 8443
    other.save()
    make_page(other.root_page, "Far", body=stream(*TEXT))
    make_site("inner.example", make_page(home, "Inner", body=stream(*TEXT)))
    assert {record["site"] for record in export(tmp_path)} == {
        "http://inner.example", "http://localhost", "http://other.example:8443",
    }  # fmt: skip
    assert (tmp_path / "out" / "other.example_8443" / "far" / "index.html").is_file()
    assert (tmp_path / "out" / "inner.example" / "index.html").is_file()
    assert not (tmp_path / "out" / "localhost" / "inner").exists()
    (tmp_path / "one").mkdir()
    records = export(tmp_path / "one", "--site", "other.example:8443")
    assert [record["title"] for record in records] == ["other.example", "Far"]
    with pytest.raises(CommandError, match=r"no site x\.example\. There is: inner\.example"):
        export(tmp_path / "two", "--site", "x.example")


def test_what_is_there_stays(home: Any, tmp_path: Path, settings: Any) -> None:
    export(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(CommandError, match=r"is not empty.*earlier export"):
        export(tmp_path)
    with (
        patch.object(SiteCopy, "make", side_effect=OSError("The disk is full")),
        pytest.raises(CommandError, match="full"),
    ):
        call_command("export_site", str(tmp_path / "more"))
    settings.ALLOWED_HOSTS = ["www.example.org"]
    with pytest.raises(CommandError, match="ALLOWED_HOSTS does not name it"):
        call_command("export_site", str(tmp_path / "more"))
    assert sorted(tmp_path.rglob("*")) == before


def text(words: str) -> Any:
    return stream(("text", f"<p>{words}</p>"))


def test_what_leads_on_takes_no_page_s_place(home: Any, tmp_path: Path) -> None:
    """``/alpha``, ``/alpha/`` and ``/alpha/index.html`` are one file."""
    make_page(home, "Alpha", body=text("First words."))
    link = '<a href="/alpha">a</a> <a href="/alpha/index.html">b</a> <a href="/index.html">c</a>'
    make_page(home, "Beta", body=text(link))
    site = Site.objects.get()
    for path in ("/beta", "/index.html"):
        Redirect.objects.create(site=site, old_path=path, redirect_link="https://other.example/")
    export(tmp_path)
    files = tmp_path / "out" / "localhost"
    assert "First words." in (files / "alpha" / "index.html").read_text()
    assert 'href="/alpha"' in (files / "beta" / "index.html").read_text()
    assert "This page has moved" not in (files / "index.html").read_text()


def test_two_pages_that_are_one_file_are_named(
    home: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_page(home, "One", address="/a/", body=text("First words."))
    make_page(home, "Two", address="/a/index.html", body=text("Other words."))
    with pytest.raises(CommandError):
        export(tmp_path)
    assert "/a/index.html: the file for it is that of /a/" in capsys.readouterr().err
    assert "First words." in (tmp_path / "out" / "localhost" / "a" / "index.html").read_text()


@pytest.mark.parametrize("address", ["/news", "/news.html", "/news/"])
def test_the_parts_of_a_listing_are_linked(
    home: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr("resources.listing.ITEMS_ON_A_PAGE", 2)
    room = make_page(home, "News", model=ResourceRoomPage, address=address)
    for number in range(3):
        make_page(room, f"Item {number}", model=ArticlePage, body=text("Words."))
    # The feed of a page that is a file can't be in it, and is named.
    is_file = address.endswith(".html")
    with pytest.raises(CommandError) if is_file else nullcontext():
        export(tmp_path)
    files = tmp_path / "out" / "localhost"
    assert (files / "news" / "page=2" / "index.html").is_file()
    first = files / ("news.html" if address == "/news.html" else "news/index.html")
    assert 'href="/news/page=2/"' in first.read_text()


def test_links_to_folders_and_unwritable_data_end_nothing(
    home: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_image("Map")
    folders = '<a href="/-/media/original_images/">a</a> <a href="/-/media/">b</a>'
    make_page(home, "Alpha", body=text(folders))
    make_page(home, "Beta", body=text("Words."))
    record = PageRecords.record

    def damaged(records: PageRecords, page: Any, address: str) -> dict[str, Any]:
        # Of SQLite's databases one may hold half a character, which no file can.
        odd = {"title": "A \ud83d A"} if page.title == "Beta" else {}
        return record(records, page, address) | odd

    broken = patch.object(PageRecords, "record", damaged)
    with broken, pytest.raises(CommandError, match="The rest"):
        export(tmp_path)
    assert "/beta/: no line of content.jsonl" in capsys.readouterr().err
    assert (tmp_path / "out" / "localhost" / "alpha" / "index.html").is_file()
    lines = (tmp_path / "out" / "content.jsonl").read_text().splitlines()
    assert [json.loads(line)["address"] for line in lines] == ["/", "/alpha/"]


def test_a_picture_is_found_whatever_the_order_of_its_attributes(home: Any) -> None:
    image = make_image("Map")
    html = f'<embed embedtype="image" format="left" id="{image.pk}" alt="A &amp; b"/>'
    records = PageRecords(Site.objects.get())
    page = make_page(home, "Alpha", body=text(html))
    [block] = records.record(page, "/alpha/")["fields"]["body"]
    assert f'<img src="{image.file.url}" alt="A &amp; b">' in block["value"]
