"""Styles, redirects and files of the host and the theme (format reference, 1.1 and 2)."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from isomer.read import read_source
from isomer.read.site_files import colour
from isomer.source import SourceSite
from tests.isomer.read.sources import PAGE, found, write

CONFIG = 'colors:\n  primary-color: "#ABCDEF"\n  secondary-color: red\n'


def read(tmp_path: Path, **files: str) -> SourceSite:
    named = {name.replace("__", ".").replace("--", "/"): text for name, text in files.items()}
    return read_source(write(tmp_path, {"index.md": PAGE, **named}))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("#ABCDEF", "#abcdef"),
        (' "#a1C" ', "#aa11cc"),
        ("rgb(1, 2,255)", "#0102ff"),
        *[(value, "") for value in ("red", "#12", "#12345", "rgb(1,2,256)", "", None, 123456)],
    ],
)
def test_colours(value: object, expected: str) -> None:
    assert colour(value) == expected


@pytest.mark.parametrize(
    ("style", "colours"),
    [
        ("", {"primary": "#abcdef"}),
        (
            "$primary: #123456;\n$secondary:#fff !default;",
            {"primary": "#123456", "secondary": "#ffffff"},
        ),
        ("---\n---\n$primary: {{site.colors.primary-color}};", {"primary": "#abcdef"}),
        ("$primary: darken(#111111, 5%);", {"primary": "#abcdef"}),
        ("// $primary: #111111;\n/* $primary: #222222; */", {"primary": "#abcdef"}),
        ("$primary: #111111;\n$primary: #222222;", {"primary": "#222222"}),
    ],
)
def test_a_literal_colour_of_the_styles_wins(
    tmp_path: Path, style: str, colours: dict[str, str]
) -> None:
    write(tmp_path, {"_config.yml": CONFIG, "misc/custom.scss": style})
    site = read(tmp_path)
    assert site.colours == colours
    assert site.messages == []


def test_styles_of_the_site_are_named_with_their_classes(tmp_path: Path) -> None:
    style = "---\n---\n$gap: 1px;\n.tile, .tile:hover { a: b }\n@media print { .wide a { a: b } }\n"
    site = read_source(write(tmp_path, {"index.md": PAGE, "misc/custom.css": style}))
    assert found(site) == [("custom-css", "misc/custom.css")]
    assert site.messages[0].text == "2 lines of styles for the classes tile, wide."


@pytest.mark.parametrize("piece", [" ", "\n", ".a", "$a:", "/*", "//", "{", "\n$a: ", ".a{"])
def test_hostile_styles_are_read_in_reasonable_time(tmp_path: Path, piece: str) -> None:
    style = "$primary: " + piece * (1_000_000 // len(piece))
    started = time.process_time()
    read_source(write(tmp_path, {"index.md": PAGE, "misc/custom.scss": style}))
    assert time.process_time() - started < 5


def test_redirects(tmp_path: Path) -> None:
    lines = """
# comment
/old /new
/old/page  https://example.org/x  302!   # why
/a/* /b/:splat 301
/app /index.html 200
/one id=:id /two 301
/c /d 301 Country=sg
relative /x
/evil javascript:alert(1)
/evil //example.org
/alone
"""
    site = read(tmp_path, _redirects=lines)
    assert site.redirects == [("/old", "/new", 301), ("/old/page", "https://example.org/x", 302)]
    assert [(m.rule, m.place) for m in site.messages] == [
        *[("redirect-not-read", f"line {number}") for number in range(5, 13)],
        ("redirects-found", ""),
    ]
    assert site.messages[-1].text == "2 redirects were read."


def test_settings_of_the_host(tmp_path: Path) -> None:
    settings = """
[build]
command = "x"
[[redirects]]
from = "/a"
to = "/b"
[[redirects]]
from = "/c/*"
to = "/d"
[[redirects]]
from = "/e"
to = "/f"
[redirects.query]
id = ":id"
"""
    site = read(tmp_path, netlify__toml=settings, _headers="/*\n  X-Frame-Options: DENY")
    assert site.redirects == [("/a", "/b", 301)]
    assert [(m.rule, m.path, m.place) for m in site.messages] == [
        ("hosting-settings", "_headers", ""),
        ("redirect-not-read", "netlify.toml", "redirect 2"),
        ("redirect-not-read", "netlify.toml", "redirect 3"),
        ("redirects-found", "netlify.toml", ""),
        ("hosting-settings", "netlify.toml", ""),
    ]


@pytest.mark.parametrize("text", ["redirects = 5", "redirects = [5]", "[[redirects]]\nfrom = 5"])
def test_redirects_of_the_host_that_are_odd(tmp_path: Path, text: str) -> None:
    site = read(tmp_path, netlify__toml=text)
    assert (site.redirects, len(site.messages)) == ([], 1)


@pytest.mark.parametrize(("text", "count"), [("", 0), ("\n \n", 0), ("# x", 0), ("a = ", 1)])
def test_empty_or_broken_settings_of_the_host(tmp_path: Path, text: str, count: int) -> None:
    assert len(read(tmp_path, netlify__toml=text).messages) == count


def test_templates_and_programs_of_the_site_are_named(tmp_path: Path) -> None:
    site = read(tmp_path, **{"_includes--a__html": "x", "_layouts--b--c__html": "x"})
    assert found(site) == [("theme-changed", "_includes"), ("theme-changed", "_layouts")]
    assert site.messages[1].text == "1 file: b/c.html."


def test_files_of_the_root(tmp_path: Path) -> None:
    names = ["google12ab.html", "BingSiteAuth.xml", "Makefile", "Gemfile", "notes.txt", "plain.md"]
    site = read_source(write(tmp_path, {"index.md": PAGE, **dict.fromkeys(names, "x")}))
    assert found(site) == [
        ("verification-file", "BingSiteAuth.xml"),
        ("verification-file", "google12ab.html"),
        ("front-matter-missing", "plain.md"),
    ]
