"""Values of the front matter that may hold markup."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from isomer.convert import convert_inline
from isomer.plan.site_settings import NOTIFICATION_FEATURES
from navigation.models import Notification
from tests.isomer.convert.helpers import visible_words, without_keys


def inline(html: str):
    text, messages = convert_inline(html, "index.md", NOTIFICATION_FEATURES, "notification")
    return without_keys(text.html), messages


def test_features_are_those_of_the_field():
    assert list(NOTIFICATION_FEATURES) == Notification._meta.get_field("text").features


@pytest.mark.parametrize(
    ("source", "expected", "reduced"),
    [
        ('<b>a</b> <a href="/x/">b</a>', '<p><b>a</b> <a href="/x/">b</a></p>', ""),
        ("a <u>b</u> <b><u>c</u></b>", "<p>a b <b>c</b></p>", "underline"),
        ("<ul><li>a</li><li>b</li></ul>", "<p>a</p><p>b</p>", "a bulleted list"),
        ("<h2>a</h2>b", "<p>a</p><p>b</p>", "a heading"),
        ('<img src="/images/a.png" alt="A map">', "<p>A map</p>", "a picture"),
        ("<table><tr><td>a<td>b</table>", "<p>a</p><p>b</p>", "a block of markup"),
        ("<blockquote>a</blockquote>", "<p>a</p>", "a quote"),
        ('<ol start="3"><li>a<li>b</ol>', "<p>3. a</p><p>4. b</p>", "a numbered list"),
    ],
)
def test_what_the_field_lacks_gives_way_to_its_words(source, expected, reduced):
    html, messages = inline(source)
    assert html == expected
    found = [message.text for message in messages if message.rule == "markup-reduced"]
    assert found == ([reduced] if reduced else [])


TAGS = ["b", "u", "i", "ul", "ol", "li", "p", "h2", "div", "table", "a", "sup", "blockquote"]


@given(
    st.lists(st.sampled_from([*(f"<{t}>" for t in TAGS), *(f"</{t}>" for t in TAGS), "a ", "b"]))
)
@settings(max_examples=200, deadline=None)
def test_the_field_keeps_what_is_written(parts):
    source = "".join(parts)
    text, _ = convert_inline(source, "index.md", NOTIFICATION_FEATURES)
    editor = ContentstateConverter(list(NOTIFICATION_FEATURES))
    content = json.loads(editor.from_database_format(text.html))
    if text.html:
        assert editor.to_database_format(json.dumps(content)) == text.html
    # Entries of a list that the field can't hold have their numbers written out.
    shown = re.sub(r"\d+\.", "", "".join(visible_words(text.html)))
    assert shown == "".join(visible_words(source))
