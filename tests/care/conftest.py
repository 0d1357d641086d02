from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Page, Site

from tests.factories import fresh


@pytest.fixture
def home(site: Site) -> Any:
    """The home page of the default site, which needs nothing."""
    home: Page = site.root_page.specific
    home.search_description = "The institute."
    home.save_revision().publish()
    return fresh(home)
