"""What the documents name is there, and the parts of them that the code says are what it says.

REWRITE_DOCS=1 writes those parts anew.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from scri.checks import ALLOWED_IMPORTS
from tools.test import checks

BASE = Path(__file__).resolve().parents[1]
DOCS = BASE / "docs"
README = BASE / "README.md"
ARCHITECTURE = DOCS / "architecture.md"
DECISIONS = DOCS / "decisions"
PAGES = sorted([*BASE.glob("*.md"), *DOCS.rglob("*.md")])
CODE = ("scri", *ALLOWED_IMPORTS, "tests", "tools", "demo", "docs")
NAMES = [str(page.relative_to(BASE)) for page in PAGES]


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def holds(page: Path, name: str, wanted: str) -> None:
    """Compare the part of a page between two marks with what it has to be, or write it there."""
    begin = f"<!-- {name}: written by tests/test_docs.py, REWRITE_DOCS=1 -->\n"
    end = f"<!-- end of {name} -->\n"
    before, found, rest = text_of(page).partition(begin)
    assert found, name
    part, _, after = rest.partition(end)
    if os.environ.get("REWRITE_DOCS"):
        page.write_text(f"{before}{begin}{wanted}{end}{after}", encoding="utf-8")
        part = wanted
    assert part == wanted, "Run this test with REWRITE_DOCS=1 and look at the change."


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_each_path_in_a_page_is_there(page: Path) -> None:
    """What stands in `code` letters and begins with a room is a path from the project's folder."""
    missing = []
    for token in re.findall(r"`([^`\s]+)`", text_of(page)):
        first, slash, _ = token.partition("/")
        if slash and first in CODE and "*" not in token and not (BASE / token).exists():
            missing.append(token)
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_each_link_of_a_page_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)\)", text_of(page))
    local = [target for target in targets if not target.startswith(("http:", "https:"))]
    assert [target for target in local if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_each_command_of_a_page_is_there(page: Path) -> None:
    text = text_of(page)
    commands = set(re.findall(r"manage\.py\s+([a-z][a-z_]+)", text))
    assert commands <= {*get_commands(), "runserver"}
    targets = set(re.findall(r"^([a-z-]+):", text_of(BASE / "Makefile"), re.MULTILINE))
    named = re.findall(r"(?:`|^ {4,})make ([a-z-]+)", text, re.MULTILINE)
    assert set(named) <= targets


def test_the_readme_is_short_and_leads_to_every_page() -> None:
    assert len(text_of(README).splitlines()) <= 150
    linked = re.findall(r"\]\((docs/[\w/.-]+)\)", text_of(README))
    pages = {str(page.relative_to(BASE)) for page in DOCS.glob("*.md")}
    pictures = {str(page.relative_to(BASE)) for page in (DOCS / "pictures").glob("*")}
    assert pages | pictures <= set(linked)


def test_each_decision_is_dated_and_in_the_list() -> None:
    index = re.findall(
        r"^\* (\d{4}-\d\d-\d\d) – \[(.+)\]\((.+)\)$", text_of(DECISIONS / "README.md"), re.MULTILINE
    )
    found = []
    for page in DECISIONS.glob("*.md"):
        if page.name == "README.md":
            continue
        title, _, day, *_ = text_of(page).splitlines()
        found.append((day, title.removeprefix("# "), page.name))
        assert "**Decided.**" in text_of(page)
        assert "**Weighed.**" in text_of(page)
    assert sorted(index) == sorted(found)
    assert index == sorted(index, key=lambda row: row[0])


def test_each_section_of_the_format_that_the_code_cites_is_there() -> None:
    sections = set(re.findall(r"^##+ (\d(?:\.\d)?)\.? ", text_of(DOCS / "format.md"), re.MULTILINE))
    cited: dict[str, Path] = {}
    for room in (*ALLOWED_IMPORTS, "scri", "tests"):
        for file in (BASE / room).rglob("*.py"):
            for cite in re.findall(r"format reference([^)\n]*)", text_of(file)):
                for number in re.findall(r"\d(?:\.\d)?", cite):
                    cited.setdefault(number, file.relative_to(BASE))
    assert len(cited) > 10
    assert {number: file for number, file in cited.items() if number not in sections} == {}


def test_each_setting_is_explained_and_read() -> None:
    files = [*(BASE / "scri" / "settings").glob("*.py"), BASE / "manage.py"]
    code = "".join(text_of(file) for file in files)
    read = set(re.findall(r'(?:env(?:\.\w+)?|required|environ\.setdefault)\(\s*"([A-Z_]+)"', code))
    rows = re.findall(r"^\| (`[^|]+) \|", text_of(DOCS / "settings.md"), re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)} == read


def test_who_may_import_whom_is_what_the_check_says() -> None:
    rows = [
        f"| `{room}` | {', '.join(f'`{one}`' for one in sorted(allowed)) or 'no other room'} |"
        for room, allowed in ALLOWED_IMPORTS.items()
    ]
    wanted = "\n| room | may import |\n|---|---|\n" + "\n".join(rows) + "\n\n"
    holds(ARCHITECTURE, "rooms", wanted)


def imported_packages(package: Path) -> Iterator[str]:
    """Yield the names of packages beside this one that its files import."""
    for file in package.rglob("*.py"):
        for node in ast.walk(ast.parse(text_of(file))):
            if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                names = [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
            elif isinstance(node, ast.Import):
                names = [one.name for one in node.names]
            else:
                continue
            for name in names:
                room, _, rest = name.partition(".")
                if room == package.parent.name and rest:
                    yield rest.partition(".")[0]


def test_the_drawing_of_the_stages_is_what_they_import() -> None:
    """Stages are the packages that the page names. None may lead back to one that leads to it."""
    named = re.findall(r"`isomer/(\w+)/`", text_of(ARCHITECTURE))
    stages = list(dict.fromkeys(named))
    assert len(stages) > 5
    arrows = {
        stage: sorted({*imported_packages(BASE / "isomer" / stage)} & {*stages} - {stage})
        for stage in stages
    }
    lines = [f"    {stage} --> {' & '.join(to)}" for stage, to in arrows.items() if to]
    holds(ARCHITECTURE, "stages", "\n```mermaid\nflowchart LR\n" + "\n".join(lines) + "\n```\n\n")
    open_ends = dict(arrows)
    while ends := [stage for stage, to in open_ends.items() if not {*to} & {*open_ends}]:
        for stage in ends:
            del open_ends[stage]
    assert open_ends == {}, "These lead round in a circle."


def test_the_hooks_before_a_commit_are_the_checks() -> None:
    settings = yaml.safe_load(text_of(BASE / ".pre-commit-config.yaml"))
    hooks = [hook for repository in settings["repos"] for hook in repository["hooks"]]
    assert [hook["id"] for hook in hooks] == list(checks())
    assert [hook["entry"].split()[-2:] for hook in hooks] == [["--lint", name] for name in checks()]
