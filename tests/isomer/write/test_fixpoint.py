"""What is exported and imported again is the same site, and its export the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Page

from tests.isomer.importing import DEMO, SEEDS, run_import
from tests.isomer.write.roundtrip import (
    export,
    files_of,
    import_into_nothing,
    round_trip,
    said,
)

pytestmark = pytest.mark.django_db

# What a database gives a number, and stored files a name of their own.
_NUMBERED = re.compile(
    r"/documents/\d+/|/-/media/[^\s\"']*|[\w-]*\d+-[\w-]*-heading|_[0-9A-Za-z]{7}\."
)


def test_the_demo_comes_back(tmp_path: Path) -> None:
    run_import(DEMO)
    done = round_trip(tmp_path)
    assert done.exports[0].findings == []
    assert said(done.first) == said(done.second)
    assert done.files[0] == done.files[1]
    # All of its pictures and files are there, byte for byte.
    for folder in ("images", "files"):
        for file in (DEMO / folder).rglob("*.*"):
            if not file.name.startswith(".") and file.suffix != ".svg":
                assert done.files[0][file.relative_to(DEMO).as_posix()] == file.read_bytes()


@pytest.mark.skipif(not SEEDS.exists(), reason="the SCRI documents are not beside the checkout")
def test_loose_documents_come_back(tmp_path: Path) -> None:
    run_import(SEEDS)
    done = round_trip(tmp_path)
    # The old theme printed a footer whatever the data said.
    assert {one.rule for one in done.exports[0].findings} == {"footer-by-default"}
    first, second = said(done.first), said(done.second)
    assert first.pop("footer") is None
    assert second.pop("footer") is not None
    assert first == second
    assert done.files[0] == done.files[1]


def served() -> Iterator[tuple[str, str]]:
    """Yield the address of every live page and what visitors get there."""
    client = Client(HTTP_HOST="localhost")
    for page in Page.objects.live().filter(depth__gt=1).order_by("path").specific():
        response = client.get(page.url)
        if response.status_code == 200:
            main = BeautifulSoup(response.content, "html5lib").body
            assert main is not None
            yield page.url, _NUMBERED.sub("#", str(main))
        else:
            yield page.url, response.headers.get("Location", "")


def test_visitors_get_the_same_pages(tmp_path: Path) -> None:
    run_import(DEMO)
    before = dict(served())
    export(tmp_path / "one", include_drafts=True)
    import_into_nothing(tmp_path / "one")
    after = dict(served())
    assert len(after) > 25
    assert before.keys() == after.keys()
    for url, html in before.items():
        assert _NUMBERED.sub("#", after[url]) == _NUMBERED.sub("#", html), url


def test_the_same_site_gives_the_same_bytes(tmp_path: Path) -> None:
    run_import(DEMO)
    export(tmp_path / "one")
    export(tmp_path / "two")
    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")
