"""What the checker sees in markup of the source and of the page, and what it lets pass."""

from __future__ import annotations

import random
import time

import pytest

from content.markup.html_tree import parse
from isomer.source import DocumentKind, SourceDocument
from isomer.verify.addresses import Names, UnsafeAddressError, path_key
from isomer.verify.body import read_body
from isomer.verify.compare import Difference, compare
from isomer.verify.hidden import read_shown
from isomer.verify.served import ServedWalker
from isomer.verify.source_walk import SourceWalker
from isomer.verify.tokens import RULES, Reading, Token, TokenKind
from isomer.verify.walk import Walker


class NoFiles:
    """Every file below ``/files/`` and ``/images/`` is there, but those called missing."""

    def fetched(self, address: str) -> str:
        return ""

    def at(self, path: str) -> str:
        is_there = path.startswith(("/files/", "/images/")) and "missing" not in path
        return f"file {path_key(path)}" if is_there else ""

    def in_other_case(self, path: str) -> str:
        return ""


NAMES = Names(
    {"/about": "page /about", "/": "page /"}, NoFiles(), frozenset({"www.agency.gov.sg"}), "/here/"
)


class Addresses:
    """Addresses of a served page without a database."""

    def link(self, href: str) -> str:
        return NAMES.link(href)

    def picture(self, source: str) -> str:
        return NAMES.files.at(source)

    def embed(self, address: str) -> str:
        return NAMES.embed(address)


def read(walker: Walker, html: str) -> Reading:
    read_shown(walker, parse(html))
    return walker.finish()


def source(html: str) -> Reading:
    return read(SourceWalker(NAMES), html)


def served(html: str) -> Reading:
    return read(ServedWalker(Addresses()), html)  # type: ignore[arg-type]


def differences(was: str, now: str) -> list[Difference]:
    return compare(source(was).tokens, served(now).tokens)


def unexplained(was: str, now: str) -> list[Difference]:
    return [one for one in differences(was, now) if not one.rule]


EQUAL = [
    ("<p>می\u200cخ a\u200cb</p>", "<p>می\u200cخ ab</p>"),
    ('<p>a <i hidden>b</i><i style="display:none">c</i></p>', "<p>a</p>"),
    ("<p>One <b>two</b>.</p>", "<p>One two.</p>"),
    ("<p>One<br>two</p>", "<p>One</p><p>two</p>"),
    ("<h1>Title</h1>", "<h2>Title</h2>"),
    ("<q>Said</q>", "<p>“Said”</p>"),
    ("<p>a&nbsp;b&#8203;c</p>", "<p>a bc</p>"),
    ('<ol start="3"><li>x</li></ol>', "<ol start=3><li><p>x</p></li></ol>"),
    ('<ol class="lower-roman-list"><li>x</li></ol>', '<ol type="i"><li>x</li></ol>'),
    ('<p><a href="about">x</a></p>', '<p><a href="/here/about">x</a></p>'),
    ('<p><a href="https://www.agency.gov.sg/about/">x</a></p>', '<p><a href="/about">x</a></p>'),
    ('<a href="#">x</a>', "x"),
    ('<a href="/about.html">x</a>', '<a href="/about">x</a>'),
    ('<a href="/about/index.html">x</a>', '<a href="/about">x</a>'),
    (r'<a href="https:\\www.agency.gov.sg\about\">x</a>', '<a href="/about">x</a>'),
    ('<p><a href="/about/"><b>x</b> y</a></p>', '<p><a href="/about/">x y</a></p>'),
    ('<p><a href="#k">x</a></p><h2 id="k">K</h2>', '<a href="#n">x</a><h2 id="n">K</h2>'),
    ("<table><tr><td>alone</td></tr></table>", "<p>alone</p>"),
    ("<p>a</p><style>b {}</style><!-- c --><p></p><h3></h3>", "<p>a</p>"),
    ("<details><p>b</p><summary>a</summary></details>", "<p>a</p><p>b</p>"),
    ('<iframe src="https://youtu.be/abcdefghijk"></iframe>',
     '<iframe data-src="https://www.youtube-nocookie.com/embed/abcdefghijk"></iframe>'),
    ("<p>a</p>", "<p>a<span data-interface>b</span></p>"),
    ('<img src="/images/missing.png" alt="words">', ""),
    ('<table><tr><td><img src="/images/missing.png"><td></table>', "<table><tr><td><td></table>"),
    ("<table><tr><td><td></table>", ""),
    ('<img src="/images/missing.png" alt="words">', "<p>words</p>"),
]  # fmt: skip
# The damage stands beside something that a rule explains.
DIFFERENT = [
    ("<p>می\u200cخ</p>", "<p>میخ</p>"),
    ("<p>a b</p><style>x</style>", "<p>a</p>"),
    ("<p>a</p><p></p><p>b</p>", "<p>b</p><p>a</p>"),
    ("<p>a</p><!-- c --><p>b</p>", "<p>a</p><p>c</p><p>b</p>"),
    ('<img src="/images/missing.png" alt="words"><p>a</p>', "<p>words b</p>"),
    ('<p>a</p><img src="/images/missing.png" alt="words">', "<p>a</p><p>other words</p>"),
    ("<h1>Title</h1>", "<h3>Title</h3>"),
    ("<h2>Title</h2>", "<p>Title</p>"),
    ("<h2>One</h2><h2>two</h2>", "<h2>One two</h2>"),
    ("<p>one two</p>", "<p>onetwo</p>"),
    ("<ol><li>a</li><li></li><li>b</li></ol>", "<ol><li>a</li><li>b</li></ol>"),
    ("<ol><li>a</li></ol>", "<ul><li>a</li></ul>"),
    ('<ol><li value="4">a</li></ol>', "<ol><li>a</li></ol>"),
    ('<a href="/about/">a</a>', '<a href="/other/">a</a>'),
    ('<a href="/about/">a b</a>', '<a href="/about/">a</a> b'),
    ('<a href="/about/#x">a</a>', '<a href="/about/">a</a>'),
    ('<a href="#k">x</a><p id="k">a</p><p>b</p>', '<a href="#k">x</a><p>a</p><p id="k">b</p>'),
    ('<a href="javascript:x()">a</a>', '<a href="/about/">a</a>'),
    ("<table><tr><td>a<td>b</table>", "<table><tr><td>a<tr><td>b</table>"),
    ("<table><tr><td>a<td></table>", "<table><tr><td>a</table>"),
    ("<table><tr><td colspan=2>a<tr><td>b<td>c</table>", "<table><tr><td>a<tr><td>b<td>c</table>"),
    ('<img src="/images/a.png" alt="x">', '<img src="/images/b.png" alt="x">'),
    ('<img src="/images/a.png" alt="x">', '<img src="/images/a.png" alt="y">'),
    ('<a href="/about/"><img src="/images/a.png"></a>', '<img src="/images/a.png" alt="">'),
    ('<iframe src="https://youtu.be/abcdefghijk"></iframe>', ""),
    ("<details><summary>a</summary>b</details>", "<details><summary>b</summary>a</details>"),
    ("<summary>a</summary>", "<h2>a</h2>"),
    ("<p></p>", "<p>added</p>"),
    ('<p>a</p>', '<ul class="card-grid"><li class="cell"><h2>a</h2></li></ul>'),
]  # fmt: skip


