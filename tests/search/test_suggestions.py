"""What is suggested while somebody types."""

from __future__ import annotations

from django.test import Client
from wagtail.models import Page

from tests.factories import make_page, make_section
from tests.search.sites import page_saying, suggested


def test_titles_are_suggested_by_the_beginnings_of_their_words(home: Page, client: Client):
    section = make_section(home, "Networks")
    make_page(section, "Asia-Pacific Hepatocellular Carcinoma (AHCC) Trials Group", "/ahcc/")
    page_saying(home, "Other", "hepatocellular only in the text")
    for typed in ("hepat", "AHC", "trials gr", "asia-pac", "Carcinoma hepa"):
        assert suggested(client, typed) == [
            "Asia-Pacific Hepatocellular Carcinoma (AHCC) Trials Group"
        ], typed
    assert suggested(client, "group tri-x") == []
    [found] = client.get("/-/suggestions/", {"q": "ahcc"}).json()["suggestions"]
    assert (found["url"], found["section"]) == ("/ahcc/", "Networks")


def test_at_most_eight_are_suggested_and_may_be_kept(home: Page, client: Client):
    for number in range(12):
        page_saying(home, f"Study {number}")
    response = client.get("/-/suggestions/", {"q": "stu"})
    assert len(response.json()["suggestions"]) == 8
    assert "max-age" in response["Cache-Control"]
    assert "Cookie" not in response.get("Vary", "")


def test_one_letter_suggests_nothing_and_one_character_does(home: Page, client: Client):
    page_saying(home, "Study")
    page_saying(home, "临床试验")
    assert suggested(client, "s") == []
    assert suggested(client, "临") == ["临床试验"]
    assert suggested(client, "") == []
