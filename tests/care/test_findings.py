"""What the care list finds: every planted defect, and nothing else."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from wagtail.models import Page

from care.findings import find, raised, with_alt_text
from care.items import update_all
from care.models import CareItem, LinkUse
from content.models import ContactPage, ContentPage
from content.page_data.advice import advice
from content.page_data.placeholders import looks_unfinished
from content.page_data.stored import contents_of, parts_of, with_part
from tests.care.sites import (
    NO_LINK,
    forget,
    heading,
    make_image,
    page_with,
    picture,
    planted,
    stream,
)
from tests.factories import fresh, make_page

BODY = ContentPage._meta.get_field("body").stream_block


def found():
    rows = CareItem.objects.select_related("page")
    return {(one.page.draft_title, one.kind, one.place) for one in rows}


@pytest.mark.django_db
def test_every_planted_defect_and_nothing_else(home):
    site = planted(home)
    assert found() == site.defects
    before = list(CareItem.objects.order_by("pk").values())
    links = list(LinkUse.objects.order_by("pk").values())
    update_all()
    assert list(CareItem.objects.order_by("pk").values()) == before
    assert list(LinkUse.objects.order_by("pk").values()) == links


@pytest.mark.django_db
def test_the_form_says_what_the_list_says(home):
    """But for headings that one click raises: the list has one item for all of them. What is
    empty is said by the form alone."""
    planted(home)
    kinds = {"alt-text-missing": "picture", "link-unclear": "link", "headings-skipped": "heading"}
    listed = {
        (item.page_id, kinds[item.kind], item.place)
        for item in CareItem.objects.filter(kind__in=kinds)
    }
    said = {
        (page.pk, one.kind, one.path)
        for page in Page.objects.filter(depth__gt=1).specific()
        for one in advice(page)
        if one.kind != "missing"
    }
    deep = set(CareItem.objects.filter(kind="headings-deep").values_list("page_id", flat=True))
    assert listed <= said
    assert {one for one in said - listed if not (one[1] == "heading" and one[0] in deep)} == set()


@pytest.mark.django_db
def test_the_list_looks_at_the_draft(home):
    """Decoration that somebody chose in a draft, on the page itself and in a block."""
    contact = ContactPage(title="Contact", image=make_image("Door"), search_description="Where.")
    home.add_child(instance=contact)
    page = page_with(home, "Page", picture(make_image("Map")))
    assert {kind for _, kind, _ in found()} == {"alt-text-missing"}
    contact.image_is_decorative = True
    page.body[0].value["decorative"] = True
    for one in (contact, page):
        one.save_revision()
    assert found() == set()


@pytest.mark.django_db
def test_the_command_finds_the_same_in_an_empty_table(home, capsys):
    site = planted(home)
    CareItem.objects.all().delete()
    LinkUse.objects.all().delete()
    call_command("update_care_list")
    assert found() == site.defects
    assert f"{len(site.defects)} items on the list" in capsys.readouterr().out


@pytest.mark.django_db
def test_forgotten_drafts(home):
    old, new = page_with(home, "Old"), page_with(home, "New")
    waiting = page_with(home, "Waiting", live=False)
    for page in (old, new):
        page.title += " draft"
        page.save_revision()
    forget(old)
    forget(waiting)
    update_all()
    assert {title for title, kind, _ in found() if kind == "draft-forgotten"} == {
        "Old draft",
        "Waiting",
    }
    fresh(old).get_latest_revision().publish()
    assert [title for title, *_ in found()] == ["Waiting"]


@pytest.mark.django_db
def test_the_draft_counts_not_the_public_page(home):
    page = page_with(home, "A page")
    page.search_description = ""
    page.save_revision()
    assert found() == {("A page", "description-missing", "search_description")}
    assert contents_of(fresh(page)).texts["search_description"] == "What the page offers."


@pytest.mark.parametrize(
    "text",
    ["Lorem ipsum", "TBC", "Date: TBC", "XXX", "call XXXX", "test", "Test page", "[insert name]",
     "(TBC)", "to be confirmed", "asdf", "Button text", "untitled"],
)  # fmt: skip
def test_placeholders(text):
    assert looks_unfinished(text)


@pytest.mark.parametrize(
    "text",
    ["", "Testing", "The test", "A test takes an hour.", "Sample size", "XX chromosomes", "Table",
     "Contact us", "Example", "TBCells"],
)  # fmt: skip
def test_words_that_are_meant(text):
    assert looks_unfinished(text) == (text == "Sample size")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<h3>A</h3><h4>B</h4>", "<h2>A</h2><h3>B</h3>"),
        ("<h4>A</h4><h3>B</h3><h2>C</h2><h4>D</h4>", "<h2>A</h2><h2>B</h2><h2>C</h2><h4>D</h4>"),
        ("<h2>A</h2><h4>B</h4>", "<h2>A</h2><h4>B</h4>"),
        ('<h6 data-block-key="x">A</h6>', '<h2 data-block-key="x">A</h2>'),
        ("<p>A</p>", "<p>A</p>"),
    ],
)
def test_raising_headings(before, after):
    data = stream(("text", before))
    assert raised(BODY, data)[0]["value"] == after
    assert data[0]["value"] == before


def test_raising_headings_over_several_blocks():
    anchored = ("heading", {"text": "B", "level": "4", "anchor": "b"})
    data = stream(("text", "<h3>A</h3>"), anchored, ("text", "<h2>C</h2><h3>D</h3>"))
    first, second, third = raised(BODY, data)
    assert (first["value"], second["value"]["level"]) == ("<h2>A</h2>", "3")
    assert third["value"] == "<h2>C</h2><h3>D</h3>"


def test_alternative_texts_in_markup():
    markup = (
        '<embed embedtype="image" id="1" alt="" format="a"/>'
        '<embed embedtype="image" id="2" alt="" format="a"/>'
    )
    changed = with_alt_text(markup, 1, 'A "map" of <b> & \\1')
    assert changed.startswith('<embed embedtype="image" id="1" alt="" format="a"/>')
    assert 'id="2" alt="A &quot;map&quot; of &lt;b&gt; &amp; \\1" format="a"/>' in changed


def test_places_lead_to_what_they_name():
    inner = stream(("heading", {"text": "Deep", "level": "2", "anchor": "x"}))
    entry = {"type": "item", "id": "e1", "value": {"title": "Q", "open": False, "body": inner}}
    data = stream(("accordion", {"entries": [entry]}))
    places = {part.place: part.value for part in parts_of(BODY, data, "body")}
    place = "body.b1.entries.e1.body.b1.text"
    assert places[place] == "Deep"
    changed = with_part(BODY, data, place.split(".")[1:], "Raised")
    assert {part.place: part.value for part in parts_of(BODY, changed, "body")}[place] == "Raised"
    with pytest.raises(KeyError):
        with_part(BODY, data, ["b1", "entries", "gone", "title"], "x")


def test_damaged_data_is_passed_over():
    for data in (None, "x", [None], [{"type": "gone", "value": 1}], stream(("heading", None))):
        list(parts_of(BODY, data, "body"))


@pytest.mark.django_db
def test_ids_that_cannot_exist_and_values_of_another_form(home):
    huge = "9" * 30
    html = f'<p><a linktype="page" id="{huge}">A</a><a linktype="page" id="x">B</a></p>'
    table = f'<table><tr><td><embed embedtype="image" id="{huge}" alt="A"/></td></tr></table>'
    page = page_with(home, "Page", ("text", html), ("table", {"caption": "", "table": table}))
    content = {
        **page.serializable_data(),
        "body": stream(heading(0), ("picture", {"image": "x", "alt": ""}), ("text", None)),
    }
    contents = contents_of(page, content)
    assert [one for one in contents.parts if one.place == "body.b2.image"]
    assert list(find(contents)) == []
    assert found() == set()


@pytest.mark.django_db
def test_an_alias_has_what_its_original_has(home):
    original = make_page(home, "Original")
    original.create_alias(parent=home, update_slug="alias")
    assert CareItem.objects.count() == 1
    update_all()
    assert CareItem.objects.get().page_id == original.pk


@pytest.mark.django_db
def test_logos_of_the_home_page_have_names(home):
    sections = home.sections.stream_block
    entry = {"picture": make_image("Logo").pk, "name": "", "link": NO_LINK}
    entries = [{"type": "item", "id": "e1", "value": entry}]
    listing = ("listing", {"title": "Partners", "entries": entries})
    home.sections = sections.to_python(stream(listing))
    home.save_revision()
    assert found() == {("Home", "alt-text-missing", "sections.b1.entries.e1.name")}
