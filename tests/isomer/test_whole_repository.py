"""A small repository with everything in it: places, addresses, menus, rooms, contact page."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Revision, Site

from content.models import ContactPage, ContentPage, SectionPage
from home.models import HomePage
from isomer.models import ImportedObject
from isomer.plan.model import Action
from navigation.models import Footer, Menu, NavigationSettings, SiteIdentity
from resources.models import (
    ArticlePage,
    ResourceCategoryPage,
    ResourceLinkPage,
    ResourceRoomPage,
)
from tests.isomer.importing import page_soup, rules_of, run_import
from tests.pictures import PDF, picture

pytestmark = pytest.mark.django_db

CONFIG = """\
title: The Office
url: https://www.office.gov.sg
permalink: none
resources_name: news
is_government: false
favicon: /images/icon.png
google_analytics_ga4: G-123
colors:
  primary-color: "#123456"
  secondary-color: "#abc"
"""
NAVIGATION = """\
logo: /images/logo.png
links:
  - title: Our people
    collection: people
  - title: News
    resource_room: true
  - title: More
    url: /more/
    sublinks:
      - title: A page
        url: /a-page
      - title: Elsewhere
        url: https://www.example.org/
  - title: Gone
    collection: nothing
  - title: Contact Us
    url: /contact-us/
"""
FOOTER = """\
contact_us: /contact-us/
feedback: https://form.example.org/
show_reach: true
social_media:
  facebook: https://www.facebook.com/office
"""
CONTACT = """\
---
title: Contact
layout: contact_us
permalink: /contact-us/
agency_name: the Office
locations:
  - title: Main office
    address: [1 Example Road, "#02-03", ""]
    operating_hours:
      - {days: Mon - Fri, time: 9am - 5pm, description: ""}
    maps_link: ""
contacts:
  - title: General
    content:
      - phone: "+65 6000 0000"
      - email: ask@example.org
      - other: Closed <b>today</b>
      - fax: "1"
---
"""
PEOPLE = """\
collections:
  people:
    output: true
    order:
      - zoe.md
      - Board/anna.md
      - Board/bert.md
