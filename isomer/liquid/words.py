"""Words as Ruby writes them, and the filters of Liquid for words that the library reads otherwise.

Source: Liquid's documentation (https://shopify.github.io/liquid/) and Jekyll itself, which the
tests ask.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import wraps
from html import escape
from typing import Any

from liquid import Undefined
from liquid.builtin.filters import string
from liquid.filter import int_arg, liquid_filter, math_filter, string_filter


def written(value: object) -> str:
    """Return what a template writes of a value."""
    if value is None or isinstance(value, Undefined):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return "".join(map(written, value))
    if isinstance(value, range):
        return f"{value.start}..{value.stop - 1}"
    return str(value)


def _of_words(filter_: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter of the library that gets values as Ruby writes them."""

    def word(value: object) -> object:
        return value if isinstance(value, Undefined) else written(value)

    @wraps(filter_)
    def filtered(value: object, *given: object, **named: object) -> Any:
        return filter_(written(value), *map(word, given), **named)

    return filtered


def _whole(value: object) -> int:
    return min(int_arg(value), 1_000_000)


@string_filter
def truncate(value: str, length: object = 50, end: object = "...") -> str:
    most, tail = _whole(length), written(end)
    return value if len(value) <= most else value[: max(0, most - len(tail))] + tail


@string_filter
def truncatewords(value: str, number: object = 15, end: object = "...") -> str:
    """Return the first words of a text. One with no more of them stays as it is."""
    most = max(1, _whole(number))
    words = value.split(None, most)
    goes_on = len(words) > most or (len(words) == most and value[-1].isspace())
    return " ".join(words[:most]) + written(end) if goes_on else value


@string_filter
def split(value: str, sign: object) -> list[str]:
    """Return the parts of a text between signs, without empty ones at the end."""
    between = written(sign)
    parts = value.split(None if between == " " else between) if between else list(value)
    while parts and not parts[-1]:
        parts.pop()
    return parts


@string_filter
def escaped(value: str) -> str:
    return escape(value).replace("&#x27;", "&#39;")


@string_filter
def escape_once(value: str) -> str:
    """Return a text with its signs of HTML escaped, but for those that are already."""
    parts = re.split(r"(&(?:[a-zA-Z]+|#\d+);)", value)
    parts[::2] = [escaped(part) for part in parts[::2]]
    return "".join(parts)


@string_filter
def xml_escape(value: str) -> str:
    return escape(value).replace("&#x27;", "&apos;")


@math_filter
def rounded(value: float, places: object = 0) -> float:
    """Return a number with some decimal places; a half is rounded away from nought."""
    wanted = max(-30, min(30, int_arg(places, 0)))
    if isinstance(value, int) and wanted >= 0:
        return value
    found = Decimal(str(value)).quantize(Decimal(1).scaleb(-wanted), ROUND_HALF_UP)
    return float(found) if wanted > 0 else int(found)


_FROM_THE_LIBRARY: Mapping[str, Callable[..., Any]] = {
    "append": string.append,
    "capitalize": string.capitalize,
    "downcase": string.downcase,
    "lstrip": string.lstrip,
    "newline_to_br": string.newline_to_br,
    "prepend": string.prepend,
    "remove": string.remove,
    "remove_first": string.remove_first,
    "replace": string.replace,
    "replace_first": string.replace_first,
    "rstrip": string.rstrip,
    "strip": string.strip,
    "strip_html": string.strip_html,
    "strip_newlines": string.strip_newlines,
    "upcase": string.upcase,
    "url_decode": string.url_decode,
    "url_encode": string.url_encode,
}
FILTERS: Mapping[str, Callable[..., Any]] = {
    **{name: _of_words(one) for name, one in _FROM_THE_LIBRARY.items()},
    "escape": escaped,
    "escape_once": escape_once,
    "round": rounded,
    "split": split,
    "to_integer": liquid_filter(
        lambda value: (
            int(found.group())
            if (found := re.match(r"\s*-?\d{1,15}", written(value)))
            else int(value is True)
        )
    ),
    "truncate": truncate,
    "truncatewords": truncatewords,
    "xml_escape": xml_escape,
}
