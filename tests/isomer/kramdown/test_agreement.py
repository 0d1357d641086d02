"""Our reader and kramdown make the same of a text."""

from __future__ import annotations

import pytest

from isomer.verify.markdown import Ruby, ruby
from tests.isomer.kramdown.agreement import agreement, cases, ours
from tests.isomer.kramdown.generated import body

# Inputs of kramdown's own tests that differ, and why.
EXPLAINED = {
    "block/06_codeblock/whitespace": "white space that is shown as signs (``.show-whitespaces``)",
}
SAMPLE, WHOLE = 150, 10_000


@pytest.fixture(scope="module")
def judge() -> Ruby:
    running = ruby()
    assert running is not None
    return running


@pytest.mark.shared
def test_the_inputs_of_kramdowns_own_tests() -> None:
    found = {name: agreement(ours(text), html) for name, text, html in cases()}
    assert len(found) > 150
    differing = {name for name, how in found.items() if how != "tree"}
    assert differing == set(EXPLAINED)


@pytest.mark.kramdown
def test_generated_bodies(judge, long_run) -> None:
    """Most are far odder than what people write; nearly all of them are the same tree."""
    total = WHOLE if long_run else SAMPLE
    found = [agreement(ours(body(seed)), judge.html(body(seed)) or "") for seed in range(total)]
    # One in a thousand may differ, and one in the sample.
    assert total - found.count("tree") <= max(1, total // 1000)


# What Python takes for white space, but Ruby does not, and letters beyond ASCII.
SIGNS = ("\xa0", "\u3000", "\u2028", "\x85", "\x1c", "\x1f", "\u200b", "é", "中")
PLACES = (
    "\t@", "    @\n", "a\n\n    @b\n", "    @b\n    @", "{: .a@ .b}\nx", "- @a", "-@a", "1.@a",
    "@- a", "- a\n@\n- b", "> @a", ">@a", "# @a @", "#@a", "a\n@\nb", "@\n\na", "*@a*", "*a@*",
    "**@a**", "_a@_b_", "~~@a~~", "~~a@~~", "[a](@/b@)", "[a](/b@'c')", "[r]:@/x\n\n[r]",
    "[@r]: /x\n\n[@r]", "| @ | a |", "|@-|-|\n|a|b|", "a@|@b", "<b@>x</b>", "<b c=@'d'>x</b@>",
    "<div@>x</div>", "<div>x</div@>\ny", "```@a\nb\n```", "```a@b\nc\n```", "*a*{: .b@}",
    "*a*{: @b='c' .d}", "{: b@='c'}\na", "`@a`", "`a`@`b`", "a  @\nb", "a@  \nb",
    "[^1]\n\n[^1]:@a",
    "a\n:@b", "a\n: @b", "- [ ]@a", "- [@] a", "*[@A]: b\n\n@A A", '"@a@"', "a--@b", "'@'s",
    "$$@a$$",
    "{::comment@}a{:/}", "{:toc@}\n\n# a", "<http://a.b/@c>", "<@a@b.c>", "&@amp;", "^@\n\na",
    "---@", "a\n===@\n", "a\n---@\nb", "# a {#b@}", "<!--@-->a", "\\@a", "@", "a\n\n@",
)  # fmt: skip


@pytest.mark.kramdown
@pytest.mark.parametrize("sign", SIGNS, ids=ascii)
def test_signs_beyond_ascii(judge, sign) -> None:
    texts = [place.replace("@", sign) for place in PLACES]
    differing = [text for text in texts if agreement(ours(text), judge.html(text) or "") != "tree"]
    assert differing == []
