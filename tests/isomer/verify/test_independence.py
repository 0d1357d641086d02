"""The checker shares the reader of files with the importer, and nothing of the converter. Our
reader of Markdown is used only where kramdown is not installed."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

import pytest

import isomer.verify
from isomer.verify import markdown

FOLDER = Path(isomer.verify.__file__).parent
# Besides modules of the checker itself. ``edited_pages`` asks what people changed since.
SHARED = {
    "isomer.addresses",
    "isomer.present.edited_pages",
    "isomer.kramdown",
    "isomer.models",
    "isomer.read",
    "isomer.source",
}
# What is shown to people beside the comparison has to be safe; it decides nothing.
FOR_SHOWING = {"content.markup.sanitise.sanitise"}
# Two addresses are the same if the site itself answers them alike; it is asked in one state.
OF_ROUTING = {
    "content.once.shared_by_requests",
    "content.addresses.paths.equivalent_paths",
    "content.addresses.paths.normalise_path",
}
# Whether words say anything is a judgement, not a fact to be found twice.
OF_WORDS = {
    "content.library.file_titles.says_something",
    "content.library.file_titles.words_for_embed",
}
OF_CONTENT = {
    "content.markup.html_tree", "content.models.MediaPath", *OF_ROUTING, *OF_WORDS, *FOR_SHOWING
}  # fmt: skip


def imported(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in found if name.split(".")[0] in ("isomer", "content")}


def test_nothing_of_the_converter_is_used() -> None:
    allowed = SHARED | OF_CONTENT | {"isomer.verify"}
    others = {
        (file.name, name)
        for file in FOLDER.rglob("*.py")
        for name in imported(file)
        if not any(name == one or name.startswith(f"{one}.") for one in allowed)
    }
    assert others == set()


def test_the_parser_of_markup_is_all_that_is_taken_of_its_module() -> None:
    taken = {name for file in FOLDER.rglob("*.py") for name in imported(file)}
    of_tree = {name for name in taken if name.startswith("content.markup.html_tree.")}
    assert of_tree == {
        f"content.markup.html_tree.{name}" for name in ("TooDeepError", "only_text", "parse")
    }


def test_a_body_for_which_kramdown_needs_for_ever_is_read_by_our_reader(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    process = subprocess.Popen(
        ["sleep", "60"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    running = markdown.Ruby(process)
    monkeypatch.setattr(markdown, "SECONDS", 0.1)
    monkeypatch.setattr(markdown, "ruby", cache(lambda: running))
    assert "<p>Text</p>" in markdown.markdown_to_html("Text\n")
    assert process.poll() is not None