@pytest.mark.parametrize(("was", "now"), EQUAL)
def test_what_is_the_same_for_readers_passes(was: str, now: str) -> None:
    assert unexplained(was, now) == []


@pytest.mark.parametrize(("was", "now"), DIFFERENT)
def test_no_rule_hides_a_loss_or_an_addition(was: str, now: str) -> None:
    assert unexplained(was, now)


@pytest.mark.parametrize("variant", ["tiptap", "markdown"])
def test_the_name_of_a_file_says_what_its_body_is_written_in(variant: str) -> None:
    walkers = {}
    for path in ("a.md", "a.html"):
        front, body = {"variant": variant}, "**One** <b>two</b>"
        document = SourceDocument(path, DocumentKind.PAGE, front, body)
        walkers[path] = SourceWalker(NAMES)
        read_body(walkers[path], document)
    words = {path: [one.text for one in walker.tokens] for path, walker in walkers.items()}
    assert words == {"a.md": ["One", "two"], "a.html": ["**One**", "two"]}


def test_what_is_left_out_is_named_by_a_rule() -> None:
    found = source(
        "<!-- c --><style>x</style><p></p><h3></h3><table><tr><td></table><h1>t</h1>"
        '<a href="javascript:x()">l</a><a href="www.a.example">h</a><iframe></iframe>'
        '<img src="/images/missing.png"><img src="https://elsewhere.example/a.png">'
        "<table><tr><td>x</table><table><tr><th>a<td><table><tr><td>y</table></table>"
    )
    assert {one.rule for one in found.explained} == {
        "comment", "unseen-element", "empty-paragraph", "empty-heading", "empty-table",
        "heading-of-first-level", "unsafe-address", "scheme-added", "embed-without-address",
        "picture-missing", "picture-elsewhere", "table-for-layout", "table-in-cell",
    }  # fmt: skip


HIDDEN = "<p>a</p><div style='visibility: hidden'><p>A <b>tender</b></p></div><ol hidden><li>b</ol>"


