"""What this room adds to the admin: underline in rich text, and the hosts of embedded content."""

from __future__ import annotations

from typing import Any, ClassVar

import wagtail.admin.rich_text.editors.draftail.features as draftail_features
from wagtail import hooks
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler
from wagtail.admin.ui.tables import Column
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from content.models import EmbedHost


@hooks.register("register_rich_text_features")
def register_underline(features: FeatureRegistry) -> None:
    """Wagtail has no underline; old sites use it, and dropping it on saving would be an edit
    nobody made (Wagtail: "Extending the Draftail editor")."""
    features.register_editor_plugin(
        "draftail",
        "underline",
        draftail_features.InlineStyleFeature(
            {"type": "UNDERLINE", "label": "U", "description": "Underline"}
        ),
    )
    features.register_converter_rule(
        "contentstate",
        "underline",
        {
            "from_database_format": {"u": InlineStyleElementHandler("UNDERLINE")},
            "to_database_format": {"style_map": {"UNDERLINE": "u"}},
        },
    )


class EmbedHostViewSet(SnippetViewSet):
    """The hosts whose films and frames visitors may start, under *Settings*."""

    model = EmbedHost
    icon = "media"
    menu_label = "Hosts of embedded content"
    add_to_settings_menu = True
    list_display: ClassVar[list[Any]] = ["host", Column("get_decision_display", label="Decision")]
    list_filter = ["decision"]
    search_fields = ["host"]
    # Those that wait for somebody come first.
    ordering = ["-decision", "host"]


register_snippet(EmbedHostViewSet)
