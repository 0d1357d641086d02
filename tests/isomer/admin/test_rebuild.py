"""Imported HTML tried again with the rules of today: before, after, accept or keep."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.utils.http import urlencode
from wagtail.models import GroupPagePermission

from care.models import CareItem
from content.markup.sanitise import sanitise
from content.models import MediaPath, SiteImage
from isomer.rebuild import NotThere, put_in_place, rebuild
from tests.care.sites import page_with, stream
from tests.factories import edit, fresh
from tests.pictures import picture

pytestmark = pytest.mark.django_db

LIST = "/admin/reports/care/?kind=imported-html"


def kept(html):
    return "imported_html", {"html": sanitise(html).html, "pattern": "a test"}


def address(page, place="body.b1", side=""):
    middle = f"{side}/" if side else ""
    return f"/admin/imports/rebuild/{page.pk}/{middle}?{urlencode({'place': place})}"


@pytest.fixture
def page(home):
    """A page with markup between two paragraphs."""
    table = "<table><tr><th>Day</th></tr><tr><td>One</td></tr></table>"
    html = f"<h2>Hours</h2>{table}<p>Good <b>day</b></p>"
    around = (
        ("text", '<p data-block-key="a">Before</p>'),
        ("text", '<p data-block-key="b">After</p>'),
    )
    return page_with(home, "Page", around[0], kept(html), around[1])


@pytest.fixture
def seen(page):
    return rebuild(page, "body.b2").seen


def types(page):
    return [block.block_type for block in page.body]


def test_what_the_rules_make_of_it(page):
    rebuilt = rebuild(page, "body.b2")
    assert [one["type"] for one in rebuilt.blocks] == ["text", "table", "text"]
    assert rebuilt.has_gain
    assert rebuild(page, "body.b2") == rebuilt, "the same ids every time"


def test_links_and_pictures_are_those_of_the_site(home, site):
    target = page_with(home, "Target", address="/old/target.html")
    image = SiteImage.objects.create(title="Map", file=ContentFile(picture(), "map.png"))
    MediaPath.objects.create(site=site, path="/images/map.png", image=image)
    html = (
        '<p><a href="/old/target/">A</a> <a href="/target/">B</a> <a href="/x/?y">C</a></p>'
        '<img src="/images/map.png" alt="A map"><img src="/images/gone.png" alt="Gone">'
        '<table><tr><th>Where</th><th>Who</th></tr><tr><td><img src="/images/map.png"'
        ' alt="In &quot;a&quot; cell"></td><td><a href="/target/">D</a></td></tr></table>'
    )
    page = page_with(home, "Page", kept(html))
    blocks = rebuild(page, "body.b1").blocks
    page.body = page.body.stream_block.to_python(blocks)
    text, shown, gone, table = (block.value for block in page.body)
    assert text.source.count(f'<a linktype="page" id="{target.pk}">') == 2
    assert '<a href="/x/?y">C</a>' in text.source
    assert (shown["image"], shown["alt"]) == (image, "A map")
    assert (gone["image"], gone["alt"]) == (None, "Gone")
    assert f'id="{image.pk}" alt="In &quot;a&quot; cell"' in table["table"].source
    assert f'<a linktype="page" id="{target.pk}">D</a>' in table["table"].source


def test_the_view_shows_both_sides(client, superuser, page):
    client.force_login(superuser)
    item = CareItem.objects.get(kind="imported-html")
    assert address(page, "body.b2").replace("&", "&amp;") in client.get(LIST).content.decode()
    assert item.place == "body.b2"
    answer = client.get(address(page, "body.b2"))
    assert [one["name"] for one in answer.context["blocks"]] == ["Text", "Table", "Text"]
    assert not answer.context["words_differ"]
    for side in ("before", "after"):
        framed = client.get(address(page, "body.b2", side))
        assert framed["X-Frame-Options"] == "SAMEORIGIN"
        assert "Good <b>day</b>" in framed.content.decode()
        assert ">Before</p>" not in framed.content.decode()


def test_accepting_is_a_draft(client, superuser, page, seen):
    client.force_login(superuser)
    answer = client.post(address(page, "body.b2"), {"action": "accept", "seen": seen}, follow=True)
    assert "was rebuilt and saved as a draft" in answer.content.decode()
    assert types(fresh(page)) == ["text", "imported_html", "text"]
    draft = fresh(page).get_latest_revision_as_object()
    assert types(draft) == ["text", "text", "table", "text", "text"]
    assert not CareItem.objects.filter(kind="imported-html").exists()


def test_accepting_and_publishing(client, superuser, page, seen):
    client.force_login(superuser)
    data = {"action": "accept", "seen": seen, "publish": "1"}
    client.post(address(page, "body.b2"), data)
    assert types(fresh(page)) == ["text", "text", "table", "text", "text"]
    words = client.get(fresh(page).url).content.decode()
    assert "<caption" not in words
    assert "Good <b>day</b>" in words


def test_keeping_dismisses(client, superuser, page):
    client.force_login(superuser)
    client.post(address(page, "body.b2"), {"action": "keep"})
    item = CareItem.objects.get(kind="imported-html")
    assert (item.state, item.reason) == ("dismissed", "Kept as it is.")
    assert not fresh(page).has_unpublished_changes


def test_markup_without_a_rule_can_only_be_kept(client, superuser, home):
    page = page_with(home, "Page", kept("<ruby>漢<rt>kan</rt></ruby>"))
    rebuilt = rebuild(page, "body.b1")
    client.force_login(superuser)
    html = client.get(address(page)).content.decode()
    assert ("Accept the blocks" in html) == rebuilt.has_gain


def test_within_an_accordion(home):
    inner = stream(
        kept("<table><tr><th>Day</th><td>One</td></tr><tr><th>A</th><td>B</td></tr></table>")
    )
    entry = {"type": "item", "id": "e1", "value": {"title": "Q", "open": False, "body": inner}}
    page = page_with(home, "Page", ("accordion", {"entries": [entry]}))
    place = "body.b1.entries.e1.body.b1"
    put_in_place(page, place, rebuild(page, place))
    assert [one.block_type for one in page.body[0].value["entries"][0]["body"]] == ["table"]


def test_a_place_that_cannot_hold_a_block(home):
    folded = "<details><summary>Q</summary><p>A</p></details>"
    deep = stream(kept(folded))
    for level in ("e2", "e1"):
        entry = {"type": "item", "id": level, "value": {"title": "Q", "open": False, "body": deep}}
        deep = stream(("accordion", {"entries": [entry]}))
    page = page_with(home, "Page", (deep[0]["type"], deep[0]["value"]))
    place = "body.b1.entries.e1.body.b1.entries.e2.body.b1"
    with pytest.raises(NotThere, match="can't hold: accordion"):
        put_in_place(page, place, rebuild(page, place))


def test_changed_meanwhile(client, superuser, page, seen):
    client.force_login(superuser)
    edit(
        page, body=page.body.stream_block.to_python(stream(("text", "<p>x</p>"), kept("<p>y</p>")))
    )
    answer = client.post(address(page, "body.b2"), {"action": "accept", "seen": seen}, follow=True)
    assert "Somebody changed this block meanwhile." in answer.content.decode()
    assert types(fresh(page)) == ["text", "imported_html"]


@pytest.mark.parametrize(
    "place", ["", "body", "body.gone", "title", "body.b1", "nonsense.b2", "slug.x"]
)
def test_places_without_imported_html(client, superuser, page, place):
    client.force_login(superuser)
    answer = client.get(address(page, place), follow=True)
    assert "There is no imported HTML at this place any more." in answer.content.decode()
    assert client.get(address(page, place, "after")).status_code == 404
    client.post(address(page, place), {"action": "accept", "seen": "x"}, follow=True)
    assert types(fresh(page)) == ["text", "imported_html", "text"]


def test_only_for_who_may_edit_the_page(client, page, seen):
    reader = User.objects.create_user("reader")
    reader.groups.add(Group.objects.get(name="Editors"))
    GroupPagePermission.objects.all().delete()
    client.force_login(reader)
    for side in ("", "before", "after"):
        assert client.get(address(page, "body.b2", side)).status_code == 302
    client.post(address(page, "body.b2"), {"action": "accept", "seen": seen})
    client.post(address(page, "body.b2"), {"action": "keep"})
    assert CareItem.objects.get(kind="imported-html").state == "open"
    assert not fresh(page).has_unpublished_changes
    client.logout()
    assert "/login/" in client.get(address(page, "body.b2"))["Location"]
