"""Redirects that people make in the admin work, or are refused with a reason."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects import views
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from content.addresses.redirects import path_form, redirect_path
from content.models import MediaPath, SiteDocument
from tests.content.helpers import trail
from tests.editors.people import client_of, make_person
from tests.factories import make_page

pytestmark = pytest.mark.django_db


def post(path: str, link: str = "", page: Page | None = None, **more: Any) -> list[str]:
    """Send the form of a new redirect; return the sentences with which it is refused."""
    data = {
        "old_path": path,
        "redirect_link": link,
        "redirect_page": page.pk if page else "",
        "is_permanent": "on",
        "site": "",
    }
    person = User.objects.filter(username="manager").first() or make_person("manager")
    assert person is not None
    client = Client(HTTP_HOST="localhost")
    client.force_login(person)
    answer = client.post(reverse("wagtailredirects:add"), data | more)
    if answer.status_code == 302:
        return []
    errors = answer.context["form"].errors
    return [str(one) for found in errors.values() for one in found]


SPELLINGS = [
    ("/old file (1).PDF", ["/old%20file%20(1).PDF", "/old%20file%20%281%29.PDF"]),
    ("/old%20file%20(1).PDF", ["/old%20file%20(1).PDF", "/old%20file%20%281%29.PDF/"]),
    ("https://www.agency.gov.sg/old-page/", ["/old-page", "/old-page/"]),
    ("was/here", ["/was/here/"]),
    ("/caf\u00e9/", ["/caf%C3%A9", "/cafe%CC%81/"]),
    ("/why%3F", ["/why%3F/"]),
    ("/100%25", ["/100%25"]),
    ("/a;c;b", ["/a;c;b", "/a%3Bc%3Bb"]),
    ("/list?b=2&a=%26", ["/list?a=%26&b=2", "/list/?b=2&a=%26"]),
    ("/part#who", ["/part"]),
]


@pytest.mark.parametrize(("written", "asked"), SPELLINGS)
def test_a_redirect_works_however_it_is_spelled(
    client: Client, home: Page, written: str, asked: list[str]
) -> None:
    make_page(home, "New", "/new/")
    assert post(written, "/new/") == []
    for path in asked:
        assert trail(client, path) == ["301 /new/", "200"]
    stored = Redirect.objects.get()
    assert redirect_path(stored.old_path) == stored.old_path


def test_a_second_spelling_of_one_path_is_refused(home: Page) -> None:
    assert post("/a b", "/search/") == []
    for site in ("", Site.objects.get().pk):
        Redirect.objects.update(site=site or None)
        assert post("/a%20b/", "/search/", site=site)


def test_rows_of_scripts_and_of_earlier_versions_get_the_form(home: Page) -> None:
    made = Redirect.add_redirect("/a%20b/", "/x/")
    assert made.old_path == "/a b"
    Redirect.objects.update(old_path="/c%20d")
    import_module("content.migrations.0009_one_form_of_redirects").rewrite(apps, None)
    assert Redirect.objects.get().old_path == "/c d"
    assert path_form("/what?") == redirect_path("/what%3F") == "/what%3F"


@pytest.mark.parametrize("link", ["/loop/", "/loop", "http://localhost/loop/#part", "/loop?x=1"])
def test_a_redirect_to_itself_is_refused(home: Page, link: str) -> None:
    assert "in a circle" in post("/loop/", link)[0]
    assert not Redirect.objects.exists()


def test_a_circle_through_others_is_refused_on_every_site(home: Page) -> None:
    Redirect.add_redirect("/b", "/c/")
    Redirect.add_redirect("/c", "http://localhost/a/", site=Site.objects.get())
    assert "in a circle" in post("/a", "/b/")[0]
    assert post("/a", "/search/") == []
    key = Redirect.objects.get(old_path="/a").pk
    data = {"old_path": "/a", "redirect_link": "/c", "redirect_page": "", "site": ""}
    answer = client_of("manager", "other").post(reverse("wagtailredirects:edit", args=[key]), data)
    assert "in a circle" in str(answer.context["form"].errors)


def test_a_circle_that_no_form_made_answers_not_found(client: Client, home: Page) -> None:
    Redirect.add_redirect("/a", "/b")
    Redirect.add_redirect("/b", "/a/")
    Redirect.add_redirect("/self", "/self/")
    Redirect.add_redirect("/into", "/a")
    for path in ("/a", "/b", "/self", "/into"):
        assert trail(client, path) == ["404"]


def test_addresses_that_answer_already_are_refused(home: Page) -> None:
    page = make_page(home, "History", "/history/")
    page.address = "/our-past/"
    page.save_revision().publish()
    file = SiteDocument.objects.create(title="A", file=ContentFile(b"a", "a.pdf"))
    MediaPath.objects.create(site=Site.objects.get(), path="/files/a b.pdf", document=file)
    for path in ("/our-past", "/history/", "/", "/?p=3", f"/{page.slug}/"):
        assert page_named(post(path, "/search/")), path
    assert "file answers there" in post("/files/a%20b.pdf", "/search/")[0]
    page.unpublish()
    assert post("/our-past", "/search/") == []


def page_named(problems: list[str]) -> bool:
    return len(problems) == 1 and problems[0].startswith("The page “")


@pytest.mark.parametrize(
    "path", ["/admin/pages/", "/Admin", "/sitemap.xml", "/sitemap", "/search/", "/-/static/x.css"]
)
def test_addresses_of_the_software_are_refused(home: Page, path: str) -> None:
    assert "software" in post(path, "/search/")[0]


def test_what_no_browser_asks_for_is_refused(home: Page) -> None:
    for path in ("/a/../b", "/%00", "https://[broken/", "/" + "é" * 256):
        assert len(post(path, "/search/")) == 1, path


@pytest.mark.parametrize(
    "link", ["/faq/", "/faq/?a=1#who", "/files/old form.pdf", "www.moh.gov.sg"]
)
def test_targets_may_be_paths(home: Page, link: str) -> None:
    make_page(home, "FAQ", "/faq/")
    file = SiteDocument.objects.create(title="A", file=ContentFile(b"a", "a.pdf"))
    MediaPath.objects.create(site=Site.objects.get(), path="/files/old form.pdf", document=file)
    assert post("/questions", link) == []


@pytest.mark.parametrize("link", ["/qfa/", "/frequent-question/?a=1", "http://localhost/x/"])
def test_a_target_where_nothing_answers_is_refused(home: Page, link: str) -> None:
    make_page(home, "Questions", "/about/faq.html", slug="frequent-questions")
    make_page(home, "Gone", "/qfa/").unpublish()
    (told,) = post("/was", link)
    assert told.startswith(f"Nothing answers at {link}")
    assert ("/about/faq.html" in told) == ("frequent" in link)


@pytest.mark.parametrize(
    "link", ["/search/?q=a", "/feed.xml", "/-/media/a.png", "/on/", "//other.example.org/x/"]
)
def test_targets_may_be_what_the_software_has_and_other_redirects(home: Page, link: str) -> None:
    Redirect.add_redirect("/on", "/search/")
    assert post("/was", link) == []


@pytest.mark.parametrize("link", ["faq/", "javascript:alert(1)", "//", "/\\evil.example\\x y"])
def test_a_target_that_is_no_address_says_how_to_write_it(home: Page, link: str) -> None:
    assert "such as /faq/" in post("/questions", link)[0]


def test_a_redirect_has_one_target(home: Page) -> None:
    page = make_page(home, "New")
    assert "Choose a page" in post("/a")[0]
    assert "not both" in post("/a", "/b", page)[0]
    assert post("/a", page=page) == []


def test_one_site_may_use_what_another_has(home: Page) -> None:
    make_page(home, "Here", "/here/")
    other = Page.objects.get(depth=1).add_child(instance=type(home)(title="Other", slug="other"))
    site = Site.objects.create(hostname="other.example.org", root_page=other)
    assert post("/here", "/search/", site=site.pk) == []
    assert post("/here/", "/search/") == []
    assert page_named(post("/here/", "/search/", site=Site.objects.get(hostname="localhost").pk))


def test_the_import_from_a_file_takes_the_same_form(client: Client, home: Page) -> None:
    make_page(home, "FAQ", "/faq/")
    rows = "from,to\n/old file.pdf,/faq/\n/faq/,/x/\n/loop,/loop/\n/bad,faq\n"
    manager = client_of("manager")
    file = _uploaded(rows)
    first = manager.post(reverse("wagtailredirects:start_import"), {"import_file": file})
    form = first.context["form"]
    data = {name: form[name].value() for name in ("import_file_name", "input_format")}
    data |= {"from_index": "0", "to_index": "1", "permanent": "on", "site": ""}
    done = manager.post(reverse("wagtailredirects:process_import"), data)
    errors = {row[0]: row[2] for row in done.context["import_summary"]["errors"]}
    assert set(errors) == {"/faq/", "/loop", "/bad"}
    assert "in a circle" in errors["/loop"]
    assert trail(client, "/old%20file.pdf") == ["301 /faq/", "200"]


def _uploaded(text: str) -> Any:
    return SimpleUploadedFile("redirects.csv", text.encode())


@pytest.mark.parametrize(
    ("function", "digest"),
    [
        (
            RedirectMiddleware.process_response,
            "8bf7a59ec00831b5cec634a1aac9abb739a1091a7072ee265bf05024fe3ed4f9",
        ),
        (
            views.create_redirects_from_dataset,
            "768c566662547ffe85465512b6bf15f8b1d4771f6957d46a4ae25e497821f9fd",
        ),
    ],
)
def test_what_we_stand_in_for_is_what_we_read(function: Callable[..., Any], digest: str) -> None:
    today = hashlib.sha256(inspect.getsource(function).encode()).hexdigest()
    assert today == digest, (
        f"Wagtail has changed {function.__qualname__}. Read it beside the modules middleware and"
        f" redirect_forms of content.addresses; when both fit together again, write {today} here."
    )
