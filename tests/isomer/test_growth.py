"""Whatever is read takes time that grows with its length alone, whatever mark it repeats."""

from __future__ import annotations

import gc
import json
import random
import time
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from content.addresses.paths import address_problem, normalise_path
from content.library.svg import SVG, SvgProblem, clean_svg
from content.markup.hidden import take_out_hidden
from content.markup.html_tree import TooDeepError, only_text, parse
from content.markup.links import as_parts, is_link_address, readable_name, resolve_address
from content.markup.sanitise import sanitise
from content.page_data.advice import is_vague
from content.rendering.kept_markup import with_heading_steps
from content.search_text.words import index_terms, query_words, typed_terms
from content.tables.stored import clean_written_table
from isomer.convert import convert_inline
from isomer.convert.front_matter.contact import contact_fields
from isomer.convert.front_matter.homepage import plain
from isomer.kramdown import read as read_markdown
from isomer.liquid import Rendering, Template, UnreadableError, environment, fill_in_marks
from isomer.plan.limits import with_scheme
from isomer.plan.notices import placeholders
from isomer.plan.site_settings import NOTIFICATION_FEATURES
from isomer.read import read_source
from isomer.read.dates import read_date, read_post_name
from isomer.read.encoding import decode_text
from isomer.read.front_matter import split_document
from isomer.read.site_files import colour
from isomer.read.yaml_mapping import InvalidYamlError, load_data
from isomer.verify.addresses import Names, UnsafeAddressError
from isomer.verify.hidden import without_hidden
from tests.conftest import LONG
from tests.isomer.convert.helpers import convert
from tests.isomer.read.sources import write

pytestmark = pytest.mark.usefixtures("earlier_objects_set_aside")

SMALLEST, STEP, LARGEST = 4, 8, 32_768 if LONG else 2048
# How many marks a reader is given in the short run, the same each time.
SAMPLE = 4
# Of the processor, where growth can be told from noise.
SECONDS = 0.05
# Twice the length: twice the time is linear, four times is the square.
GROWTH = 3.0
TRIES = 4

MARKS = (
    " ", "\t", "\n", "\r", "\n ", " \n", "\n\n", "\xa0", "\u200b", "̖́", "á̖", "%", "%25",
    "25", "%2%35", "%20", "&", "&amp;", "&amp;lt;", "&#x26;", "&lt", "<", ">", "<a", "<a ", "<a>",
    "</a>", "<b><i>", "<p>", "</p>", "<p ", "<!--", "-->", "<!", "<?", "<![CDATA[", "<div>",
    "<table>", "<tr>", "<td>", "<td>x", "<ul><li>", "<ol>", "<dl><dt>", "<h2>", "<br>", "<br> ",
    "<img>", "<a href=x>x", "<svg>", "<math>", "<select><option>", "<details>",
    "<span>x</span>", "<font>", "<script>", "<style>", "<title>", "<textarea>", "<summary>",
    "<iframe>", "<input>", "{", "}", "{{", "{%", "{{ ", "{% ", "{%-", "}}", "%}", "{{x}}",
    "{{ a | ", "{% raw ", "{% raw %}", "{% comment %}", "{% accordion %}", "{::comment}", "{:",
    "{: .a ", "[", "]", "[]", "[a](", "![", "[a][b] ", "[^a]", "(", ")", "((", "()", "*", "**",
    "_", "a_", "*a ", "**a", "`", "``` ", "~", "~~~\n", "\\", "\\\\", "'", '"', "'a ", '"a" ',
    "''", '\\"', "=", "= ", 'a="', "a=b ", "a='b' ", "|", "\n|", "a|b\n", "|-", "||\n", "|a|\n",
    "-", "--", "- ", "- - ", "+ ", "1. ", "> ", "#", "# ", "# a\n", ":", ": ", "::", ";", ",", ".",
    "..", "...", "/", "//", "/../", "/./", "./", "../", "?", "@", "a@", "a.", "!", "$", "$$", "^",
    "0", "1", "1,", "1.1", "a", "A", "a ", "aa-", "ab", "é", "中", "â€™", "Ã", "😀", "http://",
    "http://a ", "www.", "mailto:", "- a\n", "  - a\n", "a: b\n", "a:\n", "? a\n", "&a ", "!a ",
    "[[", "{a: ", "{a,", "---\n", "...\n", "a\n=\n", "\n    a", "<g>", "<use/>", "url(", "/*",
    "*/", ":a;", "a{", "x;", "{: a|b}\n", "[a](<", "<p hidden", "<li hidden>a", "?",
)  # fmt: skip
# Each was once the cause of a hang, so it is never left out.
ONCE_SLOW = ("25", " ", "\t", "\xa0", "%25", "{% ", "/*", "a|b\n")
PLACES = ("{}", "x{}", "{}x", "x {} y") if LONG else ("x {} y",)


def ignored(rule: str, *rest: str) -> None:
    """Take a message."""


def front_matter(text: str) -> object:
    split = split_document(f"---\n{text}\n---\n{text}")
    return split and yaml(split.body)


def yaml(text: str) -> object:
    try:
        return load_data(text)
    except InvalidYamlError as error:
        return error


def html(text: str) -> object:
    try:
        return parse(text)
    except TooDeepError as error:
        return error


def drawing(text: str) -> object:
    try:
        return clean_svg(text.encode())
    except SvgProblem as error:
        return error


def contact(text: str) -> object:
    rows = [{"phone": text, "email": text, "other": text}]
    values = {
        "agency_name": text,
        "locations": [{"address": text, "maps_link": text}],
        "contacts": [{"title": text, "content": rows}],
    }
    return contact_fields(values, "a.md", text, ignored)


