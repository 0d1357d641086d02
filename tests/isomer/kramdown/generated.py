"""Bodies made up of all constructs of the grammar, at random but the same for one seed."""

from __future__ import annotations

import random

INLINE = (
    "word", "two words", "*em*", "**bold**", "_x_", "__y__", "***b***", "`code`", "``a`b``",
    "[link](/a)", '[l](/a "t")', "[l][r]", "[r]", "[a b](</x y>)", "![alt](/i.png)", "![a][r]",
    "<http://x.sg>", "<a@b.sg>", "https://x.sg/a_b", '"q"', "'s'", "it's", "--", "---", "...",
    "<<a>>", "~~del~~", "\\*", "\\_", "a\\", "&amp;", "&copy;", "&foo;", "&", "<", "<b>", "</b>",
    "<b>x</b>", "<i>*y*</i>", "<br>", "<br/>", '<span class="c">s</span>', "<div>", "</div>",
    '<a href="/x">t</a>', "<u>*z*</u>", "{:.k}", "{: #i}", "{:x}", "*a*{:.c}",
    '[l](/u){:target="_blank"}', "x_y_z", "2*3*4", "* ", "_", "**", "*", "`", "[", "]", "(", ")",
    "!", "[^1]", "[^2]", "$$m$$", "|", "a|b", "é", "HTML", "(c)", "“q”", "  \n", "\\\n",
    "{::comment}c{:/comment}", "{::nomarkdown}n{:/}", "<!-- c -->", "<font size=2>f</font>",
    '<img src="x.png">', "<img src=x.png>", ".", "'", '"', "#", "-", "1.", "~~", "\\[", "\\]",
    "[x](y (z))", "[x](a b)", "<o:p></o:p>", "<em>e</em>", "\t", "80's", "'90s", "«",
    "<kbd>*k*</kbd>", ">", "[a [b] c](d)", "![a [b]](c)", "[a](b", "a](b)", "`a", "*a _b* c_",
    "&#8217;", "&nbsp;",
    # Links and pictures with all kinds of addresses and titles.
    '[t](/u "a \\"b\\" c")', "[t](/u 'x')", "[t](<a b> 'x')", "[t][]", "[t] [r]", "[T\nt][R s]",
    "![i](/p.png 'T')", "[t]()", "[t](/u 'it's')", "[*a* `b]`](/c)", "[t](/a?b=c&d=e)", "[r s]",
    "[![i](/p.png)](/l)", "[a](/b) [c](/d)", "<ftp://a.b/c?d=e&f>", "<mailto:a@b.c>", "<a:b>",
    "[<b>x</b>](/y)", "[t](/a(b)c)", "[t](/a\\)b)", "[\"q\"](/u)", "[t]: /u", "[a|b](/c)",
    # Attributes.
    '**a**{: .b #c d="e"}', "`c`{: .x}", "{: .x .y}", '![i](/p.png){: width="10"}', "<b>x</b>{:.b}",
    "[t](/u){:x}", "_a_{:.b}{:.c}", '*a*{: title="x \\"y\\""}', "*a* {:.b}",
    "{::options a=\"b\" /}",
    # Emphasis in emphasis.
    "_a **b** c_", "**a _b_ c**", "*a **b***", "***a** b*", "a__b__", "a*b*c", "~~a *b* c~~", "~a~",
    "*a\nb*", "**a*b**c*", "__a _b_ c__", "* a*", "*a *", "**a`b**`", "*a [b*](c)", "_a_.", "(*a*)",
    # Code, mathematics, references and line breaks.
    "`a|b`", "`` `|` ``", "<code>a|b</code>", "`<b>`", "`a\nb`", "` a `", "$$a|b$$", "\\$$x$$",
    "$x$",
    "&#169;", "&#x41;", "&lt;b&gt;", "&amp;lt;", "&#xZ;", "&nbsp", "\\|", "a  \nb", "a\\\\\nb",
    "\\\\",
    # Typographic signs.
    "\"a 'b' c\"", "'a \"b\" c'", '"*a*"', '("a")', "a -- b", "a---b", "....", "x<<y>>", "''",
    "'tis",
    "a'b'c", '"a."', "5'6\"", "---a", "<< a >>", "\\--", "\\...", "\\\"a\\\"", "a-", "[\"a\"]",
    # HTML.
    "<!-- a\nb -->", "<b\nclass='x'>y</b>", "<b markdown=\"0\">*y*</b>", "<sup>1</sup>", "<i/>",
    "<a name='x'></a>", "<img src='a' alt=\"*b*\" />", "<b>\"q\" -- x</b>", "<b><i>x</b></i>",
    "<p>",
    "<script>a*b*c</script>", "<abbr title='x'>HTML</abbr>", "<br>\n", "<del>*a*</del>", "< b>",
    "a<b and c>d", "<span markdown='1'>*a*</span>", "<input disabled>", "</p>", "<hr>",
    # What is defined elsewhere.
    "CSS 3", "HTML.", "xHTML", "HTMLs", "[^1]{:.n}", "[^n a]", "[^3].", "[^2][^2]", "C++",
)  # fmt: skip
PLAIN = (
    "word", "two words here", "*em* text", "a **b** c", "text with `code`", "[l](/a)",
    'it\'s "q"', "# no", "1990", "<b>x</b>",
)  # fmt: skip
MARKERS = (
    "- ", "* ", "+ ", "1. ", "2. ", "10. ", "-   ", "*  ", "1.  ", "-\t", "  - ", "   1. ",
    " * ", "- [ ] ", "- [x] ",
)  # fmt: skip
RULES = (
    "---", "***", "* * *", "___", " - - -", "----", "**", "- -",
)  # fmt: skip
BLOCKS = (
    '[r]: /ref "T"', "[r]: <x y>", "[^1]: note", "[^1]: note\n    more\n\n    para",
    "[^2]: - a\n    - b", "*[HTML]: Hyper", "{:.b}", "{: #bid .c}", '{:x: .ald k="v"}', "{:x}",
    "^", "{:toc}", "{::comment}\nhidden\n{:/comment}", "{::nomarkdown}\n<i>*raw*</i>\n{:/}",
    '{::options auto_ids="false" /}', "<!-- comment -->", "<!-- a\n\nb --> c", "$$\nx\n$$",
    "{:.u}{:.v}", "* x\n{:toc}", "</div>", "<br>", "<br />text", "<hr>", "{: .z} text",
    '{:start="3"}\n3. a', "[r s]: /rs 'it'", "[T t]: /tt\n  \"next line\"", "[r]: /r\n{:.def}",
    "*[CSS 3]: Style\n*[C++]: plus", "*[HTML]:", "*[HTML]: H\n{:.abbr}", "[^2]:\n    a\n\n    b",
    "[^3]: a\n\n    > b\n\n        code\n\n    1. c\n    2. d", "[^1]: a[^2]\nlazy", "[^3]: |a|b|",
    "[^2]: # a\n{:.note}", "^\n^", "a\n^\nb", "- a\n^\n- b", "> a\n^\n> b", "    a\n^\n    b",
    "{:x: #y}\n{:y: x}", "{:.a}\n\nb", "a\n{:.b}\nc", "- a\n{:.b}\n- c", "> a\n{:.b}", "|a|\n{:.b}",
    "# h\n{:.b #c}", "    code\n{: .language-ruby}", "~~~\na\n~~~\n{: .language-x}", "{:.b}\n# h",
    "a\n: b\n{:.c}", "{:x}\n- a", "***\n{:.r}", "<div>a</div>\n{:.b}", "{::comment}a{:/comment}",
    "{::nomarkdown}\n<b>\n{:/nomarkdown}",
    "{::options parse_block_html=\"true\" /}\n<div>*a*</div>",
    "{::options toc_levels=\"2\" /}", "{::comment /}", "{::nomarkdown type=\"latex\"}\nx\n{:/}",
    "{::unknown}\nx\n{:/}", "{:footnotes}",
    "1. x\n{:toc #t}\n\n# a\n\n## b *c*\n\n### d\n{:.no_toc}",
    "```ruby\na\n```\nb", "a\n```\nb\n```", "- ```\n  a\n  ```", "> ```\n> a\n> ```",
    "~~~ a\n```\n~~~",
    "- [ ] a\n- [x] b\n  - [ ] c", "1. [x] a\n2. b", "- [x]\n- [ ]a", "$$\na\n\nb\n$$", "a\n$$x$$",
    "$$ a $$\n{:.b}", "<div markdown=\"1\">\n# a\n\n- b\n\n</div>", "a  \n\nb\\\n\nc",
    "<table markdown=\"1\"><tr><td>*a*</td></tr></table>", "<p markdown=\"1\">*a*\n\nb</p>",
    "<div markdown=\"block\"><div>*a*</div>\n\n*b*\n</div>",
    "<ul markdown=\"1\">\n<li>*a*</li>\n</ul>",
    "<div>\n\n*a*\n\n<p>b</p>\n</div>", "<pre>\n*a*\n\n</pre>\nb", "<script>\na\n\nb\n</script>",
    "<div markdown=\"1\">\na\n{:.b}\n\n| c |\n</div>",
    "<details markdown=\"1\"><summary>a</summary>\n\nb\n</details>",
    "<!-- a -->\n{:.b}", "<b>\n\na</b>", "</p>a", "<p>a\n\nb</p>", "<img src='a'>\nb",
    "<iframe src='a'></iframe>",
    "| a | b |\n|:--|--:|\n| `c|d` | e \\| f |\n|---\n| g |\n|===\n| h | i |",
    "a | b\n--|--\nc | d",
    "|a|\n|-|\n|-|\n|b|", "| [a|b](/c) | *d|e* |", "|-\n|a|", "| a |\nb", "x\n| a |",
    "|:-:|\n|a|", "a|b\n\n|c|",
    "| <b>a|b</b> | c |", "| ``a|`` | b", "||a|", "|a| |b|", "| a |\n{:.t}", "- | a |\n  | b |",
    "> | a |",
)  # fmt: skip
TAGS = (
    "div", "p", "table", "ul", "details", "section", "center", "font", "h2", "blockquote", "pre",
    "foo", "b", "span", "hr", "br", "td",
)  # fmt: skip
ATTRIBUTES = (
    "", ' class="x"', ' markdown="1"', " id='y'", " hidden", " class=x", ' markdown="span"', "/",
    ' style="a:b" ',
)  # fmt: skip
GAPS = ("\n\n", "\n\n", "\n\n", "\n", "\n", "\n\n\n", "\n \n")
DEEPEST = 3


