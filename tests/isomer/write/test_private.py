"""What visitors may not see stays here: pages, and every address that leads to them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site

from content.addresses import PageAddress
from home.models import HomePage
from isomer.write.run import Export
from tests.factories import edit, fresh, make_page, make_section, make_site
from tests.isomer.write.roundtrip import HOST, export, files_of, import_into_nothing

pytestmark = pytest.mark.django_db
Commits = Callable[..., AbstractContextManager[object]]
TEXT = [{"type": "text", "value": "<p>Some words.</p>"}]


def make_private(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def left_out(done: Export) -> set[str]:
    return {one.where for one in done.findings if one.rule == "redirect-left-out"}


def everything_in(folder: Path) -> str:
    return b"".join(files_of(folder).values()).decode()


def test_a_private_home_page_is_told(home: HomePage, tmp_path: Path) -> None:
    make_private(home)
    with pytest.raises(CommandError, match=r"home page .* is private.*“Home”.*public"):
        call_command("export_isomer", str(tmp_path / "one"))
    assert list(tmp_path.iterdir()) == []


def test_what_is_above_the_home_page_makes_it_private(home: HomePage, tmp_path: Path) -> None:
    make_page(home, "Board", body=TEXT)
    make_private(home.get_parent())
    with pytest.raises(CommandError, match="is private"):
        call_command("export_isomer", str(tmp_path / "one"))
    assert list(tmp_path.iterdir()) == []


def test_no_redirect_names_a_private_page(home: HomePage, site: Site, tmp_path: Path) -> None:
    page = make_page(home, "Minutes", address="/former-secret/", body=TEXT)
    edit(page, address="/secret/")
    make_page(home, "Open", address="/open/", body=TEXT)
    make_private(page)
    for old, target in (("/a", {"redirect_page": page}), ("/b", {"redirect_link": "/secret/#x"}),
                        ("/c", {"redirect_link": f"{site.root_url}/former-secret?y=1"}),
                        ("/d", {"redirect_link": "/minutes"}),
                        ("/secret", {"redirect_link": "/open/"})):  # fmt: skip
        Redirect.objects.create(site=site, old_path=old, **target)
    Redirect.objects.create(site=site, old_path="/e", redirect_link="/open/")
    done = export(tmp_path / "one", include_drafts=True)
    assert left_out(done) == {"/a", "/b", "/c", "/d", "/secret", "/former-secret"}
    written = everything_in(tmp_path / "one")
    assert "secret" not in written
    assert "minutes" not in written.lower()
    assert (tmp_path / "one" / "_redirects").read_text() == "/e /open/ 301\n"
    assert done.is_whole


def test_no_redirect_names_a_page_that_is_not_published(home: HomePage, tmp_path: Path) -> None:
    site = Site.objects.get(is_default_site=True)
    page = make_page(home, "Plan", address="/first-plan/", body=TEXT)
    edit(page, address="/plan/")
    make_page(home, "Open", address="/open/", body=TEXT)
    fresh(page).unpublish()
    Redirect.objects.create(site=site, old_path="/a", redirect_page=page)
    # While the page is not there, its address leads elsewhere.
    Redirect.objects.create(site=site, old_path="/plan", redirect_link="/open/")
    done = export(tmp_path / "one")
    assert left_out(done) >= {"/a", "/first-plan"}
    assert (tmp_path / "one" / "_redirects").read_text() == "/plan /open/ 301\n"
    assert left_out(export(tmp_path / "two", include_drafts=True)) == set()
    assert "/a /plan/ 301" in (tmp_path / "two" / "_redirects").read_text()


def test_a_private_page_of_another_site_is_not_named(home: HomePage, tmp_path: Path) -> None:
    other = make_site("other.example")
    secret, shown = (make_page(other.root_page, name, body=TEXT) for name in ("Secret", "Shown"))
    make_private(secret)
    site = Site.objects.get(is_default_site=True)
    Redirect.objects.create(site=site, old_path="/a", redirect_page=secret)
    Redirect.objects.create(site=site, old_path="/b", redirect_page=shown)
    done = export(tmp_path / "one")
    assert left_out(done) == {"/a"}
    lines = (tmp_path / "one" / "_redirects").read_text()
    assert lines == "/b http://other.example/shown/ 301\n"


def test_moves_and_new_names_come_back(
    home: HomePage, client: Client, tmp_path: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    section = make_section(home, "Old name", show_in_menus=True)
    page = make_page(section, "History", body=TEXT, show_in_menus=True)
    with django_capture_on_commit_callbacks(execute=True):
        edit(section, slug="new-name", title="New name")
    second = make_section(home, "Second", show_in_menus=True)
    fresh(page).move(fresh(second), pos="last-child")
    former = {"/old-name/history", "/new-name/history"}
    assert set(
        PageAddress.objects.filter(page=page, kind="old").values_list("path", flat=True)
    ) == (former)
    assert export(tmp_path / "one").is_whole
    lines = (tmp_path / "one" / "_redirects").read_text().splitlines()
    assert {f"{path} /second/history/ 301" for path in former} <= set(lines)
    import_into_nothing(tmp_path / "one")
    again = Redirect.objects.filter(redirect_page__title="History")
    assert {one.old_path for one in again} == former
    assert all(one.is_permanent for one in again)
    for path in former:
        answer = client.get(f"{path}/", headers={"host": HOST})
        assert (answer.status_code, answer["Location"]) == (301, "/second/history/")


def test_a_former_address_comes_before_a_redirect(
    home: HomePage, site: Site, tmp_path: Path
) -> None:
    page = make_page(home, "History", address="/before/", body=TEXT)
    edit(page, address="/now/")
    Redirect.objects.create(site=site, old_path="/before", redirect_link="https://example.org/")
    export(tmp_path / "one")
    assert (tmp_path / "one" / "_redirects").read_text() == "/before /now/ 301\n"


def test_a_redirect_of_the_site_comes_before_one_of_all_sites(
    home: HomePage, site: Site, tmp_path: Path
) -> None:
    Redirect.objects.create(old_path="/a", redirect_link="https://all.example/")
    Redirect.objects.create(site=site, old_path="/a", redirect_link="https://own.example/")
    export(tmp_path / "one")
    assert (tmp_path / "one" / "_redirects").read_text() == "/a https://own.example/ 301\n"


def test_sites_with_one_home_page_share_former_addresses(
    home: HomePage, site: Site, tmp_path: Path
) -> None:
    page = make_page(home, "History", address="/before/", body=TEXT)
    edit(page, address="/now/")
    PageAddress.objects.filter(kind="old").update(site=make_site("second.example", home))
    export(tmp_path / "one")
    assert (tmp_path / "one" / "_redirects").read_text() == "/before /now/ 301\n"
