"""What people are told of menus and footers before pages go, and of links that are gone."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Page, Site

from care.items import update_all
from care.kinds import FOOTER_LINK
from care.models import CareItem
from navigation.models import Footer, Menu, NavigationSettings
from navigation.uses import missing_links, uses_of
from tests.editors.people import client_of
from tests.factories import edit, make_page, make_section

pytestmark = pytest.mark.django_db
NOWHERE = {"page": None, "document": None, "address": ""}


def link(page: Page | None = None, address: str = "") -> dict[str, Any]:
    return NOWHERE | {"page": page, "address": address}


@pytest.fixture
def frame(home: Page) -> dict[str, Page]:
    """A site whose menu and footer lead to its pages in every way."""
    section = make_section(home, "About us")
    pages = {
        "section": section,
        "history": make_page(section, "History"),
        "privacy": make_page(home, "Privacy", "/privacy/"),
        "terms": make_page(home, "Terms", "/terms-of-use/"),
        "contact": make_page(home, "Contact"),
    }
    menu = Menu.objects.create(
        name="Main",
        entries=[
            ("section", {"title": "", "page": section}),
            ("link", {"title": "Our <past>", "link": link(pages["history"])}),
            ("links", {
                "title": "More",
                "link": NOWHERE,
                "entries": [{"title": "Write", "link": link(pages["contact"])}],
            }),
        ],
    )  # fmt: skip
    footer = Footer.objects.create(
        name="Below",
        links=[
            ("privacy", link(pages["privacy"])),
            ("terms", link(address="/terms-of-use/")),
            ("contact_us", link(pages["contact"])),
            ("feedback", link(address="https://www.form.gov.sg/x")),
            ("faq", link(address="/search/")),
        ],
    )
    settings = NavigationSettings.for_site(Site.objects.get())
    settings.menu, settings.footer = menu, footer
    settings.save()
    return pages


def named(*pages: Page) -> list[tuple[str, str, bool]]:
    return [(use.part, use.title, use.required) for use in uses_of([one.pk for one in pages])]


def test_every_way_to_lead_to_a_page_is_found(frame: dict[str, Page]) -> None:
    assert named(frame["section"]) == [("menu", "", False)]
    assert named(frame["history"]) == [("menu", "Our <past>", False)]
    assert named(frame["contact"]) == [("menu", "Write", False), ("footer", "Contact Us", True)]
    assert named(frame["terms"]) == [("footer", "Terms of Use", True)]


def test_the_screens_that_ask_name_the_entries(frame: dict[str, Page]) -> None:
    client = client_of("administrator")
    section, terms = frame["section"], frame["terms"]
    shown = client.get(reverse("wagtailadmin_pages:delete", args=[section.pk])).content.decode()
    assert "“About us” in the menu “Main”" in shown
    assert "“Our &lt;past&gt;” in the menu “Main”" in shown
    assert "Our <past>" not in shown
    shown = client.get(reverse("wagtailadmin_pages:unpublish", args=[terms.pk])).content.decode()
    assert "“Terms of Use”, which government sites must have, in the footer “Below”" in shown
    move = reverse("wagtailadmin_pages:move_confirm", args=[section.pk, frame["contact"].pk])
    assert "and follow it" in client.get(move).content.decode()
    for action in ("delete", "unpublish"):
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        shown = client.get(f"{url}?id={terms.pk}&id={frame['contact'].pk}").content.decode()
        assert "“Contact Us”, which" in shown
        assert "“Terms of Use”, which" in shown


def test_a_page_that_nothing_leads_to_is_told_nothing(home: Page, frame: dict[str, Page]) -> None:
    page = make_page(home, "Alone")
    shown = client_of("administrator").get(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert "menus and footers" not in shown.content.decode()


def test_the_form_says_which_entries_follow_a_new_title(frame: dict[str, Page]) -> None:
    client = client_of("editor")
    form = client.get(reverse("wagtailadmin_pages:edit", args=[frame["history"].pk]))
    assert "keeps these words when the title" in form.content.decode()
    form = client.get(reverse("wagtailadmin_pages:edit", args=[frame["section"].pk]))
    assert "shows the title of the page and follows it" in form.content.decode()


def lacks() -> dict[str, str]:
    return {one.label: one.why for one in missing_links()}


def listed() -> set[str]:
    return {item.text.split("”")[0][1:] for item in CareItem.objects.filter(kind=FOOTER_LINK)}


def test_nothing_is_missing_where_visitors_find_every_link(frame: dict[str, Page]) -> None:
    assert lacks() == {}
    assert listed() == set()


def test_required_links_that_vanish_are_on_the_care_list_at_once(frame: dict[str, Page]) -> None:
    Page.objects.get(pk=frame["privacy"].pk).delete()
    assert listed() == {"Privacy Statement"}
    frame["contact"].unpublish()
    assert lacks()["Contact Us"] == "leads to a page that is not public"
    assert listed() == {"Privacy Statement", "Contact Us"}
    Page.objects.get(pk=frame["terms"].pk).delete()
    assert lacks()["Terms of Use"] == "leads to /terms-of-use/, where nothing answers"
    assert listed() == {"Privacy Statement", "Contact Us", "Terms of Use"}
    edit(frame["contact"], title="Contact us")
    assert "Contact Us" not in listed()
    update_all()
    assert listed() == {"Privacy Statement", "Terms of Use"}
    footer: Any = Footer.objects.get()
    footer.links = [(kind, link(address="https://example.org/")) for kind in (
        "privacy", "terms", "contact_us", "feedback",
    )]  # fmt: skip
    footer.save_revision().publish()
    assert listed() == {"FAQ"}


def test_who_may_change_footers_sees_the_item_and_nobody_else(frame: dict[str, Page]) -> None:
    Page.objects.get(pk=frame["privacy"].pk).delete()
    url = reverse("care_list")
    manager = client_of("manager").get(url).content.decode()
    assert "“Privacy Statement” leads to a page that is not there any more" in manager
    edit_footer = "wagtailsnippets_navigation_footer:edit"
    assert reverse(edit_footer, args=[Footer.objects.get().pk]) in manager
    assert "Pages without description" not in manager.partition("care-items")[2]
    for role in ("editor", "publisher"):
        assert "“Privacy Statement” leads" not in client_of(role).get(url).content.decode()