def address(text: str) -> object:
    return (
        normalise_path(text), resolve_address(text, "/a/"), is_link_address(text), as_parts(text),
        readable_name(text), with_scheme(text), address_problem(f"/{text}"),
    )  # fmt: skip


JEKYLL = environment({"a.html": "{{ include.b }}"})


def template(text: str) -> object:
    rendering = Rendering(False, lambda mark: None, lambda tag, name: None)
    try:
        return Template(text, JEKYLL).rendered({"page": {}, "site": {}}, rendering)
    except UnreadableError as error:
        return error


class NoFiles:
    """A library without files."""

    def fetched(self, address: str) -> str:
        return ""

    def at(self, path: str) -> str:
        return ""

    in_other_case = at


def verified(text: str) -> object:
    try:
        return Names({}, NoFiles(), frozenset(), "/a/").link(text)
    except UnsafeAddressError as error:
        return error


def value(text: str) -> object:
    return plain(text), read_date(text, UTC), read_post_name(text), colour(text)


def in_file(name: str, form: str = "{}") -> Callable[[str], object]:
    """Return a reader of a source whose file of a name holds a text."""

    def read(text: str) -> object:
        with TemporaryDirectory() as folder:
            write(Path(folder), {name: form.format(text), "index.md": "---\ntitle: x\n---\n"})
            return read_source(Path(folder))

    return read


READERS: dict[str, Callable[[str], object]] = {
    "address": address,
    "address, escaped": lambda text: address(f"%{text}"),
    "address of a host": lambda text: address(f"https://example.org/{text}"),
    "contact": contact,
    "encoding": lambda text: decode_text(text.encode(), "a.md"),
    "front matter": front_matter,
    "heading steps": lambda text: with_heading_steps(f"<h2>{text}</h2>"),
    "html": html,
    "hiding style": lambda text: (
        without_hidden(parse(f'<p style="display:none;{text}">x</p>')),
        take_out_hidden(parse(f'<p style="display:none;{text}">x</p>')),
        only_text(f'<p style="display:none;{text}">x'),
    ),
    "html body": convert,
    "inline": lambda text: convert_inline(text, "a.md", NOTIFICATION_FEATURES, "x"),
    "json": lambda text: yaml(json.dumps({"a": text})),
    "link": lambda text: convert(f'<p><a href="{text}">x</a></p>'),
    "hosting settings": in_file("netlify.toml"),
    "hosting settings, a key": in_file("netlify.toml", "{} = 1"),
    "hosting settings, a value": in_file("netlify.toml", "a = {}"),
    "liquid": lambda text: fill_in_marks("{{" + text, {}, False, ignored),
    "liquid template": template,
    "liquid template, a value": lambda text: template("{{ " + text + " }}"),
    "liquid template, a tag": lambda text: template("{% assign a = " + text + " %}"),
    "liquid template, an include": lambda text: template("{% include a.html b=" + text + " %}"),
    "liquid mark": lambda text: fill_in_marks("{%" + text, {}, True, ignored),
    "markdown": read_markdown,
    "markdown body": lambda text: convert(text, ""),
    "placeholders": lambda text: list(placeholders({"a": text})),
    "redirects": in_file("_redirects"),
    "redirects, a line": in_file("_redirects", "/a {}"),
    "sanitise": sanitise,
    "search": lambda text: (index_terms(text), query_words(text), typed_terms(text)),
    "styles": in_file("misc/custom.scss"),
    "svg": lambda text: drawing(f'<svg xmlns="{SVG}">{text}</svg>'),
    "svg doctype": lambda text: drawing(f"<!DOCTYPE svg {text}><svg/>"),
    "svg entity": lambda text: drawing(f'<!DOCTYPE svg [<!ENTITY {text} "x">{text}]><svg/>'),
    "svg style": lambda text: drawing(
        f'<svg xmlns="{SVG}"><style>{text}</style><a style="{text}"/></svg>'
    ),
    "table": lambda text: clean_written_table(f"<table><tr><td>{text}</td></tr></table>"),
    "value": value,
    "verified address": verified,
    "verified address, escaped": lambda text: verified(f"/%{text}"),
    "words of a link": is_vague,
    "yaml": yaml,
}


def seconds(reader: Callable[[str], object], text: str) -> float:
    """Return the time of the processor that a reader needs, undisturbed by collections."""
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        reader(text)
        return time.process_time() - start
    finally:
        gc.enable()


def growth(reader: Callable[[str], object], place: str, mark: str) -> str:
    """Return what grows too fast, in words, ``""`` if nothing does."""
    size, taken = SMALLEST, 0.0
    while taken < SECONDS and size < LARGEST:
        size *= STEP
        taken = seconds(reader, place.format(mark * size))
    if taken < SECONDS:
        return ""
    # The fastest of several tries is the one that other work on the machine disturbed least.
    whole = half = taken
    for _ in range(TRIES):
        half = min(half, seconds(reader, place.format(mark * (size // 2))))
        if whole <= GROWTH * half:
            return ""
        whole = min(whole, seconds(reader, place.format(mark * size)))
    return f"{place!r} {mark!r}: {half:.2f} s, {whole:.2f} s"


def marks_for(name: str) -> list[str]:
    """Return the marks that a reader is given: all of them in the long run."""
    if LONG:
        return list(MARKS)
    return [*ONCE_SLOW, *random.Random(name).sample(MARKS, SAMPLE)]


@pytest.mark.parametrize("name", READERS)
def test_time_grows_with_length_alone(name: str) -> None:
    reader = READERS[name]
    tries = [(place, mark) for mark in marks_for(name) for place in PLACES]
    assert [slow for place, mark in tries if (slow := growth(reader, place, mark))] == []
