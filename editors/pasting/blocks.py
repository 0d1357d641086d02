"""Pasted markup as blocks of a body, by the rules of the module that settings name."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.models import Page
from wagtail.permissions import policy_registry

from content.blocks import InnerBodyBlock
from content.library.picture_files import DAMAGED
from content.library.uploads import checked_picture
from content.markup.html_tree import TooDeepError, only_text, parse
from content.models import SiteImage
from editors.pasting.source import PICTURE_PATH, Pasted, PastedPicture, read_pasted

PASTED_TITLE = "Pasted picture"


@dataclass
class PastedBlocks:
    """Blocks as their form shows them (``{"type", "value", "id"}``), and sentences about what
    could not come along."""

    blocks: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def pasted_blocks(html: str, person: Any, page: Page) -> PastedBlocks:
    """Return what was pasted as blocks, in order.

    ``page`` is one of the site, by which links to its pages are known. Pictures that came along
    are put into the library if ``person`` may add some; for others there is a Picture block
    without picture in their place.
    """
    try:
        pasted = read_pasted(html)
    except TooDeepError:
        pasted = Pasted(parse(only_text(html)))
        pasted.left_out["layout that is nested too deeply, so only the words came along"] += 1
    markup = pasted.tree.decode_contents()
    rules = import_module(settings.BLOCKS_OF_HTML)
    places = rules.SitePlaces.of(markup, page)
    notes = [_counted(name, count) for name, count in pasted.left_out.items()]
    for number, picture in enumerate(pasted.pictures, 1):
        image = _stored(picture, person)
        if image is None:
            notes.append(_missing(picture))
        else:
            places.pictures[f"{PICTURE_PATH}{number}"] = image.pk
    stream = InnerBodyBlock()
    raw, _ = rules.blocks_of(markup, f"pasted/{uuid.uuid4()}", places)
    kept = _joined([_plain(block) for block in raw])
    value = stream.to_python([block for block in kept if block["type"] in stream.child_blocks])
    return PastedBlocks(_with_ids(stream.get_form_state(value)), notes)


def _plain(block: Mapping[str, Any]) -> dict[str, Any]:
    """Return a block; nothing that was pasted is kept as imported HTML."""
    if block["type"] != "imported_html":
        return dict(block)
    return {"type": "text", "value": only_text(str(block["value"]["html"])), "id": block["id"]}


def _joined(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return blocks with neighbouring texts as one, but where two numbered lists would become one
    that counts on."""
    joined: list[dict[str, Any]] = []
    for block in blocks:
        last = joined[-1] if joined else None
        is_text = last is not None and block["type"] == last["type"] == "text"
        if last is None or not is_text or _are_two_lists(last["value"], block["value"]):
            joined.append(block)
        else:
            last["value"] += block["value"]
    return joined


def _are_two_lists(first: str, second: str) -> bool:
    return first.endswith("</ol>") and second.startswith("<ol>")


def _with_ids(state: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one | {"id": str(uuid.uuid4())} for one in state]


def _counted(name: str, count: int) -> str:
    return f"Left out: {name}." if count == 1 else f"Left out {count} times: {name}."


def _missing(picture: PastedPicture) -> str:
    name = f"The picture “{picture.words}”" if picture.words else "A picture"
    return f"{name} could not come along. Choose or upload it in its Picture block."


def _stored(picture: PastedPicture, person: Any) -> SiteImage | None:
    """Return the picture of the library with the bytes that were pasted, a new one if there is
    none yet; ``None`` without bytes, or if the person may not add pictures."""
    policy = policy_registry.get_by_type(SiteImage)
    collections = policy.collections_user_has_permission_for(person, "add")
    collection = collections.order_by("path").first()
    if picture.data is None or collection is None:
        return None
    try:
        with Image.open(BytesIO(picture.data)) as opened:
            kind = str(opened.format).lower()
        upload = checked_picture(SimpleUploadedFile(f"pasted.{kind}", picture.data))
    except (*DAMAGED, ValidationError):
        return None
    image = SiteImage(
        title=picture.words[:255] or PASTED_TITLE,
        file=upload,
        collection=collection,
        uploaded_by_user=person,
    )
    image._set_image_file_metadata()
    chosen = policy.instances_user_has_any_permission_for(person, ["choose", "change"])
    same: SiteImage | None = chosen.filter(file_hash=image.file_hash).first()
    if same is None:
        image.save()
    return same or image
