"""Our words in place of some of Wagtail's (``scri/locale``)."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path

import pytest
import wagtail
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

FOLDER = Path(settings.LOCALE_PATHS[0], "en_GB", "LC_MESSAGES")
LINE = re.compile(r'^(msgid|msgid_plural|msgstr|msgstr\[\d\]) (".*")$', re.MULTILINE)
HOLES = re.compile(r"%\(\w+\)[sd]")


def entries() -> list[dict[str, str]]:
    """Return the entries of the catalogue as written: each line of one by its keyword."""
    _header, *parts = (FOLDER / "django.po").read_text().split("\n\n")
    return [{key: ast.literal_eval(text) for key, text in LINE.findall(one)} for one in parts]


@pytest.fixture(scope="module")
def theirs() -> str:
    """All words of Wagtail that can be translated."""
    found = Path(wagtail.__file__).parent.rglob("locale/en/LC_MESSAGES/django.po")
    return "\n".join(one.read_text() for one in found)


def test_the_compiled_catalogue_says_what_is_written() -> None:
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for entry in entries():
        if plural := entry.get("msgid_plural"):
            for number in (1, 2):
                said = compiled.ngettext(entry["msgid"], plural, number)
                assert said == entry[f"msgstr[{number - 1}]"]
        else:
            assert compiled.gettext(entry["msgid"]) == entry["msgstr"]


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry["msgid"][:40])
def test_wagtail_still_says_what_is_replaced(entry: dict[str, str], theirs: str) -> None:
    assert f'"{entry["msgid"]}"' in theirs
    holes = set(HOLES.findall(entry["msgid"]))
    assert all(
        set(HOLES.findall(text)) == holes for key, text in entry.items() if key.startswith("msgstr")
    )


def test_the_admin_speaks_of_approval() -> None:
    assert _("live + in moderation") == "live + waits for approval"
    assert ngettext("Referenced %(count)s time", "Referenced %(count)s times", 0) == (
        "Used in %(count)s places"
    )
