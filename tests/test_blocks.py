"""Every block an editor can choose says what it is, and its preview renders."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.admin.icons import get_icons
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models

from content.blocks import BodyBlock
from tests.blocks import by_definition, chosen_blocks, reachable_blocks

OWN_ROOMS = ("content", "home", "networks", "platforms", "resources")


BLOCKS = reachable_blocks()
STREAMS = {n: b for n, b in BLOCKS.items() if isinstance(b, blocks.BaseStreamBlock)}
CHOSEN = chosen_blocks(BLOCKS)
ICONS = set(re.findall(r'id="icon-([\w-]+)"', get_icons())) - {"placeholder"}
# So many kinds can be told apart in a menu without groups.
WITHOUT_GROUPS = 3
SAMPLE = re.compile(r"<main[^>]*>(.*)</main>", re.DOTALL)


def parent_of(name: str) -> blocks.Block | None:
    return BLOCKS.get(name.rpartition(".")[0])


def help_text_of(block: blocks.Block) -> str:
    field = getattr(block, "field", None)
    return str((field and field.help_text) or getattr(block.meta, "help_text", "") or "")


def explained(name: str, block: blocks.Block) -> list[str]:
    """Return what an editor is not told about a block, by where it stands."""
    parent, missing = parent_of(name), []
    if isinstance(parent, blocks.BaseStreamBlock | blocks.ListBlock):
        if block.meta.icon not in ICONS:
            missing.append("icon")
        if not block.get_description():
            missing.append("description")
    if isinstance(parent, blocks.BaseStreamBlock):
        if len(parent.child_blocks) > WITHOUT_GROUPS and not block.meta.group:
            missing.append("group")
        if not block.is_previewable:
            missing.append("preview")
    if isinstance(parent, blocks.BaseStructBlock) and not help_text_of(block):
        missing.append("help text")
    # A stream has the label of its field, and entries of a list show none.
    if isinstance(parent, blocks.BaseStreamBlock | blocks.BaseStructBlock) and not block.label:
        missing.append("label")
    return missing


def test_every_block_is_explained():
    assert len(BLOCKS) > 500
    found = {name: missing for name, block in BLOCKS.items() if (missing := explained(name, block))}
    assert found == {}


def test_the_menu_of_blocks_begins_with_what_is_used_most():
    for name, stream in STREAMS.items():
        if "text" not in stream.child_blocks:
            continue
        groups = dict(stream.grouped_child_blocks())
        assert next(iter(groups.values()))[0].name == "text", name
        assert list(groups)[-1] == "From the old site", name
        # No group comes twice.
        assert sum(map(len, groups.values())) == len(stream.child_blocks)
    for model, own in (("OverviewPage", "Networks"), ("PlatformPage", "Platform")):
        names = [name for name, _ in STREAMS[f"{model}.body"].grouped_child_blocks()]
        assert names.index(own) < names.index("Places that links lead to")


SAMPLES = by_definition(CHOSEN, BLOCKS)


@pytest.mark.django_db
@pytest.mark.parametrize("name", SAMPLES)
def test_block_preview_renders(name, client, superuser, site):
    client.force_login(superuser)
    block = SAMPLES[name]
    response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert response.status_code == 200
    html = response.content.decode()
    assert "css/site.css" in html
    (main,) = SAMPLE.findall(html)
    words = " ".join(strip_tags(re.sub(r"<h1.*?</h1>", "", main, flags=re.DOTALL)).split())
    assert words or "<hr" in main
    # The strict policy of public pages holds for samples, too.
    assert not re.search(r"\sstyle=|<style|\son\w+=", main)
    policy = response.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "unsafe-inline" not in policy


class TestLimits:
    """Every limit is kept, and its message says what to do."""

    LISTS = {
        name: block
        for name, block in BLOCKS.items()
        if isinstance(block, blocks.ListBlock) and (block.meta.min_num or block.meta.max_num)
    }

    @pytest.mark.parametrize("name", by_definition(LISTS, BLOCKS))
    def test_of_a_list(self, name):
        block = self.LISTS[name]
        counts = []
        if block.meta.max_num:
            counts.append((block.meta.max_num + 1, "Remove 1 with the bin"))
        if block.meta.min_num:
            counts.append((block.meta.min_num - 1, "with the plus sign"))
        for count, says in counts:
            value = block.normalize([block.child_block.get_default()] * count)
            with pytest.raises(ListBlockValidationError) as raised:
                block.clean(value)
            assert says in str(raised.value.non_block_errors)
        if block.meta.min_num:
            assert len(block.clean_deferred(block.normalize([]))) == 0

    @pytest.mark.parametrize(
        "name", by_definition({n: b for n, b in STREAMS.items() if b.meta.block_counts}, BLOCKS)
    )
    def test_of_a_stream(self, name):
        stream = STREAMS[name]
        for kind, limits in stream.meta.block_counts.items():
            most, child = limits["max_num"], stream.child_blocks[kind]
            value = stream.normalize([(kind, child.get_default())] * (most + 1))
            with pytest.raises(StreamBlockValidationError) as raised:
                stream.clean(value)
            said = str(raised.value.non_block_errors)
            assert str(child.label) in said.replace("&#x27;", "'")
            assert "Remove 1 with the bin" in said

    def test_of_an_empty_stream_that_is_needed(self):
        with pytest.raises(StreamBlockValidationError) as raised:
            BodyBlock().clean(BodyBlock().normalize([]))
        assert "plus sign" in str(raised.value.non_block_errors)


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
