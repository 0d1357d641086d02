"""The report as plain data: every other form of it is made from this one."""

from __future__ import annotations

import re
import resource
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from django.apps import apps
from django.utils.text import capfirst

from isomer.messages import RULES, Message, Topic, by_importance
from isomer.plan import HOME_KEY, Action, Plan, PlannedPage, PlannedRedirect

# What a run says of its actions, and what a plan says.
WORDS = {
    Action.CREATE: "created",
    Action.UPDATE: "updated",
    Action.KEEP: "unchanged",
    Action.LEAVE: "left alone",
}
PLANNED_WORDS = {
    Action.CREATE: "to create",
    Action.UPDATE: "to update",
    Action.KEEP: "to keep",
    Action.LEAVE: "left alone",
}
REASONS = {
    "page-edited": "a person changed it since the last import",
    "page-deleted": "a person deleted it since the last import",
}


# From so many messages on, texts that keep coming back are listed once, with their documents.
FEW = 6


@dataclass(frozen=True)
class Pattern:
    """A text that a rule says again and again: how often, and of which places."""

    text: str
    count: int
    places: list[str]


@dataclass(frozen=True)
class RuleReport:
    """One kind of finding: what it is, what to do, who, and where it was found.

    ``who`` is ``"officer"`` (the person who runs the import), ``"editor"`` or
    ``"nobody"``. ``count`` is how many things were found. ``messages`` are mappings
    of ``path``, ``place``, ``text`` and ``count``; where few texts come back again and
    again, ``patterns`` says the same more shortly, most frequent first.
    """

    code: str
    level: str
    title: str
    advice: str
    who: str
    count: int
    messages: list[dict[str, Any]]
    patterns: list[Pattern] = field(default_factory=list)


@dataclass(frozen=True)
class TopicReport:
    """One line of the summary: how many things, and the codes of the rules that name them."""

    topic: str
    count: int
    rules: list[str]


@dataclass
class Report:
    """One run as plain data.

    ``seconds`` is the time of the whole run, ``megabytes`` the greatest memory that the
    process held; ``words`` says what each action is called here, ``counts`` goes by kind of
    object and by those words, ``topics`` by what is asked first, those included of which
    nothing was found.
    """

    source: str
    site: str
    commit: str = ""
    seconds: float = 0
    megabytes: float = 0
    words: dict[str, str] = field(default_factory=dict)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    pages: list[dict[str, str]] = field(default_factory=list)
    rules: list[RuleReport] = field(default_factory=list)
    topics: list[TopicReport] = field(default_factory=list)
    redirects: list[dict[str, str]] = field(default_factory=list)


def make_report(
    plan: Plan,
    source: str,
    site: str,
    seconds: float = 0,
    commit: str = "",
    words: Mapping[Action, str] = WORDS,
) -> Report:
    """Return the report of a run.

    ``source`` names the folder, ``site`` the host, ``seconds`` how long it took,
    ``commit`` the revision of a git checkout. ``words`` are those for what was done.
    """
    reasons = {one.path: REASONS[one.rule] for one in plan.messages if one.rule in REASONS}
    rules = list(rule_reports(plan.messages))
    return Report(
        source,
        site,
        commit=commit,
        seconds=round(seconds, 1),
        megabytes=round(peak_memory() / 1024 / 1024),
        words={action.value: word for action, word in words.items()},
        counts=_counts(plan, words),
        pages=[
            {
                "done": words[page.action],
                "reason": reasons.get(page.source or page.key, ""),
                "title": str(page.content["title"]),
                "address": where(page),
                "source": page.source,
                "type": page.page_type,
            }
            for page in plan.pages
        ],
        rules=rules,
        topics=_topics(rules),
        redirects=[
            {"done": words[one.action], "from": one.path, "to": _target_of(one)}
            for one in plan.redirects
        ],
    )


def _target_of(redirect: PlannedRedirect) -> str:
    page = redirect.content["redirect_page"]
    return str(page["$page"] if page else redirect.content["redirect_link"])


def rule_reports(messages: Iterable[Message]) -> Iterable[RuleReport]:
    """Yield messages by rule, errors first."""
    for code, group in groupby(by_importance(messages), key=lambda message: message.rule):
        rule = RULES[code]
        found = list(group)
        yield RuleReport(
            code=code,
            level=rule.level.value,
            title=rule.title,
            advice=rule.advice,
            who=rule.who,
            count=sum(one.count for one in found),
            messages=_folded(found),
            patterns=[] if rule.by_document else _patterns(found),
        )


def _folded(messages: Iterable[Message]) -> list[dict[str, Any]]:
    """Return messages as mappings, those that say the same of the same place as one."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for one in messages:
        counts[one.path, one.place, one.text] += one.count
    return [
        {"path": path, "place": place, "text": text, "count": count}
        for (path, place, text), count in counts.items()
    ]


def _patterns(messages: Sequence[Message]) -> list[Pattern]:
    """Return what is said by its text, most frequent first; nothing unless that is shorter."""
    by_text: dict[str, list[Message]] = {}
    for one in messages:
        by_text.setdefault(one.text, []).append(one)
    if len(messages) < FEW or 2 * len(by_text) > len(messages):
        return []
    found = [
        Pattern(text, sum(one.count for one in group), list(dict.fromkeys(map(_place, group))))
        for text, group in by_text.items()
    ]
    return sorted(found, key=lambda pattern: -pattern.count)


def _place(message: Message) -> str:
    """Return a document, and the place in it unless that is the whole body."""
    parts = (message.path, "" if message.place == "body" else message.place)
    return ", ".join(part for part in parts if part)


def _topics(rules: Iterable[RuleReport]) -> list[TopicReport]:
    found: dict[Topic, list[RuleReport]] = {topic: [] for topic in Topic}
    for rule in rules:
        topic = RULES[rule.code].topic
        if topic is not None:
            found[topic].append(rule)
    return [
        TopicReport(topic.value, sum(rule.count for rule in group), [rule.code for rule in group])
        for topic, group in found.items()
    ]


def peak_memory() -> int:
    """Return the greatest memory that this process held so far, in bytes.

    Linux hands ``ru_maxrss`` on from the process that started this one (getrusage(2) and
    execve(2) do not reset it), so there the figure is read where it is this process's own.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        status = ""
    if own := re.search(r"^VmHWM:\s*(\d+) kB$", status, re.MULTILINE):
        return int(own[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # macOS counts bytes, Linux kibibytes.
    return peak if sys.platform == "darwin" else peak * 1024


def where(page: PlannedPage) -> str:
    """Return where a page answers, as a reader of the report understands it."""
    if page.key == HOME_KEY:
        return "/"
    if page.is_section:
        return "(section)"
    address = str(page.content.get("address") or "(at its place in the page tree)")
    return address if page.content.get("live", True) else f"{address} (draft)"


def _counts(plan: Plan, words: Mapping[Action, str]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}

    def count(objects: Iterable[Any], kind: str) -> None:
        for one in objects:
            found.setdefault(kind, dict.fromkeys(words.values(), 0))[words[one.action]] += 1

    for page in plan.pages:
        count([page], "Sections" if page.is_section else _name_of(page.page_type))
    for media in plan.media:
        count([media], "Pictures" if media.what.is_picture else "Files")
    count(plan.settings, "Settings")
    count(plan.redirects, "Redirects")
    return {kind: found[kind] for kind in sorted(found)}


def _name_of(page_type: str) -> str:
    """Return what the admin calls pages of a type, with a capital."""
    return capfirst(str(apps.get_model(page_type)._meta.verbose_name_plural))
