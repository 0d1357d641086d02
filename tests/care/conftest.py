from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Page, Site

from tests.care.sites import person
from tests.factories import fresh, make_page, make_section


@pytest.fixture
def home(site: Site) -> Any:
    """The home page of the default site, which needs nothing."""
    home: Page = site.root_page.specific
    home.search_description = "The institute."
    home.save_revision().publish()
    return fresh(home)


@pytest.fixture
def pages(home):
    """A page in each of two sections, each without description."""
    first, second = make_section(home, "First"), make_section(home, "Second")
    return make_page(first, "In the first"), make_page(second, "In the second")


@pytest.fixture
def people(home, pages, superuser):
    """Somebody for each role."""
    first = pages[0].get_parent()
    author = person("author", first, "add_page")
    Page.objects.filter(pk=make_page(first, "Own").pk).update(owner=author)
    return {
        "superuser": superuser,
        "editor": person("editor", home, "change_page", "publish_page"),
        "of the first section": person("section", first, "change_page"),
        "author": author,
        "reader": person("reader"),
    }
