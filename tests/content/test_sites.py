"""Addresses of private pages, of several sites, and under sections (design, section 5)."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction, Site

from content.addresses.index import address_map, page_url
from navigation.tree import SiteTree
from tests.content.helpers import heading, problems, trail
from tests.factories import edit, fresh, make_home, make_page, make_section, make_site

# Private pages


def test_a_page_behind_a_login_is_protected_at_every_path(
    client: Client, home: Page, superuser: User
) -> None:
    page = edit(make_page(home, "History", "/secret-place/"), address="/secret-today/")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    for path in ("/secret-place/", "/secret-today/", "/history/"):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (302, f"/_util/login/?next={path}")
    client.force_login(superuser)
    assert trail(client, "/secret-today/") == ["200"]
    assert trail(client, "/history/") == ["301 /secret-today/", "200"]


def test_a_page_behind_a_password_is_protected_at_every_path(client: Client, home: Page) -> None:
    page = make_page(home, "History", "/secret-today/")
    rule = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="open"
    )
    for path in ("/secret-today/", "/history/"):
        response = client.get(path)
        assert response.status_code == 200
        assert b'name="password"' in response.content
        assert path == "/secret-today/" or b"secret-today" not in response.content
    answer = client.post(
        reverse("wagtailcore_authenticate_with_password", args=[rule.pk, page.pk]),
        {"password": "open", "return_url": "/history/"},
    )
    assert answer["Location"] == "/history/"
    assert trail(client, "/history/") == ["301 /secret-today/", "200"]
    assert heading(client, "/secret-today/") == "History"


def test_a_private_section_protects_its_pages_addresses(client: Client, home: Page) -> None:
    section = make_section(home, "Members")
    make_page(section, "Minutes", "/secret-today/")
    PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
    for path in ("/secret-today/", "/members/minutes/", "/members/"):
        assert client.get(path)["Location"] == f"/_util/login/?next={path}"


def test_a_public_section_does_not_tell_where_its_private_pages_are(
    client: Client, home: Page, superuser: User
) -> None:
    section = make_section(home, "Members")
    page = make_page(section, "Minutes", "/secret-today/")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert trail(client, "/members/") == ["404"]
    client.force_login(superuser)
    assert trail(client, "/members/") == ["302 /secret-today/", "200"]
    client.logout()
    make_page(section, "Welcome")
    assert trail(client, "/members/") == ["302 /members/welcome/", "200"]


# Sites


def test_two_sites_may_use_the_same_address(client: Client, home: Page) -> None:
    second = make_site("second.example")
    make_page(home, "Ours", "/about/")
    make_page(second.root_page, "Theirs", "/about/")
    assert heading(client, "/about/") == "Ours"
    assert heading(client, "/about/", "second.example") == "Theirs"


def test_moving_to_another_site_takes_the_address_along(client: Client, home: Page) -> None:
    second = make_site("second.example")
    section = make_section(home, "About us")
    page = make_page(section, "History", "/our-past/")
    section.move(second.root_page, pos="last-child")
    there = "301 http://second.example/our-past/"
    assert fresh(page).full_url == "http://second.example/our-past/"
    assert trail(client, "/our-past/") == [there, "200"]
    assert trail(client, "/our-past/", "second.example") == ["200"]
    assert trail(client, "/about-us/history/", "second.example") == [
        "301 /our-past/",
        "200",
    ]
    assert problems() == []


def test_moving_to_a_site_where_the_address_is_taken(client: Client, home: Page) -> None:
    second = make_site("second.example")
    make_page(second.root_page, "Theirs", "/about/")
    page = make_page(home, "Ours", "/about/")
    page.move(Page.objects.get(pk=second.root_page_id), pos="last-child")
    assert fresh(page).full_url == "http://second.example/ours/"
    assert heading(client, "/about/", "second.example") == "Theirs"
    assert heading(client, "/ours/", "second.example") == "Ours"
    assert trail(client, "/about/") == ["301 http://second.example/ours/", "200"]


def test_two_host_names_for_one_site(client: Client, home: Page) -> None:
    make_site("www.example", Page.objects.get(pk=home.pk))
    make_page(home, "History", "/our-past/")
    for host in ("testserver", "www.example"):
        assert trail(client, "/our-past/", host) == ["200"]
        assert trail(client, "/history/", host) == ["301 /our-past/", "200"]


def test_pages_of_a_site_that_got_another_root_answer_no_more(
    client: Client, site: Site, home: Page
) -> None:
    make_page(home, "History", "/our-past/")
    site.root_page = make_home("New home", "new-home")
    site.save()
    assert trail(client, "/our-past/") == ["404"]


# Sections whose place in the tree is the address of a page


def test_a_section_whose_path_is_taken_has_its_first_pages_url(
    client: Client, site: Site, home: Page
) -> None:
    section = make_section(home, "About us")
    first = make_page(section, "History")
    holder = make_page(make_section(home, "Pages"), "Overview", "/about-us/")
    assert heading(client, "/about-us/") == "Overview"
    section = fresh(section)
    assert section.url == first.url == "/about-us/history/"
    request = RequestFactory().get("/")
    assert page_url(Page.objects.get(pk=section.pk), request) == "/about-us/history/"
    tree = SiteTree.for_site(site)
    assert tree.nodes[section.pk].url == "/about-us/history/"
    assert [node.url for node in tree.nodes[first.pk].ancestors()] == ["/", "/about-us/history/"]
    sitemap = client.get("/sitemap.xml").content.decode()
    assert sitemap.count("/about-us/</loc>") == 1
    assert sitemap.count("/about-us/history/</loc>") == 1
    holder.unpublish()
    assert fresh(section).url == "/about-us/"
    assert trail(client, "/about-us/") == ["302 /about-us/history/", "200"]


def test_a_sections_first_page_may_hold_the_sections_path(client: Client, home: Page) -> None:
    section = make_section(home, "About us")
    first = make_page(section, "Overview", "/about-us/")
    assert fresh(section).url == first.url == "/about-us/"
    assert trail(client, "/about-us/") == ["200"]
    assert trail(client, "/about-us/overview/") == ["301 /about-us/", "200"]


def test_a_section_may_have_an_address_of_its_own(client: Client, home: Page) -> None:
    section = make_section(home, "About us", address="/about")
    make_page(section, "History")
    assert section.url == "/about"
    assert trail(client, "/about") == ["302 /about-us/history/", "200"]
    assert trail(client, "/about-us/") == ["301 /about", "302 /about-us/history/", "200"]


# Maps and links


def test_the_address_map_knows_live_pages_only(site: Site, home: Page) -> None:
    live = make_page(home, "Live", "/live page/")
    make_page(home, "Unpublished", "/gone/").unpublish()
    make_page(home, "In the tree")
    assert address_map(site) == {live.pk: "/live%20page/"}
    assert address_map(site, [home.pk]) == {}


def test_a_link_to_any_page_object_leads_to_its_address(home: Page) -> None:
    second = make_site("second.example")
    pages = [
        make_page(home, "One", "/one-of-ours/"),
        make_page(home, "Two"),
        make_page(second.root_page, "Three", "/three-of-theirs/"),
    ]
    request = RequestFactory().get("/")
    assert [page_url(Page.objects.get(pk=page.pk), request) for page in pages] == [
        "/one-of-ours/",
        "/two/",
        "http://second.example/three-of-theirs/",
    ]


def test_the_menu_tree_encodes_paths_as_links_do(site: Site, home: Page) -> None:
    page = make_page(home, "研究", slug="研究")
    assert SiteTree.for_site(site).nodes[page.pk].url == page.url


def test_the_home_page_has_no_other_address(client: Client, home: Page) -> None:
    edit(home, address="/welcome/")
    assert fresh(home).url == "/"
    assert trail(client, "/") == ["200"]
    assert trail(client, "/welcome/") == ["404"]
