"""What a page costs in database queries, by page type. A budget is a promise: lower it freely,
raise it only with a reason."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import Site

from tests.isomer.importing import DEMO, run_import

BUDGETS = {
    "/": 15,
    "/clinical-research-networks/overview/": 12,
    "/clinical-research-networks/ahcc/": 13,
    "/platform-1/cancer-clinical-trials-and-investigational-medicine-units/": 11,
    "/about-us/our-role/": 14,
    "/search/?q=cancer": 16,
    "/no-such-page/": 10,
}


@pytest.mark.django_db
def test_pages_stay_within_their_budgets(django_assert_max_num_queries):
    run_import(DEMO)
    client = Client(HTTP_HOST="localhost")
    for path, budget in BUDGETS.items():
        # Renditions are made on the first visit, and the roots of sites are remembered.
        client.get(path)
        with django_assert_max_num_queries(budget, info=path):
            client.get(path)


@pytest.mark.django_db
def test_more_entries_and_pages_cost_no_more_queries(django_assert_num_queries):
    """The directory with twelve entries, and again after every network page was copied."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from networks.models import NetworkPage

    run_import(DEMO)
    client = Client(HTTP_HOST="localhost")
    path = "/clinical-research-networks/overview/"
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    before = len(captured)
    for page in list(NetworkPage.objects.all()):
        page.copy(update_attrs={"slug": f"{page.slug}-copy", "title": f"{page.title} again"})
    assert Site.objects.get().root_page.get_descendants().count() > 40
    client.get(path)
    with django_assert_num_queries(before):
        client.get(path)
