"""Redirects of the old host become redirects here."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from isomer.plan.model import Action
from isomer.plan.redirects import _ends, _Hop
from tests.isomer.importing import rules_of, run_import
from tests.isomer.media import CONFIG, HOME
from tests.isomer.read.sources import write

pytestmark = pytest.mark.django_db
ABOUT = "---\ntitle: About\npermalink: /about/\n---\nText\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    lines = (
        "/old /about/ 301\n/away https://example.org/a?b=1 302\n/about/ / 301\n"
        "/part /about/#who 301\n/old/ /elsewhere/ 301\n"
    )
    return write(
        tmp_path,
        {"index.md": HOME, "_config.yml": CONFIG, "pages/about.md": ABOUT, "_redirects": lines},
    )


def answer(path: str) -> tuple[int, str]:
    response = Client(HTTP_HOST="localhost").get(path)
    return response.status_code, response.get("Location", "")


def test_redirects_answer_as_the_old_host_did(source: Path) -> None:
    done = run_import(source)
    assert answer("/old/") == (301, "/about/")
    assert answer("/old") == (301, "/about/")
    assert answer("/away") == (302, "https://example.org/a?b=1")
    assert answer("/part") == (301, "/about/#who")
    assert answer("/about/")[0] == 200
    assert {"redirects-found", "redirect-not-needed"} <= rules_of(done.outcome.run)
    page = Redirect.objects.get(old_path="/old").redirect_page
    assert page is not None
    assert page.title == "About"


def test_a_second_import_writes_no_redirect(source: Path) -> None:
    run_import(source)
    before = list(Redirect.objects.order_by("pk").values())
    again = run_import(source)
    assert {one.action for one in again.plan.redirects} == {Action.KEEP}
    assert list(Redirect.objects.order_by("pk").values()) == before


def test_what_people_did_to_redirects_stays(source: Path) -> None:
    Redirect.add_redirect("/away", "https://example.com/mine")
    run_import(source)
    assert answer("/away") == (301, "https://example.com/mine")
    Redirect.objects.filter(old_path="/old").delete()
    Redirect.objects.filter(old_path="/part").update(redirect_link="/edited/")
    (source / "_redirects").write_text("/old /about/\n/part /about/#else\n", encoding="utf-8")
    again = run_import(source)
    assert {one.action for one in again.plan.redirects} == {Action.LEAVE}
    assert "redirect-edited" in rules_of(again.outcome.run)
    assert answer("/part") == (301, "/edited/")


def test_a_redirect_changed_at_the_source_is_changed(source: Path) -> None:
    run_import(source)
    (source / "_redirects").write_text("/part /about/#else 302\n", encoding="utf-8")
    run_import(source)
    assert answer("/part") == (302, "/about/#else")
    assert answer("/old") == (301, "/about/")


def test_what_leads_in_circles_is_named_and_a_chain_is_one_hop(tmp_path: Path) -> None:
    lines = (
        "/self /self/ 301\n/a /b 301\n/b /c 301\n/c /%62/ 301\n/into-circle /a 301\n"
        "/one /two 301\n/two /three 302\n/three /about/index.html 301\n"
        "/here http://www.example.gov.sg/one 301\n/away-1 /away-2 301\n"
        "/away-2 https://example.org/x 301\n/part-1 /part-2 301\n/part-2 /about/#who 301\n"
    )
    files = {
        "index.md": HOME,
        "_config.yml": "title: A\nurl: https://www.example.gov.sg\n",
        "pages/about.md": ABOUT,
        "_redirects": lines,
    }
    done = run_import(write(tmp_path, files))
    circles = {one.text for one in done.plan.messages if one.rule == "redirect-in-circle"}
    assert circles == {
        "/self to /self/", "/a to /b", "/b to /c", "/c to /%62/", "/into-circle to /a"
    }  # fmt: skip
    assert answer("/one") == answer("/two") == (302, "/about/")
    assert answer("/three") == (301, "/about/")
    assert answer("/here") == (302, "/about/")
    assert answer("/away-1") == answer("/away-2") == (301, "https://example.org/x")
    assert answer("/part-1") == (301, "/about/#who")
    assert answer("/self")[0] == answer("/a")[0] == answer("/into-circle")[0] == 404


@pytest.mark.parametrize(
    "line",
    [
        "/x /admin/logout/",
        "/x /ADMIN/",
        "/x /a/../admin/logout/",
        "/x /%61dmin/logout/",
        "/x https://www.example.gov.sg/-/django-admin/logout/",
        "/x /-/documents/1/a.pdf",
        "/admin/old/ /about/",
        "/%61dmin/old/ https://example.org/",
        "/x /y\n/y /admin/logout/",
    ],
)
def test_no_redirect_leads_into_the_software_or_out_of_it(tmp_path: Path, line: str) -> None:
    files = {
        "index.md": HOME,
        "_config.yml": "title: A\nurl: https://www.example.gov.sg\n",
        "pages/about.md": ABOUT,
        "_redirects": f"{line}\n",
    }
    done = run_import(write(tmp_path, files))
    assert "redirect-into-software" in rules_of(done.outcome.run)
    links = Redirect.objects.values_list("redirect_link", flat=True)
    assert not any("admin" in link or "documents" in link for link in links)
    assert not Redirect.objects.filter(old_path__icontains="admin").exists()


def test_a_chain_of_thousands_is_followed_once() -> None:
    hops = {f"/{number}": _Hop(f"/{number + 1}", f"/{number + 1}", True) for number in range(9999)}
    assert {end.path for end in _ends(hops).values() if end} == {"/9999"}
