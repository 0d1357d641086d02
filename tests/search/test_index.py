"""What of a page is searched: the words of every block, and nothing that readers don't see."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models

from content.models import ContactPage, ContentPage
from content.search_text.texts import headings_of, words_of_markup
from home.models import HomePage
from networks.models import OverviewPage
from platforms.models import PlatformPage
from tests.factories import make_page, make_section
from tests.search.sites import titles

LINK = {"page": None, "document": None, "address": "https://hidden.example.org/"}
TABLE = "<table><tbody><tr><td>cellone</td><td>celltwo</td></tr></tbody></table>"
BODY: list[dict[str, Any]] = [
    {"type": "text", "value": "<h2>richheading</h2><p>rich<b>text</b></p>"},
    {"type": "heading", "value": {"text": "anchoredheading", "level": "3", "anchor": "hiddenone"}},
    {"type": "quote", "value": {"text": "<p>quotedwords</p>"}},
    {"type": "code", "value": {"text": "codewords"}},
    {"type": "table", "value": {"caption": "captionwords", "table": TABLE}},
    {"type": "button", "value": {"text": "buttonwords", "link": LINK, "style": "primary"}},
    {
        "type": "imported_html",
        "value": {"html": "<div title='hiddentwo'>keptwords<p>next</p></div>", "pattern": "hidden"},
    },
    {
        "type": "accordion",
        "value": {
            "entries": [
                {"title": "foldtitle", "open": False, "body": [
                    {"type": "text", "value": "<p>foldedwords</p>"},
                    {"type": "bulleted_list",
                     "value": [[{"type": "text", "value": "<p>listed</p>"}]]},
                ]}
            ]
        },
    },
]  # fmt: skip
FOUND = [
    "richheading", "richtext", "anchoredheading", "quotedwords", "codewords", "captionwords",
    "cellone", "celltwo", "buttonwords", "keptwords", "next", "foldtitle", "foldedwords", "listed",
]  # fmt: skip


def test_words_of_every_block_are_found(home: Page, client: Client):
    make_page(home, "Everything", body=json.dumps(BODY))
    for word in FOUND:
        assert titles(client, word) == ["Everything"], word
    for hidden in ("hiddenone", "hiddentwo", "filled", "primary", "hidden.example.org"):
        assert titles(client, hidden) == [], hidden


OTHERS = [
    (HomePage, "sections", "infobar", {"title": "bandtitle", "description": "<p>bandwords</p>"},
     ["bandtitle", "bandwords"]),
    (OverviewPage, "body", "network_directory",
     {"entries": [{"text_before": "The", "link_text": "Myeloma Net", "text_after": "(MYN)"}]},
     ["myeloma", "MYN"]),
    (PlatformPage, "body", "enquiry_contact",
     {"sentence": "Write to", "address": "mailbox@stcc.example", "subject": "An enquiry"},
     ["mailbox", "contact"]),
    (PlatformPage, "body", "capabilities", {"heading": "", "items": ["<p>capablewords</p>"]},
     ["capablewords"]),
    (ContactPage, "contacts", "contact",
     {"title": "Desk", "rows": [{"type": "phone", "value": "6000 0000"},
                                {"type": "email", "value": "desk@agency.example"}]},
     ["desk", "6000 0000", "desk@agency.example"]),
    (ContactPage, "locations", "location", {"title": "Tower", "address": "1 Biopolis Way"},
     ["biopolis way", "tower"]),
]  # fmt: skip


@pytest.mark.parametrize(("model", "field", "block", "value", "words"), OTHERS)
def test_blocks_of_other_types_are_found(
    home: Page, client: Client, model, field, block, value, words
):
    parent = home if model in (ContactPage, HomePage) else make_section(home, "Section")
    fields: Any = {field: json.dumps([{"type": block, "value": value}])}
    make_page(parent, "Somewhere", model=model, **fields)
    for word in words:
        assert "Somewhere" in titles(client, word), word


def test_descriptions_are_searched(home: Page, client: Client):
    make_page(home, "Described", search_description="A network for livers")
    assert titles(client, "liver") == ["Described"]


@pytest.mark.django_db
def test_headings_are_those_that_readers_see():
    page = ContentPage(title="x", body=json.dumps(BODY))
    assert headings_of(page) == ["richheading", "anchoredheading", "captionwords", "foldtitle"]


def test_markup_parts_words_where_a_browser_does():
    html = "<div>one</div><div>t<b>w</b>o</div><td>three</td><!-- no -->&amp; a < b"
    assert words_of_markup(html) == "one two three & a < b"


def test_indexing_reads_nothing_that_blocks_lead_to(home: Page):
    target = make_page(home, "Target")
    link = {"page": target.pk, "document": None, "address": ""}
    button = {"type": "button", "value": {"text": "Go", "link": link, "style": "primary"}}
    page = ContentPage.objects.get(pk=make_page(home, "Page", body=json.dumps([button])).pk)
    with CaptureQueriesContext(connection) as queries:
        assert ContentPage._meta.get_field("body").get_searchable_content(page.body) == ["Go"]
    assert len(queries) == 0


def test_every_page_type_is_searched_by_all_its_blocks():
    for model in get_page_models():
        if model is Page:
            continue
        searched = {field.field_name for field in model.get_searchable_search_fields()}
        streams = {
            field.name for field in model._meta.get_fields() if isinstance(field, StreamField)
        }
        assert {"title", "search_description", "search_headings", *streams} <= searched, model
