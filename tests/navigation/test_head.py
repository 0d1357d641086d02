"""What the head of a page says: title, canonical address, sharing, and structured data."""

from __future__ import annotations

import datetime
import json
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, Site

from content.models import SiteImage
from navigation.models import SiteIdentity
from tests.factories import edit, fresh, make_page, make_section
from tests.navigation.helpers import choose_footer, soup_of
from tests.resources.rooms import make_article, make_room

HOSTILE = 'A </script><script>alert(1)</script> & "B" <!-- \u2028'


def identify(site: Site, **values: Any) -> None:
    SiteIdentity.objects.update_or_create(site=site, defaults={"name": "The Office", **values})


def title(client: Client, path: str) -> str:
    found = soup_of(client, path).title
    assert found is not None
    return str(found.string)


def meta(soup: BeautifulSoup, name: str) -> str | None:
    found = soup.select_one(f'meta[property="{name}"], meta[name="{name}"]')
    return None if found is None else str(found["content"])


def canonical(client: Client, path: str) -> str:
    (found,) = soup_of(client, path).select('link[rel="canonical"]')
    return str(found["href"])


def data(soup: BeautifulSoup) -> dict[str, dict[str, Any]]:
    """Return structured data by type."""
    blocks = soup.select('script[type="application/ld+json"]')
    graph = [item for block in blocks for item in json.loads(str(block.string))["@graph"]]
    return {item["@type"]: item for item in graph}


def test_titles_name_page_section_and_site_each_once(
    client: Client, site: Site, home: Page
) -> None:
    identify(site)
    section = make_section(home, "About us")
    make_page(section, "History")
    make_page(section, "About us", "/about/")
    office = make_page(home, "The Office", "/office/")
    assert title(client, "/about-us/history/") == "History – About us – The Office"
    assert title(client, "/about/") == "About us – The Office"
    assert title(client, "/office/") == "The Office"
    edit(office, seo_title="Who we are | Office")
    assert title(client, "/office/") == "Who we are | Office"


def test_the_title_of_the_home_page(client: Client, site: Site, home: Page) -> None:
    assert title(client, "/") == "Home"
    identify(site)
    assert title(client, "/") == "The Office"
    edit(home, title="Research that heals")
    assert title(client, "/") == "The Office – Research that heals"
    edit(home, title="The Office (TO)")
    assert title(client, "/") == "The Office (TO)"
    edit(home, title="Office")
    assert title(client, "/") == "The Office"
    edit(home, seo_title="Written by hand")
    assert title(client, "/") == "Written by hand"


def test_pages_of_a_list_stand_for_themselves_and_filters_for_the_list(
    client: Client, site: Site, home: Page
) -> None:
    identify(site)
    room = make_room(home)
    for number in range(13):
        make_article(room.news, f"Talk {number}", "2024-01-01")
    make_article(room.circulars, "Circular", "2024-01-01")
    url = "http://localhost/resources/"
    assert canonical(client, "/resources/?utm_source=x") == url
    assert canonical(client, "/resources/?page=1") == url
    assert canonical(client, "/resources/?page=2") == f"{url}?page=2"
    assert canonical(client, "/resources/?page=99") == f"{url}?page=2"
    assert canonical(client, "/resources/?category=news-and-events&page=2") == url
    assert title(client, "/resources/?page=2") == "Resources – Page 2 – The Office"
    assert title(client, "/resources/") == "Resources – The Office"


def test_an_alias_stands_for_its_original(client: Client, home: Page) -> None:
    page = make_page(home, "Original")
    page.create_alias(update_slug="copy", parent=home)
    assert canonical(client, "/copy/") == "http://localhost/original/"
    sitemap = client.get("/sitemap.xml").content.decode()
    assert "/original/</loc>" in sitemap
    assert "/copy/</loc>" not in sitemap


def test_nothing_is_invented_for_sharing(client: Client, home: Page) -> None:
    make_page(home, "Plain")
    soup = soup_of(client, "/plain/")
    for name in ("description", "og:description", "og:image", "og:site_name", "robots"):
        assert meta(soup, name) is None
    assert meta(soup, "og:type") == "website"
    assert meta(soup, "og:locale") == "en_GB"
    assert meta(soup, "twitter:card") == "summary"
    assert list(data(soup)) == ["BreadcrumbList"]


def test_a_shared_article_tells_its_days_and_picture(
    client: Client, site: Site, home: Page
) -> None:
    identify(site)
    picture = SiteImage.objects.create(
        title="IMG_1.jpg", description="A ward", file=get_test_image_file(size=(1600, 900))
    )
    room = make_room(home)
    day = datetime.date(2024, 3, 4)
    make_article(
        room.news, "Talk", "2024-03-01", share_image=picture, last_updated=day,
        search_description="What was said",
    )  # fmt: skip
    make_article(room.news, "Undated")
    soup = soup_of(client, "/resources/news-and-events/talk/")
    assert meta(soup, "og:type") == "article"
    assert meta(soup, "article:published_time") == "2024-03-01"
    assert meta(soup, "article:modified_time") == "2024-03-04"
    assert meta(soup, "description") == meta(soup, "og:description") == "What was said"
    assert (meta(soup, "og:image") or "").endswith(".jpg")
    size = (meta(soup, "og:image:width"), meta(soup, "og:image:height"))
    assert size == ("1200", "630")
    assert meta(soup, "og:image:alt") == "A ward"
    assert meta(soup, "twitter:card") == "summary_large_image"
    article = data(soup)["Article"]
    assert (article["datePublished"], article["dateModified"]) == ("2024-03-01", "2024-03-04")
    assert article["publisher"]["name"] == "The Office"
    undated = soup_of(client, "/resources/news-and-events/undated/")
    assert meta(undated, "og:type") == "website"
    assert "Article" not in data(undated)


