"""A site with planted defects, and one of each kind of thing that is none."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from care.items import updates_off
from care.models import CareItem
from content.models import ContactPage, ContentPage, SiteDocument, SiteImage
from tests.factories import make_page, make_section
from tests.pictures import picture as picture_bytes

DESCRIBED = {"search_description": "What the page offers."}
NO_LINK: dict[str, Any] = {"page": None, "document": None, "address": ""}

Defect = tuple[str, str, str]


def stream(*blocks: tuple[str, Any]) -> list[dict[str, Any]]:
    """Return blocks as stored data; the n-th has the id ``b<n>``, readable in places."""
    return [
        {"type": kind, "value": value, "id": f"b{number}"}
        for number, (kind, value) in enumerate(blocks, 1)
    ]


def make_image(title: str) -> SiteImage:
    """Return a small picture of the library."""
    return SiteImage.objects.create(title=title, file=ContentFile(picture_bytes(), "a.png"))


def page_with(parent: Page, title: str, *blocks: tuple[str, Any], **fields: Any) -> Any:
    """Return a described page with blocks."""
    body = ContentPage._meta.get_field("body").stream_block.to_python(stream(*blocks))
    return make_page(parent, title, body=body, **{**DESCRIBED, **fields})


def picture(image: SiteImage, alt: str = "", **more: Any) -> tuple[str, Any]:
    value = {"image": image.pk, "alt": alt, "caption": "", "width": None, "pixels": None}
    return "picture", {**value, "link": NO_LINK, **more}


def heading(level: int, text: str = "Who can take part") -> tuple[str, Any]:
    return "heading", {"text": text, "level": str(level), "anchor": "who"}


@dataclass
class Planted:
    """Pages, and the defects that were planted on them as ``(title, kind, place)``."""

    home: Page
    section: Page
    defects: set[Defect] = field(default_factory=set)

    def plant(
        self, title: str, kind: str, place: str, *blocks: tuple[str, Any], **more: Any
    ) -> Any:
        """Make a page with one defect."""
        self.defects.add((title, kind, place))
        return page_with(self.section, title, *blocks, **more)

    def sound(self, title: str, *blocks: tuple[str, Any], **more: Any) -> Any:
        """Make a page without one."""
        return page_with(self.section, title, *blocks, **more)


def planted(home: Page) -> Planted:
    """Return a site with planted defects; what only time or other hosts bring is left out."""
    home.search_description = "The institute."
    home.save_revision().publish()
    site = Planted(home, make_section(home, "About us"))
    plant_texts(site)
    plant_pictures(site)
    plant_links(site)
    plant_words_of_links(site)
    plant_headings(site)
    return site


def plant_texts(site: Planted) -> None:
    site.plant(
        "No description", "description-missing", "search_description", search_description=" "
    )
    site.plant("Lorem", "placeholder", "body.b1", ("text", "<p>Good.</p><p>Lorem ipsum dolor.</p>"))
    site.plant("To come", "placeholder", "body.b1.text", heading(2, "TBC"))
    site.plant("test", "placeholder", "title")
    html = {"html": "<dl><dt>Term</dt></dl>", "pattern": "a list"}
    site.plant("Kept", "imported-html", "body.b1", ("imported_html", html))
    cells = "<table><tbody><tr><th>Test</th><td>Result</td></tr></tbody></table>"
    site.sound("A blood test", ("text", "<p>The test takes an hour.</p>"))
    site.sound("Results", ("table", {"caption": "", "table": cells}))
    site.sound("Latin", ("text", "<p>Primum non nocere.</p>"))


def plant_pictures(site: Planted) -> None:
    image = make_image("A map")
    large = make_image("A poster")
    SiteImage.objects.filter(pk=large.pk).update(file_size=9_000_000, width=9000, height=6000)
    site.plant("No words", "alt-text-missing", "body.b1.alt", picture(image))
    embed = f'<embed embedtype="image" id="{image.pk}" alt="" format="fullwidth"/>'
    table = f"<table><tbody><tr><td>{embed}</td></tr></tbody></table>"
    site.plant(
        "In a cell", "alt-text-missing", "body.b1.table", ("table", {"caption": "", "table": table})
    )
    site.plant("Large", "picture-large", "body.b1.image", picture(large, "A poster of a study"))
    contact = ContactPage(title="Contact", image=image, **DESCRIBED)
    site.section.add_child(instance=contact)
    contact.save_revision().publish()
    site.defects.add(("Contact", "alt-text-missing", "image_alt"))
    kept = {"html": '<p>Map: <img src="/images/a.png"></p>', "pattern": "a list"}
    site.plant("Kept picture", "alt-text-missing", "body.b1.html", ("imported_html", kept))
    site.defects.add(("Kept picture", "imported-html", "body.b1"))
    site.sound("Decoration", picture(image, decorative=True))
    marked = table.replace('"/>', '" decorative="true"/>')
    site.sound("Decoration in a cell", ("table", {"caption": "", "table": marked}))
    site.sound("With words", picture(image, "Where the sites are"))
    site.sound("No picture", ("picture", {**picture(image)[1], "image": None}))


def plant_links(site: Planted) -> None:
    hidden = site.sound("Hidden", address="/hidden/")
    hidden.unpublish()
    there = site.sound("There", address="/old/there.html")
    document = SiteDocument.objects.create(title="Outline", file="documents/outline.pdf")
    link = '<p><a linktype="page" id="{}">Trials</a></p>'
    site.plant("To nobody", "link-nowhere", "body.b1", ("text", link.format(999_999)))
    site.plant("To a draft", "link-nowhere", "body.b1", ("text", link.format(hidden.pk)))
    site.plant(
        "By path", "link-nowhere", "body.b1", ("text", '<p><a href="/nowhere/">Trials</a></p>')
    )
    button = {"text": "Trials", "link": {**NO_LINK, "document": 999_999}, "style": "primary"}
    site.plant("No file", "link-nowhere", "body.b1.link", ("button", button))
    site.defects.add(("To a hidden path", "link-nowhere", "body.b1"))
    site.sound("To a hidden path", ("text", '<p><a href="/hidden">Trials</a></p>'))
    site.sound(
        "Good links",
        ("text", link.format(there.pk)),
        ("text", '<p><a href="/old/there/">A</a> <a href="/about-us/there/#x">B</a></p>'),
        ("text", '<p><a href="/search/?q=a">C</a> <a href="/">D</a> <a href="#x">E</a></p>'),
        ("text", f'<p><a linktype="document" id="{document.pk}">F</a></p>'),
        ("text", '<p><a href="mailto:a@example.org">G</a> <a href="/sitemap/">H</a></p>'),
    )


def plant_words_of_links(site: Planted) -> None:
    to = {**NO_LINK, "address": "/about-us/"}
    here = '<p>For the form click <a href="/about-us/">here</a>.</p>'
    site.plant("Click here", "link-unclear", "body.b1", ("text", here))
    button = {"text": "Read more »", "link": to, "style": "primary"}
    site.plant("Read more", "link-unclear", "body.b1", ("button", button))
    html = {"html": '<p><a href="/about-us/">More</a></p>', "pattern": "a list"}
    site.plant("Kept link", "link-unclear", "body.b1.html", ("imported_html", html))
    site.defects.add(("Kept link", "imported-html", "body.b1"))
    card = {"image": None, "alt": "", "title": "Studies", "text": "", "link": to}
    cards = [{"type": "item", "id": "c1", "value": {**card, "link_text": "Read more"}}]
    above = ("text", "<h2>What we do</h2>")
    site.sound("Named by its title", above, ("card_grid", {"cards": cards}))
    site.sound("Clear", ("text", '<p><a href="/about-us/">More about us</a></p>'))


def plant_headings(site: Planted) -> None:
    site.plant("Deep text", "headings-deep", "body.b1", ("text", "<h3>One</h3><h4>Two</h4>"))
    site.plant("Deep block", "headings-deep", "body.b2", ("text", "<p>A</p>"), heading(4))
    site.plant("Skips", "headings-skipped", "body.b1", ("text", "<h2>One</h2><h4>Two</h4>"))
    # Raising mends the first, and leaves the gap between the two.
    gap = ("text", "<h3>One</h3>"), ("text", "<h5>Two</h5>")
    site.plant("Deep with a gap", "headings-deep", "body.b1", *gap)
    site.defects.add(("Deep with a gap", "headings-skipped", "body.b2"))
    site.sound("Even", ("text", "<h2>One</h2><h3>Two</h3>"))
    entry = {"title": "Question", "open": False, "body": stream(("text", "<h3>Answer</h3>"))}
    entries = [{"type": "item", "value": entry, "id": "e1"}]
    place = "body.b1.entries.e1.body.b1"
    site.plant("In an entry", "headings-skipped", place, ("accordion", {"entries": entries}))
    above = ("text", "<h2>Questions</h2>")
    site.sound("In an entry below", above, ("accordion", {"entries": entries}))


def forget(page: Page, days: int = 40) -> None:
    """Let the last change of a page be some days ago."""
    then = timezone.now() - datetime.timedelta(days=days)
    Page.objects.filter(pk=page.pk).update(latest_revision_created_at=then)


def person(name, page=None, *codenames, **fields):
    """Return somebody who may use the admin and has page permissions at one page."""
    someone = User.objects.create_user(name, **fields)
    someone.user_permissions.add(Permission.objects.get(codename="access_admin"))
    if page is not None:
        group = Group.objects.create(name=name)
        someone.groups.add(group)
        for codename in codenames:
            permission = Permission.objects.get(
                codename=codename, content_type__app_label="wagtailcore"
            )
            GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    return User.objects.get(pk=someone.pk)


def many_pages(home, number):
    """Write pages as an import does."""
    # This module serves sites without the importer, too.
    from isomer.apply.bulk import BulkCreation, NewPage, new_instance, reserve_ids

    creation = BulkCreation(home.get_site())
    creation.add_parents([home.pk])
    for one, pk in enumerate(reserve_ids(Page, number)):
        page = new_instance(ContentPage, pk, f"Page {one}", f"page-{pk}")
        creation.place(NewPage(page, home.pk))
    with updates_off():
        creation.write()
    ids = [page.instance.pk for page in creation.pages]
    moment = timezone.now()
    kinds = ("description-missing", "headings-deep", "alt-text-missing")
    CareItem.objects.bulk_create(
        CareItem(page_id=pk, kind=kind, text="Text", key=kind, found_at=moment, place="body.b1.alt")
        for pk in ids
        for kind in kinds
    )
