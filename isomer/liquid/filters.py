"""The filters that Jekyll adds to Liquid, and those that it reads otherwise."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterable, Mapping
from email.utils import format_datetime
from html import escape
from typing import Any
from urllib.parse import quote, quote_plus

from liquid import Undefined
from liquid.filter import liquid_filter, sequence_filter, string_filter

# Without a zone a moment is read as the old host's, which nobody knows.
_ZONE = datetime.UTC


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, Undefined) else str(value)


def own_address(value: object) -> str:
    """Return an address as it is: the old sites lay at the root of their hosts, and addresses of
    their own lead within the site."""
    return _text(value).replace(" ", "%20")


@string_filter
def uri_escape(value: str) -> str:
    return quote(value, safe="/:?#[]@!$&'()*+,;=%-._~")


@string_filter
def cgi_escape(value: str) -> str:
    return quote_plus(value)


@string_filter
def xml_escape(value: str) -> str:
    return escape(value)


@string_filter
def slugify(value: str, mode: object = None) -> str:
    return re.sub(r"[\W_]+", "-", value).strip("-").lower()


@string_filter
def number_of_words(value: str) -> int:
    return len(value.split())


@string_filter
def normalize_whitespace(value: str) -> str:
    return " ".join(value.split())


@string_filter
def strip_index(value: str) -> str:
    return re.sub(r"/index\.html?$", "/", value)


@sequence_filter
def where(items: Iterable[object], key: object, wanted: object) -> list[object]:
    """Return the items that have a value under a key. A list holds it as one of its entries."""
    return [item for item in items if _is_under(item, str(key), wanted)]


def _is_under(item: object, key: str, wanted: object) -> bool:
    value = item.get(key) if isinstance(item, Mapping) else None
    if isinstance(value, list):
        return _text(wanted) in map(_text, value)
    if wanted is None or isinstance(wanted, Undefined):
        return value is None
    return value is not None and _text(value) == _text(wanted)


@sequence_filter
def group_by(items: Iterable[object], key: object) -> list[dict[str, object]]:
    groups: dict[str, list[object]] = {}
    for item in items:
        value = item.get(str(key)) if isinstance(item, Mapping) else None
        groups.setdefault(_text(value), []).append(item)
    return [{"name": name, "items": same, "size": len(same)} for name, same in groups.items()]


@sequence_filter
def sort(items: Iterable[object], key: object = None, nils: object = "first") -> list[object]:
    """Return items by value, or by their values under a key; those without one first."""

    def value_of(item: object) -> object:
        return item.get(str(key)) if key is not None and isinstance(item, Mapping) else item

    def place(item: object) -> tuple[int, float, str]:
        value = value_of(item)
        if value is None:
            return (0 if nils == "first" else 3, 0.0, "")
        if isinstance(value, int | float):
            return (1, float(value), "")
        return (2, 0.0, _text(value))

    return sorted(items, key=place)


@sequence_filter
def array_to_sentence_string(items: Iterable[object], connector: object = "and") -> str:
    words = [_text(item) for item in items]
    if len(words) < 3:
        return f" {connector} ".join(words)
    return f"{', '.join(words[:-1])}, {connector} {words[-1]}"


@sequence_filter
def push(items: Iterable[object], item: object) -> list[object]:
    return [*items, item]


@sequence_filter
def unshift(items: Iterable[object], item: object) -> list[object]:
    return [item, *items]


@liquid_filter
def jsonify(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_text)


@liquid_filter
def to_integer(value: object) -> int:
    found = re.match(r"\s*-?\d{1,15}", _text(value))
    return int(found.group()) if found else int(value is True)


def _moment(value: object) -> datetime.datetime | None:
    if isinstance(value, datetime.datetime):
        return value if value.tzinfo else value.replace(tzinfo=_ZONE)
    if isinstance(value, datetime.date):
        return datetime.datetime(value.year, value.month, value.day, tzinfo=_ZONE)
    try:
        return _moment(datetime.datetime.fromisoformat(_text(value).strip()))
    except ValueError:
        return None


def _dated(write: Callable[[datetime.datetime], str]) -> Callable[[object], str]:
    """Return a filter that writes a date; what is none stays as it is."""

    def written(value: object) -> str:
        moment = _moment(value)
        return _text(value) if moment is None else write(moment)

    return liquid_filter(written)


def _date(value: object, form: object) -> str:
    """Return a date in a form of ``strftime``, with Ruby's ``%-d`` and without its width."""
    moment = _moment(value)
    if moment is None:
        return _text(value)
    plain = re.sub(r"%[-^_]([a-zA-Z])", r"%-\1", _text(form))
    kept = re.sub(r"%(?!-?[aAbBcdDeFgGHIjklmMnpPrRsSTuUVwWxXyYzZ%])", "%%", plain)
    return moment.strftime(kept)


FILTERS: Mapping[str, Callable[..., Any]] = {
    "absolute_url": own_address,
    "relative_url": own_address,
    "uri_escape": uri_escape,
    "cgi_escape": cgi_escape,
    "xml_escape": xml_escape,
    "slugify": slugify,
    "number_of_words": number_of_words,
    "normalize_whitespace": normalize_whitespace,
    "strip_index": strip_index,
    "where": where,
    "group_by": group_by,
    "sort": sort,
    "array_to_sentence_string": array_to_sentence_string,
    "push": push,
    "unshift": unshift,
    "jsonify": jsonify,
    "to_integer": to_integer,
    "date": liquid_filter(_date),
    "date_to_string": _dated(lambda moment: moment.strftime("%d %b %Y")),
    "date_to_long_string": _dated(lambda moment: moment.strftime("%d %B %Y")),
    "date_to_xmlschema": _dated(datetime.datetime.isoformat),
    "date_to_rfc822": _dated(format_datetime),
    # Markdown is read after the template, so what is written in it may stay.
    "markdownify": liquid_filter(_text),
    "smartify": liquid_filter(_text),
}
