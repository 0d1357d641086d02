"""Suggestions in the search field, with the keyboard, a mouse, and without a script."""

from __future__ import annotations

import pytest

from tests.browser.test_public import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_suggestions_are_chosen_with_the_keyboard(context, demo):
    page = context.new_page()
    page.goto(f"{demo}/search/")
    field = page.get_by_role("combobox", name="Search this website")
    field.press_sequentially("hepa")
    options = page.get_by_role("option")
    options.first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    assert "suggested page" in page.get_by_role("status").last.inner_text()
    assert violations(page) == []
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    assert options.first.get_attribute("aria-selected") == "true"
    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert field.input_value() == "hepa"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/clinical-research-networks/ahcc/")


def test_enter_without_a_choice_searches_and_a_click_chooses(context, demo):
    page = context.new_page()
    page.goto(f"{demo}/no-such-page/")
    field = page.get_by_role("combobox")
    field.fill("cancer")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=cancer")
    page.get_by_role("combobox").fill("paros")
    page.get_by_role("option").first.click()
    page.wait_for_url("**/paros/")
