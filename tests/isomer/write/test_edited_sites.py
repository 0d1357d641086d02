"""Sites that editors made: paths for pages without a source, and what the format can't say."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.files.base import ContentFile
from wagtail.contrib.redirects.models import Redirect
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, Site

from content.models import SectionPage, SiteDocument, SiteImage
from home.models import HomePage
from isomer.messages import Level
from isomer.write.messages import Finding
from navigation.models import Footer, Menu, NavigationSettings, Notification, SiteIdentity
from resources.models import (
    ArticlePage,
    ResourceCategoryPage,
    ResourceLinkPage,
    ResourceRoomPage,
)
from tests.factories import edit, fresh, make_page, make_section, make_site
from tests.isomer.write.roundtrip import RoundTrip, export, files_of, round_trip, said

pytestmark = pytest.mark.django_db

NOTHING = {"page": None, "document": None, "address": ""}
TEXT = [{"type": "text", "value": "<p>Some words.</p>"}]


WHERE = """---
title: Where we are
permalink: /about-us/where-we-are/
variant: tiptap
---
<figure><img src="/images/a_map.png" alt="A map" style="width: 50%"><figcaption>Here</figcaption></figure>
<p><a href="/files/the_form.pdf" class="bp-button is-secondary">Form</a></p>
"""  # noqa: E501


def rules(findings: list[Finding]) -> set[str]:
    return {one.rule for one in findings} - {"footer-by-default"}


def front_matter(file: Path) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8").split("---\n")[1])


def check_whole(done: RoundTrip) -> None:
    """Check that nothing was said, that the second site is the first, and the bytes are equal."""
    assert rules(done.exports[0].findings) == set(), done.exports[0].findings
    first, second = said(done.first), said(done.second)
    assert first.pop("footer") in (None, second.pop("footer"))
    assert first == second
    assert done.files[0] == done.files[1]


@pytest.fixture
def institute(home: HomePage, site: Site) -> HomePage:
    """A site of an editor: sections, a group, a room, a menu, links and files."""
    Site.objects.filter(pk=site.pk).update(hostname="localhost", port=80)
    about = make_section(home, "About us")
    history = make_page(about, "Our history", body=TEXT)
    group = make_section(about, "Our people")
    make_page(group, "Board & staff", body=[{"type": "text", "value": f"<p>See <a linktype="
              f'"page" id="{history.pk}">history</a>.</p>'}, *TEXT])  # fmt: skip
    make_page(home, "Privacy", address="/privacy/", body=TEXT)
    picture = SiteImage.objects.create(title="Map", file=get_test_image_file("a map.png"))
    file = SiteDocument.objects.create(title="Form", file=ContentFile(b"%PDF-1", "the form.pdf"))
    make_page(about, "Where we are", body=[
        {"type": "picture", "value": {"image": picture.pk, "alt": "A map", "caption": "Here",
                                      "width": 50, "pixels": None, "link": NOTHING}},
        {"type": "button", "value": {"text": "Form", "style": "primary",
                                     "link": NOTHING | {"document": file.pk}}},
    ])  # fmt: skip
    room = make_page(home, "Newsroom", model=ResourceRoomPage)
    category = make_page(room, "Press Releases", model=ResourceCategoryPage)
    days = [datetime.date(2024, 5, day) for day in range(1, 5)]
    make_page(category, "A: new/“start”?", model=ArticlePage, date=days[0], body=TEXT)
    address = "https://example.org/?a=1&b=2"
    for title, day, target in (
        ("Elsewhere", days[1], {"external_address": address}),
        ("The form", days[2], {"document": file}),
        ("Our past", days[3], {"target_page": history}),
    ):
        make_page(category, title, model=ResourceLinkPage, date=day, **target)
    menu = Menu.objects.create(name="Menu", entries=[
        {"type": "section", "value": {"title": "", "page": about.pk}},
        {"type": "resource_room", "value": {"title": "", "page": room.pk}},
        {"type": "link", "value": {"title": "", "link": NOTHING | {"page": history.pk}}},
    ])  # fmt: skip
    NavigationSettings.objects.create(site=site, menu=menu)
    SiteIdentity.objects.create(site=site, name="R & D <Institute>", logo=picture)
    Notification.objects.create(site=site, text="<p>Closed on <b>Monday</b>.</p>")
    Redirect.objects.create(site=site, old_path="/old", redirect_page=history)
    Redirect.objects.create(site=site, old_path="/older one", redirect_link="https://example.org/")
    for page in (about, group):
        edit(page, show_in_menus=True)
    for page in about.get_descendants():
        edit(page, show_in_menus=True)
    for page in (room, category):
        edit(page, show_in_menus=True)
    return fresh(home)


def test_a_site_of_an_editor_comes_back(institute: HomePage, tmp_path: Path) -> None:
    done = round_trip(tmp_path)
    check_whole(done)
    names = {name for name in done.files[0] if not name.startswith("_data")}
    assert names == {
        ".isomer-export",
        "_about-us/Our people/board-staff.md",
        "_about-us/collection.yml",
        "_about-us/our-history.md",
        "_about-us/where-we-are.md",
        "_config.yml",
        "_redirects",
        "files/the_form.pdf",
        "images/a_map.png",
        "index.md",
        "newsroom/index.html",
        "newsroom/press-releases/_posts/2024-05-03-file-The form.md",
        "newsroom/press-releases/_posts/2024-05-02-link-Elsewhere.md",
        "newsroom/press-releases/_posts/2024-05-04-link-Our past.md",
        "newsroom/press-releases/_posts/2024-05-01-post-A- new-“start”-.md",
        "newsroom/press-releases/index.html",
        "pages/privacy.md",
    }
    assert done.files[0]["_redirects"].decode().splitlines() == [
        "/old /about-us/our-history/ 301",
        "/older%20one https://example.org/ 301",
    ]
    assert done.files[0]["_about-us/where-we-are.md"].decode() == WHERE
    assert front_matter(tmp_path / "one" / "_about-us" / "Our people" / "board-staff.md") == {
        "title": "Board & staff",
        "permalink": "/about-us/our-people/board-staff/",
        "third_nav_title": "Our people",
        "variant": "tiptap",
    }


def test_a_bare_site_comes_back(home: HomePage, site: Site, tmp_path: Path) -> None:
    Site.objects.filter(pk=site.pk).update(hostname="localhost", port=80)
    done = round_trip(tmp_path)
    assert set(done.files[0]) == {
        ".isomer-export",
        "_config.yml",
        "_data/footer.yml",
        "index.md",
    }
    assert done.files[0] == done.files[1]


def test_a_page_that_moved_goes_where_it_stands_now(institute: HomePage, tmp_path: Path) -> None:
    first = export(tmp_path / "one")
    assert first.is_whole
    history = Page.objects.get(slug="our-history")
    history.move(fresh(institute), pos="last-child")
    edit(fresh(history), show_in_menus=False)
    done = round_trip(tmp_path / "again")
    assert rules(done.exports[0].findings) == set()
    assert "pages/our-history.md" in done.files[0]
    # The former address still leads to the page.
    assert b"/about-us/our-history /our-history/ 301" in done.files[0]["_redirects"]
    assert done.files[0] == done.files[1]


def test_private_pages_and_files_stay_here(institute: HomePage, tmp_path: Path) -> None:
    people = Page.objects.get(slug="our-people")
    PageViewRestriction.objects.create(page=people, restriction_type="login")
    secret = Collection.get_first_root_node().add_child(name="Board")
    CollectionViewRestriction.objects.create(collection=secret, restriction_type="login")
    SiteDocument.objects.create(
        title="Minutes", file=ContentFile(b"secret", "minutes.pdf"), collection=secret
    )
    done = export(tmp_path / "one", include_drafts=True)
    assert rules(done.findings) == {"page-private", "file-private"}
    assert {one.text for one in done.findings} >= {"Our people", "Board & staff", "Minutes"}
    written = files_of(tmp_path / "one")
    assert not [name for name in written if "minutes" in name or "Our people" in name]
    assert b"secret" not in b"".join(written.values())
    assert done.is_whole


def test_drafts_come_along_when_asked_for(institute: HomePage, tmp_path: Path) -> None:
    about = Page.objects.get(slug="about-us")
    make_page(about, "Not yet", live=False, show_in_menus=True, body=TEXT)
    edit(Page.objects.get(slug="our-history").specific, publish=False, title="Another history")
    without = export(tmp_path / "without")
    assert rules(without.findings) == {"draft-left-out", "changes-not-published"}
    assert "_about-us/not-yet.md" not in files_of(tmp_path / "without")
    export(tmp_path / "with", include_drafts=True)
    written = front_matter(tmp_path / "with" / "_about-us" / "not-yet.md")
    assert written["published"] is False
    # What visitors see is written, not what editors have in hand.
    history = front_matter(tmp_path / "with" / "_about-us" / "our-history.md")
    assert history["title"] == "Our history"


def test_a_text_held_back_is_not_published_by_its_date(institute: HomePage, tmp_path: Path) -> None:
    category = Page.objects.get(slug="press-releases")
    later = datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC)
    make_page(category, "Held back", live=False, model=ArticlePage, go_live_at=later,
              date=datetime.date(2020, 1, 1), body=TEXT)  # fmt: skip
    make_page(category, "Waits", live=False, model=ArticlePage, go_live_at=later,
              date=datetime.date(2099, 1, 1), body=TEXT)  # fmt: skip
    export(tmp_path / "one", include_drafts=True)
    posts = tmp_path / "one" / "newsroom" / "press-releases" / "_posts"
    assert front_matter(posts / "2020-01-01-post-Held back.md")["published"] is False
    assert "published" not in front_matter(posts / "2099-01-01-post-Waits.md")


def test_deeper_levels_are_laid_flat_and_named(institute: HomePage, tmp_path: Path) -> None:
    group = Page.objects.get(slug="our-people")
    deeper = SectionPage(title="Deeper", slug="deeper", show_in_menus=True)
    group.add_child(instance=deeper)
    make_page(deeper, "Deep words", show_in_menus=True, body=TEXT)
    done = export(tmp_path / "one")
    assert "nested-too-deep" in rules(done.findings)
    assert done.is_whole
    assert "_about-us/Our people/deep-words.md" in files_of(tmp_path / "one")


def test_what_the_format_has_no_word_for_is_named(institute: HomePage, tmp_path: Path) -> None:
    edit(Page.objects.get(slug="our-history").specific, seo_title="History of the institute")
    SiteIdentity.objects.update(analytics_enabled=True)
    Notification.objects.update(on_all_pages=True)
    make_section(fresh(institute), "Nothing in it", show_in_menus=True)
    category = Page.objects.get(slug="press-releases")
    make_page(category, "No day", model=ArticlePage, body=TEXT)
    footer = Footer.objects.create(name="Footer", report_vulnerability="https://example.org/")
    NavigationSettings.objects.update(footer=footer)
    done = export(tmp_path / "one")
    text = "\n".join(one.text for one in done.findings)
    for words in ("title for search engines", "analytics enabled", "on all pages",
                  "“Nothing in it”", "No day", "report vulnerability"):  # fmt: skip
        assert words in text
    assert done.is_whole


def test_pages_of_other_sites_stay_there(institute: HomePage, tmp_path: Path) -> None:
    other = make_site("other.example")
    page = make_page(other.root_page, "Theirs", body=TEXT)
    about = Page.objects.get(slug="about-us")
    link = f'<p><a linktype="page" id="{page.pk}">theirs</a></p>'
    make_page(about, "Linked", show_in_menus=True, body=[{"type": "text", "value": link}])
    done = export(tmp_path / "one")
    assert rules(done.findings) == set()
    written = (tmp_path / "one" / "_about-us" / "linked.md").read_text(encoding="utf-8")
    assert '<a href="http://other.example/theirs/">theirs</a>' in written
    assert not [name for name in files_of(tmp_path / "one") if "theirs" in name]


@pytest.mark.parametrize(
    "title",
    ["../../etc/passwd", "CON", "a" * 255, "é" * 200, ".hidden", "--- ", "x: [y", "<b>&amp;", "#1"],
)
def test_hostile_titles(institute: HomePage, tmp_path: Path, title: str) -> None:
    category = Page.objects.get(slug="press-releases")
    day = datetime.date(2024, 1, 1)
    make_page(category, title, slug="hostile", model=ArticlePage, date=day, body=TEXT)
    group = make_section(Page.objects.get(slug="about-us"), title, slug="group")
    edit(group, show_in_menus=True)
    make_page(group, "In it", show_in_menus=True, body=TEXT)
    (tmp_path / "deep").mkdir()
    done = export(tmp_path / "deep" / "one")
    assert done.is_whole, done.findings
    assert sorted(path.name for path in tmp_path.iterdir()) == ["deep"]
    assert sorted(path.name for path in (tmp_path / "deep").iterdir()) == ["one"]
    assert [one for one in done.findings if one.level is Level.ERROR] == []