def body(seed: int) -> str:
    """Return the body of a seed."""
    return _Generator(random.Random(seed)).blocks(0, 5)


class _Generator:
    def __init__(self, source: random.Random) -> None:
        self.random = source
        self.one = source.choice

    def blocks(self, depth: int, most: int) -> str:
        parts: list[str] = []
        for _ in range(self.random.randint(1, most)):
            parts += [self._block(depth), self.one(GAPS)]
        return "".join(parts[:-1])

    def _block(self, depth: int) -> str:
        flat = (self._text, self._text, self._heading, self._rule, self._underlined, self._odd)
        nested = (self._list, self._list, self._list, self._quote, self._definitions, self._html)
        other = (self._code, self._fenced, self._table)
        if depth > DEEPEST:
            return self.one(flat)(depth)
        return self.one((*flat, *nested, *other))(depth)

    def _text(self, depth: int, most: int = 6) -> str:
        parts: list[str] = []
        for _ in range(self.random.randint(1, most)):
            parts += [self.one(INLINE), self.one((" ", " ", " ", "", "", " ", "\n"))]
        return "".join(parts).strip("\n") or "x"

    def _line(self) -> str:
        if self.random.random() < 0.5:
            return self.one(PLAIN)
        return self._text(0, 5).replace("\n", " ")

    def _heading(self, depth: int) -> str:
        marks = "#" * self.random.randint(1, 7) + self.one((" ", "  ", ""))
        return marks + self._line() + self.one(("", " #", " {#id}", " ##", "  "))

    def _underlined(self, depth: int) -> str:
        return f"{self._line()}\n{self.one(('---', '===', '-', '=', '--- ', '- - -'))}"

    def _rule(self, depth: int) -> str:
        return self.one(RULES)

    def _odd(self, depth: int) -> str:
        return self.one(BLOCKS)

    def _list(self, depth: int) -> str:
        marker = self.one(MARKERS)
        entries = []
        for _ in range(self.random.randint(1, 4)):
            own = marker if self.random.random() < 0.9 else self.one(MARKERS)
            width = len(own) if self.random.random() < 0.8 else self.random.randint(1, 5)
            text = self._line() if self.random.random() < 0.5 else self.blocks(depth + 1, 2)
            if self.random.random() < 0.1:
                text = f"{{:.li}} {text}"
            indent = "" if self.random.random() < 0.12 else " " * width
            first, *rest = text.split("\n")
            lines = [own + first, *(indent + line if line else line for line in rest)]
            entries.append("\n".join(lines) + ("\n" if self.random.random() < 0.25 else ""))
        return "\n".join(entries)

    def _quote(self, depth: int) -> str:
        lines = self.blocks(depth + 1, 2).split("\n")
        marks = ("> ", ">", "> ", "> ", "> ", "")
        return "\n".join((self.one(marks) if n else "> ") + line for n, line in enumerate(lines))

    def _definitions(self, depth: int) -> str:
        text = self.one(("term", "a\nb", self._line())) + self.one(("\n", "\n\n", "\n"))
        entries = []
        for _ in range(self.random.randint(1, 3)):
            inner = self._line()
            if self.random.random() < 0.4:
                inner = self.blocks(depth + 1, 1).replace("\n", "\n  ")
            entries.append(self.one((": ", ":   ", " : ", ":")) + inner)
        return text + "\n".join(entries)

    def _code(self, depth: int) -> str:
        indent = self.one(("    ", "\t", "     ", "   "))
        text = self.one(("code", "code\n\nmore", "a < b", "code\n  x"))
        return "\n".join(indent + line if line else line for line in text.split("\n"))

    def _fenced(self, depth: int) -> str:
        fence = self.one(("```", "~~~", "````"))
        name = self.one(("", "ruby", " js", "a b", "  "))
        text = self.one(("code", "a\n\nb", "- x", "<b>", "# h", ""))
        closing = self.one((fence, fence, fence + "`", fence[:-1], "", f"  {fence}"))
        return f"{fence}{name}\n{text}\n{closing}"

    def _table(self, depth: int) -> str:
        width = self.random.randint(1, 3)
        rows = []
        for _ in range(self.random.randint(1, 4)):
            cells = width if self.random.random() < 0.8 else self.random.randint(1, 4)
            text = " | ".join(self._line() for _ in range(cells))
            rows.append(self.one(("| ", "|", "")) + text + self.one((" |", "|", "")))
            if self.random.random() < 0.35:
                rules = ("|---|---|", "|-|-|", "--|--", "|:--|--:|", "|===|", "| --- |", "|:-:|:-|")
                rows.append(self.one(rules))
        return "\n".join(rows)

    def _html(self, depth: int) -> str:
        name = self.one(TAGS)
        inner = self.one(
            (
                self._text(depth), self.blocks(depth + 1, 2), f"\n{self.blocks(depth + 1, 2)}\n",
                "", "<b>x</b>", "<p>y</p>", "<tr><td>a</td></tr>", "<li>a</li>",
            )
        )  # fmt: skip
        ends = (f"</{name}>", f"</{name}>", f"</{name}>", "", "</div>", f"</{name.upper()}>")
        after = self.one(("", "", " ", self._text(depth)))
        tag = f"<{name}{self.one(ATTRIBUTES)}>"
        return self.one(("", "", " ", "   ")) + tag + inner + self.one(ends) + after
