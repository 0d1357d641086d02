"""Jekyll's filters for days and moments, which write them as Ruby does."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from email.utils import format_datetime
from typing import Any

from liquid.filter import liquid_filter

from isomer.liquid.words import written

# Without a zone a moment is read as the old host's, which nobody knows.
_ZONE = datetime.UTC
# How people write days, beside the standard's way. In Ruby, too, the day comes before the month.
_FORMS = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%d/%m/%Y", "%d-%m-%Y", "%Y/%m/%d")
_DIRECTIVE = re.compile(r"%([-^]*)(\d{0,2})([a-zA-Z%])")
_OF_C = frozenset("aAbBcdDeFgGhHIjklmMnpPrRsStTuUVwWxXyYzZ%")


def _moment(value: object) -> datetime.datetime | None:
    if isinstance(value, datetime.datetime):
        return value if value.tzinfo else value.replace(tzinfo=_ZONE)
    if isinstance(value, datetime.date):
        return datetime.datetime(value.year, value.month, value.day, tzinfo=_ZONE)
    text = written(value).strip()
    try:
        if re.fullmatch(r"\d{1,18}", text):
            # Seconds since 1970.
            return datetime.datetime.fromtimestamp(int(text), _ZONE)
        return _moment(datetime.datetime.fromisoformat(text))
    except (ValueError, OverflowError, OSError):
        return _day(text.replace(",", " "))


def _day(text: str) -> datetime.datetime | None:
    plain = " ".join(text.split())
    for form in _FORMS:
        try:
            return datetime.datetime.strptime(plain, form).replace(tzinfo=_ZONE)
        except ValueError:
            continue
    return None


def _date(value: object, form: object) -> str:
    """Return a moment in a form of Ruby's ``strftime``; what is none stays as it is."""
    moment = _moment(value)
    if moment is None or not written(form):
        return written(value)

    def replaced(found: re.Match[str]) -> str:
        flags, width, name = found.groups()
        if name == "C":
            text = f"{moment.year // 100:02}"
        elif name in _OF_C:
            text = moment.strftime(f"%{name}")
        else:
            return found.group()
        if "-" in flags and text[:1] in " 0":
            text = text[:-1].lstrip(" 0") + text[-1:]
        if "^" in flags:
            text = text.upper()
        return text.zfill(int(width or 0)) if text.isdigit() else text.rjust(int(width or 0))

    return _DIRECTIVE.sub(replaced, written(form))


def _dated(write: Callable[[datetime.datetime], str]) -> Callable[[object], str]:
    """Return a filter that writes a date; what is none stays as it is."""

    def dated(value: object) -> str:
        moment = _moment(value)
        return written(value) if moment is None else write(moment)

    return liquid_filter(dated)


def _in_words(month: str) -> Callable[..., str]:
    """Return a filter that writes a day with its month, as ``03 May 2020`` or ``3rd May 2020``."""

    def in_words(value: object, kind: object = None, style: object = None) -> str:
        moment = _moment(value)
        if moment is None:
            return written(value)
        if kind != "ordinal":
            return moment.strftime(f"%d {month} %Y")
        endings = {1: "st", 2: "nd", 3: "rd"}
        ending = "th" if 11 <= moment.day <= 13 else endings.get(moment.day % 10, "th")
        day = f"{moment.day}{ending}"
        return moment.strftime(f"{month} {day}, %Y" if style == "US" else f"{day} {month} %Y")

    return liquid_filter(in_words)


FILTERS: Mapping[str, Callable[..., Any]] = {
    "date": liquid_filter(_date),
    "date_to_string": _in_words("%b"),
    "date_to_long_string": _in_words("%B"),
    "date_to_xmlschema": _dated(datetime.datetime.isoformat),
    "date_to_rfc822": _dated(format_datetime),
}
