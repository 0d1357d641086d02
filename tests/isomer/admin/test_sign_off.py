"""What waits for a person, what a decision does, and what reopens it."""

from __future__ import annotations

import itertools
import json

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from isomer.messages import Level
from isomer.models import Certificate, ImportedObject, ImportMessage, ImportRun, SignOff
from isomer.review.sign_off import imported_pages, readiness, seen
from isomer.verify.run import verify_run
from navigation.models import SiteIdentity
from tests.isomer.admin.people import DOCUMENTS, HOSTILE, log_in, make_site, row_of
from tests.isomer.importing import run_import, write_documents

pytestmark = pytest.mark.django_db


def page_url(row) -> str:
    return reverse("isomer_sign_off_page", args=[row.pk])


def save(client, row, decision="accepted", remark="", query="", was_seen=None):
    data = {"decision": decision, "remark": remark, "seen": was_seen or seen(row)}
    return client.post(page_url(row) + query, data)


def obstacles(site) -> dict[str, int]:
    return {one.text: one.number for one in readiness(site).obstacles}


def accept_all(client, site, remark="Looked at.") -> None:
    for row in imported_pages(site):
        assert save(client, row, remark=remark).status_code == 302


def test_a_site_is_ready_when_every_page_is_verified_and_accepted(client, signed_site):
    log_in(client, "signer")
    assert obstacles(signed_site) == {"not looked at": 4}
    accept_all(client, signed_site)
    assert readiness(signed_site).ready
    SiteIdentity.objects.update_or_create(site=signed_site, defaults={"name": "Institute <Q>"})
    page = client.get(reverse("isomer_sign_off")).content.decode()
    assert "Institute &lt;Q&gt; is ready" in page
    made = SignOff.objects.first()
    assert (made.person_name, made.remark) == ("Signer", "Looked at.")


def test_a_decision_goes_on_to_the_next_page_that_waits(client, signed_site):
    log_in(client, "signer")
    rows = list(imported_pages(signed_site))
    query = f"?site={signed_site.pk}"
    for row, following in itertools.pairwise(rows):
        answer = save(client, row, query=query)
        assert answer["Location"] == page_url(following) + query
    answer = save(client, rows[-1])
    assert answer["Location"].startswith(reverse("isomer_sign_off") + "?")


def test_the_next_page_is_one_of_the_filtered_list(client, signed_site):
    log_in(client, "signer")
    work = Page.objects.get(title="First").get_parent()
    first, second = row_of(signed_site, "first.md"), row_of(signed_site, "second.md")
    query = f"?site={signed_site.pk}&section={work.pk}"
    assert save(client, first, query=query)["Location"] == page_url(second) + query
    assert (
        page_url(row_of(signed_site, "third.md"))
        not in save(client, second, query=query)["Location"]
    )


@pytest.mark.parametrize(
    ("decision", "remark", "text"),
    [("needs work", " ", "what has to be done"), ("", "", "Choose whether")],
)
def test_a_decision_that_says_too_little_is_not_recorded(
    client, signed_site, decision, remark, text
):
    log_in(client, "signer")
    answer = save(client, row_of(signed_site, "third.md"), decision, remark)
    assert answer.status_code == 200
    assert text in answer.content.decode()
    assert not SignOff.objects.exists()


def test_a_page_that_differs_or_has_errors_is_accepted_only_with_a_reason(client, signed_site):
    log_in(client, "signer")
    row = row_of(signed_site, "third.md")
    Certificate.objects.filter(imported=row.pk).update(state=Certificate.State.FAILED)
    error = row_of(signed_site, "first.md")
    ImportMessage.objects.create(
        run=ImportRun.objects.get(), level=Level.ERROR, rule="x", source_path="first.md",
        text="Bad", page_id=error.object_id,
    )  # fmt: skip
    names = {"with a certificate that failed, not accepted",
             "with errors of the import, not accepted"}  # fmt: skip
    assert names < set(obstacles(signed_site))
    for one in (row_of(signed_site, "third.md"), row_of(signed_site, "first.md")):
        assert "Say in the remark why" in save(client, one).content.decode()
        assert save(client, one, remark="The author agrees.").status_code == 302
    assert not names & set(obstacles(signed_site))


