"""Who may look at the listings of what the importer remembers."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from wagtail_modeladmin.helpers import PermissionHelper

from isomer.views.base import is_readable
from isomer.views.whose_site import of_sites


class ReadOnly(PermissionHelper):
    """Nobody adds, changes or deletes what the importer remembers.

    Who has the permission to view a model may look (Django's ``view`` permission), at the rows of
    the sites that they look after.
    """

    def user_can_list(self, user: Any) -> bool:
        return bool(self.user_has_specific_permission(user, f"view_{self.opts.model_name}"))

    def user_can_inspect_obj(self, user: Any, obj: Model) -> bool:
        if not self.user_can_list(user):
            return False
        # Rows of a listing are those of one's own sites already.
        if getattr(obj, "is_own", False):
            return True
        rows = self.model.objects.filter(of_sites(user, site_field(self.model)), pk=obj.pk)
        return bool(rows.exists())

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Model) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Model) -> bool:
        return False

    def user_has_any_permissions(self, user: Any) -> bool:
        return self.user_can_list(user)


class LimitedToReadablePages(ReadOnly):
    """The words of a page that is not public are for those who may edit it."""

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        if not hasattr(obj, "is_readable"):
            obj = self.model.objects.annotate(is_readable=is_readable(user)).get(pk=obj.pk)
        return bool(obj.is_readable) and super().user_can_inspect_obj(user, obj)


def site_field(model: type[Model]) -> str:
    """Return the field of a remembered row that leads to its site."""
    names = {field.name for field in model._meta.get_fields()}
    return "site" if "site" in names else "run__site"
