"""The report on the terminal: a table of pages, then every kind of finding."""

from __future__ import annotations

from collections.abc import Iterator

from isomer.messages import Level
from isomer.report.data import WORDS, Report, RuleReport

TITLE_WIDTH = 60
TEXT_WIDTH = 300
# More than this is in the report file; nobody reads hundreds of lines on a terminal.
SHOWN = {Level.ERROR.value: 50, Level.WARNING.value: 12, Level.INFO.value: 3}
PAGES_SHOWN = 60
HEADINGS = {"error": "ERROR", "warning": "To check", "info": "For information"}
WHO = {"officer": "you, who run the import", "editor": "an editor", "nobody": ""}


def report_lines(report: Report, file: str = "") -> Iterator[tuple[str, Level | None]]:
    """Yield ``(line, level)``; the level is that of a rule's heading, else ``None``.

    ``file`` names the file that holds the whole report.
    """
    yield from ((line, None) for line in _table(report, file))
    for rule in report.rules:
        yield "", None
        heading = f"{HEADINGS[rule.level]}: {rule.title} ({len(rule.messages)})"
        yield heading, Level(rule.level)
        who = f" [{WHO[rule.who]}]" if WHO[rule.who] else ""
        yield f"  {rule.advice}{who}", None
        yield from ((line, None) for line in _messages(rule, file))


def _messages(rule: RuleReport, file: str) -> Iterator[str]:
    shown = SHOWN[rule.level]
    for message in rule.messages[:shown]:
        place = ", ".join(part for part in (message["path"], message["place"]) if part)
        text = shortened(message["text"], TEXT_WIDTH)
        yield f"  - {place}: {text}" if place else f"  - {text}"
    rest = len(rule.messages) - shown
    if rest > 0:
        yield f"  … and {rest} more{f' in {file}' if file else ''}"


def _table(report: Report, file: str) -> Iterator[str]:
    shown = report.pages[:PAGES_SHOWN]
    width = max((len(shortened(page["title"])) for page in shown), default=0)
    yield "Pages"
    for page in shown:
        yield f"  {page['done']:<10}  {shortened(page['title']):<{width}}  {page['address']}"
    if len(report.pages) > len(shown):
        rest = len(report.pages) - len(shown)
        yield f"  … and {rest} more{f' in {file}' if file else ''}"
    yield ""
    of_pages = [page["done"] for page in report.pages]
    counts = [f"{of_pages.count(word)} {word}" for word in WORDS.values()]
    sections = sum(page["address"] == "(section)" for page in report.pages)
    pages = counted(len(report.pages) - sections, "page")
    with_sections = f"{pages} and {counted(sections, 'section')}" if sections else pages
    yield f"{with_sections}: {', '.join(counts)}."
    for kind in ("Pictures", "Files"):
        if kind in report.counts:
            done = [f"{number} {word}" for word, number in report.counts[kind].items()]
            yield f"{kind}: {', '.join(done)}."
    if report.seconds:
        yield f"It took {report.seconds} seconds and at most {report.megabytes:.0f} MB of memory."
    if report.rules:
        yield "What was found in the source follows; a later run names again what is still there."


def shortened(text: str, width: int = TITLE_WIDTH) -> str:
    """Return a text that leaves room for what stands beside it."""
    return text if len(text) <= width else f"{text[: width - 1]}…"


def counted(number: int, noun: str) -> str:
    """Return ``"1 page"`` or ``"2 pages"``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