def test_an_import_that_changes_a_page_reopens_it_and_no_other(client, signed_site, folder):
    log_in(client, "signer")
    accept_all(client, signed_site)
    run_import(folder)
    assert readiness(signed_site).ready
    write_documents(folder, third__md=DOCUMENTS["third__md"].replace("A text", "Another text"))
    run_import(folder)
    assert row_of(signed_site, "third.md").looked == "changed"
    assert row_of(signed_site, "third.md").verified == "outdated"
    assert obstacles(signed_site) == {
        "not verified since the last import": 1,
        "changed by an import since somebody looked": 1,
    }
    verify_run()
    assert obstacles(signed_site) == {"changed by an import since somebody looked": 1}
    save(client, row_of(signed_site, "third.md"))
    assert readiness(signed_site).ready


def test_a_page_that_changed_while_somebody_looked_is_not_accepted(client, signed_site, folder):
    log_in(client, "signer")
    before = seen(row_of(signed_site, "third.md"))
    write_documents(folder, third__md=DOCUMENTS["third__md"].replace("A text", "Another text"))
    run_import(folder)
    answer = save(client, row_of(signed_site, "third.md"), was_seen=before)
    assert "while you were looking" in answer.content.decode()
    assert not SignOff.objects.exists()


def test_pages_that_were_never_verified_stand_in_the_way(client, db, tmp_path):
    site = make_site(tmp_path / "source", verify=False)
    log_in(client, "signer")
    assert obstacles(site)["not verified since the last import"] == 4
    answer = client.get(page_url(row_of(site, "third.md"))).content.decode()
    assert "was not verified" in answer


def test_a_home_page_without_document_needs_no_certificate(client, db, tmp_path):
    documents = {name: text for name, text in DOCUMENTS.items() if name != "home__md"}
    site = make_site(tmp_path / "source", documents)
    assert imported_pages(site).get(source_path="home").verified == "no document"
    assert set(obstacles(site)) == {"not looked at"}


def test_errors_on_no_page_stand_in_the_way_and_deleted_pages_do_not(client, signed_site):
    log_in(client, "officer")
    ImportMessage.objects.create(
        run=ImportRun.objects.get(), level=Level.ERROR, rule="x", source_path="x.md", text="Bad"
    )
    Page.objects.get(title="Third").delete()
    assert obstacles(signed_site)["in the import of source"] == 1
    assert readiness(signed_site).pages == 3
    page = client.get(reverse("isomer_sign_off")).content.decode()
    assert "1 error</a> in the import of source, on no page" in page


def test_both_texts_stand_side_by_side_and_differences_have_names(client, signed_site):
    log_in(client, "signer")
    page = Page.objects.get(title="Third").specific
    page.title = "Third"
    page.body = [("text", "<p>A new text.</p>")]
    page.save_revision().publish()
    verify_run()
    answer = client.get(page_url(row_of(signed_site, "third.md"))).content.decode()
    assert "1 row differs" in answer
    assert "added</span> new" in answer
    page.body = [("text", "<p>A.</p>")]
    page.save_revision().publish()
    verify_run()
    answer = client.get(page_url(row_of(signed_site, "third.md"))).content.decode()
    assert "lost</span>" in answer
    assert "Changed in the admin since the import" in answer


def test_nothing_of_the_source_is_markup_in_the_admin(client, signed_site):
    log_in(client, "administrator")
    row = row_of(signed_site, "second.md")
    save(client, row, "needs work", remark=f"{HOSTILE} remark")
    edit = reverse("wagtailadmin_pages:edit", args=[row.object_id])
    record = reverse("isomer_sign_off_record")
    for url in (page_url(row), reverse("isomer_sign_off"), edit, record):
        page = client.get(url, follow=True).content.decode()
        assert HOSTILE not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; remark" in page


