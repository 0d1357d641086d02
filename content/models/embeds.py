"""The hosts whose frames and films visitors may start on a page."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.db import models

from content.editing.versions import VersionForm

_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+")


def validate_host(value: str) -> None:
    """Check the name of a host.

    Raises:
        ValidationError: unless it is a bare host name in lower case.
    """
    if not _HOST.fullmatch(value):
        raise ValidationError(
            "Write the name of the host alone, such as form.gov.sg: without https://, without"
            " a path, in small letters."
        )


class EmbedHost(models.Model):
    """One host, and what a site manager decided about it, for every page of every site.

    The name stands for itself only, not for names below it: of a service that hands out names
    to anybody, each would have to be trusted.
    """

    class Decision(models.TextChoices):
        WAITING = "waiting", "Waits for a decision"
        ALLOWED = "allowed", "Allowed"
        REFUSED = "refused", "Shown as a link only"

    base_form_class = VersionForm

    host = models.CharField(
        max_length=253,
        unique=True,
        validators=[validate_host],
        help_text="Such as form.gov.sg. YouTube films are always played from"
        " www.youtube-nocookie.com, whatever their address.",
    )
    decision = models.CharField(
        max_length=10,
        choices=Decision.choices,
        default=Decision.WAITING,
        help_text="Allow a host only if you trust it: what it shows looks like a part of your"
        " page. Until it is allowed, visitors meet a link.",
    )

    class Meta:
        ordering = ("host",)
        verbose_name = "host of embedded content"
        verbose_name_plural = "hosts of embedded content"

    def __str__(self) -> str:
        return self.host
