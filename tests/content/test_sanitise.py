"""Markup that has no block is safe, quiet and honest, whoever wrote it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.blocks import StructBlockValidationError

from content.blocks import AnchorBlock, HeadingBlock, ImportedHTMLBlock, LinkBlock
from content.markup.sanitise import SAFE_ATTRIBUTES, SAFE_TAGS, sanitise
from tests.isomer.convert.test_words import BODIES


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<h1>a</h1>b", "<h2>a</h2>b"),
        ("<main><header>a</header><nav>b</nav>c</main>", "<div><div>a</div><div>b</div>c</div>"),
        ("<p>a<button>b</button>c<label>d</label>e</p>", "<p>a b c d e</p>"),
        ("<select><option>a<option>b</select>c", "a  b  c"),
        ('<input type="submit" value="Send">now', "Send now"),
        ("<font>a</font>b<o:p>c</o:p>", "abc"),
        ("<fieldset><legend>a</legend>b</fieldset>", "<div> a b</div>"),
        ("<center>a</center><address>b</address>", "<div>a</div><div>b</div>"),
        ("a<script>b</script><style>c</style><!-- d -->e\u200bf", "aef"),
        ('<a href="">a</a><a>b</a><a href="vbscript:c">c</a>', "abc"),
        ('<a href="www.b.sg">a</a>', '<a href="https://www.b.sg">a</a>'),
        ('<a href="/a b/%zz">a</a>', '<a href="/a b/%zz">a</a>'),
        ('<img src="https://h.sg/My_map.png">', '<a href="https://h.sg/My_map.png">My map</a>'),
        (
            '<map><img src="/\\\\h.sg/m.png" alt="A map"></map>',
            '<a href="https://h.sg/m.png">A map</a>',
        ),
        ('<img src="/\t/h.sg/m.png" alt="A map">', '<a href="https://h.sg/m.png">A map</a>'),
        ('<img src="//h.sg/m.png" alt="A map">', '<a href="https://h.sg/m.png">A map</a>'),
        ('<img src="/images/a.png" alt="" onerror="x()">', '<img src="/images/a.png" alt="">'),
        ('<map><area href="/x/" alt="North"></map>', '<a href="/x/">North</a>'),
    ],
)
def test_written_form(source, expected):
    assert sanitise(source).html == expected


@pytest.mark.parametrize(
    ("source", "address", "title", "host"),
    [
        ('<iframe src="https://www.youtube.com/embed/x" title="A talk"></iframe>',
         "https://www.youtube.com/embed/x", "A talk", "www.youtube.com"),
        ('<iframe src="//player.vimeo.com/1"></iframe>',
         "https://player.vimeo.com/1", "player.vimeo.com", "player.vimeo.com"),
        ("<video><source src='/files/a_b.mp4'>Old browser</video>", "/files/a_b.mp4", "a b", ""),
        ('<object data="https://a.sg/b.pdf">c</object>', "https://a.sg/b.pdf", "a.sg", "a.sg"),
        ('<embed src="https://a.sg/b">', "https://a.sg/b", "a.sg", "a.sg"),
        ('<audio src="https://a.sg/b"></audio>', "https://a.sg/b", "a.sg", "a.sg"),
    ],
)  # fmt: skip
def test_embeds_wait_beside_a_link(source, address, title, host):
    result = sanitise(source)
    assert result.html == (
        f'<iframe data-src="{address}" title="{title}"></iframe>'
        f' <a href="{address}" data-interface="">{title}</a>'
    )
    assert result.embeds == [host]
    assert sanitise(result.html).html == result.html


def test_an_embed_in_a_link_follows_it():
    html = sanitise('<a href="/x/">a<iframe src="https://a.sg/b"></iframe></a>').html
    assert html == (
        '<a href="/x/">a </a><iframe data-src="https://a.sg/b" title="a.sg"></iframe>'
        ' <a href="https://a.sg/b" data-interface="">a.sg</a>'
    )


def test_embeds_with_scripts_are_left_out():
    result = sanitise('<iframe src="javascript:x()"></iframe><iframe srcdoc="<b>x"></iframe>a')
    assert (result.html, result.unsafe) == ("a", ["javascript:x()"])


def test_ids_of_the_frame_are_renamed_with_their_links():
    html = '<a href="#main">a</a><h3 id="main">b</h3><p id="main">c</p><a name="k">d</a>'
    assert sanitise(html).html == (
        '<a href="#text-main">a</a><h3 id="text-main">b</h3><p>c</p><span id="k">d</span>'
    )


@given(BODIES | st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_twice_is_once_and_nothing_else_is_let_through(markup):
    html = sanitise(markup).html
    assert sanitise(html).html == html
    assert {name.lower() for name in re.findall(r"<([a-zA-Z0-9]+)", html)} <= SAFE_TAGS
    assert "data-src" in SAFE_ATTRIBUTES["iframe"]
    assert " src=" not in "".join(re.findall(r"<iframe[^>]*>", html))


def test_the_block_makes_safe_what_an_editor_writes():
    block = ImportedHTMLBlock()
    value = block.to_python({"html": "<p onclick='x()'>a</p><script>b</script>", "pattern": ""})
    assert block.clean(value)["html"] == "<p>a</p>"


@pytest.mark.parametrize("address", ["ftp://a.sg/x", "/a b/", "#k", "tel:1", "HTTPS://a.sg"])
def test_links_that_the_import_keeps_can_be_saved(address):
    LinkBlock().clean({"page": None, "address": address})


@pytest.mark.parametrize("address", ["about-us", "javascript:x", "//a.sg", "https://[x"])
def test_links_that_lead_nowhere_cannot(address):
    with pytest.raises(StructBlockValidationError):
        LinkBlock().clean({"page": None, "address": address})


@pytest.mark.parametrize("name", ["main", "menu"])
def test_anchors_keep_off_the_frame(name):
    with pytest.raises(StructBlockValidationError):
        AnchorBlock().clean({"name": name})
    with pytest.raises(StructBlockValidationError):
        HeadingBlock().clean({"text": "a", "level": "2", "anchor": name})
