"""What this room remembers."""

from __future__ import annotations

from django.db import models


class MigrationMemory(models.Model):
    """What a data migration of this room changed, so that going back gives back what was there.

    ``content`` belongs to the migration named ``migration``, which says what stands in it.
    """

    migration = models.CharField(max_length=100, unique=True)
    content = models.JSONField(default=dict)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.migration
