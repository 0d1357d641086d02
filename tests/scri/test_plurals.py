"""No message says “1 pictures”: a number stands with its noun by one function or filter."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template

from content.counting import counted
from scri.checks import ROOMS

NOUNS = (
    "addresses|articles|blocks|certificates|differences|documents|entries|errors|fields|files"
    "|headings|images|items|lines|links|messages|pages|people|pictures|places|posts|problems"
    "|redirects|results|rows|runs|seconds|sections|sites|subpages|tables|versions|warnings|words"
)
# Up to two words may stand between, but none that begins another part of the sentence.
BEFORE_NOUN = r"(?:(?!for |has |in |of |on |with )[a-z]+ ){0,2}?"
AFTER_NUMBER = re.compile(rf"^(?:</\w+>)? {BEFORE_NOUN}(?:{NOUNS})\b")
IN_TEMPLATE = re.compile(rf"\{{\{{ ?([^{{}}]+?) ?\}}\}}(?:</\w+>)? {BEFORE_NOUN}(?:{NOUNS})\b")


def base() -> Path:
    return Path(settings.BASE_DIR)


def in_python(source: str) -> Iterator[str]:
    """Yield each f-string in which a plural stands behind a number that may be one."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.JoinedStr):
            continue
        for value, text in zip(node.values, node.values[1:], strict=False):
            if not isinstance(value, ast.FormattedValue) or not isinstance(text, ast.Constant):
                continue
            written = ast.unparse(value.value)
            is_fixed = written.isupper() or "counted(" in written
            if AFTER_NUMBER.match(str(text.value)) and not is_fixed:
                yield f"{{{written}}}{text.value!s}"


def in_template(source: str) -> Iterator[str]:
    """Yield the same of a template."""
    for found in IN_TEMPLATE.finditer(source):
        if "|count:" not in found[1]:
            yield found[0]


def test_no_message_has_a_plural_behind_a_number_that_may_be_one() -> None:
    found = []
    for room in sorted(ROOMS):
        for file in (base() / room).rglob("*.*"):
            finder = {".py": in_python, ".html": in_template, ".txt": in_template}.get(file.suffix)
            if finder is not None and "migrations" not in file.parts:
                lines = finder(file.read_text(encoding="utf-8"))
                found += [f"{file.relative_to(base())}: {line}" for line in lines]
    assert found == [], "use content.counting.counted, or the filter “count”"


def test_what_is_looked_for_is_found() -> None:
    assert list(in_python('f"The {n} pictures of {m} public pages"'))
    assert list(in_template("All {{ pages|length }} imported pages"))
    assert not list(in_python("f\"{counted(n, 'page')} of pages, {name} leads\""))


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 pages"), (1, "1 page"), (2, "2 pages"), (1200, "1,200 pages")]
)
def test_a_number_with_its_noun(number: int, words: str) -> None:
    assert counted(number, "page") == words
    template = Template('{% load content_tags %}{{ n|count:"page" }}')
    assert template.render(Context({"n": number})) == words


def test_other_plurals() -> None:
    assert counted(2, "address", "addresses") == "2 addresses"
    template = Template('{% load content_tags %}{{ n|count:"entry is,entries are" }}')
    assert template.render(Context({"n": 1})) == "1 entry is"
    assert template.render(Context({"n": 3})) == "3 entries are"
