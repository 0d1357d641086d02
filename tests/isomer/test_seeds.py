"""The three SCRI documents come out right."""

from __future__ import annotations

import re

import pytest
import yaml
from bs4 import BeautifulSoup
from wagtail.models import Page, Revision, Site

from home.models import HomePage
from isomer.models import ImportedObject
from navigation.models import Notification, SiteIdentity
from networks.models import OverviewPage
from platforms.models import PlatformPage
from tests.isomer.importing import SEEDS, page_soup, run_import, words

pytestmark = [pytest.mark.shared, pytest.mark.django_db]

OVERVIEW = "/clinical-research-networks/overview/"
PLATFORM = "/platform-1/cancer-clinical-trials-and-investigational-medicine-units/"


@pytest.fixture
def imported():
    return run_import(SEEDS)


def source(number: int) -> tuple[dict, str]:
    file = sorted(SEEDS.glob("*"))[number]
    text = file.read_text(encoding="utf-8").replace("â€™", "’")
    _, front, body = re.split(r"^---\s*$", text, maxsplit=2, flags=re.MULTILINE)
    return yaml.safe_load(front), body


def main_of(path: str) -> str:
    soup = page_soup(path)
    for interface in soup.select("main [data-interface]"):
        interface.decompose()
    return soup.main.get_text(" ")


def test_every_word_of_the_overview_is_on_its_page_in_order(imported):
    front, body = source(1)
    expected = words(front["title"]) + words(BeautifulSoup(body, "html5lib").get_text(" "))
    assert words(main_of(OVERVIEW)) == expected


def test_every_word_of_the_platform_is_on_its_page_in_order(imported):
    front, body = source(2)
    expected = words(front["title"]) + words(BeautifulSoup(body, "html5lib").get_text(" "))
    assert words(main_of(PLATFORM)) == expected


def test_every_word_of_the_home_page_is_on_it_or_in_its_editor(imported):
    front, _ = source(0)
    soup = page_soup("/")
    shown = words(soup.main.get_text(" "))
    hero = front["sections"][0]["hero"]
    expected = words(hero["title"])
    for highlight in hero["key_highlights"]:
        expected += words(highlight["title"])
    for section in front["sections"][1:]:
        infopic = section["infopic"]
        # In the old theme's order: the subtitle stands above the title.
        for key in ("subtitle", "title", "description"):
            expected += words(infopic[key])
    assert shown == expected
    assert words(soup.title.get_text()) == words(front["title"])
    [description] = soup.select("meta[name=description]")
    assert words(str(description["content"])) == words(front["description"])
    notice = words(front["notification"])
    everything = " ".join(words(soup.body.get_text(" ")))
    assert " ".join(notice) in everything
    page = HomePage.objects.get()
    for block in page.sections:
        if block.block_type == "infopic":
            assert block.value["button"]["text"] == "Button Text"
            assert block.value["alt"] == "Image alt text"


def test_home_page_details(imported):
    soup = page_soup("/")
    page = HomePage.objects.get()
    assert len(page.search_description.split("\n\n")) == 3
    assert "Established in 2008" not in soup.main.get_text()
    links = {a.get_text(strip=True): a["href"] for a in soup.main.find_all("a")}
    assert any(text.startswith("Industry Partners") for text in links)
    assert not any("Master Clinical Trials Agreement" in text for text in links)
    assert not any(a["href"] in ("", "#") for a in soup.main.find_all("a"))
    assert soup.main.find("img") is None
    assert "Button Text" not in soup.get_text()
    assert "’" in page.search_description
    assert "â" not in str(soup)
    assert Notification.objects.get().text.startswith("<p data-block-key=")


def test_overview_details(imported):
    page = OverviewPage.objects.get()
    assert page.url == OVERVIEW
    group = page.get_parent()
    section = group.get_parent()
    assert (section.title, group.title) == (
        "Clinical Research Networks",
        "Clinical Research Network",
    )
    directory = next(b.value for b in page.body if b.block_type == "network_directory")
    entries = [
        (entry["text_before"], entry["link_text"], entry["text_after"])
        for entry in directory["entries"]
    ]
    assert len(entries) == 12
    assert entries[2] == ("The", "Asia-Pacific Hepatocellular Carcinoma", "(AHCC) Trials Group")
    assert "SCRI’s" in page_soup(OVERVIEW).main.get_text()
    assert page_soup(OVERVIEW).title.string == (
        "Overview – Clinical Research Networks – Singapore Clinical Research Institute (SCRI)"
    )


def test_platform_details(imported):
    page = PlatformPage.objects.get()
    assert page.url == PLATFORM
    assert page.get_parent().title == "Platform 1"
    types = [block.block_type for block in page.body]
    assert types == ["text", "capabilities", "enquiry_contact"]
    contact = page.body[2].value
    assert contact["address"] == "mailbox@stcc.cris.sg"
    assert contact["subject"] == ("STCC Cancer Clinical Trials and Investigational Medicine Units")
    soup = page_soup(PLATFORM)
    mail = [a["href"] for a in soup.main.find_all("a") if a["href"].startswith("mailto:")]
    assert mail == [
        "mailto:mailbox@stcc.cris.sg?subject="
        "STCC%20Cancer%20Clinical%20Trials%20and%20Investigational%20Medicine%20Units"
    ]
    assert len(page.body[1].value["items"]) == 4


def test_menu_lists_the_sections_in_order(imported):
    site = Site.objects.get()
    sections = site.root_page.get_children().live().in_menu()
    assert [page.title for page in sections] == ["Clinical Research Networks", "Platform 1"]


def test_messages(imported):
    run = imported.outcome.run
    texts = {m.rule: m.text for m in run.messages.all()}
    missing = [m.text for m in run.messages.filter(rule="link-target-missing")]
    assert any(text.startswith("10 of 12 links") for text in missing)
    assert "/privacy/" in missing
    named = run.messages.filter(rule="section-name-guessed").values_list("text", flat=True)
    assert "“Platform 1”" in named
    pictures = run.messages.filter(rule="picture-missing").values_list("text", flat=True)
    assert "/images/hero-banner.png" in pictures
    placeholders = " ".join(run.messages.filter(rule="placeholder").values_list("text", flat=True))
    for value in (
        "Infopic Subtitle",
        "Button Text",
        "Image alt text",
        "google.com",
        "gmail.com",
        "(sample announcement)",
    ):
        assert value in placeholders
    assert {"government-unknown", "colours-missing", "encoding-repaired"} <= set(texts)
    identity = SiteIdentity.objects.get()
    assert (identity.is_government, identity.primary_colour) == (False, "#1f3a6e")


def test_second_run_writes_nothing(imported):
    def state() -> tuple:
        return (
            Revision.objects.count(),
            list(Page.objects.order_by("pk").values()),
            list(ImportedObject.objects.order_by("pk").values()),
            list(SiteIdentity.objects.values()),
            list(Notification.objects.values()),
        )

    before = state()
    again = run_import(SEEDS)
    assert state() == before
    assert (again.outcome.run.created, again.outcome.run.updated) == (0, 0)
    assert again.outcome.run.unchanged == 6
