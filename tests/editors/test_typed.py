"""Nothing typed is lost: refused posts come back, and newer versions are not written over."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Revision, Site

from content.models import ContentPage, EmbedHost
from navigation.models import Footer, Menu, NavigationSettings, Notification, SiteIdentity
from tests.factories import edit, fresh, make_page, make_section

TYPED = "My words, which must not be lost"


@pytest.fixture
def person(superuser: User) -> User:
    return superuser


@pytest.fixture
def strict(person: User) -> Client:
    """A client that is signed in and needs tokens, as browsers do."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    return client


@pytest.fixture
def page(home: Page) -> ContentPage:
    made: ContentPage = make_page(make_section(home, "About us"), "Our role")
    return made


def page_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def setting_url(model: Any) -> str:
    site = Site.objects.get(is_default_site=True)
    return reverse("wagtailsettings:edit", args=["navigation", model._meta.model_name, site.pk])


def form_of(response: Any) -> Tag:
    soup = BeautifulSoup(response.content, "html5lib")
    found = soup.select_one("form[data-edit-form]")
    assert found is not None, soup.get_text(" ", strip=True)[:500]
    return found


def fields_of(form: Tag) -> dict[str, str]:
    """Return what a browser would post of a form whose widgets nobody touched, blocks aside."""
    data: dict[str, str] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.get("type") in ("checkbox", "submit") and not field.has_attr("checked"):
            continue
        chosen = field.select_one("option[selected]") if field.name == "select" else None
        value = field.get_text() if field.name == "textarea" else field.get("value", "")
        data[str(field["name"])] = str(value if chosen is None else chosen.get("value", ""))
    for name in ("body", "entries", "links"):
        if form.select_one(f"#{name}"):
            data[f"{name}-count"] = "0"
    return data


def opened(client: Client, url: str, **typed: str) -> dict[str, str]:
    """Open a form and return what it posts after somebody typed."""
    return fields_of(form_of(client.get(url))) | typed


def words_of(response: Any) -> str:
    return BeautifulSoup(response.content, "html5lib").get_text(" ", strip=True)


def value_of(response: Any, name: str) -> str:
    return fields_of(form_of(response))[name]


def test_a_page_posted_without_a_token_comes_back_in_its_form(
    strict: Client, page: ContentPage
) -> None:
    data = opened(strict, page_url(page), title=TYPED) | {"action-publish": "1"}
    for token in ("", "x" * 64):
        answer = strict.post(page_url(page), data | {"csrfmiddlewaretoken": token})
        assert answer.status_code == 200, words_of(answer)
        assert value_of(answer, "title") == TYPED
        assert "Nothing is saved yet" in words_of(answer)
        assert fresh(page).latest_revision.as_object().title == "Our role"
    again = fields_of(form_of(answer))
    assert strict.post(page_url(page), again).status_code == 302
    assert fresh(page).latest_revision.as_object().title == TYPED


def test_a_lost_cookie_is_no_lost_text(strict: Client, page: ContentPage) -> None:
    data = opened(strict, page_url(page), title=TYPED)
    del strict.cookies["csrftoken"]
    assert value_of(strict.post(page_url(page), data), "title") == TYPED


def test_a_new_page_posted_without_a_token_comes_back(strict: Client, home: Page) -> None:
    url = reverse("wagtailadmin_pages:add", args=["content", "contentpage", home.pk])
    data = opened(strict, url, title=TYPED) | {"csrfmiddlewaretoken": ""}
    before = Page.objects.count()
    assert value_of(strict.post(url, data), "title") == TYPED
    assert Page.objects.count() == before


@pytest.mark.parametrize("model", [Menu, Footer])
def test_snippets_posted_without_a_token_come_back(strict: Client, site: Site, model: Any) -> None:
    part = model.objects.create(name="Main")
    for view, arguments in (("edit", [part.pk]), ("add", [])):
        name = f"wagtailsnippets_navigation_{model._meta.model_name}:{view}"
        url = reverse(name, args=arguments)
        data = opened(strict, url, name=TYPED) | {"csrfmiddlewaretoken": ""}
        assert value_of(strict.post(url, data), "name") == TYPED
    assert list(model.objects.values_list("name", flat=True)) == ["Main"]


def test_settings_posted_without_a_token_come_back(strict: Client, site: Site) -> None:
    url = setting_url(SiteIdentity)
    data = opened(strict, url, name=TYPED) | {"csrfmiddlewaretoken": ""}
    assert value_of(strict.post(url, data), "name") == TYPED
    assert SiteIdentity.for_site(site).name != TYPED


