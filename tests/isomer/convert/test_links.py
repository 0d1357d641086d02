"""Links, anchors and the addresses in kept markup."""

from __future__ import annotations

import re

import pytest

from isomer.convert import with_addresses
from tests.isomer.convert.helpers import convert, rules, shown


@pytest.mark.parametrize(
    ("href", "written", "said"),
    [
        ("about-us", "/a/b/about-us", []),
        ("../x/", "/a/x/", []),
        ("www.agency.gov.sg/x", "https://www.agency.gov.sg/x", ["link-without-scheme"]),
        ("ftp://a.sg/x", "ftp://a.sg/x", []),
        ("/files/a b.pdf", "/files/a b.pdf", []),
        ("/files/%zz.pdf", "/files/%zz.pdf", []),
        ("javascript:x", None, ["link-unsafe"]),
        ("skype:x", None, ["link-unsafe"]),
        ("", None, []),
    ],
)
@pytest.mark.parametrize("frame", ["<p>{}</p>", "<table><tr><td>{}</td></tr></table>"])
def test_links_in_text_and_in_kept_markup(href, written, said, frame):
    converted = convert(frame.format(f'<a href="{href}">a</a>'), base="/a/b/")
    assert ("<a" in shown(converted)) is (written is not None)
    if written is not None:
        assert f'<a href="{written}">a</a>' in shown(converted)
    assert [rule for rule in rules(converted) if rule != "markup-kept-as-html"] == said


def test_pictures_are_read_on_their_page():
    [block] = convert('<img src="../images/a.png">', base="/a/").stream
    assert block["value"]["image"].path == "/images/a.png"


def test_pictures_elsewhere_become_links():
    converted = convert('<p><img src="https://h.sg/My%20map.png"></p>')
    assert shown(converted) == '<p><a href="https://h.sg/My%20map.png">Picture 1, on h.sg</a></p>'
    assert rules(converted) == ["picture-elsewhere"]
    kept = convert('<my-widget><img src="https://h.sg/a.png" alt="A map"></my-widget>')
    assert '<a href="https://h.sg/a.png">A map</a>' in shown(kept)
    assert rules(kept) == ["picture-elsewhere", "markup-kept-as-html"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ('alt="A map"', "A map"),
        ('alt="O-mwpoYC.png"', "Picture 2, on h.sg"),
        ('alt="image 3"', "Picture 2, on h.sg"),
        ('alt="1" title="The hall"', "The hall"),
    ],
)
@pytest.mark.parametrize(
    "frame", ["<p>{}</p>", "<table><tr><td>{}</td><td>b</td></tr></table>", "<my-b>{}</my-b>"]
)
def test_pictures_elsewhere_are_called_by_what_they_say_or_by_number(frame, given, words):
    tag = '<p><img src="//g.sg/x.png" alt="First"></p>' + frame
    converted = convert(tag.format(f'<img src="https://h.sg/My%20map.png" {given}>'))
    assert f'<a href="https://h.sg/My%20map.png">{words}</a>' in shown(converted)


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("{0}{1}", "<p>{2}</p><p>A caption</p>"),
        ("{1}{0}", "<p>A caption</p><p>{2}</p>"),
    ],
)
def test_the_caption_of_a_picture_elsewhere_stays(figure, expected):
    picture = '<img src="https://h.sg/a.png" alt="A map">'
    body = figure.format(picture, "<figcaption>A caption</figcaption>")
    link = '<a href="https://h.sg/a.png">A map</a>'
    assert shown(convert(f"<figure>{body}</figure>")) == expected.format("", "", link)


def test_a_link_around_picture_and_heading_is_one_link_with_a_name():
    body = '<a href="/x/"><img src="/images/a.png"><div><h6>Sailing</h6></div></a>'
    picture, text = convert(f'<div class="card">{body}</div>').stream
    assert picture["value"]["link"].address == ""
    assert re.findall(r"<a[^>]*>([^<]*)</a>", text["value"].html) == ["Sailing"]
    [alone] = convert('<a href="/x/"><div><img src="/images/a.png" alt="A"></div></a>').stream
    assert alone["value"]["link"].address == "/x/"


def test_a_film_in_a_cell_says_which_it_is():
    player = '"https://www.youtube.com/embed/'
    films = [f'{player}a" title="YouTube video player"', '"/files/a.mp4"']
    films += [f'{player}b" title="The opening"', '"https://maps.sg/m"']
    cells = "".join(f"<td><iframe src={film}></iframe></td>" for film in films)
    found = shown(convert(f"<table><tr>{cells}</tr><tr><td>a</td></tr></table>"))
    words = re.findall(r"<a[^>]*>([^<]*)</a>", found)
    assert words == [
        "Film 1, on www.youtube.com", "Content 2, on this site", "The opening",
        "Content 4, on maps.sg",
    ]  # fmt: skip


