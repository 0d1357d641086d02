"""Three groups with what each needs and no more, and a workflow for every page.

Wagtail makes “Editors”, “Moderators” and “Moderators approval” itself. As long as nobody changed
them, “Editors” gets less than it had, “Moderators” becomes “Publishers” with its members, and the
workflow gets names that say what it is. What somebody changed is left as it is, with a message;
docs/roles.md says what this site expects. Rights about imports are given by the room of imports; this
migration gave them, too, until that room could be taken out.

``MigrationMemory`` keeps ``{"groups": [{"pk", "name", "was", "given", "taken"}], "workflow": {…}}``;
``was`` is the group's name before, ``None`` if the migration made it.
"""

from __future__ import annotations

import logging

from django.db import migrations

from editors.grants import rights_of, set_rights, top_of, undo, wanted

logger = logging.getLogger("editors")

HERE = "0002_groups_and_workflow"
# The groups that were left in place when this migration was taken back.
LEFT = f"{HERE}: left"
ADMIN = "wagtailadmin.admin: access_admin"

RIGHTS = {
    # Words and pictures, all of them; nothing that visitors see at once.
    "Editors": {
        "": [ADMIN],
        "page": ["wagtailcore.page: add change"],
        # To add is to change and delete one's own, too; not what others brought.
        "collection": ["wagtailimages.image: add choose", "wagtaildocs.document: add choose"],
    },
    # What visitors see of pages, files, search and the announcement.
    "Publishers": {
        "": [
            ADMIN,
            "navigation.notification: change",
            "wagtailsearchpromotions.searchpromotion: add change delete",
        ],
        "page": ["wagtailcore.page: add change publish lock unlock"],
        "collection": [
            "wagtailimages.image: add change choose",
            "wagtaildocs.document: add change choose",
        ],
    },
    # What stands around the pages. No pages, and no accounts: whoever may change
    # accounts can give themselves everything.
    "Site managers": {
        "": [
            ADMIN,
            "navigation.menu: add change delete publish lock unlock",
            "navigation.footer: add change delete publish lock unlock",
            "navigation.navigationsettings: change",
            "navigation.siteidentity: change",
            "navigation.notification: change",
            "content.embedhost: add change delete",
            "wagtailredirects.redirect: add change delete",
        ],
        # For the logo, icons and links to files.
        "collection": ["wagtailimages.image: add choose", "wagtaildocs.document: add choose"],
    },
}
# What Wagtail gives its two groups, by which one sees that nobody changed them.
FILES = {
    "": [ADMIN, "wagtailimages.image: add change delete choose",
         "wagtaildocs.document: add change delete choose"],
    "collection": ["wagtailimages.image: add change choose",
                   "wagtaildocs.document: add change choose"],
}
STOCK = {
    "Editors": FILES | {"page": ["wagtailcore.page: add change"]},
    "Moderators": FILES | {"page": ["wagtailcore.page: add change publish lock unlock"]},
}
RENAMED = {"Publishers": "Moderators"}
OLD_APPROVAL = "Moderators approval"
WORKFLOW, TASK = "Publishing", "Approval by a publisher"


def forwards(apps, schema_editor):
    """Make or adapt the groups and the workflow, and remember what was changed."""
    Group = apps.get_model("auth", "Group")
    MigrationMemory = apps.get_model("editors", "MigrationMemory")
    left = MigrationMemory.objects.filter(migration=LEFT).first()
    ours = left.content["groups"] if left else []
    changes = []
    for name in RIGHTS:
        group = Group.objects.filter(name=name).first()
        was = name if group else None
        if group is None and name in RENAMED:
            old = Group.objects.filter(name=RENAMED[name]).first()
            if old is not None and is_stock(apps, old):
                group, was = old, old.name
        if group is not None and not is_stock(apps, group, ours):
            logger.warning(
                "The group “%s” has rights that somebody chose, so it was left as it is."
                " docs/roles.md says which rights this site expects: compare them in the admin"
                " under Settings, Groups.",
                name,
            )
            continue
        if group is None:
            group = Group.objects.create(name=name)
        elif group.name != name:
            group.name = name
            group.save()
        change = set_rights(apps, group, wanted(apps, RIGHTS[name]))
        changes.append({"pk": group.pk, "name": name, "was": was, **change})
    publishers = Group.objects.get(name="Publishers")
    content = {"groups": changes, "workflow": adapt_workflow(apps, publishers)}
    MigrationMemory.objects.create(migration=HERE, content=content)
    if left:
        left.delete()


def is_stock(apps, group, ours=()):
    """Tell whether a group is as Wagtail or this migration made it, or one that nobody uses yet.

    A group of somebody's own may have no rights and still mean something: who sees a private
    page, or who approves.
    """
    rights = rights_of(apps, group)
    if group.pk in ours:
        return not rights
    if group.name in STOCK:
        return not rights or rights == wanted(apps, STOCK[group.name])
    used = ("PageViewRestriction", "CollectionViewRestriction", "GroupApprovalTask")
    named = (apps.get_model("wagtailcore", name).objects.filter(groups=group.pk) for name in used)
    in_use = group.user_set.exists() or any(rows.exists() for rows in named)
    return not rights and not in_use


