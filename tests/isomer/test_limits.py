"""What a model refuses is met while planning: completed, cut or left out, with file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.models import ContactPage
from isomer.messages import Message
from isomer.plan.limits import with_scheme
from navigation.models import Footer, SiteIdentity
from resources.models import ResourceLinkPage
from tests.isomer.importing import run_import
from tests.isomer.read.sources import write

pytestmark = pytest.mark.django_db
HOME = "---\nlayout: homepage\ntitle: Home\npermalink: /\n---\n"
FOOTER = "_data/footer.yml"
LINK_POST = "news/a/_posts/2024-01-01-link-L.md"
RULES = {"value-cut", "value-refused", "link-without-scheme"}


def imported(folder: Path, **files: str) -> list[Message]:
    """Import files beside a home page; return the messages about values that did not fit."""
    given = {"index.md": HOME, "_config.yml": "title: Agency\nresources_name: news\n"}
    done = run_import(write(folder, {**given, **files}))
    return [message for message in done.plan.messages if message.rule in RULES]


def link_post(key: str, value: str) -> dict[str, str]:
    return {
        "news/index.html": "---\nlayout: resources\ntitle: News\n---\n",
        "news/a/index.html": "---\nlayout: resources-alt\ntitle: A\n---\n",
        LINK_POST: f'---\ntitle: L\nlayout: link\n{key}: "{value}"\n---\n',
    }


@pytest.mark.parametrize("key", ["external", "file_url"])
@pytest.mark.parametrize(
    "value",
    ["mailto:team@example.org", "tel:+6560000000", "ftp://example.org/x", "#part", "https://["],
)
def test_an_item_that_can_lead_nowhere_stays_without_a_target(tmp_path, key, value):
    [message] = imported(tmp_path, **link_post(key, value))
    assert (message.path, message.place) == (LINK_POST, key)
    assert value in message.text
    assert ResourceLinkPage.objects.get().external_address == ""


def test_an_item_that_leads_to_too_long_an_address(tmp_path):
    [message] = imported(tmp_path, **link_post("external", f"https://example.org/{'x' * 2000}"))
    assert message.rule == "value-refused"
    assert ResourceLinkPage.objects.get().external_address == ""


def test_addresses_of_social_media(tmp_path):
    footer = (
        "social_media:\n  facebook: www.facebook.com/agency\n  twitter: '@agency'\n"
        "  linkedin: linkedin.com/company/agency\n  tiktok: agency\n"
        "  youtube: https://youtube.com/agency\n"
    )
    messages = imported(tmp_path, **{FOOTER: footer})
    written = Footer.objects.get()
    assert written.facebook == "https://www.facebook.com/agency"
    assert written.linkedin == "https://linkedin.com/company/agency"
    assert written.youtube == "https://youtube.com/agency"
    assert (written.twitter, written.tiktok) == ("", "")
    assert {(one.rule, one.path, one.place, one.text) for one in messages} == {
        ("link-without-scheme", FOOTER, "social_media facebook", "www.facebook.com/agency"),
        ("link-without-scheme", FOOTER, "social_media linkedin", "linkedin.com/company/agency"),
        ("value-refused", FOOTER, "social_media twitter", "@agency"),
        ("value-refused", FOOTER, "social_media tiktok", "agency"),
    }


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("form.gov.sg/abc", "https://form.gov.sg/abc"),
        ("//form.gov.sg/abc", "https://form.gov.sg/abc"),
        ("write to us", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_the_address_for_feedback(tmp_path, value, address):
    contact = "---\nlayout: contact_us\ntitle: Contact\npermalink: /contact-us/\n---\n"
    files = {FOOTER: f"feedback: '{value}'\n", "pages/contact-us.md": contact}
    messages = imported(tmp_path, **files)
    assert ContactPage.objects.get().feedback_address == address
    assert (FOOTER, "feedback") in {(one.path, one.place) for one in messages}


def test_names_that_are_too_long_are_cut(tmp_path):
    long = "Agency " * 60
    messages = imported(
        tmp_path,
        **{
            "_config.yml": f"title: {long}\ngoogle-tag-manager: {'G' * 300}\n",
            FOOTER: f"copyright_agency: {long}\n",
            "pages/contact-us.md": (
                f"---\nlayout: contact_us\ntitle: C\npermalink: /c/\nagency_name: {long}\n---\n"
            ),
        },
    )
    for name in (SiteIdentity.objects.get().name, Footer.objects.get().copyright_name):
        assert long.startswith(name)
        assert 240 < len(name) <= 255
    assert {(one.rule, one.path, one.place) for one in messages} == {
        ("value-cut", "_config.yml", "title"),
        ("value-cut", "_config.yml", "google-tag-manager"),
        ("value-cut", FOOTER, "copyright_agency"),
        ("value-cut", "pages/contact-us.md", "agency_name"),
    }


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("example.org", "https://example.org"),
        ("www.example.org/x", "https://www.example.org/x"),
        ("example.org:8080/x", "https://example.org:8080/x"),
        ("example.org?a=b", "https://example.org?a=b"),
        ("page.html", "page.html"),
        ("report.pdf?x", "report.pdf?x"),
        ("agency", "agency"),
        ("@agency.gov", "@agency.gov"),
        ("a b.org", "a b.org"),
        ("1.5", "1.5"),
    ],
)
def test_which_words_are_hosts(written, address):
    assert with_scheme(written) == address
