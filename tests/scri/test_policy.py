"""Security policies and other headers: which answer carries which."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.test import Client
from wagtail.models import Page

from content.models import EmbedHost
from scri import urls
from scri.policy import merged
from scri.settings import security
from tests.factories import make_page
from tests.pictures import SVG

STRICT = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'self'"],
}


def policy_of(response: Any) -> dict[str, list[str]]:
    header = response.headers["Content-Security-Policy"]
    return {part.split()[0]: part.split()[1:] for part in header.split(";")}


PUBLIC = ["/", "/search/?q=a", "/no-such-page/", "/feed.xml", "/sitemap.xml", "/robots.txt"]


@pytest.mark.parametrize("path", [*PUBLIC, "/-/healthz", "/favicon.ico"])
def test_every_public_answer_has_the_strict_policy(home: Page, path: str) -> None:
    assert policy_of(Client().get(path)) == STRICT


@pytest.mark.parametrize("path", [*PUBLIC, "/admin/login/", "/-/django-admin/login/"])
def test_every_answer_has_the_other_headers(home: Page, path: str) -> None:
    headers = Client().get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_the_page_for_faults_has_the_policy(home: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*arguments: Any, **named: Any) -> None:
        raise RuntimeError("for the test")

    monkeypatch.setattr("home.models.HomePage.serve", fails)
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 500
    assert policy_of(response) == STRICT
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_the_admin_has_a_policy_of_its_own(superuser: Any, client: Client) -> None:
    client.force_login(superuser)
    for path in ("/admin/", "/-/django-admin/"):
        policy = policy_of(client.get(path))
        assert policy == security.SECURE_CSP_ADMIN
        assert policy["default-src"] == policy["base-uri"] == ["'none'"]
        assert "https:" not in str(policy)


def test_a_stored_drawing_can_run_nothing(home: Page) -> None:
    name = default_storage.save("original_images/drawing.svg", ContentFile(SVG))
    response = Client().get(settings.MEDIA_URL + name)
    assert policy_of(response) == {
        "default-src": ["'none'"],
        "style-src": ["'unsafe-inline'"],
        "sandbox": [],
    }
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert policy_of(Client().get(f"{settings.MEDIA_URL}none.svg")) == STRICT


def test_pictures_on_another_host_are_allowed_there(home: Page, settings: Any) -> None:
    settings.MEDIA_URL = "https://pictures.example.org/media/"
    assert policy_of(Client().get("/"))["img-src"] == ["'self'", "https://pictures.example.org"]


def test_a_page_with_embeds_allows_their_hosts_and_stays_strict(home: Page) -> None:
    EmbedHost.objects.all().delete()
    EmbedHost.objects.create(host="form.gov.sg", decision="allowed")
    source = {"page": None, "document": None, "address": "https://form.gov.sg/1"}
    body = [{"type": "embed", "value": {"source": source, "title": "", "height": None}}]
    make_page(home, "Films", body=body)
    added = {"frame-src": ["https://form.gov.sg"], "media-src": ["'self'"]}
    assert policy_of(Client().get("/films/")) == STRICT | added


def test_an_answer_that_has_a_policy_keeps_it(home: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    own = {"Content-Security-Policy": "default-src 'self'"}
    pattern = next(one for one in urls.urlpatterns if getattr(one, "name", "") == "robots")
    monkeypatch.setattr(pattern, "callback", lambda request: HttpResponse("", headers=own))
    assert Client().get("/robots.txt").headers["Content-Security-Policy"] == "default-src 'self'"


@pytest.mark.parametrize(
    ("policy", "other", "result"),
    [
        ({"a": ["x"]}, {"a": ["x", "y"]}, {"a": ["x", "y"]}),
        ({"a": ["'none'"]}, {"a": ["y"]}, {"a": ["y"]}),
        ({"a": ["'none'"]}, {"a": []}, {"a": ["'none'"]}),
        ({}, {"b": ["y"]}, {"b": ["y"]}),
    ],
)
def test_policies_are_joined(
    policy: dict[str, list[str]], other: dict[str, list[str]], result: dict[str, list[str]]
) -> None:
    assert merged(policy, other) == result


INLINE = re.compile(r"<style|\sstyle=|\son\w+=\"|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE)
ROOT = Path(__file__).resolve().parents[2]


def test_public_templates_hold_no_inline_script_or_style() -> None:
    files = [
        file
        for room in ROOT.iterdir()
        if (room / "templates").is_dir() and room.name != "isomer"
        for file in room.rglob("*.html")
        # What people write e-mails with knows no style sheets.
        if "notifications" not in file.parts
    ]
    assert files
    allowed = '<script type="application/ld+json">'
    found = {
        file.name: INLINE.findall(text)
        for file in files
        if INLINE.search(text := file.read_text(encoding="utf-8").replace(allowed, ""))
    }
    assert found == {}
