"""Bodies of every tag that old sites used: nothing is lost, and editors can save what came."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from content.markup.links import is_safe_address
from isomer.convert.text.values import LinkTo, PictureOf
from networks.blocks import OverviewBodyBlock
from platforms.blocks import PlatformBodyBlock
from tests.isomer.convert.helpers import convert, markup_of, rules, shown, stored, visible_words

# The tags of the format reference, 6.3, and those of 6.2 and of pasted pages beside them.
TAGS = [
    "p", "td", "br", "a", "li", "tr", "strong", "div", "img", "b", "h4", "ul", "h3", "th", "h2",
    "col", "u", "font", "ol", "table", "hr", "em", "details", "input", "label", "summary", "h5",
    "colgroup", "sup", "span", "style", "iframe", "thead", "center", "h1", "mark", "i", "ins",
    "sub", "video", "source", "blockquote", "del", "figure", "figcaption", "small", "pre",
    "code", "button", "form", "header", "footer", "nav", "article", "section", "main", "aside",
    "address", "fieldset", "legend", "select", "option", "textarea", "picture", "dl", "dt",
    "dd", "caption", "tbody", "tfoot", "script", "noscript", "template",
]  # fmt: skip
ATTRIBUTES = {
    "a": [
        'href="/x/"',
        'href="#k"',
        'href="y b"',
        'name="k"',
        'href="javascript:x"',
        "",
        'href=""',
        'class="button" href="/b/"',
        'class="isomer-card" href="/c/"',
    ],
    "img": ['src="/images/a b.png" alt="map"', 'src="b.png" style="width: 40%"', 'alt="only"'],
    "iframe": ['src="https://www.youtube.com/embed/x"'],
    "input": [
        'type="checkbox" id="c"',
        'type="checkbox" class="toggle"',
        'type="submit" value="Send"',
    ],
    "ol": ['start="4"', ""],
    "label": ["", 'for="c"', 'class="lbl-toggle"'],
    "details": ["", "open", 'id="k"'],
    "div": [
        'class="isomer-image-wrapper"',
        "",
        'class="grid" id="k"',
        'data-type="detailGroup"',
        'class="isomer-card-grid"',
        'class="isomer-card"',
        'class="isomer-card-title"',
        'class="fellow-card"',
    ],
    "h3": ['id="k"', "", 'id="main"'],
    "td": ['colspan="2"', ""],
}
WORDS = st.sampled_from(
    ["one", "two ", " three", "four &amp; five", " ", "\n", "six\u200bth", "é中"]
)
TAGGED = st.sampled_from(TAGS)


def element(tag: str, attributes: str, inner: list[str], closed: bool) -> str:
    start = f"<{tag} {attributes}>" if attributes else f"<{tag}>"
    return start + "".join(inner) + (f"</{tag}>" if closed else "")


PIECES = st.recursive(
    WORDS,
    lambda inner: TAGGED.flatmap(
        lambda tag: st.builds(
            element,
            st.just(tag),
            st.sampled_from(ATTRIBUTES.get(tag, [""])),
            st.lists(inner, max_size=4),
            st.sampled_from([True, True, True, False]),
        )
    ),
    max_leaves=14,
)
BODIES = st.lists(PIECES, max_size=5).map("".join)
KINDS = ("html", "markdown")
OVERVIEW = OverviewBodyBlock(required=False)
PLATFORM = PlatformBodyBlock(required=False)


@given(BODIES)
@example('<caption>one<img src="/images/a b.png" alt="map">two</caption>')
@example("<table><caption>one</caption><td>two</td></table>")
@settings(max_examples=600, deadline=None)
def test_no_word_is_lost_or_joined(body: str) -> None:
    # Words of pictures and buttons are no text of their own in a browser's page.
    source = body.replace('alt="only"', "").replace(' value="Send"', "")
    # A title can't hold its links; their words stand again in what it folds out.
    assume("accordion-title-reduced" not in rules(convert(source)))
    converted = convert(source)
    before, after = visible_words(source), visible_words(shown(converted))
    assert "".join(after) == "".join(before)
    # A link around a block may part a word that began before it; nothing joins two words.
    assert gaps(after) >= gaps(before)
    assert convert(source) == converted


UNSAFE = re.compile(
    r"<(?:script|style|link|meta|object|embed)\b|<[^>]*\s(?:on\w+|style)\s*=|<[^>]*javascript:",
    re.I,
)
HOSTILE = st.sampled_from(
    [
        "<script>alert(1)</script>", '<img src="/images/a.png" onerror="x()">',
        '<a href="java&#10;script:x()">a</a>', '<p style="background: url(//h.sg)">b</p>',
        '<pre><a href="javascript:x()">c</a></pre>', '<li onclick="x()">d',
        '<ol type="a" onclick="x()"><li value="2" style="x: y">e</li></ol>',
        '<figure><img src="javascript:x"><figcaption onclick="x()">f</figcaption></figure>',
        '<a href="javascript:x()"><div><h3>g</h3></div></a>', "<dl><dt><script>x</script>h</dl>",
    ]
)  # fmt: skip


@given(st.lists(st.one_of(HOSTILE, PIECES), max_size=6).map("".join), st.sampled_from(KINDS))
@settings(max_examples=300, deadline=None)
def test_nothing_in_blocks_can_run(body: str, written_in: str) -> None:
    converted = convert(body, written_in)
    for markup in markup_of(converted.stream):
        assert not UNSAFE.search(markup), markup
    for link in links_of(converted.stream):
        assert is_safe_address(link)
    assert convert(body, written_in).stream == converted.stream


def links_of(value: object) -> Iterator[str]:
    """Yield the addresses of links and pictures that blocks hold as fields."""
    if isinstance(value, LinkTo):
        yield value.address
    elif isinstance(value, PictureOf):
        yield value.path
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from links_of(inner)


def gaps(words: list[str]) -> set[int]:
    """Return the places between words, counted in letters."""
    return set(accumulate(len(word) for word in words))


@given(BODIES, st.sampled_from([OVERVIEW, PLATFORM]))
@settings(max_examples=300, deadline=None)
def test_every_stream_can_be_saved_and_stays_as_it_is(body: str, block) -> None:
    recipes = ("network_directory",) if block is OVERVIEW else ("capabilities", "enquiry_contact")
    saves(body, block, recipes)


def saves(body: str, block, recipes) -> None:
    stream = stored(convert(body, recipes=recipes))
    value = block.to_python(stream)
    cleaned = block.clean(value)
    assert block.get_prep_value(cleaned) == block.get_prep_value(value)


LONG = "word " * 500


@pytest.mark.parametrize(
    "body",
    [
        f'<h2 id="k">{LONG}</h2><a href="#k">k</a>',
        f'<h2 id="{"k" * 300}">a</h2><a href="#{"k" * 300}">k</a>',
        f'<img src="/images/a.png" alt="{LONG}">',
        '<img src="/images/a.png" alt="two\nlines">',
        f'<a href="/{"x" * 3000}/"><img src="/images/a.png"></a>',
        f"<h2>{LONG}</h2><ul><li>a</li><li>b</li></ul>",
        "<h2>a</h2><ul><li>a</li><li><br></li></ul>",
        f'<ul><li>{LONG}<a href="/x/">{LONG}</a> {LONG}</li><li>b</li></ul>',
        '<ul><li><a href="/x/">a</a></li><li><a href="/y/"> </a></li></ul>',
        f'<p>{LONG}<a href="mailto:a@b.sg?subject={"s" * 900}">a@b.sg</a>{LONG}</p>',
        '<p>To <a href="mailto:a@b.sg?subject=%0Ax">a@b.sg</a></p>',
        '<p>To <a href="mailto:nobody">nobody</a></p>',
        '<p>To <a href="mailto://[x">//[x</a></p>',
        f'<div class="{LONG}"><i>a</i></div>',
        '<a class="button" href="/b/"><script>one</script></a>',
        "<details><summary><style>p {}</style></summary>a</details>",
        '<ul class="grid"><li><a class="isomer-card" href="/b/"><!-- one --></a></li></ul>',
    ],
    ids=lambda body: body[:30],
)
@pytest.mark.parametrize("block", [OVERVIEW, PLATFORM], ids=["overview", "platform"])
def test_long_and_odd_values_can_be_saved(body, block):
    overview, platform = ("network_directory",), ("capabilities", "enquiry_contact")
    saves(body, block, overview if block is OVERVIEW else platform)


@pytest.mark.parametrize(
    ("body", "alt", "link", "width"),
    [
        ('<p><img src="/images/a.png" alt="A map"></p>', "A map", "", None),
        ('<p><picture><source srcset="b.webp"><img src="/images/a.png" alt="x"></picture></p>',
         "x", "", None),
        ('<p><a href="/x/"><b><img src="/images/a.png" style="width:50%"></b></a></p>',
         "", "/x/", 50),
        ('<a href="/x/"><picture><img width="30%" src="/images/a.png"></picture></a>',
         "", "/x/", 30),
    ],
)  # fmt: skip
def test_pictures_of_paragraphs_keep_what_they_had(body, alt, link, width):
    converted = convert(body)
    [block] = converted.stream
    value = block["value"]
    assert (block["type"], value["image"].path) == ("picture", "/images/a.png")
    assert (value["alt"], value["link"].address, value["width"]) == (alt, link, width)


def test_a_heading_with_a_picture_stays_a_heading():
    picture, text = convert('<h3><img src="/images/a.png"> Words</h3>').stream
    assert (picture["type"], text["value"].html[:3]) == ("picture", "<h3")


def test_the_pattern_names_what_was_found():
    converted = convert(
        '<my-films class="wide"><p>a <iframe src="https://www.youtube.com/embed/x"></iframe></p>'
        "</my-films>"
    )
    pattern = converted.stream[0]["value"]["pattern"]
    assert pattern == "my-films.wide > p: no block for it"
    assert rules(converted) == ["embed-waits", "markup-kept-as-html"]
    assert converted.messages[0].text == "www.youtube.com"


def test_what_nobody_sees_is_counted():
    converted = convert("<p>a\u200bb</p><!-- x --><!-- y --><style>p {}</style><p>c</p>")
    assert [(m.rule, m.text) for m in converted.messages] == [
        ("markup-left-out", "1 <style> element, 2 comments, 1 invisible character")
    ]


def test_markup_with_words_is_not_called_left_out():
    assert rules(convert("<table><tr><td>a<td>b</table>")) == []
    assert rules(convert("<table><tr><td></table>")) == ["markup-left-out"]
