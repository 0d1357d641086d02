"""Marks of the old site's template language in bodies (format reference, 6.1)."""

from __future__ import annotations

import pytest

from isomer.convert import convert_document
from isomer.source import DocumentKind, SourceDocument
from tests.isomer.convert.helpers import convert, rules, shown, visible_words


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[a]({{ site.baseurl }}/x/)", '<a href="/x/">a</a>'),
        ("[a]({{ '/files/a.pdf' | absolute_url }})", '<a href="/files/a.pdf">a</a>'),
        ('[a]({{"/b c/"|relative_url}})', '<a href="/b c/">a</a>'),
        ("a {% comment %}hidden{% endcomment %}b", "a b"),
        ("a {::comment}hidden{:/comment} b", "a b"),
        ("a {% raw %}{{ kept }}{% endraw %} b", "a {{ kept }} b"),
        ("a {{ page.variant }} b", "a markdown b"),
    ],
)
def test_filled_in(body, expected):
    converted = convert(body, "markdown")
    assert expected in shown(converted)
    assert "hidden" not in shown(converted)
    assert rules(converted) == []


@pytest.mark.parametrize("written_in", ["markdown", "html"])
def test_accordions_may_nest(written_in):
    text = "**bold**" if written_in == "markdown" else "<p><b>bold</b></p>"
    body = (
        f"{{% accordion One & two %}}\n{text}\n{{% accordion Inner %}}\ndeep\n"
        "{% endaccordion %}\n{% endaccordion %}\nafter"
    )
    converted = convert(body, written_in)
    html = shown(converted)
    assert visible_words(html) == ["One", "&", "two", "bold", "Inner", "deep", "after"]
    assert html.count("<details>") == 2
    assert "template-mark-kept" not in rules(converted)


@pytest.mark.parametrize(
    "mark", ["{{ site.title }}", "{% include x.html %}", "{% endaccordion %}", "{{ content }}"]
)
def test_other_marks_stay_and_are_named(mark):
    converted = convert(f"a {mark} b", "markdown")
    assert [(one.rule, one.text) for one in converted.messages] == [("template-mark-kept", mark)]
    kept = mark.replace("'", "‘", 1).replace("'", "’", 1)
    assert visible_words(shown(converted)) == ["a", *kept.split(), "b"]


def test_an_accordion_that_is_never_closed_ends_with_the_body():
    converted = convert("{% accordion A %}\ntext", "markdown")
    assert visible_words(shown(converted)) == ["A", "text"]


def test_html_files_hold_no_markdown():
    body = "Text\n\n    <p>indented</p>\n\n* a star"
    document = SourceDocument("pages/a.html", DocumentKind.PAGE, {}, body)
    html = shown(convert_document(document))
    assert visible_words(html) == ["Text", "indented", "*", "a", "star"]
    assert "<code>" not in html