LINK = '<p><a href="#k">to it</a></p>'


@pytest.mark.parametrize(
    ("body", "kinds", "expected"),
    [
        ('<h3 id="k">Head</h3>', ["heading"], "<p>Head</p>"),
        ('<h3 id="k">H<sup>2</sup> <a href="/x/">b</a></h3>', ["anchor", "text"],
         '<h3>H<sup>2</sup> <a href="/x/">b</a></h3>'),
        ('<h3><a name="k"></a>Head</h3>', ["heading"], "<p>Head</p>"),
        ('<p id="k">a</p>', ["anchor", "text"], "<p>a</p>"),
        ('<p>a <a id="k">b</a></p>', ["anchor", "text"], "<p>a b</p>"),
        ('<a name="k"></a><p>a</p>', ["anchor", "text"], "<p>a</p>"),
        ('<div id="k"><p>a</p><hr></div>', ["anchor", "text", "divider"], "<p>a</p>"),
        ('<ul><li>a</li><li id="k">b</li></ul>', ["anchor", "text"],
         "<ul><li>a</li><li>b</li></ul>"),
        ('<blockquote><p id="k">a</p></blockquote>', ["anchor", "quote"], "<p>a</p>"),
        ('<my-widget><b id="k">a</b></my-widget>', ["imported_html"], '<b id="k">a</b>'),
    ],
)  # fmt: skip
def test_links_within_the_page_still_lead_somewhere(body, kinds, expected):
    converted = convert(LINK + body)
    assert [block["type"] for block in converted.stream] == ["text", *kinds]
    assert shown(converted) == f"{LINK} {expected}"


def test_ids_without_a_link_make_no_anchor():
    assert [block["type"] for block in convert('<p id="k">a</p>').stream] == ["text"]


def test_ids_of_the_frame_and_with_blanks_are_renamed():
    body = '<a href="#main">a</a> <a href="#b%20c">b</a><h3 id="main">d</h3><h3 id="b c">e</h3>'
    converted = convert(body)
    assert 'href="#text-main"' in shown(converted)
    assert 'href="#b-c"' in shown(converted)
    anchors = [b["value"]["anchor"] for b in converted.stream if b["type"] == "heading"]
    assert anchors == ["text-main", "b-c"]


def test_markdown_headings_have_the_ids_of_the_old_parser():
    body = "[a](#who-can-join) [b](#who-can-join-1)\n\n## Who can join?\n\nx\n\n## Who can *join*"
    anchors = [b["type"] for b in convert(body, "markdown").stream]
    assert anchors == ["text", "heading", "text", "anchor", "text"]


def test_addresses_in_kept_markup_can_be_replaced():
    [block] = convert(
        '<my-widget><a href="/x/">a</a> <a href="/y/">b</a><img src="/images/a.png" alt="">'
        '<iframe src="/files/f.mp4"></iframe></my-widget>'
    ).stream
    html = block["value"]["html"].html
    links = {"/x/": "/new/?a=1&b=2", "/files/f.mp4": "/documents/1/f.mp4"}
    changed = with_addresses(html, links.get, {"/images/a.png": "/media/a.webp"}.get)
    assert '<a href="/new/?a=1&amp;b=2">a</a> <a href="/y/">b</a>' in changed
    assert '<img src="/media/a.webp" alt="">' in changed
    assert 'data-src="/documents/1/f.mp4"' in changed
    assert with_addresses(html, lambda a: None, lambda s: None) == html
    assert "javascript" not in with_addresses(html, lambda a: "javascript:x", lambda s: None)


def test_a_list_of_the_headings_leads_to_them():
    converted = convert("* TOC\n{:toc}\n\n# One\n\n## Two *b*\n\n# One", "markdown")
    kinds = [block["type"] for block in converted.stream if block["type"] != "text"]
    assert kinds == ["heading", "anchor", "heading"]
    links = re.findall(r'href="(.+?)"', shown(converted))
    assert links == ["#one", "#two-b", "#one-1"]


def test_a_footnote_that_nothing_refers_to_is_named():
    converted = convert("text[^1]\n\n[^1]: one\n\n[^2]: Lost *words*.", "markdown")
    assert rules(converted) == ["markup-left-out"]
    assert "Lost words." in converted.messages[0].text
    assert "Lost" not in shown(converted)
