"""SVG pictures: what draws stays, what runs or loads goes."""

from __future__ import annotations

import pytest

from content.library.svg import SvgProblem, clean_svg, looks_like_svg

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


def cleaned(inner: str) -> str:
    return clean_svg(f"{OPEN}{inner}</svg>".encode())[0].decode()


@pytest.mark.parametrize(
    ("inner", "gone"),
    [
        ("<script>alert(1)</script>", "alert"),
        ("<script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script>", "alert"),
        ('<path onload="alert(1)" d="M0 0"/>', "alert"),
        ("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>", "foreign"),
        ('<image href="https://example.org/a.png"/>', "example.org"),
        ('<image xlink:href="//example.org/a.png"/>', "example.org"),
        ('<use href="other.svg#a"/>', "other.svg"),
        ('<use href="data:image/svg+xml;base64,AAAA"/>', "data:"),
        ('<image href="data:image/svg+xml;base64,AAAA"/>', "data:"),
        ('<a href="javascript:alert(1)"><path d="M0 0"/></a>', "javascript"),
        ('<a xlink:href=" java&#10;script:alert(1)"><path d="M0 0"/></a>', "alert"),
        ("<style>@import url(https://example.org/a.css); path{fill:red}</style>", "example.org"),
        ("<style>@import 'https://example.org/a.css';</style>", "example.org"),
        ("<style>path{fill:url(https://example.org/a)}</style>", "example.org"),
        ("<style>path{fill:\\75rl(https://example.org/a)}</style>", "example.org"),
        ("<style>path{fill:u/**/rl(https://example.org/a)}</style>", "/**/"),
        ('<path style="fill:url(//example.org/a)" d="M0 0"/>', "example.org"),
        ('<path filter="url( \'https://example.org/a\' )" d="M0 0"/>', "example.org"),
        ("<style>path{cursor:image-set('https://example.org/a' 1x)}</style>", "example.org"),
        ('<set attributeName="xlink:href" to="javascript:alert(1)"/>', "alert"),
        ('<animate attributeName="onclick" values="alert(1)"/>', "alert"),
        ('<path xml:base="https://example.org/" d="M0 0"/>', "example.org"),
        ('<iframe src="https://example.org/"/>', "example.org"),
    ],
)
def test_what_runs_or_loads_is_left_out(inner: str, gone: str) -> None:
    assert gone not in cleaned(inner)


@pytest.mark.parametrize(
    ("inner", "kept"),
    [
        ("<title>A chart</title>", "<title>A chart</title>"),
        ('<linearGradient id="g"/><path fill="url(#g)" d="M0 0"/>', 'fill="url(#g)"'),
        ('<use xlink:href="#a"/>', 'href="#a"'),
        ('<image href="data:image/png;base64,AAAA"/>', "data:image/png;base64,AAAA"),
        ("<style>.a{fill:#123}</style>", ".a{fill:#123}"),
        ('<path transform="translate(1 2)" d="M0 0"/>', 'transform="translate(1 2)"'),
        ("<text>one<script/>two<tspan>three</tspan></text>", "onetwo<tspan>three"),
        ('<a href="https://example.org/"><path d="M0 0"/></a>', '<path d="M0 0"'),
    ],
)
def test_what_draws_stays(inner: str, kept: str) -> None:
    assert kept in cleaned(inner)


@pytest.mark.parametrize("between", ["<g/>", "<!-- -->", "<script/>", "<title>a{}</title>"])
def test_a_style_that_elements_part_is_read_as_one(between: str) -> None:
    text = cleaned(f"<style>a{{}}{between}@import url(https://evil.example/x.css);</style>")
    assert "evil" not in text
    halves = cleaned(f"<style>a{{fill:u{between}rl(https://evil.example/x.css)}}</style>")
    assert "evil" not in halves


def test_cleaning_twice_changes_nothing_more() -> None:
    once, left_out = clean_svg(f"{OPEN}<script/><path onclick='x' d='M0 0'/></svg>".encode())
    assert left_out == ["<script>", "onclick"]
    assert clean_svg(once) == (once, [])


def test_names_that_an_older_program_defined_are_put_in_place() -> None:
    source = (
        b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd" [\n'
        b'<!ENTITY ns_svg "http://www.w3.org/2000/svg">\n<!ENTITY ns_ai "http://ns.adobe.com/">\n'
        b']><svg xmlns="&ns_svg;" xmlns:i="&ns_ai;"><i:pgf>secret</i:pgf><path d="M1 1"/></svg>'
    )
    text = clean_svg(source)[0].decode()
    assert 'd="M1 1"' in text
    assert "secret" not in text


@pytest.mark.parametrize(
    "source",
    [
        b"<svg",
        b"<svg xmlns='http://www.w3.org/2000/svg'><path></svg>",
        b"<svg><path d='M0 0'/></svg>",
        b"<html xmlns='http://www.w3.org/1999/xhtml'><svg/></html>",
        b"<!DOCTYPE svg [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]>" + OPEN.encode() + b"&b;</svg>",
        b"<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + OPEN.encode() + b"&a;</svg>",
        OPEN.encode() + b"<g>" * 150 + b"</g>" * 150 + b"</svg>",
        OPEN.encode() + b" " * (6 * 1024 * 1024) + b"</svg>",
    ],
)
def test_what_is_no_drawing_is_refused_with_a_reason(source: bytes) -> None:
    with pytest.raises(SvgProblem, match=r"\w"):
        clean_svg(source)


def test_a_byte_order_mark_and_a_comment_before_the_drawing() -> None:
    assert looks_like_svg(b"\xef\xbb\xbf <!-- made by hand --><svg>")
    assert not looks_like_svg(b"a text about <svg>")