def test_what_another_website_sends_is_neither_saved_nor_shown(
    strict: Client, page: ContentPage
) -> None:
    data = {"title": TYPED, "slug": page.slug, "body-count": "0", "action-publish": "1"}
    for headers in (
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
    ):
        answer = strict.post(page_url(page), data, headers=headers)
        assert answer.status_code == 403
        assert TYPED not in answer.content.decode()
    assert fresh(page).latest_revision.as_object().title == "Our role"


def test_no_action_of_a_refused_form_is_taken(strict: Client, page: ContentPage) -> None:
    page.get_workflow().start(page, User.objects.first())
    data = opened(strict, page_url(page)) | {"action-cancel-workflow": "1"}
    strict.post(page_url(page), data | {"csrfmiddlewaretoken": ""})
    assert fresh(page).workflow_in_progress
    count = Revision.objects.count()
    unlock = reverse("wagtailadmin_pages:delete", args=[page.pk])
    assert strict.post(unlock, {"next": ""}).status_code == 403
    assert fresh(page).pk == page.pk
    assert Revision.objects.count() == count


def test_other_forms_are_held_and_sent_once_more(strict: Client, site: Site) -> None:
    url = reverse("wagtailredirects:add")
    data = {"old_path": "/old words here/", "redirect_link": "https://a.example/<b>"}
    answer = strict.post(url, data)
    soup = BeautifulSoup(answer.content, "html5lib")
    form = soup.select_one("main form")
    assert form is not None
    assert form["action"] == url
    sent = fields_of(form)
    assert {name: sent[name] for name in data} == data
    assert "<b>" not in answer.content.decode()


def test_who_is_signed_out_keeps_what_was_typed(
    strict: Client, page: ContentPage, person: User
) -> None:
    data = opened(strict, page_url(page), title=TYPED)
    strict.logout()
    # The token is still good, since the cookie is; or it is none at all.
    token = strict.get(reverse("wagtailadmin_login")).context["csrf_token"]
    for sent in (str(token), ""):
        answer = strict.post(page_url(page), data | {"csrfmiddlewaretoken": sent})
        assert "You are signed out" in words_of(answer)
        form = BeautifulSoup(answer.content, "html5lib").select_one("main form")
        assert form is not None
        held = fields_of(form)
        assert held["title"] == TYPED
    strict.force_login(person)
    assert form is not None
    back = strict.post(str(form["action"]), held)
    assert value_of(back, "title") == TYPED
    assert fresh(page).latest_revision.as_object().title == "Our role"


def test_scripts_learn_that_somebody_is_signed_out(page: ContentPage) -> None:
    client = Client()
    answer = client.post(page_url(page), {"title": "x"}, headers={"accept": "application/json"})
    assert answer.json()["error_code"] == "signed_out"
    state = client.get(
        reverse("editors_form_state"), headers={"x-requested-with": "XMLHttpRequest"}
    )
    assert state.status_code == 403


def test_a_saved_form_is_known_by_its_name(strict: Client, site: Site, page: ContentPage) -> None:
    for url in (page_url(page), setting_url(SiteIdentity)):
        data = opened(strict, url) | {"form_id": f"form-of-{url}"}
        assert strict.post(url, data).status_code == 302
        state = strict.get(reverse("editors_form_state")).json()
        assert f"form-of-{url}" in state["saved"]


# A newer version.


def test_a_page_is_not_written_over(strict: Client, page: ContentPage, person: User) -> None:
    data = opened(strict, page_url(page), title=TYPED)
    edit(page, title="Of an import")
    for action in ({}, {"action-publish": "1"}):
        answer = strict.post(page_url(page), data | action)
        assert answer.status_code == 200
        assert value_of(answer, "title") == TYPED
        assert "An import saved a newer version" in words_of(answer)
        data = fields_of(form_of(answer))
    assert fresh(page).latest_revision.as_object().title == "Of an import"
    soup = BeautifulSoup(answer.content, "html5lib")
    links = [str(one["href"]) for one in soup.select(".messages .buttons a[target=_blank]")]
    assert [strict.get(link).status_code for link in links] == [200, 200]
    assert "Of an import" in strict.get(links[0]).content.decode()
    button = soup.select_one('button[name="replace_version"]')
    assert button is not None
    assert button["form"] == form_of(answer)["id"]
    taken = strict.post(page_url(page), data | {"replace_version": str(button["value"])})
    assert taken.status_code == 302
    assert fresh(page).latest_revision.as_object().title == TYPED
    assert "Of an import" in [one.as_object().title for one in page.revisions.all()]