def test_what_was_hidden_is_named_and_noticed_where_it_shows() -> None:
    explained = [(one.rule, one.text) for one in source(HIDDEN).explained]
    hidden = [("hidden-element", "A tender"), ("hidden-element", "b")]
    assert [one for one in explained if one[0] == "hidden-element"] == hidden
    assert unexplained(HIDDEN, "<p>a</p>") == []
    shown = HIDDEN.replace("visibility: hidden", "")
    assert [(one.kind, one.now) for one in unexplained(HIDDEN, shown)] == [("added", "A tender")]
    assert [one.kind for one in unexplained(shown, HIDDEN)] == ["lost"]


@pytest.mark.parametrize("value", ["inherit", "unset"])
def test_what_takes_its_visibility_from_around_it_is_hidden_too(value: str) -> None:
    html = f"<p>a <i style='visibility:hidden'>b<b style='visibility:{value}'>c</b></i> d</p>"
    assert unexplained(html, "<p>a d</p>") == []


def test_every_rule_has_a_sentence() -> None:
    assert all(rule.sentence.endswith(".") for rule in RULES.values())


@pytest.mark.parametrize("level", ["3", "2"])
def test_a_card_may_have_its_link_on_other_words_but_no_other_link(level: str) -> None:
    was = f'<a href="/about/"><h{level}>Title</h{level}><p>words</p></a>'
    card = '<ul class="card-grid"><li class="cell"><h3><a class="cover" href="{}">Title</a></h3>'
    assert unexplained(was, card.format("/about/") + "<p>words</p></li></ul>") == []
    assert unexplained(was, card.format("/other/") + "<p>words</p></li></ul>")
    assert unexplained(was, card.format("/about/") + "</li></ul>")


def test_a_difference_is_told_in_words() -> None:
    [found] = differences("<p>One two three four.</p>", "<p>One two four.</p>")
    assert (found.kind, found.before, found.was, found.now) == ("lost", "One two", "three", "")


@pytest.mark.parametrize("address", ["javascript:x", "http://", "http://a b/", "sms:1", "http://["])
def test_addresses_that_no_browser_may_follow(address: str) -> None:
    with pytest.raises(UnsafeAddressError):
        NAMES.link(address)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/about/?a=1#b", "page /about?a=1#b"),
        ("//www.agency.gov.sg/about", "page /about"),
        ("../about", "page /about"),
        ("/files/a%20b.pdf", "file /files/a b.pdf"),
        ("/unknown//x/", "/unknown/x"),
        ("mailto: a@b.example ?subject=x%20y", "mailto:a@b.example?subject=xy"),
        ("https://Elsewhere.example/a%20b", "https://elsewhere.example/a b"),
        ("", ""),
    ],
)
def test_names_of_addresses(address: str, name: str) -> None:
    assert NAMES.link(address) == name


def test_words_of_a_missing_picture_are_not_taken_for_others() -> None:
    was = '<img src="/images/missing.png" alt="A map"><p><a href="/about/">A</a> form</p>'
    assert unexplained(was, '<p><a href="/about/">A</a> form</p>') == []
    assert unexplained(was, '<p>A map</p><p><a href="/about/">A</a> form</p>') == []
    assert unexplained(was, "<p>A form</p>")


def test_a_place_may_move_to_the_beginning_of_its_text_only() -> None:
    was = '<a href="#k">x</a><h2>H</h2><p>one</p><p id="k">two</p><p>three</p>'
    now = '<a href="#k">x</a>{}<h2>H</h2>{}<p>one</p><p>two</p>{}<p>three</p>'
    place = '<span id="k"></span>'
    assert unexplained(was, now.format("", place, "")) == []
    assert unexplained(was, now.format("", "", place))
    assert unexplained(was, now.format(place, "", ""))


def test_a_film_of_old_markup_is_an_embed() -> None:
    was = '<object><param name="movie" value="/files/a.mp4"></object>'
    assert unexplained(was, '<video src="/files/a.mp4"></video>') == []
    assert unexplained(was, "")


def test_a_lost_link_is_named_once() -> None:
    was = '<p>a <a href="/x">one two three</a> <a href="/y">four</a> b</p>'
    [one, other] = unexplained(was, "<p>a one two three four b</p>")
    assert (one.was, one.now) == ("one two three → /x", "one two three → nowhere")
    assert other.was == "four → /y"


def test_long_texts_that_differ_in_many_places_are_lined_up_in_a_moment() -> None:
    chance = random.Random(1)
    words = [f"w{number}" for number in range(3000)] + ["the", "of", "and"] * 1000
    was = [Token(TokenKind.WORD, chance.choice(words)) for _ in range(5000)]
    now = [
        Token(TokenKind.WORD, f"{one.text}x") if n % 20 == 9 else one for n, one in enumerate(was)
    ]
    begun = time.process_time()
    assert len(compare(was, now)) == 250
    # Every “the” was tried against every other: seven seconds.
    assert time.process_time() - begun < 2
