"""Stored rich text gives the same words whether Wagtail reads it or our quicker way."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wagtail.rich_text import get_text_for_indexing

from content.search_text import texts as search_texts
from content.search_text.texts import _EDITORS_MARKUP, stored_texts, text_of_rich_text
from home.blocks.shared import DescriptionBlock

PARTS = [
    "<p>", '<p data-block-key="x1y2">', "</p>", "<b>", "</b>", "<br/>", "<br />", "<br>", "<hr/>",
    '<a linktype="page" id="3">', '<a href="https://example.org/?a=1&amp;b=2">', "</a>", "<h2>",
    "</h2>", "<li>", "</li>", "</blockquote>", "</sup>", "&amp;", "&lt;", "&nbsp;", "&#39;",
    "&#x27;", "words", " ", "\n", "a > b", "AT&T ", "&", "&amp", "<", "< b", "<!-- x -->", "<em",
    '<embed embedtype="image" id="1" format="left" alt="a <b> c"/>', "<script>", "</script>", "É",
    "<P>", "</p >", '</p class="x">', "<p class=x>", "<!doctype html>", "<?php ?>", "]]>",
    "<textarea>", "<b/>", "&#3", "&copy;", "&nosuch;",
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=12).map("".join))
@example("<p>AT&T and &lt;b&gt;</p><p>next</p>")
@example("<script><p>a</p></script>")
def test_same_words_as_wagtail(html):
    assert text_of_rich_text(html) == get_text_for_indexing(html)


@given(st.text(alphabet="<>/&;#ap \"='x!-"))
def test_same_words_of_anything(html):
    assert text_of_rich_text(html) == get_text_for_indexing(html)


def test_descriptions_of_earlier_versions_are_plain_text():
    words = "Write to <office@example.org>, a &lt;b&gt; c"
    assert list(stored_texts(DescriptionBlock(), words)) == [words]
    assert list(stored_texts(DescriptionBlock(), None)) == []


def test_long_markup_that_is_not_the_editors_is_told_at_once():
    for html in ("a" * 500_000 + "<", "&amp;" * 100_000 + "&", "<p>" * 100_000 + "<", "< " * 9):
        assert _EDITORS_MARKUP.fullmatch(html) is None


@pytest.mark.parametrize(
    "html",
    [
        '<p data-block-key="a1">One &amp; <b>two</b></p><ol start="3"><li>x</li></ol>',
        '<p>See <a linktype="page" id="3">this<br/>page</a><embed embedtype="image" id="4"/></p>',
    ],
)
def test_what_the_editor_stores_goes_the_quick_way(html, monkeypatch):
    monkeypatch.setattr(search_texts, "get_text_for_indexing", None)
    assert "<" not in text_of_rich_text(html)
