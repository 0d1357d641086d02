"""Links that no browser understands: the page can be saved, and the list names them."""

from __future__ import annotations

import pytest
from wagtail.models import Page

from care.items import update_all
from care.models import CareItem
from tests.factories import edit, make_page

MALFORMED = ["http://[abc/", "http://[abc]/x", "//[x", "https://℀.sg/", "HTTP://[::1"]


@pytest.mark.parametrize("address", MALFORMED)
def test_a_page_with_a_malformed_link_can_be_saved(home: Page, address: str):
    text = f'<p>See <a href="{address}">the report of the year</a>.</p>'
    page = make_page(home, "Report", body=[("text", text)], search_description="A report.")
    edit(page, title="Report of the year")
    update_all()
    (item,) = CareItem.objects.filter(page=page.pk, kind="link-nowhere")
    assert "no address that a browser understands" in item.text
