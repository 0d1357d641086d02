"""The main menu: each form of entry, what visitors may see, and where they are."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, Site

from content.models import SiteDocument
from navigation.models import NavigationSettings
from tests.factories import edit, fresh, make_page, make_section, make_site
from tests.navigation.helpers import choose_menu, line, link, menu_of, soup_of


def shown(client: Client, path: str = "/") -> list[Any]:
    return menu_of(soup_of(client, path))


@pytest.fixture
def section(home: Page) -> Page:
    """A section with a page, a group of two, and one more page."""
    about = make_section(home, "About us")
    make_page(about, "Our role", "/our-role/", show_in_menus=True)
    group = make_section(about, "Academy")
    make_page(group, "Courses", "/courses/", show_in_menus=True)
    make_page(group, "Teachers", show_in_menus=True)
    make_page(about, "History", show_in_menus=True)
    make_page(about, "Left out of menus")
    return about


def test_without_a_chosen_menu_the_tree_is_the_menu(client: Client, section: Page) -> None:
    children = [
        ("Our role", "/our-role/"),
        ("Academy", "/courses/"),
        ("History", "/about-us/history/"),
    ]
    assert shown(client) == [("About us", "/our-role/", children)]


def test_links_to_a_page_a_document_and_an_address(
    client: Client, site: Site, home: Page, section: Page
) -> None:
    document = SiteDocument.objects.create(title="Report", file=ContentFile(b"x", "report.pdf"))
    choose_menu(
        site,
        ("link", line("Role", page=Page.objects.get(title="Our role"))),
        ("link", line("", page=Page.objects.get(title="History"))),
        ("link", line("", document=document)),
        ("link", line("Elsewhere", address="https://www.example.org/")),
        ("link", line("Written", address="/not-here/")),
        ("link", line("Section", page=section)),
        ("link", line("", address="/no-title/")),
        ("link", line("Nowhere")),
    )
    assert shown(client) == [
        ("Role", "/our-role/", []),
        ("History", "/about-us/history/", []),
        ("Report", document.url, []),
        ("Elsewhere", "https://www.example.org/", []),
        ("Written", "/not-here/", []),
        ("Section", "/our-role/", []),
    ]
    assert soup_of(client).select(".menu__link.external")[0].get_text() == "Elsewhere"


def test_a_section_follows_the_tree(client: Client, site: Site, section: Page) -> None:
    choose_menu(site, ("section", {"title": "Who we are", "page": section.pk}))
    academy = ("Academy", "/courses/")
    role, history = ("Our role", "/our-role/"), ("History", "/about-us/history/")
    assert shown(client) == [("Who we are", "/our-role/", [role, academy, history])]
    make_page(section, "New", show_in_menus=True)
    Page.objects.get(title="Our role").unpublish()
    new = ("New", "/about-us/new/")
    assert shown(client) == [("Who we are", "/courses/", [academy, history, new])]


def test_a_section_without_a_title_uses_its_own(client: Client, site: Site, home: Page) -> None:
    section = make_section(home, "About us")
    make_page(section, "About us", "/about/", show_in_menus=True)
    choose_menu(site, ("section", {"title": "", "page": section.pk}))
    # The lone page says nothing that the heading does not say.
    assert shown(client) == [("About us", "/about/", [])]
    edit(Page.objects.get(title="About us", depth=4), title="Overview")
    assert shown(client) == [("About us", "/about/", [("Overview", "/about/")])]


def test_an_empty_section_is_not_shown(client: Client, site: Site, home: Page) -> None:
    section = make_section(home, "About us")
    make_page(section, "Draft", live=False)
    choose_menu(site, ("section", {"title": "About us", "page": section.pk}))
    assert shown(client) == []


def test_a_room_lists_categories_that_hold_something(
    client: Client, site: Site, home: Page
) -> None:
    room = make_section(home, "News")
    for title, live in (
        ("releases", True),
        ("Circulars", True),
        ("Empty", None),
        ("Drafts", False),
    ):
        category = make_section(room, title)
        if live is not None:
            make_page(category, f"Item of {title}", live=live)
    choose_menu(site, ("resource_room", {"title": "News and media", "page": room.pk}))
    heading, url, children = shown(client)[0]
    assert (heading, url) == ("News and media", "/news/releases/item-of-releases/")
    assert [title for title, _ in children] == ["All", "Circulars", "releases"]
    assert children[0][1] == url
    Page.objects.get(title="Item of releases").unpublish()
    assert [title for title, _ in shown(client)[0][2]] == ["Circulars"]
    Page.objects.get(title="Item of Circulars").unpublish()
    assert shown(client) == []


def test_a_heading_with_links_of_ones_own(client: Client, site: Site, section: Page) -> None:
    role = Page.objects.get(title="Our role")
    items = [line("Role", page=role), line("Elsewhere", address="https://www.example.org/")]
    with_ids = [{"type": "item", "id": str(n), "value": item} for n, item in enumerate(items)]
    choose_menu(
        site,
        ("links", {"title": "Leads", "link": link(page=role), "entries": items}),
        ("links", {"title": "Text", "link": link(), "entries": with_ids}),
        ("links", {"title": "Nothing", "link": link(), "entries": []}),
    )
    children = [("Role", "/our-role/"), ("Elsewhere", "https://www.example.org/")]
    assert shown(client) == [("Leads", "/our-role/", children), ("Text", "", children)]
    role.specific.unpublish()
    assert shown(client) == [("Leads", "", children[1:]), ("Text", "", children[1:])]


@pytest.mark.parametrize("how", ["draft", "private", "deleted"])
def test_pages_that_visitors_may_not_see(client: Client, site: Site, home: Page, how: str) -> None:
    page = make_page(home, "Secret", live=how != "draft")
    choose_menu(
        site,
        ("link", line("Secret", page=page)),
        ("links", {"title": "Secret too", "link": link(page=page), "entries": []}),
    )
    if how == "private":
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    elif how == "deleted":
        page.delete()
    assert shown(client) == []


def test_documents_that_visitors_may_not_have(client: Client, site: Site) -> None:
    closed = Collection.get_first_root_node().add_child(name="Closed")
    document = SiteDocument.objects.create(
        title="Report", file=ContentFile(b"x", "report.pdf"), collection=closed
    )
    choose_menu(site, ("link", line("Report", document=document)))
    assert len(shown(client)) == 1
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    assert shown(client) == []
    document.delete()
    assert shown(client) == []


def test_moving_and_renaming_break_no_link(client: Client, site: Site, section: Page) -> None:
    page = Page.objects.get(title="History")
    choose_menu(site, ("link", line("Past", page=page)))
    page.move(section.get_parent(), pos="last-child")
    assert shown(client) == [("Past", "/history/", [])]
    edit(page, slug="past", address="")
    assert shown(client) == [("Past", "/past/", [])]


def test_a_page_of_another_site(client: Client, site: Site, home: Page) -> None:
    other = make_site("other.example")
    page = make_page(other.root_page, "There", "/over-there.html")
    plain = make_page(other.root_page, "Plain")
    choose_menu(site, ("link", line("", page=page)), ("link", line("", page=plain)))
    assert shown(client) == [
        ("There", "http://other.example/over-there.html", []),
        ("Plain", "http://other.example/plain/", []),
    ]


def test_each_site_has_its_own_menu(client: Client, site: Site, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    other = make_site("other.example")
    choose_menu(site, ("link", line("Here", address="/here/")))
    choose_menu(other, ("link", line("There", address="/there/")))
    assert menu_of(soup_of(client)) == [("Here", "/here/", [])]
    assert menu_of(soup_of(client, host="other.example")) == [("There", "/there/", [])]


def test_a_menu_that_is_a_draft_or_deleted_gives_way_to_the_tree(
    client: Client, site: Site, section: Page
) -> None:
    menu = choose_menu(site, ("link", line("Chosen", address="/chosen/")))
    assert shown(client)[0][0] == "Chosen"
    menu.unpublish()
    assert shown(client)[0][0] == "About us"
    menu.delete()
    assert NavigationSettings.objects.get(site=site).menu is None
    assert shown(client)[0][0] == "About us"


def test_the_draft_of_a_menu_is_not_public(client: Client, site: Site) -> None:
    menu = choose_menu(site, ("link", line("Old", address="/old/")))
    data = [{"type": "link", "value": line("New", address="/new/")}]
    menu.entries = menu.entries.stream_block.to_python(data)
    revision = menu.save_revision()
    assert shown(client) == [("Old", "/old/", [])]
    revision.publish()
    assert shown(client) == [("New", "/new/", [])]


def current(client: Client, path: str) -> list[tuple[str, str]]:
    found = soup_of(client, path).select(".menu [aria-current]")
    return [(item.get_text(), str(item["aria-current"])) for item in found]


def test_the_menu_says_where_the_visitor_is(
    client: Client, site: Site, home: Page, section: Page
) -> None:
    alone = make_page(home, "Alone")
    choose_menu(
        site,
        ("section", {"title": "Who we are", "page": section.pk}),
        ("link", line("Alone", page=alone)),
        ("links", {"title": "More", "link": link(), "entries": [line("At", address="/alone")]}),
    )
    academy = Page.objects.get(title="Teachers").url
    assert current(client, academy) == [("Who we are", "true"), ("Academy", "true")]
    assert current(client, "/our-role/") == [("Who we are", "true"), ("Our role", "page")]
    assert current(client, "/alone/") == [("Alone", "page"), ("At", "page")]
    assert current(client, "/") == []


def test_entries_of_blocks_that_no_longer_exist_are_passed_over(client: Client, site: Site) -> None:
    menu = choose_menu(site, ("link", line("Here", address="/here/")))
    raw = [*menu.entries.get_prep_value(), {"type": "gone", "value": {}, "id": "x"}]
    type(menu).objects.filter(pk=menu.pk).update(entries=raw)
    assert shown(client) == [("Here", "/here/", [])]
    assert fresh(site.root_page).url == "/"
