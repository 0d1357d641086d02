"""The notification: a setting of each site."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.html import strip_tags
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from content.fields import RichTextField
from navigation.models.previews import SeenBeforeSaved


@register_setting(icon="warning", order=110)
class Notification(SeenBeforeSaved, BaseSiteSetting):
    """A short notification above the header, perhaps only for a time."""

    text = RichTextField(
        blank=True,
        features=["bold", "italic", "link"],
        help_text="One or two sentences. Leave it empty to show nothing. Visitors may close it; it"
        " comes back when you change the words.",
    )
    on_all_pages = models.BooleanField(
        "show on all pages", default=False, help_text="Otherwise it is shown on the home page only."
    )
    starts_at = models.DateTimeField(
        "shown from",
        null=True,
        blank=True,
        help_text="Date and time, in the time zone of the website. Leave it empty to show it at"
        " once.",
    )
    ends_at = models.DateTimeField(
        "shown until",
        null=True,
        blank=True,
        help_text="From this moment on it is no longer shown. Leave it empty to show it until you"
        " remove the words.",
    )

    panels: ClassVar[list[Any]] = [
        FieldPanel("text"),
        FieldPanel("on_all_pages"),
        MultiFieldPanel([FieldPanel("starts_at"), FieldPanel("ends_at")], heading="Time"),
    ]

    class Meta:
        verbose_name = "notification"

    def clean(self) -> None:
        """Check that the time has a length.

        Raises:
            ValidationError: if it ends before it begins.
        """
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError(
                {"ends_at": "The end lies before the beginning. Choose a later time."}
            )

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Override: the preview shows the notification as it is while its time lasts."""
        request._navigation_preview = {"notification": self}  # type: ignore[attr-defined]
        return super().serve_preview(request, mode_name)

    def is_shown_at(self, moment: datetime.datetime) -> bool:
        """Tell whether there is something to show at a moment: the first of the time counts
        to it, the last no longer."""
        has_begun = self.starts_at is None or self.starts_at <= moment
        has_ended = self.ends_at is not None and self.ends_at <= moment
        return self.has_words and has_begun and not has_ended

    @property
    def has_words(self) -> bool:
        """Whether there is something to read: an emptied editor may leave an empty paragraph."""
        return bool(strip_tags(self.text).replace("\xa0", " ").strip())