"""


def document(title: str, **values: str) -> str:
    lines = "".join(f"{key}: {value}\n" for key, value in values.items())
    return f"---\ntitle: {title}\n{lines}---\nText of {title}.\n"


def write(root: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    later = (timezone.localdate() + datetime.timedelta(days=30)).isoformat()
    return write(
        tmp_path / "repository",
        {
            "_config.yml": CONFIG,
            "_data/navigation.yml": NAVIGATION,
            "_data/footer.yml": FOOTER,
            "index.md": "---\nlayout: homepage\ntitle: Home\npermalink: /\n---\n",
            "pages/a-page.md": document("A page", permalink="/a-page/"),
            "pages/b.md": document("No address"),
            "pages/contact-us.md": CONTACT,
            "_people/collection.yml": PEOPLE,
            "_people/zoe.md": document("Zoe", permalink="/people/zoe/"),
            "_people/Board/anna.md": document("Anna", third_nav_title="Board"),
            "_people/Board/bert.md": document("Bert", third_nav_title="Board"),
            "_hidden/collection.yml": "collections:\n  hidden:\n    output: true\n",
            "_hidden/h.md": document("H", permalink="/h"),
            "news/index.html": "---\ntitle: All news\nlayout: resources\n---\n",
            "news/media-releases/index.html": "---\ntitle: Releases\nlayout: resources-alt\n---\n",
            "news/media-releases/_posts/2024-03-01-post-First.md": document(
                "First", layout="post", permalink="/news/media-releases/first/"
            ),
            "news/media-releases/_posts/2024-03-02-file-The Report (2024).md": (
                "---\ntitle: Report\nlayout: file\nfile_url: /files/report.pdf\n---\n"
            ),
            "news/media-releases/_posts/2024-03-03-link-Other.md": (
                "---\ntitle: Other\nlayout: link\nexternal: https://www.example.org/x\n---\n"
            ),
            f"news/media-releases/_posts/{later}-post-Later.md": document("Later", layout="post"),
            "news/media-releases/_posts/2024-01-01-post-Draft.md": document(
                "Draft", layout="post", published="false"
            ),
            "news/empty/index.html": "---\ntitle: Empty\nlayout: resources-alt\n---\n",
            "files/report.pdf": PDF,
            "images/logo.png": picture(),
            "images/icon.png": picture(colour="red"),
        },
    )


def status(path: str) -> tuple[int, str]:
    response = Client(HTTP_HOST="localhost").get(path)
    return response.status_code, response.get("Location", "")


def test_every_page_has_its_place_and_address(repository):
    run_import(repository)
    home = HomePage.objects.get()
    assert [page.title for page in home.get_children()] == [
        "Our people",
        "All news",
        "Hidden",
        "A page",
        "No address",
        "Contact",
    ]
    people = SectionPage.objects.get(title="Our people")
    assert [page.title for page in people.get_children()] == ["Zoe", "Board"]
    assert ContentPage.objects.get(title="Anna").url == "/people/Board/anna.html"
    assert ContentPage.objects.get(title="No address").url == "/pages/b.html"
    for path in ("/people/zoe/", "/people/Board/bert.html", "/pages/b.html", "/a-page/", "/h"):
        assert status(path)[0] == 200
    room = ResourceRoomPage.objects.get()
    assert (room.title, room.url) == ("All news", "/news/")
    category = ResourceCategoryPage.objects.get(title="Releases")
    assert (category.menu_title, category.url) == ("Media Releases", "/news/media-releases/")


def test_posts_become_articles_files_and_links(repository):
    run_import(repository)
    article = ArticlePage.objects.get(title="First")
    assert (article.url, article.date.isoformat()) == ("/news/media-releases/first/", "2024-03-01")
    report = ResourceLinkPage.objects.get(title="Report")
    assert report.url == "/news/media-releases/file-The-Report-(2024).html"
    code, where = status("/news/media-releases/file-The-Report-(2024).html")
    assert code == 301
    assert where.startswith("/-/documents/")
    assert status("/news/media-releases/link-Other.html") == (301, "https://www.example.org/x")
    listing = page_soup("/news/").main
    titles = [link.get_text(strip=True) for link in listing.select("li.card a")]
    assert titles == ["Other", "Report", "First"]


def test_drafts_and_the_future_are_kept_back(repository):
    page = "---\ntitle: Page of the future\ndate: 2999-01-01\n---\nLater.\n"
    (repository / "_people/later.md").write_text(page, encoding="utf-8")
    done = run_import(repository)
    draft = ArticlePage.objects.get(title="Draft")
    assert (draft.live, draft.go_live_at) == (False, None)
    later = ArticlePage.objects.get(title="Later")
    page = ContentPage.objects.get(title="Page of the future")
    assert not later.live
    assert not page.live
    waiting = Revision.objects.filter(approved_go_live_at__isnull=False)
    assert {one.object_id for one in waiting} == {str(later.pk), str(page.pk)}
    assert "post-scheduled" in rules_of(done.outcome.run)


def test_a_post_whose_day_has_come_is_no_edit(repository, monkeypatch):
    run_import(repository)
    later = timezone.now() + datetime.timedelta(days=31)
    monkeypatch.setattr(timezone, "now", lambda: later)
    call_command("publish_scheduled")
    assert ArticlePage.objects.get(title="Later").live
    revisions = Revision.objects.count()
    again = run_import(repository)
    assert {page.action for page in again.plan.pages} == {Action.KEEP}
    assert Revision.objects.count() == revisions


def test_menu_and_footer(repository):
    done = run_import(repository)
    chosen = NavigationSettings.objects.get()
    assert (chosen.menu, chosen.footer) == (Menu.objects.get(), Footer.objects.get())
    name = SiteIdentity.objects.get().name
    assert (chosen.menu.name, chosen.footer.name) == (f"Menu of {name}", f"Footer of {name}")
    left = done.outcome.run.messages.filter(rule="menu-entry-left-out")
    assert [message.text for message in left] == ["Gone"]
    header = page_soup("/a-page/").header
    lines = [(link.get_text(strip=True), link["href"]) for link in header.select("nav a")]
    assert ("Our people", "/people/zoe/") in lines
    assert ("Board", "/people/Board/anna.html") in lines
    assert ("News", "/news/") in lines
    assert ("Media Releases", "/news/media-releases/") in lines
    assert ("A page", "/a-page/") in lines
    assert ("Elsewhere", "https://www.example.org/") in lines
    assert "Empty" not in dict(lines)
    footer = page_soup("/a-page/").footer
    targets = [link["href"] for link in footer.select("a")]
    for target in (
        "/contact-us/",
        "https://form.example.org/",
        "https://www.reach.gov.sg/",
        "https://www.tech.gov.sg/report_vulnerability/",
        "/privacy/",
        "/terms-of-use/",
        "https://www.facebook.com/office",
    ):
        assert target in targets
    missing = done.outcome.run.messages.filter(rule="footer-page-missing")
    assert {message.place for message in missing} == {"privacy_policy", "terms_of_use"}


def test_site_identity(repository):
    run_import(repository)
    identity = SiteIdentity.objects.get()
    assert (identity.name, identity.is_government) == ("The Office", False)
    assert (identity.primary_colour, identity.secondary_colour) == ("#123456", "#aabbcc")
    assert identity.logo is not None
    assert identity.favicon is not None
    assert identity.google_analytics_4 == "G-123"
    assert not identity.analytics_enabled


def test_the_contact_page(repository):
    done = run_import(repository)
    page = ContactPage.objects.get()
    location = page.locations[0].value
    assert location["address"] == "1 Example Road\n#02-03"
    assert location["hours"][0]["days"] == "Mon - Fri"
    rows = page.contacts[0].value["rows"]
    assert [row.block_type for row in rows] == ["phone", "email", "other"]
    assert page.feedback_address == "https://form.example.org/"
    assert "Closed" in page_soup("/contact-us/").main.get_text()
    left = done.outcome.run.messages.filter(rule="field-left-out", source_path__contains="contact")
    assert [(message.place, message.text) for message in left] == [("contact 1", "fax: 1")]


def test_importing_again_writes_nothing(repository):
    run_import(repository)

    def state() -> list[object]:
        return [
            list(Page.objects.order_by("pk").values()),
            Revision.objects.count(),
            list(ImportedObject.objects.order_by("pk").values()),
            list(Menu.objects.values()),
            list(Footer.objects.values()),
            list(SiteIdentity.objects.values()),
        ]

    before = state()
    again = run_import(repository)
    assert state() == before
    assert {page.action for page in again.plan.pages} == {Action.KEEP}
    assert {setting.action for setting in again.plan.settings} == {Action.KEEP}


def test_a_menu_that_somebody_changed_is_left_alone(repository):
    run_import(repository)
    menu = Menu.objects.get()
    menu.entries.pop()
    menu.save_revision().publish()
    config = repository / "_data" / "navigation.yml"
    config.write_text(config.read_text().replace("title: More", "title: Further"))
    again = run_import(repository)
    [message] = again.outcome.run.messages.filter(rule="setting-edited")
    assert message.text == "Menu"
    assert [entry.value["title"] for entry in Menu.objects.get().entries] == ["", "News", "More"]


def test_a_changed_menu_changes_the_section(repository):
    run_import(repository)
    config = repository / "_data" / "navigation.yml"
    config.write_text(config.read_text().replace("Our people", "People"))
    run_import(repository)
    assert SectionPage.objects.filter(title="People").exists()
    # The entry has no title of its own: it follows the section.
    assert Menu.objects.get().entries[0].value["title"] == ""
    assert "People" in page_soup("/a-page/").header.get_text()


def test_links_of_sections_are_read_as_a_browser_reads_them(repository):
    home = repository / "index.md"
    home.write_text(
        "---\nlayout: homepage\ntitle: Home\npermalink: /\nsections:\n"
        "  - infobar: {title: A, button: Go, url: a-page}\n"
        "  - infobar: {title: B, button: Go, url: www.example.org/x}\n"
        "  - infobar: {title: C, button: Go, url: 'javascript:alert(1)'}\n---\n"
    )
    done = run_import(repository)
    sections = HomePage.objects.get().sections
    links = [section.value["button"]["link"] for section in sections]
    assert links[0]["page"].title == "A page"
    assert links[1]["address"] == "https://www.example.org/x"
    assert links[2]["address"] == ""
    assert {"link-without-scheme", "link-unsafe"} <= rules_of(done.outcome.run)


def test_unlisted_pages_are_in_the_sitemap_and_no_menu(repository):
    run_import(repository)
    site = Site.objects.get()
    sitemap = Client(HTTP_HOST=site.hostname).get("/sitemap.xml").content.decode()
    assert "/h</loc>" in sitemap
    assert "/pages/b.html</loc>" in sitemap
    menu = page_soup("/a-page/").header.get_text()
    assert "Hidden" not in menu
    assert "No address" not in menu
