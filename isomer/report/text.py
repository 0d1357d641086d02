"""The report on the terminal: a table of pages, then every kind of finding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from content.counting import counted
from isomer.messages import Level
from isomer.plan import Action
from isomer.report.data import Pattern, Report, RuleReport
from isomer.report.planned import FieldReport, PlanReport

TITLE_WIDTH = 40
TEXT_WIDTH = 300
# More than this is in the report file; nobody reads hundreds of lines on a terminal.
SHOWN = {Level.ERROR.value: 50, Level.WARNING.value: 12, Level.INFO.value: 3}
PAGES_SHOWN = 60
CHANGES_SHOWN = 20
LINES_SHOWN = 6
HEADINGS = {"error": "ERROR", "warning": "To check", "info": "For information"}
WHO = {"officer": "you, who run the import", "editor": "an editor", "nobody": ""}


def report_lines(report: Report, file: str = "") -> Iterator[tuple[str, Level | None]]:
    """Yield ``(line, level)``; the level is that of a rule's heading, else ``None``.

    ``file`` names the file that holds the whole report.
    """
    yield from ((line, None) for line in _table(report, file))
    if isinstance(report, PlanReport):
        yield from ((line, None) for line in _changes(report, file))
    for rule in report.rules:
        yield "", None
        heading = f"{HEADINGS[rule.level]}: {rule.title} ({rule.count})"
        yield heading, Level(rule.level)
        who = f" [{WHO[rule.who]}]" if WHO[rule.who] else ""
        yield f"  {rule.advice}{who}", None
        yield from ((line, None) for line in _messages(rule, file))


def _messages(rule: RuleReport, file: str) -> Iterator[str]:
    shown = SHOWN[rule.level]
    found = rule.patterns or rule.messages
    for one in found[:shown]:
        yield f"  - {_pattern(one) if isinstance(one, Pattern) else _message(one)}"
    rest = len(found) - shown
    if rest > 0:
        yield f"  … and {rest} more{_in(file)}"
    elif rule.patterns and file:
        yield f"  The places are listed{_in(file)}"


def _message(message: dict[str, Any]) -> str:
    place = ", ".join(part for part in (message["path"], message["place"]) if part)
    text = shortened(message["text"], TEXT_WIDTH)
    return f"{place}: {text}" if place else text


def _pattern(pattern: Pattern) -> str:
    """Return a text that comes back, how often, and the first place that it is about."""
    text = shortened(pattern.text, TEXT_WIDTH)
    places = f"in {counted(len(pattern.places), 'place')}, first {pattern.places[0]}"
    return f"{text}: {counted(pattern.count, 'time')} {places}"


def _in(file: str) -> str:
    return f" in {file}" if file else ""


def _table(report: Report, file: str) -> Iterator[str]:
    changed = [page for page in report.pages if page["done"] != report.words[Action.KEEP.value]]
    shown = changed[:PAGES_SHOWN]
    width = max((len(shortened(page["title"])) for page in shown), default=0)
    if shown:
        yield "Pages"
    for page in shown:
        yield f"  {page['done']:<10}  {shortened(page['title']):<{width}}  {page['address']}"
    if len(changed) > len(shown):
        yield f"  … and {len(changed) - len(shown)} more{_in(file)}"
    if shown:
        yield ""
    of_pages = [page["done"] for page in report.pages]
    counts = [f"{of_pages.count(word)} {word}" for word in report.words.values()]
    sections = sum(page["address"] == "(section)" for page in report.pages)
    pages = counted(len(report.pages) - sections, "page")
    with_sections = f"{pages} and {counted(sections, 'section')}" if sections else pages
    yield f"{with_sections}: {', '.join(counts)}."
    for kind in ("Pictures", "Files", "Settings", "Redirects"):
        if kind in report.counts:
            found = report.counts[kind].items()
            yield f"{kind}: {', '.join(f'{n} {word}' for word, n in found if n)}."
    if report.seconds:
        seconds = counted(report.seconds, "second")
        yield f"It took {seconds} and at most {report.megabytes:.0f} MB of memory."
    yield from _summary(report)
    if report.rules:
        yield "What was found in the source follows; a later run names again what is still there."


def _changes(report: PlanReport, file: str) -> Iterator[str]:
    """Yield what each update changes, a few lines for each."""
    for change in report.changes[:CHANGES_SHOWN]:
        yield ""
        yield f"Update of {change.title} {change.address}".rstrip()
        lines = [
            f"{one.label}: {line}"
            for one in change.fields
            for line in (one.lines or [_words_line(one)])
        ]
        yield from (f"  {shortened(line, TEXT_WIDTH)}" for line in lines[:LINES_SHOWN])
        if len(lines) > LINES_SHOWN:
            yield f"  … and {_more(len(lines) - LINES_SHOWN, 'change')}{_in(file)}"
    if len(report.changes) > CHANGES_SHOWN:
        yield f"… and {_more(len(report.changes) - CHANGES_SHOWN, 'update')}{_in(file)}"


def _more(number: int, thing: str) -> str:
    return f"{number} more {thing}" + ("" if number == 1 else "s")


def _words_line(change: FieldReport) -> str:
    parts = [f"+ {change.added}"] if change.added else []
    parts += [f"− {change.removed}"] if change.removed else []
    return "; ".join(parts)


def _summary(report: Report) -> Iterator[str]:
    """Yield what is asked first; a topic of which nothing was found is left out."""
    found = [topic for topic in report.topics if topic.count]
    if found:
        yield ""
        width = max(len(topic.topic) for topic in found)
        yield from (f"  {topic.topic:<{width}}  {topic.count:>5}" for topic in found)
        yield ""


def shortened(text: str, width: int = TITLE_WIDTH) -> str:
    """Return a text that leaves room for what stands beside it."""
    return text if len(text) <= width else f"{text[: width - 1]}…"
