"""Home pages with sections, for tests."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.base import ContentFile
from django.test import RequestFactory
from PIL import Image
from wagtail.images import get_image_model
from wagtail.models import Page

from home.models import HomePage
from home.templatetags.home_tags import Band, bands


def make_picture(name: str = "picture.png", size: tuple[int, int] = (1200, 800)) -> Any:
    """Return a saved picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, (90, 130, 170)).save(out, "PNG")
    picture = get_image_model()(title="Picture", file=ContentFile(out.getvalue(), name=name))
    picture.save()
    return picture


def with_sections(home: Page, *sections: tuple[str, Any]) -> HomePage:
    """Publish a home page with the given sections, each a kind and its stored value."""
    page: HomePage = home.specific
    block = page._meta.get_field("sections").stream_block
    stored = [{"type": kind, "value": value} for kind, value in sections]
    page.sections = block.to_python(stored)
    page.save_revision().publish()
    return HomePage.objects.get(pk=page.pk)


def bands_of(page: HomePage) -> list[Band]:
    """Return the bands of a page as its template gets them."""
    request = RequestFactory().get("/", HTTP_HOST="localhost")
    found: list[Band] = bands({"page": page, "request": request}, page.sections)
    return found
