from __future__ import annotations

from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "care"
    verbose_name = "Care list"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from care import signals

        signals.connect()
