"""A plan as plain data, before anything is done: what a dry run shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.text import capfirst
from wagtail.fields import StreamField

from isomer.plan import LABELS, Action, BlockChange, FieldChange, Plan, changes
from isomer.report.data import PLANNED_WORDS, Report, make_report, where

APP_OF_SETTINGS = "navigation"


@dataclass(frozen=True)
class ObjectChange:
    """An update of one page or setting: its title, where it is, and field by field what
    becomes another."""

    title: str
    address: str
    source: str
    fields: list[FieldReport]


@dataclass(frozen=True)
class FieldReport:
    """A field by its label. ``lines`` say in words what changes in it, block by block.

    ``added`` and ``removed`` are the words that come and go, in order.
    """

    label: str
    added: str
    removed: str
    lines: list[str]


@dataclass
class PlanReport(Report):
    """What a run would do. ``digest`` is the hash of the plan; ``changes`` are its updates,
    ``binding`` is what a run needs to be bound to the plan
    (:class:`isomer.runs.plan_file.PlanFile`)."""

    digest: str = ""
    changes: list[ObjectChange] = field(default_factory=list)
    binding: dict[str, Any] = field(default_factory=dict)


def make_plan_report(
    plan: Plan, source: str, site: str, seconds: float, commit: str, binding: dict[str, Any]
) -> PlanReport:
    """Return the report of a plan; the arguments are those of
    :func:`isomer.report.data.make_report`, and what binds a run to it."""
    report = make_report(plan, source, site, seconds, commit, PLANNED_WORDS)
    return PlanReport(
        **{one.name: getattr(report, one.name) for one in fields(report)},
        digest=plan.digest,
        changes=list(_changes(plan)),
        binding=binding,
    )


def _changes(plan: Plan) -> Iterator[ObjectChange]:
    for page in plan.pages:
        if page.action is Action.UPDATE:
            model = apps.get_model(page.page_type)
            found = changes(plan.before.get(page.key, {}), page.content)
            title, address = str(page.content["title"]), where(page)
            yield ObjectChange(title, address, page.source, _reports(model, found))
    for setting in plan.settings:
        if setting.action is Action.UPDATE:
            model = apps.get_model(APP_OF_SETTINGS, setting.name)
            found = changes(plan.before.get(setting.name, {}), setting.content)
            yield ObjectChange(LABELS[setting.name], "", "", _reports(model, found))


def _reports(model: type[models.Model], found: list[FieldChange]) -> list[FieldReport]:
    reports = []
    for change in found:
        field_of_model: Any = next(
            (one for one in model._meta.get_fields() if one.name == change.name), None
        )
        label = capfirst(str(getattr(field_of_model, "verbose_name", change.name)))
        lines = [_block_line(field_of_model, block) for block in change.blocks]
        if not change.blocks:
            lines = [_targets_line(change)] if _targets_line(change) else []
            if not (change.added or change.removed or lines):
                lines = ["the same words in another form"]
        reports.append(FieldReport(label, " ".join(change.added), " ".join(change.removed), lines))
    return reports


def _block_line(field_of_model: Any, change: BlockChange) -> str:
    """Return one change in words: ``"block 3 (Text) is changed: + … − …"``."""
    label = change.block
    if isinstance(field_of_model, StreamField):
        block = field_of_model.stream_block.child_blocks.get(change.block)
        label = str(block.label) if block is not None else label
    parts = [f"+ {' '.join(change.added)}"] if change.added else []
    parts += [f"\N{MINUS SIGN} {' '.join(change.removed)}"] if change.removed else []
    parts += [_targets_line(change)] if _targets_line(change) else []
    if change.done == "changed" and not parts:
        parts = ["the same words in another form"]
    said = f": {'; '.join(parts)}" if parts else ""
    return f"block {change.number} ({label}) is {change.done}{said}"


def _targets_line(change: BlockChange | FieldChange) -> str:
    parts = [f"now leads to {target}" for target in change.targets_added]
    parts += [f"no longer leads to {target}" for target in change.targets_removed]
    return ", ".join(parts)
