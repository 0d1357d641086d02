"""Addresses of documents without a permalink (format reference, 1.3 and 1.4)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isomer.addresses import default_address, slugified
from isomer.source import DocumentKind, SourceDocument


def document(path: str, kind: DocumentKind, **values: Any) -> SourceDocument:
    front_matter = values.pop("front_matter", {})
    return SourceDocument(path, kind, front_matter, "", **values)


def post(**values: Any) -> SourceDocument:
    given_values = {"room": "News", "category": "Press Room", "date": date(2024, 2, 9), **values}
    path = "News/Press Room/_posts/2024-2-9-post-A b.md"
    return document(path, DocumentKind.POST, slug="post-A-b", **given_values)


@pytest.mark.parametrize(
    ("style", "address"),
    [
        ("pretty", "/about/us/x/"),
        ("date", "/about/us/x.html"),
        ("ordinal", "/about/us/x.html"),
        ("weekdate", "/about/us/x"),
        ("/:year/:title/", "/about/us/x/"),
        ("/:year/:title:output_ext", "/about/us/x.html"),
        ("/:year/:title", "/about/us/x"),
    ],
)
def test_pages_in_the_style_of_posts(style: str, address: str) -> None:
    page = document("_about/us/x.md", DocumentKind.COLLECTION, collection="about")
    assert default_address(page, {"permalink": style}) == address


def test_a_name_in_an_address_keeps_the_marks_of_its_letters() -> None:
    page = document("_c/தமிழ் A_b.md", DocumentKind.COLLECTION, collection="c")
    config = {"collections": {"c": {"permalink": "/:name/:slug/"}}}
    assert default_address(page, config) == "/தமிழ்-a-b/தமிழ்-a-b/"


@pytest.mark.parametrize(
    ("path", "kind", "address"),
    [
        ("pages/x.md", DocumentKind.PAGE, "/pages/x.html"),
        ("stray one.md", DocumentKind.PAGE, "/stray one.html"),
        ("_about-us/Our team/Who.md", DocumentKind.COLLECTION, "/about-us/Our team/Who.html"),
        ("News/index.html", DocumentKind.ROOM, "/News/"),
        ("news/talks/index.html", DocumentKind.CATEGORY, "/news/talks/"),
    ],
)
def test_pages(path: str, kind: DocumentKind, address: str) -> None:
    assert default_address(document(path, kind)) == address


@pytest.mark.parametrize(
    ("config", "address"),
    [
        (None, "/news/press room/post-A-b.html"),
        ({"permalink": "none"}, "/news/press room/post-A-b.html"),
        ({}, "/news/press room/2024/02/09/post-A-b.html"),
        ({"permalink": "pretty"}, "/news/press room/2024/02/09/post-A-b/"),
        ({"permalink": "ordinal"}, "/news/press room/2024/040/post-A-b.html"),
        ({"permalink": "/:short_year/:i_month_:i_day/:slug/"}, "/24/2_9/post-a-b/"),
        ({"permalink": "/:unknown/:title/index.html"}, "/:unknown/post-A-b/"),
    ],
)
def test_posts(config: dict[str, Any] | None, address: str) -> None:
    assert default_address(post(), config) == address


@pytest.mark.parametrize(
    ("values", "address"),
    [
        ({"category": ""}, "/news/post-A-b.html"),
        ({"category": "news"}, "/news/post-A-b.html"),
        ({"room": "", "category": ""}, "/post-A-b.html"),
        ({"category": "a/B"}, "/news/a/b/post-A-b.html"),
        (
            {"category": "", "front_matter": {"categories": "One two"}},
            "/news/one/two/post-A-b.html",
        ),
        ({"category": "", "front_matter": {"categories": ["X Y", 5]}}, "/news/x y/5/post-A-b.html"),
        ({"category": "", "front_matter": {"category": "X Y"}}, "/news/x y/post-A-b.html"),
        ({"category": "", "front_matter": {"category": {"a": 1}}}, "/news/post-A-b.html"),
    ],
)
def test_categories_of_posts(values: dict[str, Any], address: str) -> None:
    assert default_address(post(**values)) == address


def test_a_collection_with_a_pattern_of_its_own() -> None:
    config = {"collections": {"team": {"permalink": "/:collection/:path/:title/"}}}
    page = document("_team/A/Who is who.md", DocumentKind.COLLECTION, collection="team")
    assert default_address(page, config) == "/team/A/Who is who/Who-is-who/"
    # The names of patterns are names for pages and posts alone.
    config = {"collections": {"team": {"permalink": "pretty"}}}
    assert default_address(page, config) == "/pretty"
    assert default_address(page, {"permalink": "pretty"}) == "/team/A/Who is who/"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("A  b—c", "A-b-c"),
        ("-a-", "a"),
        ("Grün & 中文 தமிழ்", "Grün-&-中文-தமிழ்"),
        ("a_b.c~d!$'()+,;=@", "a_b.c~d!$'()+,;=@"),
        ("½ [x] #1?", "x-1"),
        ("???", ""),
    ],
)
def test_slugs(text: str, slug: str) -> None:
    assert slugified(text) == slug


@given(st.text())
def test_slugs_are_stable_and_stay_one_segment(text: str) -> None:
    slug = slugified(text)
    assert slugified(slug) == slug
    assert not set(slug) & set("/?#% \\")
