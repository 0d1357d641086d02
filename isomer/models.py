"""What the importer remembers: runs, imported objects, messages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from wagtail.models import Page, Site

from isomer.messages import RULES, Level


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    """Runs, whatever became of them."""

    def done(self) -> ImportRunQuerySet:
        """Return the runs that wrote something: what the site shows comes from these."""
        return self.filter(state=ImportRun.State.DONE)


class ImportRun(models.Model):
    """One run of the import, from its beginning.

    The row is there before anything is written. The transaction that writes the pages also sets
    the state ``DONE``, so the state tells whether they are there, however the process ended.

    ``error`` says what happened to a run that is not done. ``files`` lists what has to be removed
    from the storage if no row names it: the files that a run has stored while it is running, those
    that it replaced once it is done; each as ``[kind, name]``, a kind of
    :data:`isomer.apply.leftovers.MODELS`. ``care_pages`` are the ids of written pages that the care
    list has not seen yet.
    """

    class State(models.TextChoices):
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"
        STOPPED = "stopped", "Stopped"
        KILLED = "killed", "Killed"

    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    error = models.TextField(blank=True, help_text="What happened to a run that is not done.")
    files = models.JSONField(default=list, editable=False)
    care_pages = models.JSONField(default=list, editable=False)
    origin = models.JSONField(
        default=dict,
        editable=False,
        help_text="By what the repository is known again (isomer.runs.origin).",
    )
    source = models.CharField(max_length=1000, help_text="The folder that was imported.")
    site = models.ForeignKey(Site, null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
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
    plan_hash = models.CharField(max_length=64, blank=True)
    created = models.PositiveIntegerField("pages created", default=0)
    updated = models.PositiveIntegerField("pages updated", default=0)
    unchanged = models.PositiveIntegerField("pages unchanged", default=0)
    left_alone = models.PositiveIntegerField("pages left alone", default=0)

    objects = ImportRunQuerySet.as_manager()

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

    @property
    def missing(self) -> str:
        """The files and addresses of the source that should be there and are not."""
        found = [one for whole in SiteCertificate.objects.filter(run=self) for one in whole.lost]
        return "; ".join(f"{one['path'] or one['address']}: {one['text']}" for one in found)

    @property
    def duration(self) -> str:
        """How long the run took, in words; ``""`` while it goes on."""
        if self.finished_at is None:
            return ""
        return f"{(self.finished_at - self.started_at).total_seconds():.1f} s"


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
    :data:`isomer.verify.tokens.RULES`, ``""`` for what nothing explains; ``count`` says how often
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


class ComparedText(models.Model):
    """The two sides that a certificate compared, as people look at them.

    ``rows`` come from :func:`isomer.verify.sides.side_by_side`, ``things`` name the differences
    (:class:`isomer.verify.things.Thing`), and the two texts of markup show the source and the page
    with each of them marked (:mod:`isomer.verify.marked_sides`). The source's is safe only
    where there are some (``isomer.views.sides``). Kept apart, so that listings don't read them.
    """

    certificate = models.OneToOneField(
        Certificate, on_delete=models.CASCADE, related_name="compared_text"
    )
    rows = models.JSONField(default=list)
    things = models.JSONField(default=list)
    source_markup = models.TextField(blank=True)
    served_markup = models.TextField(blank=True)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return str(self.certificate)


class SiteCertificate(models.Model):
    """What became of each file of a source, and of each address that the old site answered.

    ``places`` is a list of ``{"path", "fate", "address", "text"}``
    (:class:`isomer.verify.files.Place`), ``judge`` names what read the source as a witness.
    """

    run = models.OneToOneField(ImportRun, on_delete=models.CASCADE, related_name="whole")
    judge = models.CharField(max_length=100)
    missing = models.PositiveIntegerField(default=0)
    places = models.JSONField(default=list)
    checked_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.run}: {self.missing} missing"

    @property
    def lost(self) -> list[dict[str, str]]:
        """The places that are missing."""
        return [one for one in self.places if one["fate"] == "missing"]


class SignOff(models.Model):
    """One decision of a person about one imported page. Decisions are added, never changed.

    The last one of a page counts, and only while the page is what the person saw:
    ``content_hash`` and ``imported_at`` are those of the :class:`ImportedObject` at that time,
    so an import that writes the page again reopens it. ``certificate`` is the state of the
    certificate that the person saw, ``""`` if there was none.
    """

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        NEEDS_WORK = "needs work", "Needs work"

    imported = models.ForeignKey(ImportedObject, on_delete=models.CASCADE, related_name="sign_offs")
    decision = models.CharField(max_length=10, choices=Decision.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    person_name = models.CharField(
        max_length=300, help_text="The name at that time, which outlives the account."
    )
    decided_at = models.DateTimeField()
    remark = models.TextField(blank=True)
    certificate = models.CharField(max_length=10, blank=True, choices=Certificate.State.choices)
    content_hash = models.CharField(max_length=64)
    imported_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("-decided_at", "-pk")
        default_permissions = ("view",)
        permissions = [("sign_off_pages", "Can sign off imported pages")]

    def __str__(self) -> str:
        return f"{self.imported}: {self.get_decision_display()}"


class RunRequest(models.Model):
    """An import that somebody asked for in the admin.

    The admin writes the row; a process of its own (``manage.py run_import_request``) makes the
    plan, and after somebody confirmed it, does exactly that. ``source_name`` is a key of the
    setting ``ISOMER_SOURCES``. ``plan`` is a :class:`isomer.report.planned.PlanReport` as data,
    ``binding`` included. ``alive_at`` is the last sign of life of the process, or the moment at
    which it was started. ``run`` is there from the beginning of the import; its state tells whether
    the pages were written.
    """

    class State(models.TextChoices):
        PLANNING = "planning", "Being planned"
        PLANNED = "planned", "Waits for confirmation"
        CONFIRMED = "confirmed", "Confirmed"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"

    source_name = models.CharField("source", max_length=100)
    site = models.ForeignKey(Site, null=True, on_delete=models.SET_NULL, related_name="+")
    new_hostname = models.CharField(
        "host name of a new site",
        max_length=255,
        blank=True,
        help_text="To make a site and fill it, such as www.example.org. Leave it empty to fill the"
        " site above.",
    )
    recreate_deleted = models.BooleanField(
        "bring back what was deleted",
        default=False,
        help_text="Pages and files that people deleted in the admin since the last import.",
    )
    skip_unused = models.BooleanField(
        "leave out unused files",
        default=False,
        help_text="Pictures and files that nothing mentions, instead of keeping them in the"
        " collection “Unused”.",
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    person_name = models.CharField(max_length=300)
    requested_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=300, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNING)
    alive_at = models.DateTimeField()
    progress = models.CharField(max_length=300, blank=True)
    plan = models.JSONField(default=dict)
    replaces = models.TextField(
        blank=True, help_text="What of another repository the plan would replace."
    )
    run = models.ForeignKey(ImportRun, null=True, on_delete=models.SET_NULL, related_name="+")
    error = models.TextField(blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("-requested_at", "-pk")
        default_permissions = ("view",)
        permissions = [("start_import", "Can start imports")]
        constraints = [
            # Of all requests in these states there is one: the indexed value is always the same.
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(state__in=["planning", "confirmed", "running"]),
                name="one_request_at_work",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_name}, {timezone.localtime(self.requested_at):%d %B %Y, %H:%M:%S}"

    @property
    def site_name(self) -> str:
        """The host name of the site that is filled, also while it is to be made."""
        if self.new_hostname:
            return self.new_hostname
        return str(self.site.hostname) if self.site else "a site that was deleted"

    @property
    def is_imported(self) -> bool:
        """Whether the pages of the import are there."""
        return self.run is not None and self.run.state == ImportRun.State.DONE
