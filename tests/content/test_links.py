"""What a written address means on a page, and which may be followed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from content.blocks.links import validate_link_address
from content.markup.links import (
    RESERVED_IDS,
    clean_address,
    host_of,
    is_elsewhere,
    is_safe_address,
    own_id,
    readable_name,
    resolve_address,
)


@pytest.mark.parametrize(
    ("address", "base", "expected"),
    [
        ("about-us", "/a/b/", "/a/b/about-us"),
        ("about-us", "/a/b.html", "/a/about-us"),
        ("../x/", "/a/b/", "/a/x/"),
        ("../../../../x/", "/a/b/", "/x/"),
        ("..", "/a/b/", "/a/"),
        ("../..", "/a/b/", "/"),
        ("./x y?b=../c#../d", "/a/", "/a/x y?b=../c#../d"),
        ("?page=2", "/a/", "/a/?page=2"),
        ("x", "", "/x"),
        ("/a/../b/", "/c/", "/b/"),
        ("/a b/%zz.pdf", "/c/", "/a b/%zz.pdf"),
        ("#k", "/a/", "#k"),
        ("www.agency.gov.sg/x", "/a/", "https://www.agency.gov.sg/x"),
        ("www.agency.gov.sg:8080/x", "/a/", "https://www.agency.gov.sg:8080/x"),
        ("//agency.gov.sg/x", "/a/", "https://agency.gov.sg/x"),
        ("ftp://a.sg/x", "/a/", "ftp://a.sg/x"),
        ("mailto:a@b.sg", "/a/", "mailto:a@b.sg"),
        ("javascript:x", "/a/", "javascript:x"),
        ("/\\evil.example/t.png", "/a/", "https://evil.example/t.png"),
        ("\\\\evil.example\\t.png", "/a/", "https://evil.example/t.png"),
        ("/\t/evil.example/", "/a/", "https://evil.example/"),
        ("ht\ntps:\\\\evil.example/x", "/a/", "https://evil.example/x"),
        ("a\\b?c=\\#\\", "/x/", "/x/a/b?c=\\#\\"),
        ("mailto:a\\b@c.sg", "/x/", "mailto:a\\b@c.sg"),
        ("/..//evil.example/", "/x/", "/evil.example/"),
    ],
)
def test_addresses_are_read_on_their_page(address, base, expected):
    assert resolve_address(address, base) == expected


@pytest.mark.parametrize(
    "address",
    ["/\\evil.example", "\\\\evil.example", "\\/evil.example", "/\t/evil.example", "h\nttp://evil.example",
     "http:\\\\evil.example", "www.evil.example\\x", " //evil.example"],
)  # fmt: skip
def test_a_host_is_seen_however_it_is_written(address):
    assert is_elsewhere(address)
    assert host_of(resolve_address(address, "/")).endswith("evil.example")


@pytest.mark.parametrize("address", ["/\\evil.example", "\\\\evil.example", "\t//evil.example"])
def test_no_link_block_takes_a_host_for_a_path(address):
    with pytest.raises(ValidationError):
        validate_link_address(address)


@given(st.text(max_size=30), st.text(max_size=30))
def test_resolving_never_fails_and_settles(address, base):
    resolved = resolve_address(clean_address(address), base)
    if is_safe_address(resolved) and not is_elsewhere(resolved):
        assert "/../" not in re.split(r"[?#]", resolved)[0]


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("ftp://a.sg/", True),
        ("TEL:+65 1", True),
        ("/a:b", True),
        ("javascript:x", False),
        ("java\x01script:x", False),
        ("data:text/html,x", False),
        ("vbscript:x", False),
        ("skype:x", False),
        ("http://a b/", False),
        ("https://[x", False),
        ("https://", False),
    ],
)
def test_schemes(address, safe):
    assert is_safe_address(address) is safe


def test_names_of_files_become_words():
    assert readable_name("https://h.sg/a/My%20map_2-b.png?x=1") == "My map 2 b"
    assert readable_name("https://h.sg/") == "h.sg"


def test_reserved_ids_are_those_of_the_templates():
    found: set[str] = set()
    for file in Path(settings.BASE_DIR).glob("*/templates/**/*.html"):
        if "admin" not in file.parts:
            found |= set(re.findall(r'\sid="([^"{]+)"', file.read_text(encoding="utf-8")))
    # An id that a template gains must be added to content.markup.links.RESERVED_IDS.
    assert found == RESERVED_IDS
    assert own_id("main") == "text-main"
    assert own_id("a b") == "a-b"
