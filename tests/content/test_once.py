"""What requests read once, each for itself or all together."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory
from wagtail.models import Page

from content.once import once, shared_by_requests
from navigation.tree import SiteTree
from tests.factories import make_page

pytestmark = pytest.mark.django_db


def test_something_is_read_once_for_each_request_or_for_all_within() -> None:
    read: list[str] = []

    def ask() -> None:
        request = RequestFactory().get("/")
        once(request, "_it", lambda: read.append("read"))
        once(request, "_it", lambda: read.append("read"))

    ask()
    ask()
    assert len(read) == 2
    with shared_by_requests():
        ask()
        ask()
    assert len(read) == 3
    ask()
    assert len(read) == 4


def test_many_pages_cost_one_reading_of_the_tree(
    home: Page, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses = [make_page(home, name).url for name in ("One", "Two", "Three")]
    readings: list[object] = []
    original = SiteTree.for_site.__func__  # type: ignore[attr-defined]

    def for_site(cls: type[SiteTree], *arguments: object) -> SiteTree:
        readings.append(arguments)
        tree: SiteTree = original(cls, *arguments)
        return tree

    monkeypatch.setattr(SiteTree, "for_site", classmethod(for_site))
    with shared_by_requests():
        assert [client.get(address).status_code for address in addresses] == [200] * 3
    assert len(readings) == 1
