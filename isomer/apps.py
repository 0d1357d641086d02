from __future__ import annotations

from django.apps import AppConfig


class IsomerConfig(AppConfig):
    name = "isomer"
    verbose_name = "Isomer import"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from isomer import checks  # noqa: F401
