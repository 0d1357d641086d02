from __future__ import annotations

from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"
    verbose_name = "Content"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from content import (
            comparison,
            folders,
            library,
            moves,
            picture_memory,
            redirect_forms,
            redirects,
            unpublishing,
            upload_messages,
        )

        moves.connect_signals()
        library.register_policies()
        comparison.register()
        folders.show_what_lies_below()
        upload_messages.tell_what_is_left_out()
        redirects.connect_signals()
        unpublishing.connect_signals()
        redirect_forms.replace_the_form()
        picture_memory.spare_memory()
