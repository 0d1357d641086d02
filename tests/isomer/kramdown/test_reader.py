"""What each construct becomes, spelt out; these hold without kramdown beside them."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable

import pytest

from isomer import kramdown

SPELT_OUT = {
    "![a [b](c)](d)": '<p><img src="d" alt="a [b](c)"></p>',
    "A*STAR x\n\n*[A*STAR]: Agency": '<p><abbr title="Agency">A*STAR</abbr> x</p>',
    # Paragraphs and headings.
    "a\nb\n\nc": "<p>a\nb</p><p>c</p>",
    "a  \nb\\\nc": "<p>a<br>\nb<br>\nc</p>",
    "#Title\ntext": "<p>#Title\ntext</p>",
    "# Title #\ntext": '<h1 id="title">Title</h1><p>text</p>',
    "Title\n---\n# A *b*, c! {#own}": '<h2 id="title">Title</h2><h1 id="own">A <em>b</em>, c!</h1>',
    "# a\n# a": '<h1 id="a">a</h1><h1 id="a-1">a</h1>',
    "a\n* * *\nb": "<p>a</p><hr><p>b</p>",
    # Code and quotes.
    "    a\nlazy\n\n\tb": "<pre><code>a lazy\n\nb\n</code></pre>",
    "a\n``` ruby\n<b>\n```\nc": (
        '<p>a</p><pre><code class="language-ruby">&lt;b&gt;\n</code></pre><p>c</p>'
    ),
    "> a\nb\n> - c\n\nd": "<blockquote><p>a\nb</p><ul><li>c</li></ul></blockquote><p>d</p>",
    # Lists.
    "p\n- a\n- b\n\n- c": "<p>p</p><ul><li>a</li><li><p>b</p></li><li>c</li></ul>",
    "1. a\n\n   b\n2. c": "<ol><li><p>a</p><p>b</p></li><li><p>c</p></li></ol>",
    "- a\n  - b\nlazy\n\nc": "<ul><li>a\n<ul><li>b\nlazy</li></ul></li></ul><p>c</p>",
    "- a\n1. b": "<ul><li>a\n<ol><li>b</li></ol></li></ul>",
    "- a\n^\n- b": "<ul><li>a</li></ul><ul><li>b</li></ul>",
    "- [x] a": (
        '<ul class="task-list"><li class="task-list-item"><input type="checkbox" '
        'class="task-list-item-checkbox" disabled="disabled" checked="checked">a</li></ul>'
    ),
    # The box is something that a tick stands after, so that it begins code.
    "- [ ] ` `": (
        '<ul class="task-list"><li class="task-list-item"><input type="checkbox" '
        'class="task-list-item-checkbox" disabled="disabled"><code> </code></li></ul>'
    ),
    "- [ ] {:.k}a": (
        '<ul class="task-list"><li class="task-list-item"><input type="checkbox" '
        'class="task-list-item-checkbox k" disabled="disabled">a</li></ul>'
    ),
    "a\n: b\n\n: c": "<dl><dt>a</dt><dd>b</dd><dd><p>c</p></dd></dl>",
    # Tables.
    "a|`b|c`\nd": "<p>a|<code>b|c</code>\nd</p>",
    "|a|b\n|-|-:\n|c": (
        '<table><thead><tr><th>a</th><th style="text-align: right">b</th></tr></thead>'
        '<tbody><tr><td>c</td><td style="text-align: right">\u00a0</td></tr></tbody></table>'
    ),
    # Attributes.
    '{:start="7"}\n7. a': '<ol start="7"><li>a</li></ol>',
    "t\n{: #k .wide}": '<p id="k" class="wide">t</p>',
    "{:x: .y}\n\n*a*{:x}b{:x}": '<p><em class="y">a</em>b{:x}</p>',
    "- {:.x} a": '<ul><li class="x">a</li></ul>',
    # Links and pictures.
    '[a](/b c "t") [d](e(f)g)': '<p><a href="/b c" title="t">a</a> <a href="e(f)g">d</a></p>',
    "[a], [b][a], [c]\n\n[A]: /x 't'": (
        '<p><a href="/x" title="t">a</a>, <a href="/x" title="t">b</a>, [c]</p>'
    ),
    "![a *b*](/c.png) <a@b.sg>": (
        '<p><img src="/c.png" alt="a *b*"> <a href="mailto:a@b.sg">a@b.sg</a></p>'
    ),
    # Emphasis and the like.
    "**a *b** c* ~~d~~ e_f_g": "<p><em>*a *b** c</em> <del>d</del> e_f_g</p>",
    "***a*** `` `b` `` \\*c\\*": "<p><strong><em>a</em></strong> <code>`b`</code> *c*</p>",
    "\"it's\" 'a' -- b --- c... <<d>>": "<p>“it’s” ‘a’ – b — c… «d»</p>",
    "&copy; &foo; a & b $$x$$": "<p>© &amp;foo; a &amp; b \\(x\\)</p>",
    # HTML.
    "<div>\n*a*\n</div>\n*b*": "<div>\n*a*\n</div><p><em>b</em></p>",
    '<div markdown="1">\n*a*\n</div>': "<div><p><em>a</em></p></div>",
    "<b>*a*</b> </i> <div>": "<p><b><em>a</em></b> &lt;/i&gt; &lt;div&gt;</p>",
    "<p>a<p>b</p>": "<p>a<p>b</p></p>",
    # Footnotes, abbreviations, extensions.
    "a[^1]\n\n[^1]: b\n\n*[a]: c": (
        '<p><abbr title="c">a</abbr><sup role="doc-noteref" id="fnref:1"><a href="#fn:1" '
        'class="footnote" rel="footnote">1</a></sup></p><div class="footnotes" '
        'role="doc-endnotes"><ol><li id="fn:1" role="doc-endnote"><p>b\u00a0<a href="#fnref:1" '
        'class="reversefootnote" role="doc-backlink">↩</a></p></li></ol></div>'
    ),
    "{::comment}\na\n{:/}\nb {::nomarkdown}*c*{:/}": "<!-- a --><p>b *c*</p>",
    '{::options auto_ids="false" /}\n# a': "<h1>a</h1>",
    "* x\n{:toc}\n\n# a\n## b": (
        '<ul id="markdown-toc"><li><a href="#a" id="markdown-toc-a">a</a><ul><li><a href="#b" '
        'id="markdown-toc-b">b</a></li></ul></li></ul><h1 id="a">a</h1><h2 id="b">b</h2>'
    ),
    # Kinds of text that generated bodies showed to differ.
    "$$x$$\n{:.m}\n\na $$x$${:.m}": (
        '<div class="m">\\[x\\]</div><p>a <span class="m">$x$</span></p>'
    ),
    "x <o><b>*a* &copy;</b> <p></o>": "<p>x <o><b>*a* ©</b> &lt;p&gt;</o></p>",
    '<i n="a"b"> ': "<p>&lt;i n=”a”b”&gt;</p>",
    "{:.b}\n|a\nx": "<p>|a\nx</p>",
    "|` |`\n|{::options /}|": (
        "<table><tbody><tr><td>` |`</td></tr><tr><td>\u00a0</td></tr></tbody></table>"
    ),
    "''a &x;\"b": "<p>'’a &amp;x;“b</p>",
    '<div markdown="1"># `a` <i>b</i> *c*\n</div>\n\n# A b c': (
        '<div><h1 id="a-b-c"><code>a</code> <i>b</i> <em>c</em></h1></div>'
        '<h1 id="a-b-c">A b c</h1>'
    ),
    "*[A]: b\n\n<p>A</p>\n\n$$A$$": "<p>A</p>\n\\[A\\]",
    "a\n: <hr>\n: b": "<dl><dt>a</dt><dd><hr></dd><dd>b</dd></dl>",
    "*~~*a*~~*": "<p><em><del><em>a</em></del></em></p>",
    "|`a\\|b`|<kbd>``c`d``</kbd>": (
        "<table><tbody><tr><td><code>a\\|b</code></td><td><kbd>`` c`d ``</kbd></td></tr></tbody>"
        "</table>"
    ),
    "{: .b |}": "<table><tbody><tr><td>{: .b</td><td>}</td></tr></tbody></table>",
    "''... [\"\"é": "<p>'’… [\"”é</p>",
    '[a](/b?c=d&amp;e "f &lt; g") <http://a.b/?c&amp;d>': (
        '<p><a href="/b?c=d&amp;e" title="f &lt; g">a</a> '
        '<a href="http://a.b/?c&amp;d">http://a.b/?c&amp;d</a></p>'
    ),
    '*a*{: title="b &amp; c"}': '<p><em title="b &amp; c">a</em></p>',
    "`````\na\n````": '<pre><code class="language-`">a\n</code></pre>',
}  # fmt: skip
_GAP = re.compile(r"(?<=>)\n(?=<)|\n(?=</(?:li|dd)>)|\n\Z")


def html_of(body: str) -> str:
    return _GAP.sub("", kramdown.to_html(kramdown.read(body).nodes))


@pytest.mark.parametrize("body", SPELT_OUT)
def test_spelt_out(body: str) -> None:
    assert html_of(body) == _GAP.sub("", SPELT_OUT[body])


def test_notes_that_nothing_refers_to_are_told() -> None:
    reading = kramdown.read("a[^1]\n\n[^1]: b\n[^2]: c *d*")
    assert reading.unused_notes == ["c d"]


@pytest.mark.parametrize(
    "unit",
    [
        "> ", "- ", "<div>", "<b>", "1. ", '<div markdown="1">\n', "<div markdown='1'>> ",
        "<ul markdown='1'>\n- ", '<b markdown="1">', "[^1]: ",
    ],
)  # fmt: skip
def test_depth_is_bounded(unit: str) -> None:
    with pytest.raises(kramdown.TooDeepError):
        kramdown.read(unit * 5000 + "a")


@pytest.mark.parametrize("unit", ["<i>[</i>", "<i>[[</i>", "[<i>[</i>", "<b><i>[</i>]</b>["])
@pytest.mark.parametrize("end", ["]", "](/x/)"])
def test_brackets_in_elements_take_time_that_grows_with_their_number(unit: str, end: str) -> None:
    def seconds(times: int) -> float:
        start = time.process_time()
        kramdown.read(unit * times + end)
        return time.process_time() - start

    # Eight times as many; 64 times the time would be the square.
    assert min(seconds(1600) for _ in range(2)) < 20 * min(seconds(200) for _ in range(3))


GROWING: dict[str, Callable[[int], str]] = {
    "names that name each other": lambda n: (
        "".join(f"{{:a{number}: a{number + 1} a{number + 1}}}\n" for number in range(n))
        + "x\n{:a0}\n"
    ),
    "blanks in a definition": lambda n: "[a]: b" + " " * n + "c\n",
    "blanks in a heading": lambda n: "# a" + " " * n + "b\n",
    "blanks before marks of a heading": lambda n: "# a" + " " * n + "#b\n",
    "extensions without an end": lambda n: "{::options a " * n + "}\n",
    "extensions without an end in a text": lambda n: "x " + "{::comment a " * n + "}\n",
    "fences of different lengths": lambda n: "````x\n\n" * n,
}


@pytest.mark.parametrize("name", GROWING)
def test_what_was_read_again_for_each_beginning_is_read_once(name: str) -> None:
    text = GROWING[name](20_000)
    started = time.process_time()
    kramdown.read(text)
    assert time.process_time() - started < 5


def test_marks_without_an_end_in_elements_are_not_read_again_for_each() -> None:
    marks = ("*a ", "**", "_b ", "__ ", "<b>", "</b>", "<i>", "</i>", "~~", "`", "x")
    source = random.Random(1)
    text = "".join(source.choice(marks) for _ in range(4000))
    started = time.process_time()
    kramdown.read(text)
    assert time.process_time() - started < 1


def test_a_mark_with_an_end_is_found_after_thousands_without_one() -> None:
    assert "<strong>b</strong>" in html_of("_a " * 20_000 + "**b**")


def test_lists_of_attributes_that_name_each_other_are_given_once() -> None:
    text = "{:a: .one b}\n{:b: .two a}\n\nx\n{:a}\n"
    assert html_of(text) == '<p class="two one">x</p>'
