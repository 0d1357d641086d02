"""Every field of every form says what it is for; rarely used panels are folded away."""

from __future__ import annotations

import pytest
from wagtail.admin.panels import get_edit_handler
from wagtail.contrib.settings.registry import registry
from wagtail.models import Page, get_page_models
from wagtail.snippets.models import get_snippet_models

from content.models import BasePage, ContactPage
from scri.checks import ROOMS

MODELS = [
    model
    for model in [*get_page_models(), *registry, *get_snippet_models()]
    if model is not Page and model._meta.app_label in ROOMS
]
# Wagtail's own: the panel of times explains itself, comments have no field to see.
WAGTAILS = {"go_live_at", "expire_at", "comment_notifications"}


def handler_of(model):
    own = getattr(model, "get_edit_handler", None)
    return get_edit_handler(model) if own is None else own()


def panels_below(panel):
    yield panel
    for child in getattr(panel, "children", ()):
        yield from panels_below(child)


@pytest.mark.parametrize("model", MODELS)
def test_every_field_is_explained(model):
    handler = handler_of(model)
    fields = handler.get_form_class().base_fields
    panels = {getattr(one, "field_name", ""): one for one in panels_below(handler)}
    unexplained = [
        name
        for name, field in fields.items()
        if name not in WAGTAILS and not (field.help_text or panels[name].help_text)
    ]
    assert unexplained == []
    assert len(fields) >= 2


@pytest.mark.parametrize("model", [m for m in MODELS if issubclass(m, BasePage)])
def test_a_page_type_says_what_it_is_for(model):
    assert len(str(model.page_description).split()) >= 5
    first = panels_below(handler_of(model))
    names = [one.field_name for one in first if getattr(one, "field_name", "")]
    assert names[0] == "title"


def test_what_is_rarely_set_is_folded_away():
    folded = {
        str(one.heading)
        for one in panels_below(handler_of(ContactPage))
        if "collapsed" in one.classname
    }
    assert folded == {"Picture", "Heading and feedback", "Address of the page", "Language"}
