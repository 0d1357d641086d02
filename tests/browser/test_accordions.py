"""Accordions in a real browser: with and without JavaScript, by link, and on paper."""

from __future__ import annotations

import pytest

from home.models import HomePage
from tests.browser.conftest import until
from tests.browser.test_public import violations
from tests.factories import make_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ENTRIES = [
    {"title": "First", "open": False, "body": [{"type": "text", "value": "<p>One.</p>"}]},
    {
        "title": "Second",
        "open": False,
        "body": [
            {"type": "anchor", "value": {"name": "second"}},
            {
                "type": "accordion",
                "value": {
                    "entries": [
                        {
                            "title": "Within",
                            "open": False,
                            "body": [
                                {"type": "anchor", "value": {"name": "within"}},
                                {"type": "text", "value": "<h4>A heading</h4><p>Two.</p>"},
                            ],
                        }
                    ]
                },
            },
        ],
    },
    {"title": "", "open": True, "body": [{"type": "text", "value": "<p>Three.</p>"}]},
]


@pytest.fixture
def address(demo) -> str:
    """The address of a page with an accordion, and another one within it."""
    body = [{"type": "accordion", "value": {"entries": ENTRIES}}]
    make_page(HomePage.objects.get(depth=2), "Folding", body=body)
    return f"{demo}/folding/"


def state(page) -> list[bool]:
    opened: list[bool] = page.evaluate(
        "[...document.querySelectorAll('.accordion__entry')].map((entry) => entry.open)"
    )
    return opened


def test_one_button_opens_and_closes_all(context, address):
    page = context.new_page()
    page.goto(address)
    assert violations(page) == []
    assert state(page) == [False, False, False, True]
    # One for the whole; the inner accordion has a single entry.
    page.get_by_role("button", name="Open all").click()
    assert state(page) == [True, True, False, True]
    assert violations(page) == []
    page.get_by_role("button", name="Close all").click()
    assert state(page) == [False, False, False, False]


@pytest.mark.parametrize(
    ("anchor", "opened"),
    [("#second", [False, True, False, True]), ("#within", [False, True, True, True])],
)
def test_a_link_into_an_entry_opens_it(context, address, anchor, opened):
    page = context.new_page()
    page.goto(address + anchor)
    assert state(page) == opened
    page.goto(address)
    page.evaluate(f"location.hash = '{anchor}'")
    until(page, "document.querySelectorAll('.accordion__entry')[1].open")
    assert state(page) == opened


def test_an_entry_opens_without_javascript(browser, address):
    opened = browser.new_context(java_script_enabled=False)
    page = opened.new_page()
    page.goto(address)
    assert page.get_by_role("button", name="Open all").count() == 0
    page.get_by_text("First", exact=True).click()
    assert page.get_by_text("One.").is_visible()
    opened.close()


def test_paper_shows_everything(context, address):
    page = context.new_page()
    page.goto(address)
    page.emulate_media(media="print")
    for words in ("One.", "Two.", "Three."):
        box = page.get_by_text(words).bounding_box()
        assert box is not None
        assert box["height"] > 0
    assert page.locator(".accordion__all").first.is_hidden()
