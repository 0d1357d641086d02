"""Who may do what with the pictures and files of the library.

Wagtail lists a picture only for who may replace it. Here two rights are told apart. Who may
choose a picture for a page may also look after it: its title, its focal point, its tags. Its
file, its collection and its end stay with who brought it, and with who may change all.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from wagtail.documents import get_document_model
from wagtail.documents.views.bulk_actions import (
    AddToCollectionBulkAction as MoveDocumentsAction,
)
from wagtail.images import get_image_model
from wagtail.images.views.bulk_actions import AddToCollectionBulkAction as MoveImagesAction
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

from content.library import uploads

# What Wagtail calls "change": other bytes, another collection.
REPLACE = "replace"
# Fields of the form that only who may replace a file sees.
REPLACED = ("file", "collection")


class LibraryPolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's policy, but that “change” is also for who may choose; see the module."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action == "change":
            return bool(self._check_perm(user, ["add", "change", "choose"]))
        return bool(super().user_has_permission(user, "change" if action == REPLACE else action))

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Iterable[str], instance: Any
    ) -> bool:
        wanted = _as_wagtail_knows(actions)
        return bool(super().user_has_any_permission_for_instance(user, wanted, instance))

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> QuerySet[Any]:
        wanted = _as_wagtail_knows(actions)
        found: QuerySet[Any] = super().instances_user_has_any_permission_for(user, wanted)
        return found


def _as_wagtail_knows(actions: Iterable[str]) -> set[str]:
    """Return actions in the words of Wagtail's policy."""
    wanted = set(actions)
    if "change" in wanted:
        wanted.add("choose")
    if REPLACE in wanted:
        wanted = (wanted - {REPLACE}) | {"delete"}
    return wanted


def may_replace(user: Any, one: Any) -> bool:
    """Tell whether somebody may give a picture or file other bytes, and move or delete it."""
    policy = policy_registry.get_by_type(type(one))
    return bool(policy.user_has_permission_for_instance(user, REPLACE, one))


class _LibraryForm:
    """The form of a stored picture or file: without what its reader may not replace."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        user = kwargs.get("user")
        super().__init__(*args, **kwargs)
        form: Any = self
        if form.instance.pk and user is not None and not may_replace(user, form.instance):
            for name in REPLACED:
                form.fields.pop(name, None)


class PictureForm(_LibraryForm, uploads.PictureForm):
    """The form of a picture (``WAGTAILIMAGES_IMAGE_FORM_BASE``)."""


class FileForm(_LibraryForm, uploads.DocumentForm):
    """The form of a file (``WAGTAILDOCS_DOCUMENT_FORM_BASE``)."""


class MovePictures(MoveImagesAction):  # type: ignore[misc]
    """Wagtail's action on many pictures, for who may move them."""

    def check_perm(self, image: Any) -> bool:
        return may_replace(self.request.user, image)


class MoveFiles(MoveDocumentsAction):  # type: ignore[misc]
    """Wagtail's action on many files, for who may move them."""

    def check_perm(self, document: Any) -> bool:
        return may_replace(self.request.user, document)


def register_policies() -> None:
    """Register the policies; called once, when the applications are ready. Wagtail registers
    its own for models below, so these are for the very models."""
    for model, auth, owner in (
        (get_image_model(), "wagtailimages.Image", "uploaded_by_user"),
        (get_document_model(), "wagtaildocs.Document", "uploaded_by_user"),
    ):
        policy = LibraryPolicy(model, auth_model=auth, owner_field_name=owner)
        register_permission_policy(model, policy, exact_class=True)
