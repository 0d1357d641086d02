"""Rich text is written in the editor's own form: saving it untouched changes nothing."""

from __future__ import annotations

import json
import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from content.blocks import TEXT_FEATURES
from isomer.convert import convert_document
from isomer.convert.text.values import RichText
from isomer.source import DocumentKind, SourceDocument

EDITOR = ContentstateConverter(TEXT_FEATURES)


def saved_untouched(html: str) -> str:
    """Return rich text as the editor writes it back."""
    return EDITOR.to_database_format(json.dumps(json.loads(EDITOR.from_database_format(html))))


def convert(body: str, written_in: str = "html"):
    path = "a.html" if written_in == "html" else "a.md"
    document = SourceDocument(path, DocumentKind.PAGE, {}, body)
    return convert_document(document)


def rich_texts(value):
    if isinstance(value, RichText):
        yield value.html
    elif isinstance(value, list):
        for item in value:
            yield from rich_texts(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from rich_texts(item)


def without_keys(html: str) -> str:
    return re.sub(r' data-block-key="[^"]*"', "", html)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>One <strong>two</strong> three</p>", "<p>One <b>two</b> three</p>"),
        (
            '<p><a href="/x/">a</a><b>b <i>c</i></b></p>',
            '<p><a href="/x/">a</a><b>b</b> <b><i>c</i></b></p>',
        ),
        ("<p>a<em>b<strong>c</strong></em></p>", "<p>a<i>b</i><b><i>c</i></b></p>"),
        ('<p><a href="/x/"><u>m</u></a>.</p>', '<p><a href="/x/"><u>m</u></a>.</p>'),
        ('<p><a href="/x/">Name </a>(AB)</p>', '<p><a href="/x/">Name</a> (AB)</p>'),
        ("<ul><li><p>x</p></li><li>y</li></ul>", "<ul><li>x</li><li>y</li></ul>"),
        (
            "<ul><li>x<ol><li>y</li></ol></li><li>z</li></ul>",
            # The editor begins a new list after a nested one of another kind.
            "<ul><li>x<ol><li>y</li></ol></li></ul><ul><li>z</li></ul>",
        ),
        ("<p>a<br>b</p><p></p><p>&nbsp;</p>", "<p>a<br/>b</p>"),
        ("<h1>T</h1><h4>u</h4>", "<h2>T</h2><h4>u</h4>"),
        ("<p>10<sup>3</sup> H<sub>2</sub>O</p>", "<p>10<sup>3</sup> H<sub>2</sub>O</p>"),
        ("<p><a>no address</a></p>", "<p>no address</p>"),
        ("loose <b>text</b>", "<p>loose <b>text</b></p>"),
        ("<p>a\u200bb\u00adc</p>", "<p>abc</p>"),
    ],
)
def test_written_form(source: str, expected: str) -> None:
    [html] = rich_texts(convert(source).stream)
    assert without_keys(html) == expected


def text_of_entry(entry) -> str:
    [block] = entry["value"]
    assert block["type"] == "text"
    return without_keys(block["value"].html)


def test_numbered_list_keeps_its_first_number() -> None:
    [block] = convert('<ol start="7"><li><p>a</p></li><li><p>b</p></li></ol>').stream
    assert block["type"] == "numbered_list"
    assert block["value"]["start"] == 7
    assert [text_of_entry(i) for i in block["value"]["items"]] == [
        "<p>a</p>",
        "<p>b</p>",
    ]


def test_numbers_survive_a_nested_list_of_another_kind() -> None:
    [block] = convert("<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>").stream
    assert (block["type"], block["value"]["start"]) == ("numbered_list", 1)
    assert [text_of_entry(i) for i in block["value"]["items"]] == [
        "<p>a</p><ul><li>b</li></ul>",
        "<p>c</p>",
    ]


def test_two_numbered_lists_stay_two() -> None:
    stream = convert("<ol><li>a</li></ol><ol><li>b</li></ol>").stream
    assert [block["type"] for block in stream] == ["text", "text"]


def test_script_links_become_text() -> None:
    converted = convert('<p><a href="java&#10;script:alert(1)">x</a> <a href="/y/">z</a></p>')
    [html] = rich_texts(converted.stream)
    assert without_keys(html) == '<p>x <a href="/y/">z</a></p>'
    assert [message.rule for message in converted.messages] == ["link-unsafe"]


def test_unknown_markup_arrives_sanitised() -> None:
    converted = convert(
        '<my-widget><p onclick="x()">cell</p></my-widget><script>bad()</script><p>after</p>'
    )
    first, second = converted.stream
    assert first["type"] == "imported_html"
    assert "cell" in first["value"]["html"].html
    assert "onclick" not in first["value"]["html"].html
    assert second["type"] == "text"
    assert "bad()" not in str(converted.stream)


