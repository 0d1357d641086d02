"""Paths as plain text."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from content.addresses.paths import address_problem, normalise_path

# Text that looks like a path more often than random text does.
PATHS = st.text() | st.lists(
    st.sampled_from(["/", "%", "25", "2F", "2f", "00", "C3", "A9", ".", "a", "é", "\u0301", " "])
).map("".join)


@given(PATHS)
@example("%2541")
@example("%25252525")
@example("\ud800%41")
@example("/%c3%a9/")
@example("=\u0338")
def test_normalising_twice_changes_nothing(path: str) -> None:
    once = normalise_path(path)
    assert normalise_path(once) == once
    assert once == "" or (once.startswith("/") and not once.endswith("/") and "//" not in once)


@given(PATHS)
def test_every_path_either_has_a_problem_or_can_be_stored(path: str) -> None:
    if address_problem(path):
        return
    normalised = normalise_path(path)
    assert 1 < len(normalised) <= 500
    assert "\0" not in normalised
    assert "/../" not in f"{normalised}/"


@pytest.mark.parametrize(
    ("path", "normalised"),
    [
        ("", ""),
        ("/", ""),
        ("a", "/a"),
        ("/a//b/", "/a/b"),
        ("/A/b.html", "/A/b.html"),
        ("/a%20b/", "/a b"),
        ("/cafe\u0301/", "/café"),
        ("/100%/", "/100%"),
    ],
)
def test_normalised(path: str, normalised: str) -> None:
    assert normalise_path(path) == normalised


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("about/", "Begin the address with a slash"),
        ("/", "Begin the address with a slash"),
        ("/a?b/", "question mark"),
        ("/a#b", "hash sign"),
        ("/a\\b", "backslash"),
        ("/a//b/", "two slashes"),
        ("/a/../b/", "dots"),
        ("/a/%2e%2e/b/", "dots"),
        ("/a%00b/", "can't hold"),
        ("/" + "x" * 500, "at most 500 characters"),
        ("/admin/x/", "/admin/ belong to the software"),
        ("/Admin/", "/Admin/ belong to the software"),
        ("/robots.txt", "belong to the software"),
    ],
)
def test_what_an_address_can_not_be(address: str, words: str) -> None:
    assert words in address_problem(address)


@pytest.mark.parametrize(
    "address", ["/a/", "/a/b.html", "/...", "/administration/", "/a/admin/", "/a b", "/é?"[:2]]
)
def test_what_an_address_can_be(address: str) -> None:
    assert address_problem(address) == ""
