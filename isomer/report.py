"""What a run prints when it is done: a table of pages, then every message by rule."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from isomer.messages import RULES, Level, by_importance
from isomer.plan.model import HOME_KEY, Action, Plan, PlannedPage

WORDS = {
    Action.CREATE: "created",
    Action.UPDATE: "updated",
    Action.KEEP: "unchanged",
    Action.LEAVE: "left alone",
}
TITLE_WIDTH = 60
HEADINGS = {Level.ERROR: "ERROR", Level.WARNING: "To check", Level.INFO: "For information"}


def report_lines(plan: Plan) -> Iterator[tuple[str, Level | None]]:
    """Yield ``(line, level)``; the level is that of a rule's heading, else ``None``."""
    yield from ((line, None) for line in _table(plan))
    for code, group in groupby(by_importance(plan.messages), key=lambda message: message.rule):
        rule, messages = RULES[code], list(group)
        yield "", None
        yield f"{HEADINGS[rule.level]}: {rule.title} ({len(messages)})", rule.level
        yield f"  {rule.advice}", None
        for message in messages:
            place = ", ".join(part for part in (message.path, message.place) if part)
            yield f"  - {place}: {message.text}" if place else f"  - {message.text}", None


def _table(plan: Plan) -> Iterator[str]:
    shown = [(WORDS[page.action], str(page.content["title"]), _where(page)) for page in plan.pages]
    width = max((len(shortened(title)) for _, title, _ in shown), default=0)
    yield "Pages"
    for word, title, address in shown:
        yield f"  {word:<10}  {shortened(title):<{width}}  {address}"
    yield ""
    counts = [
        f"{sum(page.action is action for page in plan.pages)} {word}"
        for action, word in WORDS.items()
    ]
    sections = sum(page.is_section for page in plan.pages)
    pages = counted(len(plan.pages) - sections, "page")
    with_sections = f"{pages} and {counted(sections, 'section')}" if sections else pages
    pictures = sum(picture.action is not Action.KEEP for picture in plan.pictures)
    yield f"{with_sections}: {', '.join(counts)}. Pictures added: {pictures}."
    if plan.messages:
        yield "What was found in the source follows; a later run names again what is still there."


def _where(page: PlannedPage) -> str:
    if page.key == HOME_KEY:
        return "/"
    if page.is_section:
        return "(section)"
    return str(page.content.get("address") or "(at its place in the page tree)")


def shortened(title: str) -> str:
    """Return a title that leaves room for an address beside it."""
    return title if len(title) <= TITLE_WIDTH else f"{title[: TITLE_WIDTH - 1]}…"


def counted(number: int, noun: str) -> str:
    """Return ``"1 page"`` or ``"2 pages"``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
