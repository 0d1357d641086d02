"""An imported menu entry with its section's title follows the section from then on."""

from __future__ import annotations

from typing import Any

import pytest

from isomer.plan.places import section_key
from isomer.plan.site_settings import menu_entries
from isomer.source import NavigationEntry, NavigationKind, SourceSite


@pytest.mark.parametrize(("written", "stored"), [("About us", ""), ("Who we are", "Who we are")])
def test_an_entry_has_a_title_of_its_own_only_where_it_differs(written: str, stored: str) -> None:
    entry = NavigationEntry(written, NavigationKind.COLLECTION, collection="about")
    titles = {section_key("about"): "About us"}
    source = SourceSite.__new__(SourceSite)
    found: Any
    (found,) = menu_entries([entry], source, titles, "_data/navigation.yml", [])
    assert found["value"]["title"] == stored
