"""The filters that Jekyll adds to Liquid, and those that it reads otherwise."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, quote_plus

from liquid.exceptions import FilterError
from liquid.filter import liquid_filter, string_filter

from isomer import kramdown
from isomer.addresses import KEPT_SIGNS, slugified
from isomer.liquid import days, items, words
from isomer.liquid.words import written

_HAS_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
# Signs of languages that are written without blanks between words.
_IDEOGRAPHS = (
    "[\u1100-\u11ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)


def own_address(value: object) -> str:
    """Return an address on the old site, which lay at the root of its host."""
    address = written(value)
    if not address or _HAS_SCHEME.match(address):
        return address
    return uri_escape(address if address.startswith("/") else f"/{address}")


def uri_escape(value: object) -> str:
    return quote(written(value), safe="/:?#[]@!$&'()*+,;=%-._~")


@string_filter
def cgi_escape(value: str) -> str:
    return quote_plus(value)


@string_filter
def slugify(value: str, mode: object = None) -> str:
    """Return text as it stands in an address; the mode says which signs stay."""
    if mode == "none":
        return value.lower()
    if mode == "raw":
        return re.sub(r"\s+", "-", value).strip("-").lower()
    if mode == "ascii":
        return re.sub("[^A-Za-z0-9]+", "-", value).strip("-").lower()
    return slugified(value, KEPT_SIGNS if mode == "pretty" else frozenset()).lower()


@string_filter
def number_of_words(value: str, mode: object = None) -> int:
    """Return how many words there are; some languages have a sign for each."""
    signs = len(re.findall(_IDEOGRAPHS, value))
    if mode == "cjk" or (mode == "auto" and signs):
        return signs + len(re.sub(_IDEOGRAPHS, " ", value).split())
    return len(value.split())


@string_filter
def normalize_whitespace(value: str) -> str:
    return " ".join(value.split())


@string_filter
def strip_index(value: str) -> str:
    return re.sub(r"/index\.html?$", "/", value)


@liquid_filter
def jsonify(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=written)


@liquid_filter
def markdownify(value: object) -> str:
    try:
        return kramdown.to_html(kramdown.read(written(value)).nodes)
    except kramdown.TooDeepError as error:
        raise FilterError("Markdown is nested too deeply.", token=None) from error


FILTERS: Mapping[str, Callable[..., Any]] = {
    **days.FILTERS,
    **items.FILTERS,
    **words.FILTERS,
    "absolute_url": liquid_filter(own_address),
    "relative_url": liquid_filter(own_address),
    "uri_escape": liquid_filter(uri_escape),
    "cgi_escape": cgi_escape,
    "slugify": slugify,
    "number_of_words": number_of_words,
    "normalize_whitespace": normalize_whitespace,
    "strip_index": strip_index,
    "jsonify": jsonify,
    "markdownify": markdownify,
    # Quotation marks are settled when the body is read.
    "smartify": liquid_filter(written),
}
