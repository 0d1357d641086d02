"""Near pages: titles and addresses that are like an address which leads nowhere."""

from __future__ import annotations

import time

import pytest
from django.test import Client
from wagtail.models import Page, Site

from navigation.tree import Node, SiteTree
from scri.similar_pages import NEAR_PAGES, near_pages, words_of
from tests.factories import make_page, make_section


@pytest.fixture
def tree(site: Site, home: Page) -> SiteTree:
    section = make_section(home, "About us")
    make_page(section, "Our history")
    make_page(section, "Privacy statement", "/privacy/")
    make_page(section, "Volunteers", "/take-part/volunteers.html")
    make_page(home, "Café and canteen")
    make_page(home, "Contact us")
    make_page(home, "临床研究", slug="clinical-zh")
    make_page(home, "Clinical trial units")
    make_page(home, "Press", "/x/2021-report/")
    return SiteTree.for_site(site)


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/about/history/", "Our history"),
        ("/our-history.html", "Our history"),
        ("/OUR_HISTORY.aspx", "Our history"),
        ("/volunteer", "Volunteers"),
        ("/take-part/", "Volunteers"),
        ("/privcy-policy/", "Privacy statement"),
        ("/cafe/", "Café and canteen"),
        ("/caf%C3%A9/", "Café and canteen"),
        ("/contactus/", "Contact us"),
        ("/about/our-histroy.html", "Our history"),
        ("/临床/", "临床研究"),
        ("/units/trials/permalink", "Clinical trial units"),
        ("/2021-reports/", "Press"),
    ],
)
def test_the_nearest_page_comes_first(tree: SiteTree, path: str, title: str) -> None:
    assert [node.title for node in near_pages(tree, path)][:1] == [title]


@pytest.mark.parametrize("path", ["/", "/xyzzy/", "/wp-login.php", "/a/b/", "/%00", "/%ff%fe/"])
def test_nothing_near_is_nothing(tree: SiteTree, path: str) -> None:
    assert near_pages(tree, path) == []


def test_a_word_that_few_pages_have_weighs_more() -> None:
    nodes = [
        Node(number, title, f"/{number}/", False, True, f"{number:08}")
        for number, title in enumerate(
            ["Home", "News", *[f"Clinical page {n}" for n in range(9)], "Clinical feasibility"], 1
        )
    ]
    root = nodes[0]
    tree = SiteTree(root, {node.id: node for node in nodes})
    found = near_pages(tree, "/clinical/feasibility/")
    assert found[0].title == "Clinical feasibility"
    assert len(found) == NEAR_PAGES


def test_endings_and_words_that_say_nothing_do_not_count() -> None:
    assert words_of("/pages/The%20Café-for_index.HTML") == ["cafe"]


def test_a_large_site_is_searched_in_no_time() -> None:
    nodes = [
        Node(n, f"Page {n} of topic {n % 97}", f"/section-{n % 31}/page-{n}/", False, True, str(n))
        for n in range(3000)
    ]
    tree = SiteTree(nodes[0], {node.id: node for node in nodes})
    near_pages(tree, "/warm/up/")
    started = time.perf_counter()
    near_pages(tree, "/" + "-".join(["sectoin", "topics", "pages", "letters"] * 50))
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere/", "/a%00b/", "/%F0%9F%98%80/", "/%ff/", "/" + "x" * 3000, "/..%2f..%2fetc/",
        "/<script>alert(1)</script>", "/a//evil.example//", "/a\\b", "/%E2%80%AE/", "/a/?q=%00",
    ],
)  # fmt: skip
def test_odd_addresses_are_answered_in_plain_words(client: Client, home: Page, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    text = response.content.decode()
    assert "There is no page at" in text
    assert '<meta name="robots" content="noindex">' in text
    assert "<script>alert" not in text
