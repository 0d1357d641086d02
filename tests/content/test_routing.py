"""Which paths lead to a page: literal addresses, slashes, queries, and the software's own."""

from __future__ import annotations

import importlib.util
import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.urls import resolve, reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from content.addresses.index import PageAddress, page_url
from content.addresses.paths import SHARED_SEGMENTS, address_problem, reserved_segments
from content.addresses.routing import PAGE_PATTERNS
from isomer.read.files import MEDIA_SUFFIXES
from scri import urls
from tests.content.helpers import get, heading, trail
from tests.factories import make_page, make_section

# An address as an editor or an import writes it, and as a browser asks for it.
LITERAL = [
    ("/About-Us/Team/", "/About-Us/Team/"),
    ("/a/b.html", "/a/b.html"),
    ("/a b/", "/a%20b/"),
    ("/a%20b.html", "/a%20b.html"),
    ("/research&development/", "/research&development/"),
    ("/a/b", "/a/b"),
    ("/café/", "/caf%C3%A9/"),
    ("/cafe\u0301/", "/caf%C3%A9/"),
    ("/caf%C3%A9/", "/caf%C3%A9/"),
    ("/研究/网络", "/%E7%A0%94%E7%A9%B6/%E7%BD%91%E7%BB%9C"),
    ("/100%25/", "/100%25/"),
    ("/it's-(here),now;x=1/", "/it's-(here),now;x=1/"),
    ("/why%3F/", "/why%3F/"),
    ("/a+b/", "/a+b/"),
    ("/a/b%2Fc/", "/a/b/c/"),
]


@pytest.mark.parametrize(("address", "path"), LITERAL)
def test_literal_forms(client: Client, home: Page, address: str, path: str) -> None:
    page = make_page(home, "Literal", address)
    assert page.url == path
    assert heading(client, path) == "Literal"
    other = path.removesuffix("/") if path.endswith("/") else f"{path}/"
    assert trail(client, other) == [f"301 {path}", "200"]


@pytest.mark.parametrize(("address", "path"), LITERAL)
def test_old_literal_forms_lead_on(client: Client, home: Page, address: str, path: str) -> None:
    page = make_page(home, "Literal", address)
    page.address = "/today/"
    page.save_revision().publish()
    other = path.removesuffix("/") if path.endswith("/") else f"{path}/"
    for old in (path, other):
        assert trail(client, old) == ["301 /today/", "200"]


def test_capitals_matter(client: Client, home: Page) -> None:
    make_page(home, "Upper", "/Team/")
    make_page(home, "Lower", "/team/")
    assert heading(client, "/Team/") == "Upper"
    assert heading(client, "/team/") == "Lower"
    assert trail(client, "/TEAM/") == ["404"]


def test_slash_and_slashless_are_one_page_in_the_tree_too(client: Client, home: Page) -> None:
    make_page(home, "History")
    assert trail(client, "/history") == ["301 /history/", "200"]
    assert trail(client, "//history//") == ["301 /history/", "200"]


@pytest.mark.parametrize("path", ["/history/", "/our-past", "/former/"])
def test_the_query_string_is_kept(client: Client, home: Page, path: str) -> None:
    page = make_page(home, "History", "/former/")
    page.address = "/our-past/"
    page.save_revision().publish()
    response = client.get(f"{path}?a=1&b=%26%C3%A9&a=2")
    assert response.status_code == 301
    assert response["Location"] == "/our-past/?a=1&b=%26%C3%A9&a=2"


def test_head_is_answered_like_get(client: Client, home: Page) -> None:
    make_page(home, "History", "/our-past/")
    assert client.head("/history/").status_code == 301
    assert client.head("/our-past/").status_code == 200


