"""What visitors ask, judged: the page that answers stands first, or nearly so."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.isomer.importing import DEMO, ROOT, run_import

JUDGED = tomllib.loads((Path(__file__).parent / "judged.toml").read_text(encoding="utf-8"))
CASES = ROOT.parent / "shared" / "cases"
FIRST, WITHIN_THREE = 0.8, 0.95


def judge(name: str, client: Client) -> tuple[float, float, list[str]]:
    """Return the shares of expected pages that stand first and within the first three, and what
    each miss got instead."""
    places: list[int] = []
    misses: list[str] = []
    for query, expected in JUDGED[name].items():
        soup = BeautifulSoup(client.get("/search/", {"q": query}).content, "html.parser")
        found = [str(link["href"]) for link in soup.select("ol .result .title a")]
        places.append(found.index(expected) if expected in found else 99)
        if places[-1]:
            misses.append(f"{name}: “{query}” at {places[-1] + 1}, after {found[:3]}")
    first = sum(place == 0 for place in places) / len(places)
    return first, sum(place < 3 for place in places) / len(places), misses


def check(name: str, client: Client, record: Any) -> None:
    first, within_three, misses = judge(name, client)
    figures = f"search {name}: {first:.0%} first, {within_three:.0%} within three"
    record("figures", "\n  ".join([figures, *misses]))
    assert first >= FIRST, misses
    assert within_three >= WITHIN_THREE, misses


def test_enough_is_judged():
    assert len(JUDGED["demo"]) >= 25
    assert sum(map(len, JUDGED.values())) >= 45


@pytest.mark.django_db
def test_demo_finds_what_is_asked_for(record_property):
    run_import(DEMO)
    check("demo", Client(HTTP_HOST="localhost"), record_property)


@pytest.mark.cases
@pytest.mark.django_db
def test_real_site_finds_what_is_asked_for(record_property):
    run_import(CASES / "enterprisesg-cpso")
    check("enterprisesg-cpso", Client(HTTP_HOST="localhost"), record_property)
