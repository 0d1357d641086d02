"""System checks: messages that nobody would get."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register

THROWN_AWAY = "django.core.mail.backends.dummy.EmailBackend"


@register()
def check_mail(**kwargs: Any) -> list[CheckMessage]:
    """Say so when e-mails go nowhere: those who approve pages would wait to be told."""
    if settings.EMAIL_BACKEND != THROWN_AWAY:
        return []
    return [
        Warning(
            "E-mails are thrown away: nobody is told that a page waits for approval, was approved"
            " or was returned.",
            hint="Set EMAIL_URL, such as smtp+tls://user:password@mail.example.org:587, and"
            " EMAIL_FROM. Without a mail server, people find their tasks on the admin's first"
            " page.",
            id="editors.W001",
        )
    ]
