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
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<n>\b(?:{'|'.join(MONTHS)})[a-z]*)"
# Forms of days, in the order in which they are looked for. Of figures alone the day comes before
# the month, unless the year comes first.
DAYS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"\b(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)",
        r"\b(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})\b",
        r"\b(?P<y>\d{2})-(?P<m>\d{1,2})-(?P<d>\d{1,2})\b",
        r"^(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})\b",
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[-\s.,]*{_MONTH}[-\s.,]+(?P<y>\d{{4}}|\d{{2}})\b",
        rf"{_MONTH}[-\s.,]*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[-\s.,]+(?P<y>\d{{4}}|\d{{2}})\b",
        rf"\b(?P<y>\d{{4}})[-\s.,]*{_MONTH}[-\s.,]*(?P<d>\d{{1,2}})\b",
        rf"{_MONTH}[-\s.,]+(?P<y>\d{{4}})\b",
    )
)
CLOCK = re.compile(
    r"(?<![\d.:])(\d{1,2})(?::(\d{1,2}))?(?::(\d{1,2})(?:[.,]\d+)?)?\s*(?:([ap])\.?m\b\.?)?"
    r"\s*(Z\b|UTC|GMT|[+-]\d{1,2}:?\d{2}\b)?",
    re.IGNORECASE,
)
COMPACT = re.compile(r"^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?")
LONGEST_DATE = 100
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
    try:
        day = date(_year(match.group(1)), int(match.group(2)), int(match.group(3)))
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
    """Return what Ruby's ``Time.parse`` finds in text, which Jekyll asked: a day of any common
    form, perhaps a time of day, and a zone after that. A zone after a day alone says nothing; a day
    beyond the end of its month is one of the next."""
    if len(text) > LONGEST_DATE:
        return None
    text = COMPACT.sub(r"\1-\2-\3 \4:\5:\6", text)
    found = next((match for form in DAYS if (match := form.search(text))), None)
    if found is None:
        return None
    part = found.groupdict()
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    clock = next((one for one in CLOCK.finditer(rest) if one[2] or one[4]), None)
    try:
        name = part.get("n")
        month = MONTHS.index(name[:3].lower()) + 1 if name else int(part["m"])
        day = int(part.get("d") or 1)
        if not 1 <= day <= 31:
            return None
        first = date(_year(part["y"]), month, 1)
        return first + timedelta(day - 1) if clock is None else _moment(first, day, clock, zone)
    except (ValueError, OverflowError):
        return None


def _moment(first: date, day: int, clock: re.Match[str], zone: tzinfo) -> datetime:
    """Return a time of a day of the month that begins with ``first``.

    Raises:
        ValueError: if there is no such time of day or zone.
    """
    hour, minute, second = (int(part or 0) for part in clock.group(1, 2, 3))
    if clock[4]:
        hour = hour % 12 + 12 * (clock[4].lower() == "p")
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        raise ValueError(f"{clock[0]} is no time of day.")
    start = datetime(first.year, first.month, 1, tzinfo=_offset(clock[5] or "", zone))
    return start + timedelta(day - 1, hours=hour, minutes=minute, seconds=second)


def _year(written: str) -> int:
    year = int(written)
    if len(written) == 2:
        year += 1900 if year >= FIRST_YEAR_OF_LAST_CENTURY else 2000
    return year


def _offset(text: str, zone: tzinfo) -> tzinfo:
    """Return the zone of ``"Z"``, ``"UTC"``, ``"+0800"``; ``zone`` for ``""``."""
    if not text:
        return zone
    if text.upper() in ("Z", "UTC", "GMT"):
        return UTC
    digits = text[1:].replace(":", "")
    span = timedelta(hours=int(digits[:-2]), minutes=int(digits[-2:]))
    return timezone(-span if text[0] == "-" else span)
