"""The small repositories of ../shared/inputs, imported: what was lost from sites of their kind."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.isomer.importing import page_soup, run_import
from tests.isomer.read.sources import SHARED

pytestmark = [pytest.mark.django_db, pytest.mark.shared]
REPOSITORIES = SHARED / "inputs" / "repositories"


def main_of(path: str) -> Any:
    return page_soup(path).main


def answers(*paths: str) -> list[int]:
    client = Client(HTTP_HOST="localhost")
    return [client.get(path, follow=True).status_code for path in paths]


def test_structure(tmp_path: Path) -> None:
    # Pictures of many megapixels take their time; test_media has small ones that count as such.
    ignored = shutil.ignore_patterns("big.png")
    run_import(Path(shutil.copytree(REPOSITORIES / "structure", tmp_path / "s", ignore=ignored)))
    words = main_of("/members/").get_text(" ", strip=True)
    assert "Person One Chair Person Two Member SAC Booklet" in words
    pictures = main_of("/pics/")
    # It differs from the name of the file in case only.
    assert [one["alt"] for one in pictures.find_all("img")] == ["case"]
    links = [(one.get_text(strip=True), one["href"]) for one in pictures.find_all("a")]
    assert links[0] == ("1", "http://www.ooo.sg")
    assert links[1][0] == "far"
    assert "Body of the page" in main_of("/Resources/flex/").get_text()
    paths = ("/media/", "/media/news/", "/media/news/a", "/docs/x.pdf", "/root.pdf")
    assert set(answers(*paths)) == {200}


def test_structure_2() -> None:
    run_import(REPOSITORIES / "structure2")
    cards = main_of("/cards/")
    links = [(one.get_text(strip=True), one["href"]) for one in cards.find_all("a")]
    assert links[0] == ("Sailing", "/cases/pte_a.html")
    assert links[1][0] == "Film 1, on www.youtube.com"
    assert [name for name, _ in links].count("Sailing") == 1
    assert set(answers("/cases/pte_a.html", "/files/cha....pdf")) == {200}


def test_structure_4() -> None:
    run_import(REPOSITORIES / "structure4")
    numbered = main_of("/q2/").find("ol").find_all("li", recursive=False)
    assert [one.contents[0] for one in numbered] == ["If", "People", "Com:", "Media"]
    cards = main_of("/m26/")
    assert "Words of the first" in cards.get_text()
    assert {"/a/", "/b/", "/c/"} <= {one["href"] for one in cards.find_all("a")}


def test_structure_5() -> None:
    run_import(REPOSITORIES / "structure5")
    paths = ("/pae/2006", "/news/a/one", "/news/a/two", "/news/pic.png", "/resources/f.pdf", "/p/")
    assert set(answers(*paths)) == {200}
    assert "No front matter here." in main_of("/news/a/2020/01/03/three.html").get_text()
