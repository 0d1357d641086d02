"""The data migration of groups and workflow: forwards, backwards, forwards again."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    Page,
    PageViewRestriction,
    Workflow,
    WorkflowPage,
)

from editors.grants import rights_of
from editors.models import MigrationMemory
from tests.editors.people import client_of
from tests.factories import make_section
from tests.isomer.importing import ROOT

pytestmark = pytest.mark.django_db
MIGRATIONS = [
    import_module(name)
    for name in (
        "editors.migrations.0002_groups_and_workflow",
        "editors.migrations.0003_publishers_delete_sections",
        "isomer.migrations.0010_rights_of_site_managers",
    )
]


def forwards() -> None:
    for migration in MIGRATIONS:
        migration.forwards(apps, None)


def backwards() -> None:
    for migration in reversed(MIGRATIONS):
        migration.backwards(apps, None)


def everything() -> dict[str, Any]:
    """All groups with their rights, and the workflows."""
    return {
        "groups": {group.name: rights_of(apps, group) for group in Group.objects.all()},
        "workflows": [
            (
                workflow.name,
                [(task.name, sorted(g.name for g in task.specific.groups.all()))
                 for task in workflow.tasks],
                list(workflow.workflow_pages.values_list("page__depth", flat=True)),
            )
            for workflow in Workflow.objects.order_by("name")
        ],
    }  # fmt: skip


def names_of(group: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for permission, where, _ in rights_of(apps, Group.objects.get(name=group)):
        found.setdefault(where, set()).add(permission)
    return found


def test_each_group_has_what_it_needs_and_no_more() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == {
        "Editors", "Publishers", "Site managers",
    }  # fmt: skip
    editors, publishers = names_of("Editors"), names_of("Publishers")
    assert editors[""] == {"wagtailadmin.access_admin"}
    assert editors["page"] == {"wagtailcore.add_page", "wagtailcore.change_page"}
    assert not any(name.split(".")[1].startswith("change_") for name in editors["collection"])
    assert {"wagtailcore.publish_page", "wagtailcore.bulk_delete_page"} <= publishers["page"]
    assert "navigation.change_notification" in publishers[""]
    assert "navigation.change_siteidentity" not in publishers[""]
    managers = names_of("Site managers")
    assert set(managers) == {"", "collection"}
    assert {"navigation.publish_menu", "isomer.start_import"} <= managers[""]
    for group in (editors, publishers, managers):
        accounts = {name for rights in group.values() for name in rights if name[:5] == "auth."}
        assert not accounts


@pytest.mark.parametrize(
    "chooser",
    ["wagtailadmin_choose_page", "wagtailimages_chooser:choose", "wagtaildocs_chooser:choose"],
)
def test_site_managers_can_choose_what_a_menu_leads_to(chooser: str) -> None:
    client = client_of("manager")
    assert client.get(reverse(chooser)).status_code == 200
    assert client.get(reverse("wagtailadmin_explore_root")).status_code == 302


def test_permissions_are_named_as_django_names_them() -> None:
    assert Permission.objects.get(codename="publish_menu").name == "Can publish menu"
    assert Permission.objects.get(codename="start_import").name == "Can start imports"
    assert Permission.objects.get(codename="change_siteidentity").name == "Can change site identity"
    names = Permission.objects.values_list("content_type", "codename")
    assert len(names) == len(set(names))


def test_backwards_gives_what_wagtail_made_and_forwards_again_the_same() -> None:
    now = everything()
    backwards()
    stock = everything()
    assert set(stock["groups"]) == {"Editors", "Moderators"}
    assert ("wagtailimages.change_image", "", None) in stock["groups"]["Editors"]
    assert stock["workflows"] == [
        ("Moderators approval", [("Moderators approval", ["Moderators"])], [1])
    ]
    assert not MigrationMemory.objects.exists()
    forwards()
    assert everything() == now
    backwards()
    assert everything() == stock


def test_members_stay_members_on_the_way() -> None:
    person, manager = User.objects.create_user("person"), User.objects.create_user("manager")
    person.groups.add(Group.objects.get(name="Publishers"))
    manager.groups.add(Group.objects.get(name="Site managers"))
    now = everything()
    backwards()
    assert person.groups.get().name == "Moderators"
    assert rights_of(apps, manager.groups.get()) == set()
    forwards()
    assert person.groups.get().name == "Publishers"
    assert manager.groups.get().name == "Site managers"
    assert everything() == now


@pytest.mark.parametrize("name", ["Editors", "Moderators", "Publishers", "Site managers"])
def test_a_group_that_somebody_changed_is_left_alone(
    name: str, home: Page, caplog: pytest.LogCaptureFixture
) -> None:
    backwards()
    section = make_section(home, "Work")
    group, _ = Group.objects.get_or_create(name=name)
    change = Permission.objects.get(
        content_type__app_label="wagtailcore", content_type__model="page", codename="change_page"
    )
    GroupPagePermission.objects.filter(group=group).delete()
    GroupPagePermission.objects.create(group=group, page=section, permission=change)
    before, rights = everything(), rights_of(apps, group)
    forwards()
    assert rights_of(apps, Group.objects.get(name=name)) == rights
    if name == "Moderators":
        # It goes on as a group of its own, and publishers may approve, too.
        task = GroupApprovalTask.objects.get()
        assert {one.name for one in task.groups.all()} == {"Moderators", "Publishers"}
    else:
        assert f"“{name}” has rights that somebody chose" in caplog.text
    backwards()
    assert everything() == before


@pytest.mark.parametrize("use", ["members", "private pages", "approval"])
def test_a_group_of_the_same_name_that_means_something_gets_no_rights(use: str, home: Page) -> None:
    backwards()
    group = Group.objects.create(name="Site managers")
    if use == "members":
        group.user_set.add(User.objects.create_user("somebody"))
    elif use == "private pages":
        PageViewRestriction.objects.create(page=home, restriction_type="groups").groups.add(group)
    else:
        GroupApprovalTask.objects.create(name="Look at it").groups.add(group)
    forwards()
    assert rights_of(apps, group) == set()


def test_rights_about_imports_that_somebody_took_are_not_given_again() -> None:
    """On a site of a time when the migration of groups gave them."""
    group = Group.objects.get(name="Site managers")
    memory = MigrationMemory.objects.get(migration="0002_groups_and_workflow")
    for one in memory.content["groups"]:
        if one["name"] == "Site managers":
            one["given"].append(["isomer.start_import", "", None])
    memory.save()
    group.permissions.remove(Permission.objects.get(codename="start_import"))
    before = rights_of(apps, group)
    MIGRATIONS[-1].forwards(apps, None)
    assert rights_of(apps, group) == before


def test_an_importer_that_comes_back_has_its_rights_again() -> None:
    """On a site of a time when the migration of groups gave them, too."""
    group = Group.objects.get(name="Site managers")
    before = rights_of(apps, group)
    memory = MigrationMemory.objects.get(migration="0002_groups_and_workflow")
    for one in memory.content["groups"]:
        if one["name"] == "Site managers":
            one["given"].append(["isomer.start_import", "", None])
    memory.save()
    MIGRATIONS[-1].backwards(apps, None)
    assert not any(name.startswith("isomer.") for name, _, _ in rights_of(apps, group))
    MIGRATIONS[-1].forwards(apps, None)
    assert rights_of(apps, group) == before


def test_what_people_give_and_take_afterwards_stays_on_the_way_back(home: Page) -> None:
    group = Group.objects.get(name="Editors")
    redirects = Permission.objects.get(codename="add_redirect")
    group.permissions.add(redirects)
    backwards()
    stock_and_more = rights_of(apps, Group.objects.get(name="Editors"))
    assert ("wagtailredirects.add_redirect", "", None) in stock_and_more
    assert ("wagtailimages.change_image", "", None) in stock_and_more


def test_a_workflow_that_somebody_made_is_left_alone(caplog: pytest.LogCaptureFixture) -> None:
    backwards()
    Workflow.objects.update(name="Four eyes")
    forwards()
    assert Workflow.objects.get().name == "Four eyes"
    assert "“Four eyes”" in caplog.text


def test_pages_without_a_workflow_get_one() -> None:
    backwards()
    Workflow.objects.all().delete()
    GroupApprovalTask.objects.all().delete()
    before = everything()
    forwards()
    assert WorkflowPage.objects.get().page.depth == 1
    (workflow,) = everything()["workflows"]
    assert workflow == ("Publishing", [("Approval by a publisher", ["Publishers"])], [1])
    backwards()
    assert everything() == before


def test_the_command_takes_a_new_database_all_the_way(tmp_path: Any) -> None:
    """With the models of each moment, and before Django made any permission."""
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/new.sqlite3"}
    say = (
        "from django.apps import apps; from django.contrib.auth.models import Group;"
        "from editors.grants import rights_of;"
        "print(sorted((g.name, sorted(map(str, rights_of(apps, g)))) for g in Group.objects.all()))"
    )

    def manage(*arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    seen = []
    for target in ([], ["editors", "zero"], []):
        manage("migrate", "--verbosity", "0", *target)
        seen.append(manage("shell", "--verbosity", "0", "-c", say))
    assert seen[0] == seen[2]
    assert "Site managers" in seen[0]
    assert "Moderators" in seen[1]
