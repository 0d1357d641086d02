"""What pages need, where their links lead, and what came of asking other hosts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from wagtail.models import Page

# On how many different days in a row a link has to fail before it is reported. One bad evening
# of somebody else's server is no reason to send editors after it.
DAYS_UNTIL_BROKEN = 2


class CareItem(models.Model):
    """One thing on one page that somebody should see to.

    ``kind`` is the code of a :class:`care.kinds.Kind`. ``place`` is the path of a field or
    block as Wagtail's editor knows it (``"body.<id of a block>.alt"``), ``""`` for the page as a
    whole. ``key`` tells whether a later look finds the same thing again
    (:attr:`care.findings.Finding.key`): what somebody dismissed stays dismissed as long as it is
    the same. ``detail`` is what the action in the list needs, such as ``{"image": 7}``.
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        DISMISSED = "dismissed", "Dismissed"

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="care_items")
    kind = models.CharField(max_length=30)
    place = models.TextField(blank=True)
    text = models.TextField()
    detail = models.JSONField(default=dict, blank=True)
    key = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    found_at = models.DateTimeField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    person_name = models.CharField(
        max_length=300, blank=True, help_text="The name at that time, which outlives the account."
    )
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    # A page is not "in use" because something is wrong with it.
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["page", "key"], name="one_item_per_page_and_finding"),
        ]
        indexes = [models.Index(fields=["state", "kind"], name="care_item_by_state_and_kind")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}"


class LinkUse(models.Model):
    """One link on a page as its editors last left it.

    Just one of ``target_page``, ``target_document`` and ``address`` is filled in. The first two
    are ids of what may be gone by now. ``path`` is the normalised path of an address of this
    site, ``external`` the :func:`care.links.address_key` of one elsewhere; ``""`` otherwise.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    place = models.TextField()
    words = models.CharField(max_length=200, blank=True)
    target_page = models.BigIntegerField(null=True, db_index=True)
    target_document = models.BigIntegerField(null=True)
    address = models.TextField(blank=True)
    path = models.CharField(max_length=500, blank=True, db_index=True)
    external = models.CharField(max_length=64, blank=True, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.address or f"{self.target_page or self.target_document}"

    @property
    def identity(self) -> tuple[Any, ...]:
        """What makes two links of a page the same."""
        return (self.place, self.words, self.target_page, self.target_document, self.address)


class PictureUse(models.Model):
    """One picture on a page as its editors last left it, in a field, a block, a cell of a table
    or kept markup.

    ``image`` is the id of a picture of the library, which may be gone by now; ``words`` is its
    alternative text there. ``number`` counts the pictures of one markup from 0.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    place = models.TextField()
    number = models.PositiveIntegerField(default=0)
    image = models.BigIntegerField(db_index=True)
    words = models.TextField(blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.words or f"{self.image}"

    @property
    def identity(self) -> tuple[Any, ...]:
        """What makes two uses the same."""
        return (self.page_id, self.place, self.number, self.image, self.words)


class LinkCheck(models.Model):
    """What came of asking another host for an address.

    ``failed_days`` counts the different days in a row on which it failed; an answer sets it
    back to nothing.
    """

    class Outcome(models.TextChoices):
        ANSWERS = "answers", "Answers"
        UNSURE = "unsure", "Does not answer programs"
        FAILED = "failed", "Failed"

    key = models.CharField(max_length=64, unique=True)
    address = models.TextField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    checked_at = models.DateTimeField(db_index=True)
    failed_days = models.PositiveIntegerField(default=0)
    first_failed_on = models.DateField(null=True, blank=True)
    last_failed_on = models.DateField(null=True, blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.address}: {self.get_outcome_display()}"

    @property
    def is_broken(self) -> bool:
        """Whether the link failed often enough to be reported."""
        return self.failed_days >= DAYS_UNTIL_BROKEN
