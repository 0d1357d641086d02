"""The one style sheet: its size, and that templates and rules know each other's classes."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHEET = ROOT / "scri/static/css/site.css"
# The sheet for paper, and the one for editors' previews, which visitors never load.
OTHERS = [ROOT / "scri/static/css/print.css", ROOT / "scri/static/css/preview.css"]
# Sizes in bytes; lower them freely, raise them only with a reason.
RAW, PACKED = 39_000, 9_400

# Classes without a rule, and why they are there.
WITHOUT_RULE = {
    "anchor": "a place that links lead to; nothing is to be seen",
    "announcement__text": "the half of an announcement beside its head",
    "contact__feedback": "a part of its own, for whoever looks for it",
    "contact__person": "tells one contact from the next",
    "contact__people": "people are told from places by it; the grid is a shared one",
    "footer__base": "tells the required row from the columns",
    "footer__social": "tells social media from the required row",
    "location__address": "tells the address from the hours",
    "notes__cell": "carries only its variants",
}
# Parts of classes that templates finish with a value, and all that they can become.
FINISHED = {
    "card--": ["card--1", "card--2", "card--3", "card--4"],
    "hero--": [f"hero--{name}" for name in ["plain", "center", "side", "floating", "image"]]
    + [f"hero--{colour}" for colour in ("white", "black", "gray")],
    "notes__cell--": ["notes__cell--left", "notes__cell--right"],
}
# Looks that are the ordinary ones, so that no rule is needed.
ORDINARY = {"card--4", "hero--plain", "hero--image"}
# Written by the server or the browser's script, not by a template.
ELSEWHERE = {
    "accordion__all", "directory__filter", "notification__close", "suggestions", "table-scroll",
}  # fmt: skip
_TAG = re.compile(r"{[%{#].*?[%}#]}", re.DOTALL)
_CLASSES = re.compile(r'class="((?:{[%{].*?[%}]}|[^"{])*)"', re.DOTALL)


def templates() -> list[Path]:
    rooms = [path for path in ROOT.iterdir() if (path / "templates").is_dir()]
    files = [file for room in rooms if room.name != "isomer" for file in room.rglob("*.html")]
    # The admin has style sheets of its own.
    return [file for file in files if not {"widgets", "admin", "wagtailadmin"} & set(file.parts)]


def classes_of_templates() -> set[str]:
    found: set[str] = set()
    for file in templates():
        for written in _CLASSES.findall(file.read_text()):
            # A value takes the place of a variable; tags only choose between words.
            words = re.sub(r"{{.*?}}", "\N{BULLET}", written)
            found |= set(_TAG.sub(" ", words).split())
    return {word.split("\N{BULLET}")[0] for word in found} - {""}


def classes_of_rules() -> set[str]:
    sheets = "".join(sheet.read_text() for sheet in (SHEET, *OTHERS))
    text = re.sub(r"/\*.*?\*/", "", sheets, flags=re.DOTALL)
    return set(re.findall(r"\.([a-zA-Z][\w-]*)", re.sub(r"{[^{}]*}|\"[^\"]*\"", "{}", text)))


def test_the_style_sheet_stays_small() -> None:
    sheet = SHEET.read_bytes()
    assert len(sheet) <= RAW
    assert len(gzip.compress(sheet, 9)) <= PACKED


def test_every_class_of_a_template_has_a_rule() -> None:
    used = classes_of_templates()
    expected = used - FINISHED.keys() - WITHOUT_RULE.keys() - ORDINARY
    for start in used & FINISHED.keys():
        expected |= set(FINISHED[start]) - ORDINARY
    assert expected - classes_of_rules() == set()
    assert WITHOUT_RULE.keys() - used == set()


def test_every_rule_is_used() -> None:
    used = (
        classes_of_templates() | ELSEWHERE | {name for names in FINISHED.values() for name in names}
    )
    widths = {f"width-{step}" for step in range(5, 100, 5)}
    assert classes_of_rules() - used - widths == set()


@pytest.mark.parametrize("name", sorted(ELSEWHERE))
def test_classes_from_elsewhere_are_written_there(name: str) -> None:
    code = [*(ROOT / "content").rglob("*.py"), *(ROOT / "scri/static/js").glob("*.js")]
    assert any(name in file.read_text() for file in code)
