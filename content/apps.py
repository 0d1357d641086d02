from __future__ import annotations

from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"
    verbose_name = "Content"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from content.addresses import moves, redirect_forms, redirects, unpublishing
        from content.editing import comparison
        from content.library import folders, picture_memory, upload_messages
        from content.library import rights as library

        moves.connect_signals()
        library.register_policies()
        comparison.register()
        folders.show_what_lies_below()
        upload_messages.tell_what_is_left_out()
        redirects.connect_signals()
        unpublishing.connect_signals()
        redirect_forms.replace_the_form()
        picture_memory.spare_memory()