def test_taking_over_replaces_only_what_was_seen(strict: Client, page: ContentPage) -> None:
    data = opened(strict, page_url(page), title=TYPED)
    edit(page, title="Second")
    answer = strict.post(page_url(page), data)
    button = BeautifulSoup(answer.content, "html5lib").select_one('[name="replace_version"]')
    assert button is not None
    edit(page, title="Third")
    again = strict.post(page_url(page), data | {"replace_version": str(button["value"])})
    assert again.status_code == 200
    assert fresh(page).latest_revision.as_object().title == "Third"


def test_autosave_writes_nothing_over_and_goes_on_from_its_own(
    strict: Client, page: ContentPage
) -> None:
    data = opened(strict, page_url(page), title=TYPED)
    accept = {"accept": "application/json"}
    saved = strict.post(page_url(page), data, headers=accept).json()
    assert saved["success"] is True
    data |= saved["field_updates"]
    edit(page, title="Of an import")
    refused = strict.post(page_url(page), data, headers=accept).json()
    assert refused["success"] is False
    # The form that comes back does not save itself either.
    shown = fields_of(form_of(strict.post(page_url(page), data)))
    assert strict.post(page_url(page), shown, headers=accept).json()["success"] is False
    assert fresh(page).latest_revision.as_object().title == "Of an import"


def test_after_autosave_a_form_is_saved_by_hand(strict: Client, page: ContentPage) -> None:
    data = opened(strict, page_url(page), title="Half a sen")
    saved = strict.post(page_url(page), data, headers={"accept": "application/json"}).json()
    data |= saved["field_updates"] | {"title": TYPED}
    assert strict.post(page_url(page), data).status_code == 302
    assert fresh(page).latest_revision.as_object().title == TYPED


def test_a_preview_of_an_old_form_still_works(strict: Client, page: ContentPage) -> None:
    data = opened(strict, page_url(page), title=TYPED)
    edit(page, title="Of an import")
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert strict.post(url, data).json()["is_valid"] is True


@pytest.mark.parametrize("model", [Menu, Footer])
def test_snippets_are_not_written_over(strict: Client, site: Site, model: Any) -> None:
    part = model(name="Main")
    part.save()
    part.save_revision().publish()
    url = reverse(f"wagtailsnippets_navigation_{model._meta.model_name}:edit", args=[part.pk])
    data = opened(strict, url, name=TYPED)
    part.name = "Of an import"
    part.save_revision().publish()
    answer = strict.post(url, data)
    assert value_of(answer, "name") == TYPED
    assert "An import saved a newer version" in words_of(answer)
    assert model.objects.get().latest_revision.as_object().name == "Of an import"
    soup = BeautifulSoup(answer.content, "html5lib")
    links = [str(one["href"]) for one in soup.select(".messages .buttons a[target=_blank]")]
    assert [strict.get(link).status_code for link in links] == [200, 200]
    button = soup.select_one('[name="replace_version"]')
    assert button is not None
    assert button["form"] == form_of(answer)["id"]
    assert strict.post(url, data | {"replace_version": str(button["value"])}).status_code == 302
    assert model.objects.get().latest_revision.as_object().name == TYPED


@pytest.mark.parametrize(
    ("model", "field", "others"),
    [
        (SiteIdentity, "name", "Of an import"),
        (Notification, "starts_at", "2026-01-02 03:04:00+00:00"),
        (NavigationSettings, "menu_id", None),
    ],
)
def test_settings_are_not_written_over(
    strict: Client, site: Site, model: Any, field: str, others: Any
) -> None:
    url = setting_url(model)
    data = opened(strict, url)
    if model is NavigationSettings:
        others = Menu.objects.create(name="New").pk
    model.objects.filter(site=site).update(**{field: others})
    answer = strict.post(url, data)
    assert "saved a newer version" in words_of(answer)
    assert str(getattr(model.objects.get(site=site), field)) == str(others)
    button = BeautifulSoup(answer.content, "html5lib").select_one('[name="replace_version"]')
    assert button is not None
    taken = strict.post(url, data | {"replace_version": str(button["value"])})
    assert taken.status_code == 302
    assert str(getattr(model.objects.get(site=site), field)) != str(others)


def test_a_decision_on_a_host_is_not_written_over(strict: Client, site: Site) -> None:
    host = EmbedHost.objects.create(host="www.example.org")
    url = reverse("wagtailsnippets_content_embedhost:edit", args=[host.pk])
    data = opened(strict, url)
    EmbedHost.objects.filter(pk=host.pk).update(decision=EmbedHost.Decision.REFUSED)
    assert "saved a newer version" in words_of(strict.post(url, data))
    assert EmbedHost.objects.get(pk=host.pk).decision == EmbedHost.Decision.REFUSED
