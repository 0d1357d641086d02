"""The importer's memory can be read in the admin by those who may, and written by nobody."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import NoReverseMatch, reverse

from isomer.models import ImportRun, SiteCertificate
from isomer.verify.run import verify_run
from tests.isomer.importing import run_import, write_documents

pytestmark = pytest.mark.django_db

MODELS = ["importrun", "importmessage", "importedobject", "certificate"]
ROLES = ["anonymous", "editor", "officer", "administrator"]
LISTING_ALLOWED = {"officer", "administrator"}


@pytest.fixture
def run(tmp_path):
    write_documents(
        tmp_path,
        home__md="---\nlayout: homepage\ntitle: Home\npermalink: /\n---\n",
        first__md="---\ntitle: First\npermalink: /work/first/\n---\n[A](/b/)\n",
    )
    run = run_import(tmp_path).outcome.run
    verify_run()
    return run


def log_in(client, role: str) -> None:
    users = get_user_model().objects
    if role == "administrator":
        client.force_login(users.create_superuser("admin", "a@example.org", "x"))
    elif role != "anonymous":
        user = users.create_user(role, f"{role}@example.org", "x")
        user.groups.add(Group.objects.get(name="Editors"))
        if role == "officer":
            user.user_permissions.add(
                *Permission.objects.filter(codename__in=[f"view_{model}" for model in MODELS])
            )
        client.force_login(user)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("view", ["index", "inspect", "create", "edit", "delete"])
def test_who_may_see_what(client, run, role, model, view):
    log_in(client, role)
    from django.apps import apps

    instance = apps.get_model("isomer", model).objects.first()
    arguments = [] if view in ("index", "create") else [instance.pk]
    try:
        url = reverse(f"isomer_{model}_modeladmin_{view}", args=arguments)
    except NoReverseMatch:
        pytest.fail(f"{model} {view} has no address")
    response = client.get(url)
    may = role in LISTING_ALLOWED and view in ("index", "inspect")
    assert response.status_code == (200 if may else 302)
    if not may:
        assert client.post(url).status_code == 302
        assert apps.get_model("isomer", model).objects.filter(pk=instance.pk).exists()


def test_messages_of_a_run_name_rule_page_and_advice(client, run):
    log_in(client, "administrator")
    url = reverse("isomer_importmessage_modeladmin_index")
    page = client.get(url, {"run__id__exact": ImportRun.objects.get().pk}).content.decode()
    assert "Please name this section" in page
    assert "type its real name" in page
    assert "/edit/" in page


def test_listings_do_not_cost_a_query_for_each_row(client, run, django_assert_max_num_queries):
    log_in(client, "administrator")
    for model in MODELS:
        client.get(reverse(f"isomer_{model}_modeladmin_index"))
        with django_assert_max_num_queries(30):
            client.get(reverse(f"isomer_{model}_modeladmin_index"))


def test_what_is_missing_of_a_source_is_named_and_stands_in_the_way(client, run):
    text = "Nothing answers there (404)."
    place = {"path": "files/f.pdf", "fate": "missing", "address": "/files/f.pdf", "text": text}
    SiteCertificate.objects.filter(run=run).update(missing=1, places=[place])
    log_in(client, "administrator")
    runs = client.get(reverse("isomer_importrun_modeladmin_index")).content.decode()
    assert "1 of its files and addresses missing" in runs
    url = reverse("isomer_importrun_modeladmin_inspect", args=[run.pk])
    assert f"files/f.pdf: {text}" in client.get(url).content.decode()
    listed = client.get(reverse("isomer_sign_off")).content.decode()
    assert f'<a href="{url}">1 file or address</a> of' in listed
