"""What the fields of a model can hold. Planned values that they refuse are met here, while there
is time to say so, and not when they are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import (
    MaxLengthValidator,
    MinLengthValidator,
    ProhibitNullCharactersValidator,
)
from django.db import models
from wagtail import blocks
from wagtail.fields import StreamField

from content.markup.links import lacks_scheme, resolve_address
from isomer.messages import Message

CONFIG = "_config.yml"
FOOTER_FILE = "_data/footer.yml"
SOCIAL_MEDIA = "social_media"
# The keys of the source by the name of the field, where the two differ (format reference, 2 to 5).
KEYS: Mapping[str, str] = {
    "address": "permalink",
    "copyright_name": "copyright_agency",
    "facebook_pixel": "facebook-pixel",
    "feedback_address": "feedback",
    "google_analytics_4": "google_analytics_ga4",
    "google_tag_manager": "google-tag-manager",
    "linkedin_insights": "linkedin-insights",
    "map_link": "maps_link",
    "name": "title",
    "search_description": "description",
    **dict.fromkeys(
        ("facebook", "twitter", "youtube", "instagram", "linkedin", "telegram", "tiktok"),
        SOCIAL_MEDIA,
    ),
}
# Fields whose value stands in another file than the one that their page is made of.
FILES: Mapping[str, str] = {"feedback_address": FOOTER_FILE}
SHOWN = 200
TEXT_BLOCKS = (blocks.CharBlock, blocks.TextBlock, blocks.URLBlock, blocks.EmailBlock)
OF_LENGTH = (MaxLengthValidator, MinLengthValidator, ProhibitNullCharactersValidator)

_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.([a-z]{2,})(?=[/?#:]|$)", re.IGNORECASE)
# Endings that name a page or a file, and no country or kind of host.
_FILE_ENDINGS = frozenset({"asp", "aspx", "doc", "docx", "htm", "html", "jsp", "md", "pdf", "php"})


def with_scheme(address: str) -> str:
    """Return an address that a browser can follow: ``example.org/x`` gets its scheme."""
    if lacks_scheme(address):
        return resolve_address(address, "/")
    host = _HOST.match(address)
    named = host is not None and host[1].lower() not in _FILE_ENDINGS
    return f"https://{address}" if named else address


def fitted(
    label: str,
    content: Mapping[str, Any],
    path: str,
    messages: list[Message],
    keys: Mapping[str, str] = KEYS,
) -> dict[str, Any]:
    """Return planned content of which the model ``label`` (``"app.Model"``) refuses nothing.

    A host without scheme is completed, a text that is too long is cut, anything else that a
    field or block refuses gives way to its default. ``messages`` gets a message about each, with
    the file (``path``) and the key, which ``keys`` gives by the name of the field. References
    are left as they are.
    """
    model, fitter = apps.get_model(label), _Fitter(path, messages, keys)
    return {
        name: value
        if name.startswith("$") or name == "live"
        else fitter.of_field(model._meta.get_field(name), value)
        for name, value in content.items()
    }


@dataclass(frozen=True)
class _Limit:
    """What a field or a block takes. ``is_words`` says that it asks for nothing but a length."""

    clean: Callable[[Any], Any]
    max_length: int | None
    is_words: bool

    def takes(self, value: Any) -> bool:
        try:
            self.clean(value)
        except ValidationError:
            return False
        return True


@dataclass
class _Fitter:
    """Fits the values of one file; :func:`fitted` explains what to."""

    path: str
    messages: list[Message]
    keys: Mapping[str, str]

    def of_field(self, field: Any, value: Any) -> Any:
        """Return a value that a field of a model takes."""
        name = field.name
        if isinstance(field, StreamField) and isinstance(value, list):
            return self._of_block(field.stream_block, value, name)
        if isinstance(field, models.ForeignKey) or isinstance(value, dict | list):
            return value
        if value in field.empty_values:
            return value if field.null or value is not None else field.get_default()
        limit = _Limit(
            partial(field.clean, model_instance=None),
            field.max_length,
            not field.choices and _asks_for_length_alone(field.validators),
        )
        key = self.keys.get(name, name)
        place = f"{key} {name}" if key == SOCIAL_MEDIA else key
        return self._fitted(limit, value, field.get_default(), place, FILES.get(name))

    def _of_block(self, block: Any, value: Any, place: str) -> Any:
        """Return a value that a block takes, and the blocks in it."""
        if isinstance(block, blocks.ListBlock | blocks.StreamBlock) and isinstance(value, list):
            return [
                {**item, "value": self._of_block(_child(block, item), item["value"], where)}
                for number, item in enumerate(value, 1)
                for where in [f"{place} {number}"]
            ]
        if isinstance(block, blocks.StructBlock) and isinstance(value, dict):
            inner = block.child_blocks
            return {
                name: self._of_block(inner.get(name), part, f"{place} {self.keys.get(name, name)}")
                for name, part in value.items()
            }
        if not isinstance(value, str) or not value or not isinstance(block, TEXT_BLOCKS):
            return value
        field = block.field
        is_words = type(field) is forms.CharField and _asks_for_length_alone(field.validators)
        limit = _Limit(field.clean, field.max_length, is_words)
        return self._fitted(limit, value, "", place)

    def _fitted(
        self, limit: _Limit, value: Any, default: Any, place: str, file: str | None = None
    ) -> Any:
        if limit.takes(value):
            return value
        rule, shown, result = "value-refused", str(value), default
        if isinstance(value, str):
            completed = with_scheme(value.strip())
            cut = value[: limit.max_length].strip()
            if completed != value and limit.takes(completed):
                rule, result = "link-without-scheme", completed
            elif limit.is_words and limit.takes(cut):
                rule, shown, result = "value-cut", value[len(cut) :], cut
        message = Message(rule, file or self.path, shown.strip()[:SHOWN], place)
        if message not in self.messages:
            self.messages.append(message)
        return result


def _child(block: Any, item: Mapping[str, Any]) -> Any:
    """Return the block that an item of a list or stream is."""
    return getattr(block, "child_block", None) or block.child_blocks.get(item["type"])


def _asks_for_length_alone(validators: Iterable[Any]) -> bool:
    return all(isinstance(one, OF_LENGTH) for one in validators)
