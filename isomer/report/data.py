"""The report as plain data: every other form of it is made from this one."""

from __future__ import annotations

import resource
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from isomer.messages import RULES, Level, Message, by_importance
from isomer.plan.model import HOME_KEY, Action, Plan, PlannedPage

WORDS = {
    Action.CREATE: "created",
    Action.UPDATE: "updated",
    Action.KEEP: "unchanged",
    Action.LEAVE: "left alone",
}


@dataclass(frozen=True)
class RuleReport:
    """One kind of finding: what it is, what to do, who, and where it was found.

    ``who`` is ``"officer"`` (the person who runs the import), ``"editor"`` or
    ``"nobody"``. ``messages`` are mappings of ``path``, ``place`` and ``text``.
    """

    code: str
    level: str
    title: str
    advice: str
    who: str
    messages: list[dict[str, str]]


@dataclass
class Report:
    """One run as plain data. ``seconds`` is the time of the whole run, ``megabytes`` the
    greatest memory that the process held; ``counts`` goes by kind of object and what was done."""

    source: str
    site: str
    commit: str = ""
    seconds: float = 0
    megabytes: float = 0
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    pages: list[dict[str, str]] = field(default_factory=list)
    rules: list[RuleReport] = field(default_factory=list)


def make_report(plan: Plan, source: str, site: str, seconds: float = 0, commit: str = "") -> Report:
    """Return the report of a run.

    ``source`` names the folder, ``site`` the host, ``seconds`` how long it took,
    ``commit`` the revision of a git checkout.
    """
    return Report(
        source,
        site,
        commit=commit,
        seconds=round(seconds, 1),
        megabytes=round(peak_memory() / 1024 / 1024),
        counts=_counts(plan),
        pages=[
            {
                "done": WORDS[page.action],
                "title": str(page.content["title"]),
                "address": where(page),
                "source": page.source,
                "type": page.page_type,
            }
            for page in plan.pages
        ],
        rules=list(rule_reports(plan.messages)),
    )


def rule_reports(messages: Iterable[Message]) -> Iterable[RuleReport]:
    """Yield messages by rule, errors first."""
    for code, group in groupby(by_importance(messages), key=lambda message: message.rule):
        rule = RULES[code]
        found = [{"path": one.path, "place": one.place, "text": one.text} for one in group]
        yield RuleReport(code, rule.level.value, rule.title, rule.advice, rule.who, found)


def peak_memory() -> int:
    """Return the greatest memory that this process held so far, in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # macOS counts bytes, Linux kibibytes.
    return peak if sys.platform == "darwin" else peak * 1024


def where(page: PlannedPage) -> str:
    """Return where a page answers, as a reader of the report understands it."""
    if page.key == HOME_KEY:
        return "/"
    if page.is_section:
        return "(section)"
    return str(page.content.get("address") or "(at its place in the page tree)")


def _counts(plan: Plan) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = {}

    def count(objects: Iterable[Any], kind: str) -> None:
        for one in objects:
            found.setdefault(kind, Counter())[WORDS[one.action]] += 1

    for page in plan.pages:
        count([page], "Sections" if page.is_section else f"Pages: {page.page_type.split('.')[1]}")
    for media in plan.media:
        count([media], "Pictures" if media.what.is_picture else "Files")
    count(plan.settings, "Settings")
    return {kind: dict(found[kind]) for kind in sorted(found)}


def worst(report: Report) -> Level | None:
    """Return the most serious level among the findings, ``None`` if there are none."""
    levels = {rule.level for rule in report.rules}
    return next((level for level in Level if level.value in levels), None)
