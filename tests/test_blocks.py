"""Every block an editor can choose says what it is, and its preview renders."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models

OWN_ROOMS = ("content", "home", "networks", "platforms", "resources")


def stream_children() -> Iterator[tuple[str, blocks.Block]]:
    """Yield every block that stands in a stream of a page type, with a name for the test."""
    for model in get_page_models():
        for field in model._meta.get_fields():
            if isinstance(field, StreamField):
                for name, block in field.stream_block.child_blocks.items():
                    yield f"{model.__name__}.{field.name}.{name}", block


BLOCKS = dict(stream_children())


@pytest.mark.parametrize("name", BLOCKS)
def test_block_is_explained(name):
    block = BLOCKS[name]
    assert block.meta.icon not in ("", "placeholder")
    assert block.get_description()
    assert block.label
    assert block.is_previewable


@pytest.mark.django_db
@pytest.mark.parametrize("name", BLOCKS)
def test_block_preview_renders(name, client):
    client.force_login(get_user_model().objects.create_superuser("a", "a@example.org", "x"))
    block = BLOCKS[name]
    response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert response.status_code == 200
    assert "css/site.css" in response.content.decode()


def test_page_types_are_explained():
    for model in get_page_models():
        if model is Page:
            continue
        assert model.page_description, model


def test_migrations_hold_no_block_definitions():
    """The decision of content/fields.py: changing a block makes no migration."""
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    found = 0
    for (app, _), migration in loader.disk_migrations.items():
        if app not in OWN_ROOMS:
            continue
        for operation in migration.operations:
            for _, field in getattr(operation, "fields", []):
                if isinstance(field, StreamField):
                    found += 1
                    assert field.block_types_arg == []
    assert found >= 5
    assert all(apps.is_installed(room) for room in OWN_ROOMS)
