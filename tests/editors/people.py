"""People of each role, and what they do in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data

from tests.forms import block_data

GROUPS = {"editor": "Editors", "publisher": "Publishers", "manager": "Site managers"}
# Who comes to the admin, from nobody to somebody who may do everything.
ROLES = ("anonymous", "visitor", *GROUPS, "administrator")


def make_person(role: str, name: str = "") -> User | None:
    """Return a person of a role: nobody for ``"anonymous"``, no group for ``"visitor"``."""
    name = name or role
    if role == "anonymous":
        return None
    if role == "administrator":
        return User.objects.create_superuser(name, f"{name}@example.org", "x")
    person = User.objects.create_user(name, f"{name}@example.org", "x", first_name=name.title())
    if role in GROUPS:
        person.groups.add(Group.objects.get(name=GROUPS[role]))
    return person


def client_of(role: str, name: str = "") -> Client:
    """Return a client that is logged in as a new person of a role."""
    client, person = Client(HTTP_HOST="localhost"), make_person(role, name)
    if person is not None:
        client.force_login(person)
    return client


def page_data(page: Page, **changes: Any) -> dict[str, Any]:
    """Return what the form of a :class:`content.models.ContentPage` posts."""
    data = {
        "title": page.title,
        "slug": page.slug,
        "comments": {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0"},
    }
    body = block_data(page.body.stream_block, page.body, "body")
    return nested_form_data(data) | body | changes


def save(client: Client, page: Page, **changes: Any) -> Any:
    """Post the form of a page; ``**{"action-submit": "1"}`` and so on say what to do."""
    page = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = client.post(url, page_data(page, **changes))
    assert answer.status_code == 302, answer.context["form"].errors
    return answer