def test_pictures_become_blocks_with_their_width() -> None:
    [block] = convert(
        '<div class="isomer-image-wrapper"><img style="width: 50%;" height="auto" width="100%"'
        ' alt="A map" src="/images/a b.png"></div>'
    ).stream
    assert block["type"] == "picture"
    assert block["value"]["image"].path == "/images/a b.png"
    assert (block["value"]["alt"], block["value"]["width"]) == ("A map", 50)


def test_markdown() -> None:
    [block] = convert("## Head\n\nSome *text* with [a link](/x/).\n\n- one\n- two\n", "").stream
    assert without_keys(block["value"].html) == (
        '<h2>Head</h2><p>Some <i>text</i> with <a href="/x/">a link</a>.</p>'
        "<ul><li>one</li><li>two</li></ul>"
    )


TEXT = st.text(
    alphabet=st.sampled_from("ab \u00a0\n\té中,.<&>\"'\u200b\u3000"), min_size=0, max_size=8
)
INLINE_TAGS = ["b", "strong", "i", "em", "u", "s", "sub", "sup", "code", "span", "font"]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


INLINE = st.recursive(
    TEXT.map(_escaped) | st.just("<br>"),
    lambda inner: (
        st.builds(
            lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
            st.sampled_from(INLINE_TAGS),
            st.lists(inner, max_size=3),
        )
        | st.builds(
            lambda href, parts: f'<a href="{href}">{"".join(parts)}</a>',
            st.sampled_from(["/x/", "https://a.sg/?b=1&amp;c", "mailto:a@b.sg", "#k", ""]),
            st.lists(inner, max_size=3),
        )
    ),
    max_leaves=8,
)
LINES = st.lists(INLINE, max_size=4).map("".join)
LISTS = st.recursive(
    LINES.map(lambda line: f"<li><p>{line}</p></li>"),
    lambda inner: st.builds(
        lambda tag, line, items: f"<li>{line}<{tag}>{''.join(items)}</{tag}></li>",
        st.sampled_from(["ul", "ol"]),
        LINES,
        st.lists(inner, max_size=3),
    ),
    max_leaves=5,
).flatmap(lambda items: st.sampled_from(["ul", "ol"]).map(lambda tag: f"<{tag}>{items}</{tag}>"))
BLOCKS = st.builds(
    lambda tag, line: f"<{tag}>{line}</{tag}>",
    st.sampled_from(["p", "h1", "h2", "h3", "h5", "blockquote", "div", "table", "details"]),
    LINES,
)
BODIES = st.lists(BLOCKS | LISTS | LINES | st.just("<hr>"), max_size=5).map("".join)


@given(BODIES)
@settings(max_examples=400, deadline=None)
def test_saving_untouched_changes_nothing(body: str) -> None:
    for html in rich_texts(convert(body).stream):
        assert saved_untouched(html) == html


@given(BODIES)
@settings(max_examples=300, deadline=None)
def test_no_word_is_lost(body: str) -> None:
    def words(html: str) -> list[str]:
        text = BeautifulSoup(html, "html5lib").get_text(" ")
        return re.findall(r"\w+", re.sub("[\u200b\u00ad]", "", text))

    written: list[str] = []
    for block in convert(body).stream:
        if block["type"] == "imported_html":
            written.append(block["value"]["html"].html)
        else:
            written.extend(rich_texts(block["value"]))
    assert "".join(words(" ".join(written))) == "".join(words(body))


@given(st.text(max_size=300), st.sampled_from(["html", "markdown"]))
@settings(max_examples=300, deadline=None)
def test_never_raises_and_is_deterministic(body: str, written_in: str) -> None:
    assert convert(body, written_in).stream == convert(body, written_in).stream


@pytest.mark.parametrize("variant", ["tiptap", "markdown", ""])
def test_the_name_of_a_file_says_what_its_body_is_written_in(variant: str) -> None:
    body = "<p>Old</p>\n\n## New\n\n![](/images/a.png)\n\n**b** [c](/x/)\n"
    kinds = {
        path: [
            block["type"]
            for block in convert_document(
                SourceDocument(path, DocumentKind.PAGE, {"variant": variant}, body)
            ).stream
        ]
        for path in ("a.md", "a.html")
    }
    assert kinds == {"a.md": ["text", "picture", "text"], "a.html": ["text"]}


def test_a_paragraph_in_a_heading_is_the_heading():
    converted = convert("<h4><p>Head</p></h4>\n\n<p>text</p>", "markdown")
    html = converted.stream[0]["value"].html
    assert (html.count("<h4 "), html.count("<p ")) == (1, 1)
