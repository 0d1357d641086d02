"""What the importer remembers: runs, imported objects, messages."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from wagtail.models import Page, Site

from isomer.messages import RULES, Level


class ImportRun(models.Model):
    """One run of the import that finished."""

    source = models.CharField(max_length=1000, help_text="The folder that was imported.")
    site = models.ForeignKey(Site, null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    commit = models.CharField(
        max_length=100,
        blank=True,
        help_text="The commit that was imported, if the source names one; “+ changes” where its"
        " files differ from it.",
    )
    source_hash = models.CharField(
        max_length=64,
        blank=True,
        help_text="What the source held, by which a later look tells whether it is the same.",
    )
    plan_hash = models.CharField(max_length=64)
    created = models.PositiveIntegerField("pages created", default=0)
    updated = models.PositiveIntegerField("pages updated", default=0)
    unchanged = models.PositiveIntegerField("pages unchanged", default=0)
    left_alone = models.PositiveIntegerField("pages left alone", default=0)

    # Nothing is "in use" because the importer remembers it.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("-started_at",)

    def __str__(self) -> str:
        when = timezone.localtime(self.started_at)
        return f"{self.folder}, {when:%d %B %Y, %H:%M:%S}"

    @property
    def folder(self) -> str:
        """The last part of the source's path."""
        return self.source.rstrip("/").rsplit("/", 1)[-1]


class ImportedObject(models.Model):
    """Which Wagtail object came from which place of the source, and what was imported.

    ``content`` is the imported content itself, the base of every later
    comparison: revisions get purged, settings and pictures have none.
    ``references`` are the ids that stood in it, by kind and key. The row outlives
    its object.
    """

    class Kind(models.TextChoices):
        PAGE = "page", "Page"
        SECTION = "section", "Section"
        PICTURE = "picture", "Picture"
        DOCUMENT = "document", "Document"
        COLLECTION = "collection", "Collection"
        SETTING = "setting", "Setting"
        REDIRECT = "redirect", "Redirect"

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    source_path = models.CharField(max_length=1000)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    content = models.JSONField(default=dict)
    references = models.JSONField(default=dict, blank=True)
    content_hash = models.CharField(max_length=64)
    address = models.CharField(max_length=500, blank=True, db_index=True)
    imported_at = models.DateTimeField(help_text="When an import last wrote the object.")

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "kind", "source_path"], name="one_object_per_source_path"
            ),
        ]
        indexes = [models.Index(fields=["content_type", "object_id"])]

    def __str__(self) -> str:
        return self.source_path


class ImportMessage(models.Model):
    """Something that the import found. Its rule says what to do about it."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="messages")
    level = models.CharField(max_length=10, choices=[(level, level.title()) for level in Level])
    rule = models.CharField(max_length=50)
    source_path = models.CharField(max_length=1000)
    place = models.CharField(max_length=255, blank=True, help_text="The line or the field.")
    text = models.TextField()
    page = models.ForeignKey(Page, null=True, blank=True, on_delete=models.SET_NULL)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.source_path}: {self.text}"

    @property
    def title(self) -> str:
        """The finding in plain words."""
        return RULES[self.rule].title if self.rule in RULES else self.rule

    @property
    def advice(self) -> str:
        """What to do about it."""
        return RULES[self.rule].advice if self.rule in RULES else ""


class Certificate(models.Model):
    """What a look at one page as visitors get it found, compared with its source document.

    ``counts`` are the things that the document holds by kind (``{"word": 512, "link": 7, …}``).
    ``differences`` is a list of ``{"kind", "was", "now", "before", "rule", "line", "count"}``:
    what was there and what is there now in words for people, the words before it, and the line of
    the source file (0 where it is not known). ``rule`` is a name in
    :data:`isomer.verify.rules.RULES`, ``""`` for what nothing explains; ``count`` says how often
    an explained one occurs. ``source_hash`` and ``served_hash`` are SHA-256 sums of what was
    compared: they are equal when nothing differs.
    """

    class State(models.TextChoices):
        PASSED = "passed", "Complete"
        EXPLAINED = "explained", "Complete but for what rules explain"
        FAILED = "failed", "Differs"
        EDITED = "edited", "Changed in the admin since the import"
        NOT_PUBLIC = "not public", "Not public"

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="certificates")
    imported = models.ForeignKey(
        ImportedObject, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    source_path = models.CharField(max_length=1000)
    address = models.CharField(max_length=1000, blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    note = models.TextField(blank=True, help_text="Why the page could not be compared.")
    counts = models.JSONField(default=dict)
    differences = models.JSONField(default=list)
    source_hash = models.CharField(max_length=64, blank=True)
    served_hash = models.CharField(max_length=64, blank=True)
    checked_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("source_path",)
        constraints = [
            models.UniqueConstraint(
                fields=["run", "source_path"], name="one_certificate_per_run_and_document"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_path}: {self.get_state_display()}"

    @property
    def unexplained(self) -> list[dict[str, Any]]:
        """The differences that no rule explains."""
        return [one for one in self.differences if not one["rule"]]