@pytest.mark.parametrize(
    ("query", "sources"),
    [
        ("state=accepted", {"first.md"}),
        ("state=needs+work", {"third.md"}),
        ("state=open", {"home", "second.md"}),
        ("state=not+accepted", {"home", "second.md", "third.md"}),
        ("certificate=passed", {"home", "first.md", "second.md", "third.md"}),
        ("certificate=unverified", set()),
        ("messages=any", {"first.md"}),
        ("messages=error", set()),
        ("q=SECOND", {"second.md"}),
        ("q=/other/", {"third.md"}),
        ("section=999999", set()),
        ("section=x", set()),
        ("state=nonsense", set()),
    ],
)
def test_filters(client, signed_site, query, sources):
    log_in(client, "signer")
    save(client, row_of(signed_site, "first.md"))
    save(client, row_of(signed_site, "third.md"), "needs work", "The date is wrong.")
    ImportMessage.objects.exclude(page__title="First").delete()
    answer = client.get(f"{reverse('isomer_sign_off')}?{query}")
    assert {row["imported"].source_path for row in answer.context["rows"]} == sources


def test_the_record_is_one_file_that_says_everything(client, signed_site):
    log_in(client, "signer")
    save(client, row_of(signed_site, "third.md"), "needs work", "The date is wrong.")
    save(client, row_of(signed_site, "third.md"), remark="Right now.")
    html = client.get(reverse("isomer_sign_off_record"))
    assert html["Content-Disposition"].startswith('attachment; filename="sign-off-localhost-')
    text = html.content.decode()
    assert "Not ready" in text
    assert "The date is wrong." in text
    assert "<script" not in text
    assert "src=" not in text
    assert "href=" not in text
    data = json.loads(client.get(reverse("isomer_sign_off_record_json")).content)
    assert not data["ready"]
    assert data["counts"] == {
        "Not looked at": 3, "Changed by an import since somebody looked": 0,
        "Needs work": 0, "Accepted": 1,
    }  # fmt: skip
    third = next(page for page in data["pages"] if page["source"] == "third.md")
    assert [one["decision"] for one in third["decisions"]] == ["Accepted", "Needs work"]
    assert third["old_address"] == third["address"] == "/other/third/"


def test_a_list_costs_the_same_for_two_thousand_pages(
    client, signed_site, django_assert_max_num_queries, record_property
):
    log_in(client, "signer")
    url = reverse("isomer_sign_off")
    client.get(url)
    with django_assert_max_num_queries(40) as few:
        client.get(url)
    many_pages(signed_site, 2000)
    with django_assert_max_num_queries(40) as many:
        page = client.get(url)
    assert len(many) <= len(few) + 3
    assert page.context["readiness"].pages == 2004
    with django_assert_max_num_queries(40):
        assert len(client.get(reverse("isomer_sign_off_record")).content) > 100_000
    record_property("figures", f"sign-off, list of 2,004 pages: {len(many)} queries")


def many_pages(site, number: int) -> None:
    """Make pages as fast as possible, each with a certificate and a decision."""
    model = type(Page.objects.get(title="Third").specific)
    parent = site.root_page
    known = row_of(site, "third.md")
    run = ImportRun.objects.get()
    rows = []
    start = parent.numchild
    pages = [
        Page(
            title=f"Page {at}", draft_title=f"Page {at}", slug=f"page-{at}", depth=parent.depth + 1,
            path=parent._get_path(parent.path, parent.depth + 1, start + 1 + at),
            url_path=f"{parent.url_path}page-{at}/", content_type_id=known.content_type_id,
            locale_id=parent.locale_id, live=True,
        )
        for at in range(number)
    ]  # fmt: skip
    assert issubclass(model, Page)
    Page.objects.bulk_create(pages)
    rows = ImportedObject.objects.bulk_create(
        ImportedObject(
            site=site, kind="page", source_path=f"page-{page.slug}.md", content_hash="x",
            content_type_id=known.content_type_id, object_id=page.pk, imported_at=known.imported_at,
        )
        for page in pages
    )  # fmt: skip
    checked = Certificate.objects.first().checked_at
    Certificate.objects.bulk_create(
        Certificate(run=run, imported=row, source_path=row.source_path, state="passed",
                    checked_at=checked)
        for row in rows
    )  # fmt: skip
    SignOff.objects.bulk_create(
        SignOff(imported=row, decision="accepted", person_name="P", decided_at=checked,
                content_hash="x", imported_at=row.imported_at)
        for row in rows
    )  # fmt: skip


def test_only_forms_of_this_site_may_decide(signed_site):
    client = Client(enforce_csrf_checks=True)
    log_in(client, "signer")
    assert save(client, row_of(signed_site, "third.md")).status_code == 403
    assert not SignOff.objects.exists()
