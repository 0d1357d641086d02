"""Source and page as readers saw them, and several pages accepted at once."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from isomer.models import Certificate, SignOff
from isomer.review.sign_off import imported_pages, seen
from isomer.verify.run import verify_run
from isomer.views.accepting import complete_pages, seen_of
from tests.isomer.admin.people import log_in, row_of
from tests.isomer.admin.test_sign_off import page_url

pytestmark = pytest.mark.django_db
LIST = "isomer_sign_off"


def side(row, name: str) -> str:
    return reverse("isomer_sign_off_side", args=[row.pk, name])


def ticked(rows, **more) -> dict:
    data = {"action": "ticked", "page": [row.pk for row in rows]}
    return data | {f"seen-{row.pk}": seen(row) for row in rows} | more


def notices(answer) -> str:
    return " ".join(str(one) for one in answer.context["messages"])


def test_both_sides_are_shown_in_frames_with_the_difference_marked(client, signed_site):
    log_in(client, "signer")
    page = Page.objects.get(title="First").specific
    page.body = [("text", "<p>One two. An end.</p>")]
    page.save_revision().publish()
    verify_run()
    row = row_of(signed_site, "first.md")
    shown = client.get(page_url(row)).content.decode()
    assert re.search(r"<iframe[^>]*sandbox=\"allow-same-origin\"", shown)
    assert "a link to" in shown
    assert re.search(r"<q>[^<]*\.</q>", shown)
    assert ".</q>." not in shown
    source, served = (client.get(side(row, name)) for name in ("source", "served"))
    assert 'id="difference-1"' in source.content.decode()
    assert "Missing here" in served.content.decode()
    for answer in (source, served):
        assert "sandbox allow-same-origin" in answer["Content-Security-Policy"]
        assert "script-src" not in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "SAMEORIGIN"
        assert " href=" not in answer.content.decode().partition("<main")[2]


def test_nothing_hostile_of_the_source_comes_along(client, signed_site):
    log_in(client, "signer")
    row = row_of(signed_site, "second.md")
    text = client.get(side(row, "source")).content.decode()
    assert "<script" not in text.partition("<main")[2]
    assert "<b>Words</b>" in text


def test_who_may_not_read_the_page_gets_no_side(client, signed_site):
    log_in(client, "signer")
    row = row_of(signed_site, "third.md")
    page = Page.objects.get(pk=row.object_id)
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    person = client.get(reverse("wagtailadmin_home")).wsgi_request.user
    person.groups.clear()
    answer = client.get(side(row, "source"), headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.status_code == 403


def test_several_pages_are_accepted_at_once(client, signed_site):
    log_in(client, "signer")
    rows = list(imported_pages(signed_site))
    shown = client.get(reverse(LIST)).content.decode()
    for row in rows:
        assert f'name="seen-{row.pk}" value="{seen(row)}"' in shown
    answer = client.post(reverse(LIST), ticked(rows[:3]), follow=True)
    assert "3 pages were accepted." in notices(answer)
    assert SignOff.objects.filter(decision="accepted").count() == 3
    made = SignOff.objects.get(imported=rows[0].pk)
    assert (made.content_hash, made.person_name) == (rows[0].content_hash, "Signer")


def test_a_ticked_page_that_differs_or_changed_is_not_accepted_the_others_are(client, signed_site):
    log_in(client, "signer")
    first, second, third = (
        row_of(signed_site, f"{name}.md") for name in ("first", "second", "third")
    )
    Certificate.objects.filter(imported=first.pk).update(state=Certificate.State.FAILED)
    data = ticked([row_of(signed_site, "first.md"), second, third])
    data[f"seen-{second.pk}"] = "something else"
    answer = client.post(reverse(LIST), data, follow=True)
    text = notices(answer)
    assert "1 page was accepted." in text
    assert "Say in the remark why" in text
    assert "changed this page" in text
    assert set(SignOff.objects.values_list("imported", flat=True)) == {third.pk}
    again = ticked([row_of(signed_site, "first.md")], remark="The author agrees.")
    client.post(reverse(LIST), again)
    assert SignOff.objects.get(imported=first.pk).remark == "The author agrees."


def test_nothing_ticked_says_so(client, signed_site):
    log_in(client, "signer")
    assert "Tick the pages" in notices(client.post(reverse(LIST), {"page": ["x"]}, follow=True))


def test_all_complete_pages_of_a_section_are_accepted(client, signed_site):
    log_in(client, "signer")
    section = Page.objects.get(title="First").get_parent()
    first = row_of(signed_site, "first.md")
    Certificate.objects.filter(imported=first.pk).update(state=Certificate.State.FAILED)
    url = f"{reverse(LIST)}?site={signed_site.pk}&section={section.pk}"
    shown = client.get(url).content.decode()
    assert "Accept the one complete page of “Work”" in shown
    rows = complete_pages(signed_site, str(section.pk))
    assert [row.source_path for row in rows] == [row_of(signed_site, "second.md").source_path]
    stale = client.post(url, {"action": "complete", "complete": "x"}, follow=True)
    assert "nothing was accepted" in notices(stale)
    assert not SignOff.objects.exists()
    client.post(url, {"action": "complete", "complete": seen_of(rows)})
    assert set(SignOff.objects.values_list("imported", flat=True)) == {rows[0].pk}


def test_who_may_only_look_accepts_nothing(client, signed_site):
    log_in(client, "officer")
    assert 'type="checkbox"' not in client.get(reverse(LIST)).content.decode()
    data = ticked(list(imported_pages(signed_site)))
    client.post(reverse(LIST), data)
    assert not SignOff.objects.exists()
