"""What is fuzzed: a function of a text for each reader. Any exception it lets out is a finding."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from content.addresses.paths import address_problem, normalise_path
from content.library.svg import SvgProblem, clean_svg
from content.markup.html_tree import TooDeepError, parse
from content.markup.links import as_parts, is_link_address, readable_name, resolve_address
from content.markup.sanitise import sanitise
from isomer.convert import convert_document
from isomer.liquid import Rendering, Template, UnreadableError, environment, fill_in_marks
from isomer.plan.limits import with_scheme
from isomer.read.encoding import decode_text
from isomer.read.front_matter import split_document
from isomer.read.yaml_mapping import InvalidYamlError, load_data, load_mapping
from isomer.source import DocumentKind, SourceDocument

JEKYLL = environment({"a.html": "{{ include.b }}"})


def front_matter(text: str) -> None:
    decode_text(text.encode("utf-8", "replace"), "a.md")
    split_document(text)
    with contextlib.suppress(InvalidYamlError):
        load_mapping(text)


def data_files(text: str) -> None:
    with contextlib.suppress(InvalidYamlError):
        load_data(text)


def liquid(text: str) -> None:
    fill_in_marks(text, {"title": text}, False, lambda rule, mark: None)
    rendering = Rendering(False, lambda mark: None, lambda tag, name: None)
    names = {"page": {"title": text, "list": [1, "a", None]}, "site": {"data": {"a": [{"b": 1}]}}}
    with contextlib.suppress(UnreadableError):
        Template(text, JEKYLL).rendered(names, rendering)


def _body(text: str, path: str) -> None:
    front = {"title": "T", "permalink": "/a/"}
    convert_document(SourceDocument(path, DocumentKind.PAGE, front, text))


def markdown(text: str) -> None:
    _body(text, "pages/a.md")


def html(text: str) -> None:
    _body(text, "pages/a.html")
    with contextlib.suppress(TooDeepError):
        parse(text)
        cleaned = sanitise(text).html
        assert sanitise(cleaned).html == cleaned, "cleaning twice changes something"


def svg(text: str) -> None:
    with contextlib.suppress(SvgProblem):
        clean_svg(text.encode("utf-8", "replace"))


def addresses(text: str) -> None:
    path = normalise_path(text)
    assert normalise_path(path) == path, "the form of a path is not settled"
    address_problem(text)
    is_link_address(text)
    as_parts(text)
    readable_name(text)
    resolve_address(with_scheme(text), "/a/")


TARGETS: dict[str, Callable[[str], None]] = {
    one.__name__: one for one in (front_matter, data_files, liquid, markdown, html, svg, addresses)
}
