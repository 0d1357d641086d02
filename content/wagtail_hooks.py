"""What this room adds to the admin: underline as a feature of rich text."""

from __future__ import annotations

import wagtail.admin.rich_text.editors.draftail.features as draftail_features
from wagtail import hooks
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler
from wagtail.rich_text.feature_registry import FeatureRegistry


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
