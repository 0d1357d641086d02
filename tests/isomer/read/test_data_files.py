"""Menu, footer and the data files of the first theme (format reference, 3.3 and 5)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isomer.messages import RULES
from isomer.read import read_source
from isomer.source import NavigationEntry, NavigationKind, NavigationLink, SourceSite, empty_footer
from tests.isomer.read.sources import PAGE, SHARED, found, needs_shared, write

MENU = "_data/navigation.yml"
FOOTER = "_data/footer.yml"


def read(tmp_path: Path, **files: str) -> SourceSite:
    named = {f"_data/{name.replace('__', '.')}": text for name, text in files.items()}
    return read_source(write(tmp_path, {"index.md": PAGE, **named}))


def places(site: SourceSite) -> list[tuple[str, str]]:
    return [(message.rule, message.place) for message in site.messages]


def test_a_menu_with_every_kind_of_entry(tmp_path: Path) -> None:
    menu = """
logo: /images/logo.png
links:
  - title: About
    collection: about-us
  - title: Join us
    url: /join/
    external: false
    sublinks:
      - title: Apply
        url: https://example.org/
        external: true
  - title: News
    resource_room: true
  - title: Contact
    url: /contact/
    false_collection: true
"""
    site = read(tmp_path, navigation__yml=menu)
    assert site.logo == "/images/logo.png"
    assert site.navigation == [
        NavigationEntry("About", NavigationKind.COLLECTION, collection="about-us"),
        NavigationEntry(
            "Join us",
            NavigationKind.LINKS,
            "/join/",
            links=(NavigationLink("Apply", "https://example.org/"),),
        ),
        NavigationEntry("News", NavigationKind.RESOURCE_ROOM),
        NavigationEntry("Contact", NavigationKind.LINK, "/contact/"),
    ]
    assert site.messages == []


def test_a_menu_of_the_first_theme(tmp_path: Path) -> None:
    menu = "- title: A\n  sub-links:\n    - {title: B, url: /b/}\n- {title: C, url: /c}\n"
    site = read(tmp_path, navigation__yml=menu, footer__yml="- {title: D, url: /d/}")
    assert [entry.kind.value for entry in site.navigation] == ["links", "link"]
    assert site.navigation[0].links == (("B", "/b/"),)
    assert site.footer["navlinks"] == [NavigationEntry("D", NavigationKind.LINK, "/d/")]
    assert site.messages == []


@pytest.mark.parametrize(
    ("entry", "kind", "message"),
    [
        ("{title: A, collection: b, url: /c/}", "collection", "data-value-invalid"),
        ("{title: A, resource_room: true, url: /c/}", "resource_room", "data-value-invalid"),
        ("{title: A, resource_room: 'yes'}", "resource_room", None),
        ("{title: A, resource_room: maybe, url: /c/}", "link", "data-value-invalid"),
        ("{title: A, resource_room: false, url: /c/}", "link", None),
        ("{title: A, sublinks: [], url: /c/}", "link", None),
        ("{title: A, sublinks: no list, url: /c/}", "link", "data-value-invalid"),
        ("{title: A, sublinks: [b], url: /c/}", "link", "data-value-invalid"),
        ("{title: A, sublinks: [{title: b}], url: /c/}", "link", "data-value-invalid"),
        ("{title: A}", "link", "data-value-invalid"),
        ("{url: /c/}", "link", "data-value-invalid"),
        ("{title: [A], url: /c/}", "link", "data-value-invalid"),
        ("{title: 2024, url: /c/}", "link", None),
        ("{title: A, url: /c/, icon: star}", "link", "data-key-unknown"),
        ("{url: ''}", None, "data-value-invalid"),
        ("About", None, "data-value-invalid"),
    ],
)
def test_entries_that_are_odd(
    tmp_path: Path, entry: str, kind: str | None, message: str | None
) -> None:
    site = read(tmp_path, navigation__yml=f"links:\n  - {entry}")
    assert [found.kind.value for found in site.navigation] == ([kind] if kind else [])
    assert {rule for rule, _ in found(site)} == ({message} if message else set())
    assert all(place.startswith("links 1") for _, place in places(site))


@pytest.mark.parametrize("text", ["just words", "5", "links: words", "a: b: c", "x: [1]"])
def test_a_menu_that_is_none(tmp_path: Path, text: str) -> None:
    site = read(tmp_path, navigation__yml=text)
    assert site.navigation == []
    assert [path for _, path in found(site)] == [MENU]


@pytest.mark.parametrize("text", ["", "# nothing", "links:", "{}", "logo: ''\nlinks: []"])
def test_a_menu_may_be_empty(tmp_path: Path, text: str) -> None:
    site = read(tmp_path, navigation__yml=text)
    assert (site.navigation, site.logo, site.messages) == ([], "", [])


def test_a_footer_with_everything(tmp_path: Path) -> None:
    footer = """
