"""The demo: a repository with one of everything, which must arrive whole and hang together."""

from __future__ import annotations

import re
import sys
from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any
from urllib.parse import quote, urldefrag, urljoin, urlsplit

import pytest
import yaml
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision

from content.models import SiteDocument, SiteImage
from isomer.models import ImportedObject
from isomer.plan.model import Action
from tests.isomer.importing import DEMO, page_soup, run_import
from tests.navigation.helpers import footer_links, menu_of, soup_of

pytestmark = pytest.mark.django_db

GUIDES = DEMO / "files" / "guides"
POSTS = "news/announcements/_posts"
WAITING = f"{POSTS}/2099-01-15-post-A text that waits for its day.md"
# What the demo is meant to say.
CARE = "pages/work-for-the-care-list.md"
FOR_CARE = (
    "alt-text-missing", "description-missing", "embed-title-missing", "link-target-missing",
    "markup-kept-as-html",
)  # fmt: skip
INTENDED = Counter(
    [
        ("post-scheduled", WAITING),
        ("section-name-guessed", "section good-to-know"),
        *((rule, CARE) for rule in FOR_CARE),
    ]
)
HIDDEN = ("still-being-written", "a-text-that-waits-for-its-day")


@pytest.fixture
def client() -> Client:
    return Client(HTTP_HOST="localhost")


def data_of(name: str) -> Any:
    return yaml.safe_load((DEMO / "_data" / name).read_text(encoding="utf-8"))


def test_it_says_exactly_what_it_is_meant_to_say() -> None:
    done = run_import(DEMO)
    assert Counter((one.rule, one.path) for one in done.plan.messages) == INTENDED
    documents = {path.relative_to(DEMO).as_posix() for path in DEMO.rglob("*.md")}
    assert documents <= {page.source for page in done.plan.pages}


def test_the_same_source_again_writes_nothing() -> None:
    run_import(DEMO)
    tables = (Page, Revision, PageLogEntry, ModelLogEntry, SiteImage, SiteDocument, ImportedObject)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    again = run_import(DEMO)
    assert {page.action for page in again.plan.pages} == {Action.KEEP}
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before


def test_every_link_leads_somewhere(client: Client) -> None:
    """From the home page and every live page, whatever the site itself answers."""
    run_import(DEMO)
    waiting = [page.url for page in Page.objects.live().filter(depth__gt=1).specific()]
    waiting += [f"/files/guides/{quote(file.name)}" for file in GUIDES.glob("*.pdf")]
    ids: dict[str, set[str]] = {}
    fragments: list[tuple[str, str, str]] = []
    while waiting:
        path = waiting.pop()
        if path in ids:
            continue
        soup = fetch(client, path)
        ids[path] = {str(found["id"]) for found in soup.select("[id]")}
        for address in _addresses(soup):
            target, fragment = urldefrag(urljoin(f"http://localhost{path}", address))
            if urlsplit(target).netloc == "localhost":
                waiting.append(urlsplit(target).path)
                fragments += [(path, urlsplit(target).path, fragment)] if fragment else []
    assert [found for found in fragments if found[2] not in ids[found[1]]] == []
    assert not [path for path in ids for name in HIDDEN if name in path]
    assert len(ids) > 50


def fetch(client: Client, path: str) -> BeautifulSoup:
    """Return what a path serves, an empty page for anything but HTML or another site's page.

    Fails unless it answers 200 after at most one redirect.
    """
    response = client.get(path)
    if response.status_code in (301, 302):
        if urlsplit(response["Location"]).netloc not in ("", "localhost"):
            return BeautifulSoup("", "html5lib")
        response = client.get(response["Location"])
    assert response.status_code == 200, path
    is_page = response["Content-Type"].startswith("text/html")
    return BeautifulSoup(response.content if is_page else b"", "html5lib")


def _addresses(soup: BeautifulSoup) -> list[str]:
    found = [str(tag[name]) for name in ("href", "src") for tag in soup.select(f"[{name}]")]
    sets = [str(tag["srcset"]).split(",") for tag in soup.select("[srcset]")]
    # The stored pictures and style sheets belong to the server, not to the demo.
    listed = found + [part.split()[0] for parts in sets for part in parts]
    return [address for address in listed if not address.startswith(("/-/static/", "/admin/"))]


def test_every_picture_is_described(client: Client) -> None:
    run_import(DEMO)
    for page in Page.objects.live().filter(depth__gt=1).specific():
        response = client.get(page.url or "/")
        if response.status_code == 200:
            soup = BeautifulSoup(response.content, "html5lib")
            named = [str(picture.get("alt") or "") for picture in soup.select("main figure img")]
            assert all(named), page.url


