"""The report as files: one page that needs nothing else to be read, and the same as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify

from isomer.report.data import Report
from isomer.report.planned import PlanReport


def report_file(folder: Path, when: datetime, name: str) -> Path:
    """Return the path of a report's file, whose name begins with a moment in the site's time."""
    return folder / f"{timezone.localtime(when):%Y-%m-%d-%H%M%S}-{name}"


def report_html(report: Report, when: datetime) -> str:
    """Return the report as one HTML page without any other file."""
    is_plan = isinstance(report, PlanReport)
    context = {"report": report, "when": when, "is_plan": is_plan}
    return render_to_string("isomer/report.html", context)


def write_report(report: Report, folder: Path, when: datetime) -> Path:
    """Write the report as HTML and as JSON and return the path of the HTML file.

    Raises:
        OSError: if the folder can't be written; then no half of a file is left.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = slugify(Path(report.source).name) or "import"
    kind = "-plan" if isinstance(report, PlanReport) else ""
    file = report_file(folder, when, f"{name}{kind}.html")
    data = {"started": when.isoformat(), **asdict(report)}
    write_whole(file, report_html(report, when))
    write_whole(file.with_suffix(".json"), json.dumps(data, ensure_ascii=False, indent=1))
    return file


def write_whole(file: Path, text: str) -> None:
    """Write a file that is there whole or not at all.

    Raises:
        OSError: if it can't be written.
    """
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
