"""The footer: repeated or own entries, the required row, social media, the owner."""

from __future__ import annotations

import datetime
from typing import Any

from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Site

from navigation.models import SiteIdentity
from tests.factories import make_page
from tests.navigation.helpers import (
    choose_footer,
    choose_menu,
    footer_links,
    line,
    link,
    soup_of,
)

SITEMAP = ("Sitemap", "/sitemap/")
REPORT = ("Report Vulnerability", "https://www.tech.gov.sg/report_vulnerability/")


def test_the_menu_is_repeated_without_what_the_row_says(
    client: Client, site: Site, home: Page
) -> None:
    entries = [line("FAQ", address="/about/faq/"), line("Team", address="/team/")]
    choose_menu(
        site,
        ("links", {"title": "About", "link": link(address="/about/"), "entries": entries}),
        ("link", line("Contact Us", address="/contact-us/")),
        ("link", line("faq", address="/faq/")),
        ("link", line("Jobs", address="/jobs/")),
    )
    choose_footer(site)
    assert footer_links(soup_of(client), ".footer__columns") == [
        ("About", "/about/"),
        ("FAQ", "/about/faq/"),
        ("Team", "/team/"),
        ("Jobs", "/jobs/"),
    ]


def test_a_long_menu_is_repeated_whole(client: Client, site: Site, home: Page) -> None:
    entries = [line(f"Page {n}", address=f"/{n}/") for n in range(9)]
    choose_menu(site, ("links", {"title": "All", "link": link(), "entries": entries}))
    choose_footer(site)
    assert len(footer_links(soup_of(client), ".footer__columns")) == 9


def test_entries_of_its_own(client: Client, site: Site, home: Page) -> None:
    choose_menu(site, ("link", line("Menu", address="/menu/")))
    choose_footer(
        site, repeat_menu=False, entries=[("link", line("Contact us", address="/contact-us/"))]
    )
    expected = [("Contact us", "/contact-us/")]
    assert footer_links(soup_of(client), ".footer__columns") == expected


def test_the_row_stands_in_the_order_of_the_rules(client: Client, site: Site, home: Page) -> None:
    contact = make_page(home, "Get in touch", "/contact-us/")
    choose_footer(
        site,
        links=[
            ("terms", link(address="/terms-of-use/")),
            ("other", line("Careers", address="https://www.example.org/")),
            ("privacy", link(address="/privacy/")),
            ("faq", link(address="/faq")),
            ("contact_us", link(page=contact)),
            ("sitemap", link(address="/all-pages/")),
            ("feedback", link(address="https://form.gov.sg/x")),
        ],
        show_reach=True,
    )
    assert footer_links(soup_of(client), ".footer__base") == [
        ("Contact Us", "/contact-us/"),
        ("Feedback", "https://form.gov.sg/x"),
        ("FAQ", "/faq"),
        ("Sitemap", "/all-pages/"),
        ("REACH", "https://www.reach.gov.sg/"),
        REPORT,
        ("Privacy Statement", "/privacy/"),
        ("Terms of Use", "/terms-of-use/"),
        ("Careers", "https://www.example.org/"),
    ]
    contact.unpublish()
    assert footer_links(soup_of(client), ".footer__base")[0][0] == "Feedback"


def test_what_is_not_given_is_not_shown_but_for_the_list_of_all_pages(
    client: Client, site: Site, home: Page
) -> None:
    choose_footer(site, report_vulnerability="")
    assert footer_links(soup_of(client)) == [SITEMAP]
    mine = ("Site map", "/all/")
    choose_footer(site, links=[("other", line(mine[0], address=mine[1]))], report_vulnerability="")
    assert footer_links(soup_of(client)) == [mine]


def test_the_owner_and_the_last_change_come_last(client: Client, site: Site, home: Page) -> None:
    make_page(home, "Dated", last_updated=datetime.date(2024, 5, 6))
    SiteIdentity.objects.update_or_create(site=site, defaults={"name": "The Institute"})
    texts = [p.get_text(strip=True) for p in soup_of(client, "/dated/").select(".footer__base p")]
    year = timezone.localdate().year
    assert texts == [f"© {year} The Institute", "Last updated6 May 2024"]
    assert len(soup_of(client).select(".footer__base p")) == 1


def test_social_media_in_their_order(client: Client, site: Site, home: Page) -> None:
    names = ("tiktok", "telegram", "linkedin", "instagram", "youtube", "twitter", "facebook")
    addresses: dict[str, Any] = {name: f"https://{name}.example/us" for name in names}
    choose_footer(site, **addresses)
    assert footer_links(soup_of(client), ".footer__social") == [
        ("Facebook", "https://facebook.example/us"),
        ("X", "https://twitter.example/us"),
        ("YouTube", "https://youtube.example/us"),
        ("Instagram", "https://instagram.example/us"),
        ("LinkedIn", "https://linkedin.example/us"),
        ("Telegram", "https://telegram.example/us"),
        ("TikTok", "https://tiktok.example/us"),
    ]


def test_the_owner(client: Client, site: Site, home: Page) -> None:
    SiteIdentity.objects.update_or_create(site=site, defaults={"name": "The Institute"})
    footer = choose_footer(site)
    assert "The Institute" in soup_of(client).select(".footer__base p")[-1].get_text()
    footer.copyright_name = "Government of Singapore"
    footer.save()
    text = soup_of(client).select(".footer__base p")[-1].get_text()
    assert "Government of Singapore" in text
    assert "Institute" not in text


def test_without_a_chosen_footer_government_sites_say_where_to_report(
    client: Client, site: Site, home: Page
) -> None:
    assert footer_links(soup_of(client), ".footer__base") == [SITEMAP]
    SiteIdentity.objects.update_or_create(site=site, defaults={"is_government": True})
    assert footer_links(soup_of(client), ".footer__base") == [SITEMAP, REPORT]
    choose_footer(site).unpublish()
    assert footer_links(soup_of(client), ".footer__base") == [SITEMAP, REPORT]