def adapt_workflow(apps, publishers):
    """Give Wagtail's own workflow other names, or make one where all pages have none.

    Returns ``{"renamed": {"workflow", "task", "added"}}`` or ``{"made": {"workflow", "task"}}``
    with the ids, or ``{}``; ``added`` says whether the publishers were added to the task.
    """
    Workflow = apps.get_model("wagtailcore", "Workflow")
    GroupApprovalTask = apps.get_model("wagtailcore", "GroupApprovalTask")
    WorkflowPage = apps.get_model("wagtailcore", "WorkflowPage")
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")
    root = top_of(apps, "page")
    assigned = WorkflowPage.objects.filter(page_id=root).first()
    if assigned is None:
        content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label="wagtailcore", model="groupapprovaltask"
        )
        task = GroupApprovalTask.objects.create(name=TASK, active=True, content_type=content_type)
        task.groups.add(publishers)
        workflow = Workflow.objects.create(name=WORKFLOW, active=True)
        WorkflowTask.objects.create(workflow=workflow, task_id=task.pk, sort_order=0)
        WorkflowPage.objects.create(workflow=workflow, page_id=root)
        return {"made": {"workflow": workflow.pk, "task": task.pk}}
    workflow = assigned.workflow
    ids = list(WorkflowTask.objects.filter(workflow=workflow).values_list("task_id", flat=True))
    task = GroupApprovalTask.objects.filter(pk__in=ids, name=OLD_APPROVAL).first()
    if workflow.name != OLD_APPROVAL or task is None or len(ids) != 1:
        logger.warning(
            "The workflow “%s” of all pages is not Wagtail's own, so it was left as it is. Look"
            " under Settings, Workflows whether the group “Publishers” may approve in it.",
            workflow.name,
        )
        return {}
    added = not task.groups.filter(pk=publishers.pk).exists()
    task.groups.add(publishers)
    rename(workflow, WORKFLOW)
    rename(task, TASK)
    return {"renamed": {"workflow": workflow.pk, "task": task.pk, "added": added}}


def rename(thing, name):
    thing.name = name
    thing.save()


def backwards(apps, schema_editor):
    """Give back what was there. What people changed since then stays."""
    MigrationMemory = apps.get_model("editors", "MigrationMemory")
    Group = apps.get_model("auth", "Group")
    memory = MigrationMemory.objects.filter(migration=HERE).first()
    if memory is None:
        return
    restore_workflow(apps, memory.content["workflow"])
    for change in memory.content["groups"]:
        group = Group.objects.filter(pk=change["pk"]).first()
        if group is None:
            continue
        undo(apps, group, change)
        if change["was"] is None:
            is_used = group.user_set.exists() or apps.get_model(
                "wagtailcore", "GroupApprovalTask"
            ).objects.filter(groups=group).exists()
            if not is_used and not rights_of(apps, group):
                group.delete()
        elif change["was"] != group.name == change["name"]:
            if not Group.objects.filter(name=change["was"]).exists():
                rename(group, change["was"])
    memory.delete()
    # Those that stay because somebody is in them are known again on the way forwards.
    made = [change["pk"] for change in memory.content["groups"] if change["was"] is None]
    if left := list(Group.objects.filter(pk__in=made).values_list("pk", flat=True)):
        MigrationMemory.objects.create(migration=LEFT, content={"groups": left})


def restore_workflow(apps, done):
    """Go back behind :func:`adapt_workflow`. A workflow that pages went through stays, since
    their history names it."""
    Workflow = apps.get_model("wagtailcore", "Workflow")
    Task = apps.get_model("wagtailcore", "GroupApprovalTask")
    if made := done.get("made"):
        if not apps.get_model("wagtailcore", "WorkflowState").objects.filter(
            workflow_id=made["workflow"]
        ).exists():
            Workflow.objects.filter(pk=made["workflow"]).delete()
            Task.objects.filter(pk=made["task"]).delete()
    elif renamed := done.get("renamed"):
        Workflow.objects.filter(pk=renamed["workflow"], name=WORKFLOW).update(name=OLD_APPROVAL)
        for task in Task.objects.filter(pk=renamed["task"], name=TASK):
            rename(task, OLD_APPROVAL)
            if renamed["added"]:
                task.groups.remove(
                    *apps.get_model("auth", "Group").objects.filter(name="Publishers")
                )


class Migration(migrations.Migration):

    dependencies = [
        ("editors", "0001_memory"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtailsearchpromotions", "0008_query_verbose_name"),
        ("content", "0007_moving_pictures"),
        ("navigation", "0004_statistics"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
