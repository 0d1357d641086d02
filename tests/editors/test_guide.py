"""The guide for editors: every chapter can be read, names things as they are, and is linked."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from pathlib import Path

import pytest
import wagtail
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, get_page_models

from content.models import BasePage, ContentPage
from editors.guide import CHAPTERS, PICTURES, chapter_for, noted_pictures
from home.models import HomePage
from tests.editors.people import client_of

ROOMS = ("content", "home", "networks", "platforms", "resources", "navigation", "care", "editors")
CHAPTER_FILES = Path(settings.BASE_DIR) / "editors/templates/editors/admin/guide/chapters"


@pytest.fixture
def client(db: None) -> Client:
    return client_of("editor")


def test_every_chapter_is_read_by_any_editor(client: Client):
    index = client.get(reverse("editors_guide")).content.decode()
    for chapter in CHAPTERS:
        address = reverse("editors_guide_chapter", args=[chapter.slug])
        assert address in index
        soup = BeautifulSoup(client.get(address).content, "html5lib")
        article = soup.select_one("article.guide")
        assert article is not None
        assert len(article.get_text().split()) > 60
        assert all(picture["alt"] for picture in article.select("img"))
    assert client.get(reverse("editors_guide_chapter", args=["nothing"])).status_code == 404


def test_every_page_type_has_a_chapter_and_its_form_leads_there(home: Page, client: Client):
    for model in get_page_models():
        if issubclass(model, BasePage):
            assert chapter_for(model) is not None, model
    for model, slug in ((HomePage, "home-page"), (ContentPage, "first-change")):
        chapter = chapter_for(model)
        assert chapter is not None
        assert chapter.slug == slug
    form = client.get(reverse("wagtailadmin_pages:edit", args=[home.pk])).content.decode()
    assert reverse("editors_guide_chapter", args=["home-page"]) in form


def test_pictures_and_notes_of_them_are_the_same():
    shown = set()
    for file in CHAPTER_FILES.glob("*.html"):
        shown |= set(re.findall(r'guide_picture "([^"]+)"', file.read_text(encoding="utf-8")))
    assert shown == set(noted_pictures()) == {file.stem for file in PICTURES.glob("*.webp")}


@cache
def sources() -> str:
    """Everything that the admin can print: our rooms and Wagtail."""
    roots = [Path(settings.BASE_DIR) / room for room in ROOMS]
    roots.append(Path(str(wagtail.__file__)).parent)
    kinds = ("*.py", "*.html")
    files = [file for root in roots for kind in kinds for file in root.rglob(kind)]
    texts = (
        file.read_text(encoding="utf-8") for file in files if CHAPTER_FILES not in file.parents
    )
    return "\n".join(texts).casefold()


@pytest.mark.parametrize("chapter", [one.slug for one in CHAPTERS])
def test_what_the_guide_calls_by_name_has_that_name(chapter: str):
    text = (CHAPTER_FILES / f"{chapter}.html").read_text(encoding="utf-8")
    names = [unescape(name) for name in re.findall(r"<strong>(.*?)</strong>", text)]
    words = " ".join(str(one["words"]) for one in noted_pictures().values()).casefold()
    for name in names:
        # “Settings, Notification” is a way through the menu.
        for part in name.casefold().split(", "):
            assert part in words or part in sources(), name