def test_one_page_never_answers_at_two_paths(client: Client, home: Page) -> None:
    section = make_section(home, "About us")
    make_page(section, "History", "/our-past.html")
    paths = [
        f"{path}{slash}"
        for path in ("/our-past.html", "/our-past%2Ehtml", "/about-us/history", "//our-past.html")
        for slash in ("", "/", "//")
    ]
    answers = {path for path in paths if get(client, path).status_code == 200}
    assert answers == {"/our-past.html", "/our-past%2Ehtml"}  # the same path, written twice
    for path in set(paths) - answers:
        assert trail(client, path) == ["301 /our-past.html", "200"]


@pytest.mark.parametrize(
    "path",
    [
        "/nothing/",
        "/%00/",
        "/a%00b",
        "/%2500/",
        "/%ff/",
        "/%252F/",
        "/%2e%2e/",
        "/a/../b",
        "/" + "long" * 500,
        "//evil.example/",
        "/\\evil.example",
    ],
)
def test_what_is_not_there_is_not_found(client: Client, home: Page, path: str) -> None:
    assert trail(client, path) == ["404"]


@pytest.mark.parametrize("path", ["/admin", "/search?q=x", "/-/django-admin"])
def test_the_softwares_own_paths_get_their_slash(client: Client, home: Page, path: str) -> None:
    bare, _, query = path.partition("?")
    response = client.get(path)
    assert response.status_code == 301
    assert response["Location"] == f"{bare}/{'?' if query else ''}{query}"


def test_wagtails_own_paths_for_private_pages_still_answer(client: Client, home: Page) -> None:
    assert client.get(reverse("wagtailcore_login")).status_code == 200


def test_reserved_segments_cover_every_path_of_the_software() -> None:
    first_segments = {
        re.match(r"\^?\\?([\w.-]*)", str(pattern.pattern))[1]  # type: ignore[index]
        for pattern in urls.urlpatterns
        # Pages may live there as well, or below.
        if getattr(pattern, "name", "") not in PAGE_PATTERNS
    }
    prefixes = {url.split("/")[1] for url in (settings.STATIC_URL, settings.MEDIA_URL)}
    assert first_segments | prefixes == reserved_segments() | SHARED_SEGMENTS
    # What no page can have is what no old site had, and the admin, which a setting moves.
    never = {"-", ".well-known", "_util", "favicon.ico", "feed.xml", "robots.txt", "sitemap.xml"}
    assert reserved_segments() - {"admin"} == never


@pytest.mark.parametrize("path", ["/media/", "/static/css/", "/theme/", "/documents/1/a/",
    "/django-admin/", "/healthz/", "/search/", "/search/suggestions/", "/sitemap/"])  # fmt: skip
def test_an_address_of_a_site_is_never_the_softwares(client: Client, home: Page, path: str) -> None:
    make_page(home, "Releases", path)
    assert trail(client, path) == ["200"]
    assert heading(client, path) == "Releases"


def test_the_search_stays_reachable_beside_a_page_at_its_address(
    client: Client, home: Page
) -> None:
    make_page(home, "Where to look", "/search/")
    assert "Where to look" in client.get("/search/").content.decode()
    response = client.get("/search/", {"q": "where to look"})
    assert response.context["query"] == "where to look"


@pytest.mark.parametrize("path", ["/media/images/a.width-10.png?v=1", "/documents/7/a.pdf",
    "/static/css/site.css", "/theme/abc.css", "/django-admin/", "/healthz"])  # fmt: skip
def test_bookmarks_from_before_the_prefix_lead_on(client: Client, home: Page, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (301, f"/-{path}")


def test_every_kind_of_file_is_looked_for_beside_pages() -> None:
    for suffix in sorted(MEDIA_SUFFIXES):
        assert resolve(f"/about/figures{suffix}").url_name == "media", suffix


def test_a_redirect_of_the_site_comes_before_an_old_bookmark(client: Client, home: Page) -> None:
    Redirect.add_redirect("/media/images/a.png", make_page(home, "Pictures", "/pictures/"))
    assert client.get("/media/images/a.png")["Location"].endswith("/pictures/")


@pytest.mark.django_db
def test_a_setting_moves_the_admin_and_the_documents(settings: Any) -> None:
    settings.ADMIN_PATH, settings.DOCUMENTS_PATH = "desk", "library/files"
    # A module of its own: others hold what the real one has made.
    spec = importlib.util.find_spec("scri.urls")
    assert spec is not None
    assert spec.loader is not None
    moved = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(moved)
    assert {"desk/", "library/files/"} < {str(pattern.pattern) for pattern in moved.urlpatterns}
    assert {"desk", "library"} < reserved_segments()
    assert address_problem("/admin/x/") == ""
    response = Client().get("/documents/7/a.pdf")
    assert response["Location"] == "/library/files/7/a.pdf"


def test_a_redirect_that_an_editor_made_still_works(client: Client, home: Page) -> None:
    page = make_page(home, "History", "/our-past/")
    Redirect.add_redirect("/once", page)
    Redirect.add_redirect("/away", "https://example.org/", is_permanent=False)
    assert trail(client, "/once/?a=1") == ["301 /our-past/?a=1", "200"]
    assert client.get("/away/")["Location"] == "https://example.org/"
    page.unpublish()
    assert trail(client, "/once/") == ["404"]


def test_links_on_one_page_share_one_query(
    home: Page,
    django_assert_num_queries: object,
) -> None:
    pages = [make_page(home, f"Page {number}", f"/page-{number}/") for number in range(5)]
    request = RequestFactory().get("/")
    page_url(pages[0], request)
    plain = list(Page.objects.filter(pk__in=[page.pk for page in pages]))
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert [page_url(page, request) for page in plain] == [page.address for page in pages]


def test_the_admin_shows_the_address(client: Client, home: Page, superuser: User) -> None:
    make_page(home, "History", "/our-past/")
    client.force_login(superuser)
    explorer = client.get(reverse("wagtailadmin_explore", args=[home.pk]))
    assert b"/our-past/" in explorer.content


def test_the_published_index_says_what_it_holds(home: Page) -> None:
    make_page(home, "History", "/our-past/")
    assert str(PageAddress.objects.get()) == "/our-past/ (canonical)"


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("/index.html", "/"),
        ("/index", "/"),
        ("/about/b/index.html", "/about/b/"),
        ("/about/c.html", "/about/c"),
        ("/news/a/title", "/news/a/title.html"),
        ("/foo/", "/foo/index.html"),
        ("/foo", "/foo/index.html"),
        ("/foo/index", "/foo/index.html"),
        ("/about/index.html?a=1", "/about/?a=1"),
        ("/past/index.html", "/about/b/"),
    ],
)
def test_paths_that_static_hosts_answered_lead_to_the_page(
    client: Client, home: Page, path: str, canonical: str
) -> None:
    make_section(home, "About")
    b = make_page(home, "B", "/past/")
    b.address = "/about/b/"
    b.save_revision().publish()
    make_page(home, "C", "/about/c")
    make_page(home, "Title", "/news/a/title.html")
    make_page(home, "Foo", "/foo/index.html")
    steps = trail(client, path)
    if canonical == "/about/?a=1":
        assert steps[0].startswith("301 ")
    else:
        assert steps == [f"301 {canonical}", "200"]


def test_a_page_of_its_own_comes_before_what_static_hosts_made_equal(
    client: Client, home: Page
) -> None:
    for address in ("/a", "/a.html", "/a/index.html"):
        make_page(home, f"At {address}", address)
        assert heading(client, address) == f"At {address}"
    assert trail(client, "/b.html") == ["404"]
    assert trail(client, "/b/index.html") == ["404"]


def test_a_redirect_of_an_editor_comes_before_what_static_hosts_made_equal(
    client: Client, home: Page
) -> None:
    make_page(home, "A", "/a/")
    make_page(home, "B", "/b/")
    Redirect.add_redirect("/a.html", "/b/")
    assert trail(client, "/a.html") == ["301 /b/", "200"]
