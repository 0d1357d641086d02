"""Forms that know which version of a thing they were opened with.

Between opening and saving, an import or another person may save the same page, menu or setting.
Such a form is refused. It keeps what was typed, and offers the newer version and a way to
replace it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core import serializers
from django.db import models
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.utils import get_user_display_name
from wagtail.blocks import StreamValue
from wagtail.models import Page, Revision, RevisionMixin

from content.page_data.mending import broken_references
from content.page_data.stored import number_of, parts_of

# The hidden field of every form; ``keep-typed.js`` looks for it.
FIELD = "opened_version"
# Posted by the button that puts what was typed in the place of a newer version.
REPLACE = "replace_version"
# Posted to see typed values in their form again. Nothing is saved then.
SHOW_ONLY = "show_only"
SHOWN_AGAIN = (
    "Nothing is saved yet. This is what you typed: look it through, then save it. Files that you"
    " had chosen must be chosen again."
)
# Set on an object whose posted form was opened with another version.
OUT_OF_DATE = "_form_is_out_of_date"


def version_of(instance: models.Model) -> str:
    """Return a text that names the stored version of an object, ``""`` if it is not stored yet.

    With revisions it is ``"<id of the latest>@<its time>"``, because autosave changes a revision
    in place. Without, it is a digest of the stored fields.
    """
    if instance.pk is None:
        return ""
    model = type(instance)
    stored = model._base_manager.filter(pk=instance.pk)
    if isinstance(instance, RevisionMixin):
        latest = stored.values_list("latest_revision_id", "latest_revision__created_at").first()
        if latest and latest[0]:
            return f"{latest[0]}@{latest[1].isoformat()}"
    text = serializers.serialize("json", stored)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class VersionField(forms.CharField):
    """The hidden field. Its value is never a change of the object."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class VersionForm(WagtailAdminModelForm):
    """A form that says which version it was opened with.

    It refuses to save an object that :func:`check_version` found out of date. Previews post the
    same form, but nobody checks there, since they save nothing.
    """

    opened_version = VersionField(
        required=False, help_text="Which version the form was opened with. Nobody fills it in."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial[FIELD] = version_of(self.instance)
        if self.for_user is not None:
            self.fields[FIELD].widget.attrs["data-user"] = str(self.for_user.pk)

    def clean(self) -> dict[str, Any]:
        """Override: an object out of date is refused, and typed values that are only shown."""
        cleaned: dict[str, Any] = super().clean()
        for name, value in cleaned.items():
            for broken in _broken_references(value):
                self.add_error(None, f"{self.fields[name].label}: {broken}")
        if SHOW_ONLY in self.data:
            self.add_error(None, SHOWN_AGAIN)
        elif getattr(self.instance, OUT_OF_DATE, False):
            self.add_error(None, "There is a newer version now.")
        return cleaned

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """Override: after autosave, the form goes on from the version that it just made."""
        updates: list[tuple[str, str]] = super().get_field_updates_for_resave()
        return [*updates, (FIELD, version_of(self.instance))]


def _broken_references(value: Any) -> Iterator[str]:
    """Yield a sentence for each reference in posted text that can name no object."""
    texts = [value] if isinstance(value, str) else []
    if isinstance(value, StreamValue):
        found = parts_of(value.stream_block, value.get_prep_value(), "")
        texts = [part.markup for part in found]
    for text in texts:
        for name in broken_references(text):
            yield (
                f"A link or picture in the text names “{name}”, which is no page, document or"
                " picture of this site. It is taken out below, and its words stay. Choose it"
                " again, then save."
            )


def check_version(request: HttpRequest, instance: models.Model) -> None:
    """Look whether a posted form was opened with the stored version of its object.

    If not, its :class:`VersionForm` will refuse it, and a message offers the newer version and
    a button that puts what was typed in its place.
    """
    if request.method != "POST" or SHOW_ONLY in request.POST:
        return
    stored, opened = version_of(instance), opened_version(request.POST)
    if opened in ("", stored) or request.POST.get(REPLACE) == stored:
        return
    setattr(instance, OUT_OF_DATE, True)
    # Autosave reads no messages.
    if request.accepts("text/html"):
        messages.warning(request, _refusal(instance, request.user, opened, stored))


def opened_version(data: QueryDict) -> str:
    """Return the version that a posted form was opened with, ``""`` if it does not say."""
    opened, revision = data.get(FIELD, ""), data.get("loaded_revision_id")
    if not opened and revision:
        # Wagtail's own fields say the same.
        return f"{revision}@{data.get('loaded_revision_created_at', '')}"
    return opened


def _refusal(instance: models.Model, person: Any, opened: str, stored: str) -> SafeString:
    links = format_html_join(
        " ",
        '<a class="button button-small button-secondary" href="{}" target="_blank"'
        ' rel="noopener">{}</a>',
        ways_to_newer(instance, opened),
    )
    return format_html(
        "{} while this form was open. Nothing was saved now. What you typed is still in the"
        ' form below. <span class="buttons">{} <button class="button button-small"'
        ' type="submit" form="{}" name="{}" value="{}">Save what I typed in its place'
        "</button></span>",
        who_saved(instance, person),
        links,
        "page-edit-form" if isinstance(instance, Page) else "w-editor-form",
        REPLACE,
        stored,
    )


def latest_of(instance: models.Model) -> Revision | None:
    """Return the latest stored revision of an object, ``None`` if there is none."""
    if not isinstance(instance, RevisionMixin):
        return None
    revision: Revision | None = instance.revisions.order_by("-created_at", "-pk").first()
    return revision


def who_saved(instance: models.Model, person: Any) -> str:
    """Return the beginning of a sentence that says who saved the newest version, and when."""
    revision = latest_of(instance)
    if revision is None:
        return "Somebody, or an import, saved a newer version"
    moment = date_format(timezone.localtime(revision.created_at), "j F, H:i")
    if revision.user is None:
        who = "An import"
    elif revision.user == person:
        who = "You, perhaps in another window,"
    else:
        who = get_user_display_name(revision.user)
    return f"{who} saved a newer version on {moment}"


def ways_to_newer(instance: models.Model, opened: str) -> list[tuple[str, str]]:
    """Return ``(address, words)`` of the links that show the newest version of an object.

    ``opened`` is the version that a form was opened with.
    """
    ways = []
    latest, former = latest_of(instance), number_of(opened.partition("@")[0])
    if latest is not None and former not in (None, latest.pk):
        compare = reverse(_comparison_name(instance), args=[instance.pk, former, latest.pk])
        ways.append((compare, "See what changed meanwhile"))
    edit = AdminURLFinder().get_edit_url(instance)
    return [*ways, (edit, "Open the newest version")] if edit else ways


def _comparison_name(instance: models.Model) -> str:
    if isinstance(instance, Page):
        return "wagtailadmin_pages:revisions_compare"
    viewset: Any = instance.snippet_viewset  # type: ignore[attr-defined]
    return str(viewset.get_url_name("revisions_compare"))
