from __future__ import annotations

from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"
    verbose_name = "Content"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from content import library, moves, picture_memory, redirect_forms, redirects

        moves.connect_signals()
        library.register_policies()
        redirects.connect_signals()
        redirect_forms.replace_the_form()
        picture_memory.spare_memory()
