"""Who may do what in the admin: groups, the publishing workflow, and what keeps them running."""

from __future__ import annotations

from django.apps import AppConfig


class EditorsConfig(AppConfig):
    name = "editors"

    def ready(self) -> None:
        """Register the checks of this room."""
        from editors import checks  # noqa: F401
