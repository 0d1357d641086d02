"""What a page could do better: levels of headings, words of pictures and links."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.blocks import StructBlockValidationError
from wagtail.images.tests.utils import get_test_image_file

from content.models import ContactPage, ContentPage, SiteImage
from content.page_data.advice import Advice, advice, is_vague
from home.models import HomePage
from tests.factories import edit, make_page
from tests.forms import page_form_data

pytestmark = pytest.mark.django_db

LINK = {"page": None, "document": None, "address": "https://www.example.org/"}


def text(html: str) -> dict:
    return {"type": "text", "value": html, "id": f"text-{abs(hash(html))}"}


def page_with(*body: dict) -> ContentPage:
    page = ContentPage(title="A page")
    page.body = ContentPage._meta.get_field("body").to_python(json.dumps(body))
    return page


def picture_of(title: str) -> SiteImage:
    return SiteImage.objects.create(title=title, file=get_test_image_file())


def said(page, kind: str = "") -> list[str]:
    return [one.text for one in advice(page) if not kind or one.kind == kind]


class TestHeadings:
    def test_steps_are_fine(self):
        assert advice(page_with(text("<h2>A</h2><h3>B</h3><h4>C</h4><h2>D</h2>"))) == []

    def test_a_level_that_is_left_out_is_named(self):
        page = page_with(text("<h2>Taking part</h2><p>…</p><h4>Who <b>can</b> join</h4>"))
        (found,) = advice(page)
        assert found == Advice(
            "heading",
            "The heading “Who can join” is a heading 4, and the one above it is “Taking part”."
            " Choose heading 3, so that no level is left out.",
            "body",
            page.body.raw_data[0]["id"],
            f"body.{page.body.raw_data[0]['id']}",
        )

    def test_the_first_heading_follows_the_title(self):
        (found,) = said(page_with(text("<h3>Too deep</h3>")))
        assert "none stands above it" in found
        assert "Choose heading 2" in found

    def test_levels_count_on_from_block_to_block(self):
        heading = {"text": "Deep", "level": "5", "anchor": "deep"}
        entry = {"title": "Fold", "open": False, "body": [text("<h3>Inside</h3>")]}
        page = page_with(
            text("<h2>First</h2>"),
            {"type": "accordion", "value": {"entries": [entry]}, "id": "a"},
            {"type": "heading", "value": heading, "id": "h"},
        )
        (found,) = advice(page)
        assert "Choose heading 4" in found.text
        assert (found.block_id, found.path) == ("h", "body.h")

    def test_kept_markup_counts(self):
        value = {"html": "<h2>Old</h2><h4>Older</h4>", "pattern": ""}
        page = page_with({"type": "imported_html", "value": value, "id": "i"})
        (found,) = advice(page)
        assert found.path == "body.i.html"

    def test_titles_of_sections_are_headings(self):
        page = HomePage(title="Home")
        sections = [
            {"type": "hero", "value": {"title": "Welcome"}, "id": "h"},
            {"type": "infobar", "value": {"title": "Band", "description": "<h3>In it</h3>"}},
            {"type": "infobar", "value": {"description": "<h4>Fine</h4>"}, "id": "b"},
        ]
        page.sections = HomePage._meta.get_field("sections").to_python(json.dumps(sections))
        # It stands under “In it”, which is a heading 3.
        assert said(page, "heading") == []
        sections[2] = {"type": "infobar", "value": {"description": "<h5>Too deep</h5>"}}
        page.sections = HomePage._meta.get_field("sections").to_python(json.dumps(sections))
        assert "Choose heading 4" in said(page, "heading")[0]


class TestPictures:
    def picture(self, **parts) -> dict:
        value = {"image": picture_of("A ward").pk, "alt": "", "caption": "", "link": LINK}
        return {"type": "picture", "value": {**value, **parts}, "id": "p"}

    def test_nobody_has_decided_yet(self):
        (found,) = advice(page_with(self.picture()))
        assert found.text == (
            "The picture “A ward” has no words. Write what it shows, or mark it as decoration."
        )
        assert (found.kind, found.path) == ("picture", "body.p.alt")

    def test_words_or_decoration_decide(self):
        page = page_with(
            self.picture(alt="A nurse"), self.picture(decorative=True), self.picture(image=None)
        )
        # Without a picture there is nothing to describe.
        assert [one.kind for one in advice(page)] == ["missing"]

    def test_names_of_all_pictures_cost_one_query(self, django_assert_num_queries):
        page = page_with(self.picture(), self.picture(), self.picture())
        with django_assert_num_queries(1):
            assert len(advice(page)) == 3

    def test_pictures_in_tables_and_kept_markup(self):
        image = picture_of("A map")
        cells = (
            f'<embed embedtype="image" id="{image.pk}" alt="" format="full"/>'
            f'<embed embedtype="image" id="{image.pk}" alt="" format="full" decorative="true"/>'
            f'<embed embedtype="image" id="{image.pk}" alt="Words" format="full"/>'
        )
        table = f"<table><tbody><tr><td>{cells}</td></tr></tbody></table>"
        html = '<img src="/images/a.png" alt=""><img src="/images/b.png"><img alt="W" src="/c">'
        page = page_with(
            {"type": "table", "value": {"caption": "", "table": table}, "id": "t"},
            {"type": "imported_html", "value": {"html": html, "pattern": ""}, "id": "i"},
        )
        found = advice(page)
        assert [one.path for one in found] == ["body.t.table", "body.i.html", "body.i.html"]
        assert "Put it into the cell again" in found[0].text
        assert "A map" in found[0].text
        assert "alt=" in found[1].text

    def test_logos_and_slides_of_a_home_page(self):
        image, page = picture_of("Logo"), HomePage(title="Home")
        entry = {"picture": image.pk, "name": "", "link": LINK}
        slide = {"image": image.pk, "alt": "", "title": "T"}
        sections = [
            {"type": "listing", "value": {"title": "", "entries": [entry]}, "id": "l"},
            {"type": "carousel", "value": {"slides": [slide]}, "id": "c"},
        ]
        page.sections = HomePage._meta.get_field("sections").to_python(json.dumps(sections))
        # Lists of old versions of Wagtail have entries without ids.
        paths = ["sections.l.entries.name", "sections.c.slides.alt"]
        assert [one.path for one in advice(page) if one.kind == "picture"] == paths

    def test_the_picture_of_the_contact_page(self):
        page = ContactPage(title="Contact", image=picture_of("Front door"))
        (found,) = advice(page)
        assert (found.field, found.block_id, found.path) == ("image_alt", "", "image_alt")
        page.image_is_decorative = True
        assert advice(page) == []
        page.image_alt = "The door"
        with pytest.raises(ValidationError) as raised:
            page.clean()
        assert "take the mark away" in str(raised.value.message_dict["image_alt"])

    def test_decoration_has_no_words(self):
        stream = ContentPage._meta.get_field("body").stream_block
        block = stream.child_blocks["picture"]
        value = block.to_python({"image": None, "alt": "Words", "decorative": True})
        with pytest.raises(StructBlockValidationError) as raised:
            block.clean(value)
        assert "Empty this field" in str(raised.value.block_errors["alt"])

    def test_a_choice_that_nobody_made_is_not_stored(self):
        block = ContentPage._meta.get_field("body").stream_block.child_blocks["picture"]
        old = {"image": None, "alt": "", "caption": ""}
        assert "decorative" not in block.get_prep_value(block.clean(block.to_python(old)))
        chosen = block.get_prep_value(block.to_python({**old, "decorative": True}))
        assert chosen["decorative"] is True
        assert block.to_python(chosen)["decorative"] is True


class TestLinks:
    @pytest.mark.parametrize(
        "words", ["click here", "Click here!", "HERE", "Read more »", " more… ", "this  page"]
    )
    def test_vague(self, words):
        assert is_vague(words)

    @pytest.mark.parametrize("words", ["", "Here is the form", "Read the report", "Seed", "更多"])
    def test_clear(self, words):
        assert not is_vague(words)

    def test_links_in_text_buttons_and_cards(self):
        card = {"image": None, "title": "", "text": "", "link": LINK, "link_text": "Read more"}
        page = page_with(
            text('<p><a href="/a">here</a>, <a linktype="page" id="3">the form</a></p>'),
            {"type": "button", "value": {"text": "More", "link": LINK, "style": "primary"}},
            # A title names the link, too.
            {"type": "card_grid", "value": {"cards": [card, {**card, "title": "Patients"}]}},
        )
        assert [re.findall("“(.*?)”", one)[0] for one in said(page, "link")] == [
            "here", "More", "Read more",
        ]  # fmt: skip


class TestInTheAdmin:
    BODY = [text("<h2>A</h2><h4>Skipped</h4>")]

    @pytest.fixture(autouse=True)
    def _editor(self, client, superuser):
        client.force_login(superuser)

    def post(self, client, page, **more):
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        return client.post(address, {**page_form_data(page), **more})

    def test_a_page_is_saved_and_the_message_names_what_to_do(self, client, home):
        page = make_page(home, "Skips", body=self.BODY)
        response = self.post(client, page, **{"action-publish": "action-publish"})
        assert response.status_code == 302
        messages = [str(one) for one in get_messages(response.wsgi_request)]
        warned = [one for one in messages if "Choose heading 3" in one]
        assert len(warned) == 1
        edit_url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert f"{edit_url}#:w:contentpath=body." in warned[0]

    def test_saving_by_itself_says_nothing(self, client, home):
        page = make_page(home, "Skips", body=self.BODY)
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        response = client.post(
            address, page_form_data(page), headers={"accept": "application/json"}
        )
        assert response.status_code == 200
        assert not list(get_messages(response.wsgi_request))

    def test_the_form_lists_it_with_links_to_the_blocks(self, client, home):
        page = make_page(home, "Skips", body=self.BODY)
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        html = client.get(address).content.decode()
        block_id = page.body.raw_data[0]["id"]
        assert f'href="#block-{block_id}-section"' in html
        assert "Choose heading 3" in html
        edit(page, body=[("text", "<h2>A</h2>")])
        assert "Choose heading" not in client.get(address).content.decode()

    def test_a_new_page_has_no_list(self, client, home):
        address = reverse("wagtailadmin_pages:add", args=["content", "contentpage", home.pk])
        assert "to look at" not in client.get(address).content.decode()