def test_a_change_before_the_day_of_an_article_is_none(client: Client, home: Page) -> None:
    early = datetime.date(2024, 2, 1)
    make_article(make_room(home).news, "Talk", "2024-03-01", last_updated=early)
    soup = soup_of(client, "/resources/news-and-events/talk/")
    assert meta(soup, "article:modified_time") is None
    assert "dateModified" not in data(soup)["Article"]


def test_the_home_page_tells_who_the_organisation_is(
    client: Client, site: Site, home: Page
) -> None:
    assert data(soup_of(client)) == {}
    identify(site, is_government=True)
    choose_footer(site, facebook="https://facebook.com/office", twitter="/not-elsewhere/")
    found = data(soup_of(client))
    assert found["GovernmentOrganization"]["sameAs"] == ["https://facebook.com/office"]
    website = found["WebSite"]
    assert website["url"] == "http://testserver/"
    target = website["potentialAction"]["target"]["urlTemplate"]
    assert target == "http://testserver/search/?q={search_term_string}"
    assert client.get("/search/?q=home").status_code == 200
    identify(site, is_government=False)
    assert "Organization" in data(soup_of(client))


def test_the_breadcrumb_is_told_as_it_is_shown(client: Client, home: Page) -> None:
    section = make_section(home, "About us")
    make_page(section, "First")
    make_page(section, "Second")
    soup = soup_of(client, "/about-us/second/")
    items = data(soup)["BreadcrumbList"]["itemListElement"]
    shown = [item.get_text() for item in soup.select(".breadcrumb li")]
    assert [item["name"] for item in items] == shown == ["Home", "About us", "Second"]
    assert items[1]["item"] == "http://testserver/about-us/first/"
    assert [item["position"] for item in items] == [1, 2, 3]


@pytest.mark.parametrize("field", ["title", "search_description", "seo_title"])
def test_hostile_words_stay_words(client: Client, site: Site, home: Page, field: str) -> None:
    identify(site, name=HOSTILE)
    room = make_room(home)
    page = make_article(room.news, "Talk", "2024-01-01")
    changes: dict[str, Any] = {field: HOSTILE}
    edit(page, **changes)
    for path in ("/", "/resources/news-and-events/talk/"):
        soup = soup_of(client, path)
        assert not [script for script in soup.select("script") if "alert" in str(script.string)
                    and script.get("type") != "application/ld+json"]  # fmt: skip
        source = client.get(path).content.decode()
        assert "<script>alert" not in source
        assert HOSTILE in json.dumps(list(data(soup).values()), ensure_ascii=False).replace(
            '\\"', '"'
        )


def test_a_picture_whose_file_is_gone_is_passed_over(
    client: Client, site: Site, home: Page
) -> None:
    gone = SiteImage.objects.create(title="Gone", file=get_test_image_file(filename="gone.png"))
    gone.file.storage.delete(gone.file.name)
    edit(home, share_image=gone)
    assert meta(soup_of(client), "og:image") is None


def test_search_engines_pass_by_previews_and_a_site_not_open_yet(
    client: Client, home: Page, settings: Any
) -> None:
    page = make_page(home, "Plain")
    preview = page.make_preview_request()
    assert b'<meta name="robots" content="noindex">' in preview.render().content
    assert meta(soup_of(client, "/plain/"), "robots") is None
    settings.ALLOW_INDEXING = False
    assert meta(soup_of(client, "/plain/"), "robots") == "noindex"
    for path in ("/search/?q=x", "/plain/"):
        assert meta(soup_of(client, path), "robots") == "noindex"


def test_icons_and_colour(client: Client, site: Site, home: Page) -> None:
    identify(site, primary_colour="#123456")
    soup = soup_of(client)
    assert meta(soup, "theme-color") == "#123456"
    (touch,) = soup.select('link[rel="apple-touch-icon"]')
    assert touch["href"] == "/-/static/apple-touch-icon.png"
    picture = SiteImage.objects.create(title="I", file=get_test_image_file(size=(300, 200)))
    identify(site, favicon=picture)
    (touch,) = soup_of(client).select('link[rel="apple-touch-icon"]')
    assert "fill-180x180" in str(touch["href"])


def test_the_sitemap_tells_days_of_changes_only(client: Client, home: Page) -> None:
    make_page(home, "Dated", last_updated=datetime.date(2023, 5, 6))
    make_page(home, "Undated")
    room = make_room(home)
    make_article(room.news, "Talk", "2022-01-02")
    space = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    entries = ET.fromstring(client.get("/sitemap.xml").content).findall("map:url", space)
    days = {
        str(entry.findtext("map:loc", None, space)).removeprefix(
            "http://localhost"
        ): entry.findtext("map:lastmod", None, space)
        for entry in entries
    }
    assert days["/dated/"] == "2023-05-06"
    assert days["/undated/"] is None
    assert days["/resources/"] is None
    assert days["/resources/news-and-events/talk/"] == "2022-01-02"
    assert fresh(home).last_change is None
