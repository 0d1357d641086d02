"""Dates as people write them, and the dates in file names of posts (format reference, 1.4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from isomer.addresses import slugified

POST_NAME = re.compile(r"(\d{2,4})-(\d{1,2})-(\d{1,2})-(.*)\.[^.]+")
TYPE_TOKEN = re.compile(r"(post|file|link)-")
WRITTEN_DATE = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|UTC|[+-]\d{1,2}(?::?\d{2})?)?)?"
)
# Day before month, as the old generator read figures.
OTHER_FORMS = (
    "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y",
    "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y%m%d",
)  # fmt: skip
# Two figures for the year: up to 68 this century, then the last.
FIRST_YEAR_OF_LAST_CENTURY = 69


@dataclass(frozen=True)
class PostName:
    """What the file name of a post says; ``rest`` is what follows the date, type included."""

    day: date
    rest: str

    @property
    def type_token(self) -> str:
        match = TYPE_TOKEN.match(self.rest)
        return match.group(1) if match else ""

    @property
    def slug(self) -> str:
        return slugified(self.rest)


def read_post_name(name: str) -> PostName | None:
    """Return what a file name such as ``2024-5-3-post-Title.md`` says, ``None`` if it is none."""
    match = POST_NAME.fullmatch(name)
    if match is None:
        return None
    year = int(match.group(1))
    if len(match.group(1)) == 2:
        year += 1900 if year >= FIRST_YEAR_OF_LAST_CENTURY else 2000
    try:
        day = date(year, int(match.group(2)), int(match.group(3)))
    except ValueError:
        return None
    return PostName(day, match.group(4).rstrip("."))


def read_date(value: Any, zone: tzinfo) -> date | datetime | None:
    """Return a front matter value as a date, or as a moment with a time zone.

    A moment without a zone is in ``zone``. ``None`` if the value is no date;
    a date may also be text, such as ``2020-06-9`` or ``9 June 2020``.
    """
    if isinstance(value, datetime):
        found: date | datetime | None = value if value.tzinfo else value.replace(tzinfo=zone)
    elif isinstance(value, date):
        found = value
    elif isinstance(value, str | int) and not isinstance(value, bool):
        found = _read_text(str(value).strip(), zone)
    else:
        found = None
    # Another time zone must not carry a moment out of the calendar.
    return found if found and 1 < found.year < 9999 else None


def zone_named(name: Any) -> tzinfo:
    """Return the time zone of the settings, UTC (the old build's) if they name none that exists."""
    if isinstance(name, str) and name:
        try:
            return ZoneInfo(name)
        except (OSError, ValueError, LookupError):
            return UTC
    return UTC


def _read_text(text: str, zone: tzinfo) -> date | datetime | None:
    match = WRITTEN_DATE.fullmatch(text)
    try:
        if match is None:
            return _read_other(text)
        year, month, day = (int(part) for part in match.group(1, 2, 3))
        if match.group(4) is None:
            return date(year, month, day)
        hour, minute, second = (int(part or 0) for part in match.group(4, 5, 6))
        offset = _offset(match.group(7) or "", zone)
        return datetime(year, month, day, hour, minute, second, tzinfo=offset)
    except ValueError:
        return None


def _read_other(text: str) -> date | None:
    for form in OTHER_FORMS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _offset(text: str, zone: tzinfo) -> tzinfo:
    """Return the zone of ``"Z"``, ``"UTC"``, ``"+8"``, ``"+0800"``; ``zone`` for ``""``."""
    if not text:
        return zone
    if text in ("Z", "UTC"):
        return UTC
    digits = text[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    span = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-span if text[0] == "-" else span)
