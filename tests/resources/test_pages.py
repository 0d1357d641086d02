"""Articles, links, and how the frame treats the pages of a room."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Revision, Site

from navigation.tree import SiteTree
from resources.models import ArticlePage, ResourceLinkPage, ResourceRoomPage
from tests.content.helpers import trail
from tests.factories import fresh, make_page
from tests.forms import page_form_data
from tests.resources.rooms import make_article, make_document, make_link, make_room, soup_of

BODY = [{"type": "text", "value": "<p>Words of the article.</p>", "id": "a" * 8}]


def save(client: Client, page: Page, **changes: str) -> Any:
    """Post the edit form of a page with changes."""
    data = page_form_data(page) | changes | {"action-publish": "action-publish"}
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)


def messages(response: Any) -> dict[str, str]:
    assert response.status_code == 200, "the form was accepted"
    return {name: " ".join(texts) for name, texts in response.context["form"].errors.items()}


# What a visitor sees of an article


def test_an_article_shows_title_date_and_text(client: Client, home: Page) -> None:
    room = make_room(home)
    make_article(room.news, "First patient", "2021-03-04", body=BODY)
    soup = soup_of(client, "/resources/news-and-events/first-patient/")
    assert soup.main.get_text(" ", strip=True) == (
        "First patient 4 March 2021 Words of the article."
    )
    assert [crumb.get_text() for crumb in soup.select(".breadcrumb li")] == [
        "Home",
        "Resources",
        "News and events",
        "First patient",
    ]
    assert not soup.select(".side, .neighbours")


def test_an_article_directly_in_a_room_and_without_a_date(client: Client, home: Page) -> None:
    make_article(make_room(home).page, "Undated")
    soup = soup_of(client, "/resources/undated/")
    assert not soup.select("time")
    assert len(soup.select(".breadcrumb li")) == 3


def test_room_and_category_have_a_breadcrumb_and_no_side_navigation(
    client: Client, home: Page
) -> None:
    make_room(home)
    soup = soup_of(client, "/resources/circulars/")
    assert [crumb.get_text() for crumb in soup.select(".breadcrumb li")] == [
        "Home",
        "Resources",
        "Circulars",
    ]
    assert not soup.select(".side, .neighbours")


# Menus


def test_items_stay_out_of_the_tree_that_menus_read(home: Page) -> None:
    room = make_room(home)
    article = make_article(room.news, "First patient")
    make_link(room.news, "Report", external_address="https://example.org/")
    tree = SiteTree.for_site(Site.objects.get())
    assert set(tree.nodes) == {home.pk, room.page.pk, room.news.pk, room.circulars.pk}
    node = tree.node_of(article)
    assert node is not None
    assert node.parent is tree.nodes[room.news.pk]
    assert node.parent.children == []
    assert tree.node_of(make_page(home, "Later")) is None


def test_menus_use_the_short_name_of_a_category(client: Client, home: Page) -> None:
    make_room(home)
    soup = soup_of(client, "/")
    entries = [link.get_text(strip=True) for link in soup.select(".menu__panel a")]
    assert entries == ["News", "Circulars"]
    assert soup.select_one(".menu__link").get_text(strip=True) == "Resources"


# Links


@pytest.mark.parametrize(
    ("address", "location"),
    [
        ("https://www.example.org/a b?c=ü", "https://www.example.org/a%20b?c=%C3%BC"),
        ("/files/lost.pdf", "/files/lost.pdf"),
    ],
)
def test_a_link_leads_to_its_address(
    client: Client, home: Page, address: str, location: str
) -> None:
    make_link(make_room(home).news, "Report", external_address=address)
    response = client.get("/resources/news-and-events/report/")
    assert (response.status_code, response["Location"]) == (301, location)
    assert response["Cache-Control"] == "no-cache"


def test_a_link_leads_to_its_document_or_page(client: Client, home: Page) -> None:
    room = make_room(home)
    document, target = make_document(), make_page(home, "Target", "/there.html")
    make_link(room.news, "File", document=document, address="/old/file-a.html")
    make_link(room.news, "Page", target_page=target)
    assert client.get("/old/file-a.html")["Location"] == document.url
    assert trail(client, "/resources/news-and-events/page/") == ["301 /there.html", "200"]


def test_a_link_whose_target_is_gone_is_not_found(client: Client, home: Page) -> None:
    room = make_room(home)
    target, document = make_page(home, "Target"), make_document()
    make_link(room.news, "Page", target_page=target)
    make_link(room.news, "File", document=document)
    make_link(room.news, "Nothing")
    make_link(room.news, "Itself", external_address="/resources/news-and-events/itself")
    fresh(target).unpublish()
    document.delete()
    for slug in ("page", "file", "nothing", "itself"):
        assert client.get(f"/resources/news-and-events/{slug}/").status_code == 404, slug


def test_the_sitemap_holds_articles_and_no_links(client: Client, home: Page) -> None:
    room = make_room(home)
    make_article(room.news, "First patient")
    make_link(room.news, "Report", external_address="https://example.org/")
    sitemap = client.get("/sitemap.xml").content.decode()
    for path in ("/resources/", "/resources/circulars/", "/resources/news-and-events/first-pat"):
        assert path in sitemap
    assert "report" not in sitemap


def test_articles_are_found_by_their_words(client: Client, home: Page) -> None:
    make_article(make_room(home).news, "First patient", body=BODY)
    found = soup_of(client, "/search/?q=article").select(".result a")
    assert [link["href"] for link in found] == ["/resources/news-and-events/first-patient/"]


# The forms


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({}, "target_page", "Choose a page or a document, or write an address"),
        ({"external_address": "example.org"}, "external_address", "Write a full address"),
        ({"external_address": "//example.org/"}, "external_address", "Write a full address"),
        ({"external_address": "javascript:alert(1)"}, "external_address", "Write a full"),
    ],
)
def test_a_link_needs_a_target(
    client: Client, home: Page, superuser: User, changes: dict[str, str], field: str, words: str
) -> None:
    client.force_login(superuser)
    link = make_link(make_room(home).news, "Report")
    found = messages(save(client, link, **changes))
    assert list(found) == [field]
    assert words in found[field]


def test_a_link_has_one_target_only(client: Client, home: Page, superuser: User) -> None:
    client.force_login(superuser)
    room, target = make_room(home), make_page(home, "Target")
    link = make_link(room.news, "Report", target_page=target)
    found = messages(save(client, link, external_address="https://example.org/"))
    assert "one place only" in found["external_address"]
    assert save(client, link).status_code == 302


def test_a_link_can_not_lead_to_a_link(client: Client, home: Page, superuser: User) -> None:
    client.force_login(superuser)
    room = make_room(home)
    other = make_link(room.news, "Other", external_address="https://example.org/")
    link = make_link(room.news, "Report", external_address="https://example.org/")
    found = messages(save(client, link, target_page=str(other.pk), external_address=""))
    assert "Choose the place itself" in found["target_page"]


def test_forms_saved_untouched_change_nothing(client: Client, home: Page, superuser: User) -> None:
    client.force_login(superuser)
    room = make_room(home)
    pages = [
        room.page,
        room.news,
        make_article(room.news, "First patient", "2021-03-04", body=BODY),
        make_link(room.news, "File", "2021-03-04", document=make_document()),
        make_link(room.news, "Link", external_address="https://example.org/"),
    ]
    for page in pages:
        before = fresh(page).serializable_data()
        assert save(client, fresh(page)).status_code == 302, page
        after = fresh(page).serializable_data()
        changed = {name for name in before if before[name] != after[name]}
        # Saving itself is noted, and Draftail's keys carry no meaning.
        changed -= {"latest_revision", "live_revision", "last_published_at"}
        changed -= {"latest_revision_created_at"}
        if "body" in changed:
            assert "Words of the article." in after["body"]
            changed.remove("body")
        assert changed == set(), page
    assert Revision.objects.count() >= len(pages)


def test_the_admin_offers_the_item_types_in_a_category(
    client: Client, home: Page, superuser: User
) -> None:
    client.force_login(superuser)
    room = make_room(home)
    for model in (ArticlePage, ResourceLinkPage):
        add = reverse(
            "wagtailadmin_pages:add", args=["resources", model._meta.model_name, room.news.pk]
        )
        assert client.get(add).status_code == 200


def test_a_room_can_be_previewed_before_it_is_saved(
    client: Client, home: Page, superuser: User
) -> None:
    client.force_login(superuser)
    data = page_form_data(ResourceRoomPage(title="New room")) | {"slug": "new-room"}
    preview = reverse(
        "wagtailadmin_pages:preview_on_add", args=["resources", "resourceroompage", home.pk]
    )
    assert client.post(preview, data).json()["is_valid"]
    shown = client.get(preview, {"mode": ""})
    assert "There is nothing here yet." in shown.content.decode()
