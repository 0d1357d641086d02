"""Helpers for tests that run whole imports."""

from __future__ import annotations

import io
import re
from pathlib import Path

from bs4 import BeautifulSoup
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page

from isomer.models import ImportRun
from isomer.plan import load_mapping
from isomer.runs.run import Import, import_source

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
DEMO = ROOT / "demo"


def run_import(folder: Path, recreate_deleted: bool = False) -> Import:
    """Import a folder with the shipped mapping."""
    done = import_source(
        folder, load_mapping(settings.ISOMER_MAPPING), recreate_deleted=recreate_deleted
    )
    assert Page.find_problems() == ([], [], [], [], [])
    return done


def command_output(*arguments: str) -> str:
    """Run the import command and return what it printed."""
    out = io.StringIO()
    call_command("import_isomer", *arguments, stdout=out, no_color=True)
    return out.getvalue()


def rules_of(run: ImportRun) -> set[str]:
    return set(run.messages.values_list("rule", flat=True))


def page_soup(path: str) -> BeautifulSoup:
    """Return a served page. Fails unless it answers 200."""
    response = Client(HTTP_HOST="localhost").get(path)
    assert response.status_code == 200, (path, response.status_code)
    return BeautifulSoup(response.content, "html5lib")


def words(text: str) -> list[str]:
    """Return the words of a text in order, for comparing word by word."""
    return re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text.replace("\xa0", " "))


def write_documents(folder: Path, **documents: str) -> Path:
    """Write loose documents; a name's double underscore stands for the dot of its extension."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in documents.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder
