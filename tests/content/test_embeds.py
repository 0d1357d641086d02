"""Films, frames and sounds: what they load, when, and who decides."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from content.markup.embed_addresses import embed_host, player_address
from content.models import EmbedHost, SiteDocument
from content.models.embeds import validate_host
from tests.factories import make_page

FILM = "https://www.youtube-nocookie.com/embed/AbCdEf12345"


@pytest.mark.parametrize(
    ("written", "played"),
    [
        ("https://www.youtube.com/embed/AbCdEf12345", FILM),
        ("https://www.youtube.com/embed/AbCdEf12345?si=share", FILM),
        ("http://youtube.com/watch?v=AbCdEf12345&feature=x", FILM),
        ("https://m.youtube.com/watch?v=AbCdEf12345&t=1m30s", f"{FILM}?start=90"),
        ("https://youtu.be/AbCdEf12345?t=45", f"{FILM}?start=45"),
        ("https://www.youtube.com/shorts/AbCdEf12345", FILM),
        ("https://www.youtube.com/live/AbCdEf12345/", FILM),
        (
            "https://www.youtube.com/playlist?list=PL12345",
            "https://www.youtube-nocookie.com/embed/videoseries?list=PL12345",
        ),
        ("https://vimeo.com/123456", "https://player.vimeo.com/video/123456?dnt=1"),
        ("https://vimeo.com/123456/abc9", "https://player.vimeo.com/video/123456?dnt=1&h=abc9"),
        (
            "https://www.instagram.com/reel/abcdef/?utm_source=ig",
            "https://www.instagram.com/reel/abcdef/embed/",
        ),
        ("http://form.gov.sg/5f", "https://form.gov.sg/5f"),
        ("https://www.youtube.com/", "https://www.youtube.com/"),
        ("https://[broken", "https://[broken"),
        ("/files/film.mp4", "/files/film.mp4"),
    ],
)
def test_what_is_played(written: str, played: str) -> None:
    assert player_address(written) == played


def test_the_host_to_allow_is_the_one_that_is_asked() -> None:
    assert embed_host("https://youtu.be/AbCdEf12345") == "www.youtube-nocookie.com"
    assert embed_host("/files/film.mp4") == ""


def embed(address: str = "", document: SiteDocument | None = None, **fields: Any) -> dict[str, Any]:
    source = {"page": None, "document": document and document.pk, "address": address}
    return {"type": "embed", "value": {"source": source, "title": "", "height": None} | fields}


def served(home: Page, *body: dict[str, Any]) -> tuple[Any, str]:
    """Return a page with these blocks as it is served, and its security policy."""
    make_page(home, "Films", body=list(body))
    response = Client().get("/films/")
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html5lib")
    return soup.select_one("main"), response.get("Content-Security-Policy", "")


def test_an_allowed_embed_waits_for_the_visitor(home: Page) -> None:
    soup, policy = served(
        home, embed("https://youtu.be/AbCdEf12345", title="How a trial works", height=400)
    )
    frame = soup.select_one("iframe")
    assert (frame["data-src"], frame["title"], frame["height"]) == (
        FILM,
        "How a trial works",
        "400",
    )
    assert not frame.has_attr("src")
    assert frame.find_parent(attrs={"data-interface": True}) is None
    link = soup.select_one("[data-interface] a")
    assert link["href"] == "https://youtu.be/AbCdEf12345"
    button = soup.select_one("[data-interface] button")
    assert button.has_attr("hidden"), "a script shows it; without one it could do nothing"
    assert button.get_text().startswith("Show content from youtu.be")
    assert "https://www.youtube-nocookie.com" in policy
    assert not re.search(r"(?<!data-)src=\"https?:", str(soup))


@pytest.mark.parametrize("decision", [None, "waiting", "refused"])
def test_an_embed_of_any_other_host_is_a_card(home: Page, decision: str | None) -> None:
    if decision:
        EmbedHost.objects.create(host="checks.example.org", decision=decision)
    soup, policy = served(home, embed("https://checks.example.org/a"))
    assert soup.select_one("iframe")["data-src"] == "https://checks.example.org/a"
    assert soup.select_one("iframe")["title"] == "Embedded content from checks.example.org"
    assert soup.select_one("a")["href"] == "https://checks.example.org/a"
    assert soup.select_one("button") is None
    assert "checks.example.org" not in policy


def test_films_and_sounds_of_this_site_play_where_they_are(home: Page) -> None:
    film = SiteDocument.objects.create(title="F", file=ContentFile(b"x", name="film.mp4"))
    soup, policy = served(
        home, embed(document=film, title="A visit"), embed("/files/talk.mp3"), embed()
    )
    video, audio = soup.select_one("video"), soup.select_one("audio")
    assert (video["src"], video["preload"], video["aria-label"]) == (film.url, "none", "A visit")
    assert (audio["src"], audio["preload"]) == ("/files/talk.mp3", "none")
    assert audio["aria-label"] == "Embedded content from this site"
    assert len(soup.select(".embed")) == 2, "one without a source shows nothing"
    assert "media-src 'self'" in policy


def test_a_page_without_embeds_has_no_policy_of_theirs(home: Page) -> None:
    policy = served(home, {"type": "text", "value": "<p>Words</p>"})[1]
    assert "frame-src" not in policy
    assert "media-src" not in policy


def test_many_embeds_cost_one_query(home: Page, django_assert_num_queries: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make_page(home, "None", body=[{"type": "text", "value": "<p>Words</p>"}])
    make_page(home, "Many", body=[embed(f"https://youtu.be/AbCdEf1234{n}") for n in range(9)])
    client = Client()
    for path in ("/none/", "/many/"):
        client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get("/none/")
    with django_assert_num_queries(len(captured) + 1):
        client.get("/many/")


def test_hosts_are_listed_under_settings(superuser: Any, client: Client) -> None:
    client.force_login(superuser)
    EmbedHost.objects.create(host="checks.example.org")
    page = client.get(reverse("wagtailsnippets_content_embedhost:list")).content.decode()
    assert page.index("checks.example.org") < page.index("www.youtube-nocookie.com")
    assert "Waits for a decision" in page


@pytest.mark.parametrize("name", ["https://a.gov.sg", "a.gov.sg/x", "A.gov.sg", "a", "", "a b.sg"])
def test_a_host_is_a_bare_name(name: str) -> None:
    with pytest.raises(ValidationError):
        validate_host(name)


@pytest.mark.django_db
def test_what_is_allowed_from_the_start() -> None:
    validate_host("form.gov.sg")
    allowed = EmbedHost.objects.filter(decision=EmbedHost.Decision.ALLOWED)
    assert {"form.gov.sg", "www.youtube-nocookie.com"} <= set(
        allowed.values_list("host", flat=True)
    )
    for host in allowed:
        host.full_clean()
