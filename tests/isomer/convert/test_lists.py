"""Lists of any shape keep the numbers that readers saw, whatever they become."""

from __future__ import annotations

from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from content.markup.html_tree import parse
from isomer.verify.compare import compare
from isomer.verify.tokens import Token
from isomer.verify.walk import Walker
from tests.isomer.convert.helpers import convert
from tests.isomer.convert.plain_page import page_of
from tests.isomer.verify.test_things import Plain

LISTS = ("<ol>", "<ol>", "<ul>", '<ol start="3">', "<ol reversed>", '<ol type="a">')
ENTRIES = (
    "<li>",
    "<li>",
    "<li>",
    "<li>",
    '<li value="1">',
    '<li style="list-style-type:none">',
    '<li type="i">',
)
# ``#`` is words, ``&`` a list.
INSIDES = ("#", "#", "<p>#</p>", "#&", "<p>#</p>&", "&", "", "&#", "#&&", "<p>#</p><p>#</p>")
FRAMES = (
    "&",
    "<p>#</p>&&",
    "<details><summary>#</summary>&</details>",
)


@st.composite
def bodies(draw: st.DrawFn) -> str:
    words = count(1)

    def filled(shape: str, depth: int) -> str:
        parts = []
        for sign in shape:
            if sign == "#":
                parts.append(f"w{next(words)}")
            elif sign == "&":
                parts.append(listing(depth) if depth < 4 else f"w{next(words)}")
            else:
                parts.append(sign)
        return "".join(parts)

    def listing(depth: int) -> str:
        opening = draw(st.sampled_from(LISTS))
        entries = [
            draw(st.sampled_from(ENTRIES))
            + filled(draw(st.sampled_from(INSIDES)), depth + 1)
            + "</li>"
            for _ in range(draw(st.integers(1, 3)))
        ]
        return f"{opening}{''.join(entries)}</{opening[1:3]}>"

    return filled(draw(st.sampled_from(FRAMES)), 0)


def tokens(html: str) -> list[Token]:
    walker = Walker(Plain())
    walker.read(list(parse(html).children))
    return walker.finish().tokens


@given(bodies())
@settings(max_examples=60, deadline=None)
def test_each_entry_keeps_its_number(body: str) -> None:
    page = page_of(convert(body).stream)
    assert compare(tokens(body), tokens(page)) == []