def test_drafts_and_posts_of_the_future_are_not_served(client: Client) -> None:
    run_import(DEMO)
    for slug in HIDDEN:
        assert client.get(f"/news/announcements/{slug}/").status_code == 404
        assert not Page.objects.get(title__iexact=slug.replace("-", " ")).live


def test_the_menu_is_that_of_the_data(client: Client) -> None:
    run_import(DEMO)
    shown = {
        title: (url, below) for title, url, below in menu_of(soup_of(client, "/", "localhost"))
    }
    wanted = data_of("navigation.yml")["links"]
    assert list(shown) == [entry["title"] for entry in wanted]
    for entry in wanted:
        url, below = shown[entry["title"]]
        if "sublinks" in entry:
            assert [title for title, _ in below] == [link["title"] for link in entry["sublinks"]]
            for (_, address), link in zip(below, entry["sublinks"], strict=True):
                is_file = link["url"].startswith("/files/")
                assert address.startswith("/-/documents/" if is_file else link["url"]), address
        elif entry.get("resource_room"):
            names = ["Announcements", "Further Reading", "Guides And Forms"]
            assert (url, [title for title, _ in below]) == ("/news/", ["All", *names])
        elif "collection" in entry:
            # The heading leads to the first page of the collection, as its editors ordered it.
            assert url == below[0][1]
        else:
            assert url == entry["url"]
    about = [title for title, _ in shown["About us"][1]]
    assert about[-1] == "SCRI Academy", "a group is one entry"


def test_the_footer_is_that_of_the_data(client: Client) -> None:
    run_import(DEMO)
    soup = soup_of(client, "/about-us/our-role/", "localhost")
    wanted = data_of("footer.yml")
    row = dict(footer_links(soup, ".footer__base"))
    assert row["Contact Us"] == wanted["contact_us"]
    assert row["Feedback"] == wanted["feedback"]
    assert row["FAQ"] == wanted["faq"]
    assert row["Privacy Statement"] == wanted["privacy_policy"]
    assert row["Terms of Use"] == wanted["terms_of_use"]
    assert "REACH" in row
    for link in wanted["links"]:
        assert row[link["title"]] == link["url"]
    social = [url for _, url in footer_links(soup, ".footer__social")]
    assert social == list(wanted["social_media"].values())
    assert wanted["copyright_agency"] in soup.select(".footer__base > p")[-1].get_text()


def test_the_contact_page_shows_place_hours_and_people() -> None:
    run_import(DEMO)
    main = page_soup("/contact-us/").main
    assert main is not None
    text = " ".join(main.get_text(" ").split())
    for words in ("1 Demo Street", "#02-03 Demo Building", "8.30am to 6pm", "Closed"):
        assert words in text
    addresses = {str(found["href"]) for found in main.select("a[href]")}
    assert {"tel:+6560000000", "mailto:mailbox@stcc.cris.sg", "/feedback/"} <= addresses
    assert any(address.startswith("https://www.openstreetmap.org/") for address in addresses)


def test_files_are_what_their_script_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = spec_from_file_location("make_files", DEMO / "make_files.py")
    assert spec is not None
    assert spec.loader is not None
    script = module_from_spec(spec)
    # Its dataclasses look their own module up.
    monkeypatch.setitem(sys.modules, "make_files", script)
    spec.loader.exec_module(script)
    assert {guide.name for guide in script.GUIDES} == {file.name for file in GUIDES.glob("*.pdf")}
    for guide in script.GUIDES:
        data = (GUIDES / guide.name).read_bytes()
        assert data == script.document(guide)
        check_places(data)


def check_places(data: bytes) -> None:
    """Check that a PDF file's table of contents points at its objects."""
    start = int(data.rsplit(b"startxref", 1)[1].split()[0])
    assert data[start:].startswith(b"xref\n")
    places = re.findall(rb"^(\d{10}) 00000 n $", data[start:], re.MULTILINE)
    for number, place in enumerate(places, 1):
        assert data[int(place) :].startswith(b"%d 0 obj" % number)
    [length] = re.findall(rb"/Length (\d+)", data)
    stream = data.split(b"stream\n", 1)[1].split(b"\nendstream", 1)[0]
    assert len(stream) == int(length)
    assert len(re.findall(rb"BDC", stream)) == len(re.findall(rb"EMC", stream)) > 5


def test_the_demo_is_small() -> None:
    """Whoever clones the project downloads it."""
    files = [path for path in DEMO.rglob("*") if path.is_file() and "__pycache__" not in str(path)]
    assert sum(path.stat().st_size for path in files) < 1_000_000
    assert Path(DEMO / "images" / ".keep").exists()
