from __future__ import annotations

from django.apps import AppConfig


class ScriConfig(AppConfig):
    name = "scri"
    verbose_name = "Project"

    def ready(self) -> None:
        from scri import checks  # noqa: F401  (registers the system checks)
