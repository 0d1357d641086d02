"""Random values of any block, by the table of shapes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from content.sanitise import sanitise
from content.tables import clean_written_table
from isomer.convert.richtext import TextItem, write_rich_text
from isomer.convert.runs import Anchor, Run
from isomer.convert.shapes import (
    BODY_SHAPES,
    RECIPE_SHAPES,
    Choice,
    Kind,
    Many,
    Shape,
    Stream,
    Struct,
)
from isomer.convert.values import Block, ImportedHtml, LinkTo, PictureOf, RichText

# What trips up writers of HTML, of YAML and of Jekyll's templates.
PIECES = (
    "a", "b c", "Word", "  ", " ", "\xa0", "<b>", "</div>", "&", "&amp;", "{{ x }}", "{% raw %}",
    "{", "'", '"', "---", "# x", "* x", "1. x", "<", "|", "§", "中文", "😀", "[x](y)", "{:toc}",
    "\\",
)  # fmt: skip
ADDRESSES = (
    "/x/", "/a b/", "https://e.org/?a=1&b=2", "mailto:a@b.sg", "tel:+65 1", "#one", "#two",
    "/files/a (1).pdf", "https://www.youtube.com/embed/x",
)  # fmt: skip
PATHS = ("/images/a b.png", "/images/å&b'(1).png", "/images/x.svg")
MARKUP = (
    "<p>kept</p>", "<dl><dt>a</dt><dd>b</dd></dl>",
    '<div><iframe src="https://e.org"></iframe></div>',
    "<details><summary>s</summary><p>x</p></details>", '<p id="one">x</p>', "a {{ b }}",
    '<img src="/images/x.svg" alt="x">', "<ul><li>a</li></ul>",
    "<table><tr><td>a</td></tr></table>",
)  # fmt: skip
CELLS = ("", "a", "<p>a</p><p>b</p>", '<a href="/x/">x</a>', "<ul><li>a</li></ul>", "{{ x }}",
         '<img src="/images/x.svg" alt="x" data-format="half">', "<b>b</b> c",
         '<img src="/images/x.svg" alt="" data-decorative="true">',
         "<h3>h</h3>")  # fmt: skip
STYLES = ("BOLD", "CODE", "ITALIC", "STRIKETHROUGH", "SUBSCRIPT", "SUPERSCRIPT", "UNDERLINE")

lines = st.lists(st.sampled_from(PIECES), max_size=4).map("".join)
words = lines.map(str.strip)
addresses = st.one_of(st.just(""), st.sampled_from(ADDRESSES))


def _run(draw: Any) -> Run:
    link = draw(st.one_of(st.none(), st.sampled_from(ADDRESSES)))
    text = draw(lines) + draw(st.sampled_from(("", "\n", "x")))
    return Run(
        text, draw(st.frozensets(st.sampled_from(STYLES), max_size=2)), link and Anchor(link)
    )


@st.composite
def rich_texts(draw: Any) -> RichText:
    """Rich text in the editor's form, also such as no import would bring."""
    items: list[TextItem] = []
    for _ in range(draw(st.integers(0, 3))):
        tag = draw(st.sampled_from(("p", "p", "h2", "h6", "ul", "ol")))
        runs = tuple(_run(draw) for _ in range(draw(st.integers(0, 2))))
        depth = draw(st.integers(0, 1)) if tag in ("ul", "ol") and items else 0
        items.append(TextItem(tag, runs, depth))
    return RichText(write_rich_text(items, "x"))


@st.composite
def tables(draw: Any) -> RichText:
    cell = st.sampled_from(CELLS)
    width = draw(st.integers(1, 3))
    rows = draw(st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=3))
    name = draw(st.sampled_from(("td", "th")))
    text = "".join(f"<tr>{''.join(f'<{name}>{one}</{name}>' for one in row)}</tr>" for row in rows)
    return RichText(clean_written_table(f"<table>{text}</table>"))


OF_KIND: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.WORDS: words,
    Kind.LINES: st.lists(lines, max_size=3).map("\n".join),
    Kind.RICH: rich_texts(),
    Kind.TABLE: tables(),
    Kind.LINK: addresses.map(LinkTo),
    Kind.PICTURE: st.one_of(st.just(""), st.sampled_from(PATHS)).map(PictureOf),
    Kind.MARKUP: st.sampled_from(MARKUP).map(lambda html: ImportedHtml(sanitise(html).html)),
    Kind.NOTE: words,
    Kind.NAME: st.sampled_from(("one", "two", "b'c", "ä")),
    Kind.NUMBER: st.one_of(st.none(), st.integers(-2, 900)),
    Kind.FLAG: st.booleans(),
    Kind.CHOICE_MADE: st.just(True),
    Kind.NOTHING: st.none(),
}


def decided(value: dict[str, Any]) -> dict[str, Any]:
    """Return a value as the form of the block allows it: decoration has no words."""
    return value | {"alt": ""} if value.get("decorative") else value


def values(shape: Shape, levels: int) -> st.SearchStrategy[Any]:
    """Return values of a shape in which so many streams may stand one in another."""
    if isinstance(shape, Struct):
        parts = {name: values(part, levels) for name, part in shape.parts.items()}
        chosen = {name for name, part in shape.parts.items() if part is Kind.CHOICE_MADE}
        always = {name: part for name, part in parts.items() if name not in chosen}
        sometimes = {name: parts[name] for name in chosen}
        return st.fixed_dictionaries(always, optional=sometimes).map(decided)
    if isinstance(shape, Many):
        return st.lists(values(shape.of, levels), max_size=2)
    if isinstance(shape, Stream):
        return st.just([]) if levels == 0 else streams(sorted(shape.of), levels - 1, 2)
    if isinstance(shape, Choice):
        return st.sampled_from(shape.of)
    return OF_KIND[shape]


def streams(types: Sequence[str], levels: int, maximum: int) -> st.SearchStrategy[list[Block]]:
    shapes = BODY_SHAPES | RECIPE_SHAPES
    # Of a lone level of accordions nothing deeper is made.
    usable = [name for name in types if name != "accordion" or levels]
    one = st.sampled_from(usable).flatmap(
        lambda name: values(shapes[name], levels).map(lambda value: Block(name, value))
    )
    return st.lists(one, max_size=maximum)


def bodies(types: Sequence[str] = tuple(BODY_SHAPES)) -> st.SearchStrategy[list[Block]]:
    """Return bodies of any blocks of some types."""
    return streams(types, 2, 4)