contact_us: /contact-us/
faq: /faq/
feedback: https://example.org/
privacy_policy: /privacy/
terms_of_use: /terms/
copyright_agency: Agency
show_reach: true
links: [{title: A, url: /a/}]
navlinks: [{title: B, collection: b}]
social_media:
  tiktok: https://tiktok.example/
  facebook: https://facebook.example/
  twitter: ""
"""
    site = read(tmp_path, footer__yml=footer)
    assert site.footer == {
        "contact_us": "/contact-us/",
        "faq": "/faq/",
        "feedback": "https://example.org/",
        "privacy_policy": "/privacy/",
        "terms_of_use": "/terms/",
        "copyright_agency": "Agency",
        "show_reach": True,
        "links": [("A", "/a/")],
        "navlinks": [NavigationEntry("B", NavigationKind.COLLECTION, collection="b")],
        "social_media": {
            "facebook": "https://facebook.example/",
            "tiktok": "https://tiktok.example/",
        },
    }
    assert list(site.footer["social_media"]) == ["facebook", "tiktok"]
    assert site.messages == []


def test_a_footer_that_is_odd(tmp_path: Path) -> None:
    footer = "show_reach: perhaps\nfaq: [a]\nsocial_media: {mastodon: x, facebook: {}}\nmap: y\n"
    site = read(tmp_path, footer__yml=footer)
    assert site.footer == empty_footer()
    assert places(site) == [
        ("data-value-invalid", "faq"),
        ("data-value-invalid", "show_reach"),
        ("data-value-invalid", "social_media facebook"),
        ("data-key-unknown", "social_media mastodon"),
        ("data-key-unknown", "map"),
    ]


def test_data_files_of_the_first_theme(tmp_path: Path) -> None:
    site = read(
        tmp_path,
        homepage__yaml="agency-logo: /images/a.png\nkey-highlights:\n  - title: A\n",
        contact_us__yaml="x: 1",
        **{"contact-us__json": '{"locations": [1.5, null]}'},
    )
    assert site.homepage["key-highlights"] == [{"title": "A"}]
    assert site.logo == "/images/a.png"
    assert site.contact == {"locations": [1.5, None]}
    assert found(site) == [("data-file-not-read", "_data/contact_us.yaml")]


def test_other_data_files_are_named_one_by_one(tmp_path: Path) -> None:
    site = read(
        tmp_path,
        our_team__yml="- a",
        navigation__json='{"links": []}',
        navigation__yml="links: []",
        footer__csv="a,b",
        **{"deep/navigation__yml": "x"},
    )
    assert sorted(found(site)) == [
        ("data-file-not-read", "_data/deep/navigation.yml"),
        ("data-file-not-read", "_data/footer.csv"),
        ("data-file-not-read", "_data/navigation.json"),
        ("data-file-not-read", "_data/our_team.yml"),
    ]


@pytest.mark.parametrize("text", ["{", '{"a": NaN}', "[" * 100_000, "9" * 10_000])
def test_json_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    site = read(tmp_path, navigation__json=text)
    assert found(site)[0] == ("settings-invalid", "_data/navigation.json")


KEYS = ("title", "url", "collection", "links", "sublinks", "resource_room", "social_media", "x")
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(KEYS),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(data=PLAIN)
def test_data_of_any_shape(tmp_path: Path, data: Any) -> None:
    texts = {MENU: yaml.safe_dump(data), FOOTER: yaml.safe_dump(data)}
    texts["_data/homepage.json"] = json.dumps(data)
    site = read_source(write(tmp_path, {"index.md": PAGE, **texts}))
    assert {message.rule for message in site.messages} <= set(RULES)
    assert set(site.footer) == set(empty_footer())


@pytest.mark.shared
@needs_shared
@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("csc-corp", "collection link link collection"),
        ("csit", "collection collection collection links"),
        ("enterprisesg-cpso", "collection collection resource_room collection link"),
        ("healthtechsprint-moht", "link collection link"),
        ("moh-vaccinegov", "link link collection link link"),
    ],
)
def test_menus_of_real_sites(name: str, kinds: str) -> None:
    site = read_source(SHARED / "cases" / name)
    assert [entry.kind.value for entry in site.navigation] == kinds.split()
    assert site.footer["contact_us"] == "/contact-us/"
    assert site.logo.startswith("/images/")
