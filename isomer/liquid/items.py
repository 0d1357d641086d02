"""Jekyll's filters for lists: what has a value, groups, order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from liquid import RenderContext, Token, TokenStream, Undefined
from liquid.builtin.expressions import BooleanExpression, FilteredExpression, tokenize
from liquid.expression import Expression
from liquid.filter import int_arg, sequence_filter, with_context
from liquid.token import TOKEN_EXPRESSION

from isomer.liquid.words import written

_NUMBER = re.compile(r"\s*-?(?:\d+\.?\d*|\.\d+)\s*")


def _value(item: object, key: object) -> Any:
    """Return what an item has under a key, such as ``name`` or ``address.street``."""
    value = item
    for name in written(key).split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _is_under(item: object, key: object, wanted: object) -> bool:
    """Tell whether an item has a value under a key. A list holds it as one of its entries."""
    value = _value(item, key)
    if wanted is None or isinstance(wanted, Undefined):
        return value is None
    if isinstance(value, list):
        return written(wanted) in map(written, value)
    return value is not None and written(value) == written(wanted)


@sequence_filter
def where(items: Iterable[object], key: object, wanted: object) -> list[object]:
    return [item for item in items if _is_under(item, key, wanted)]


@sequence_filter
def find(items: Iterable[object], key: object, wanted: object) -> object:
    return next((item for item in items if _is_under(item, key, wanted)), None)


def _each(
    kind: type[BooleanExpression | FilteredExpression],
    items: Iterable[object],
    name: object,
    expression: object,
    context: RenderContext,
) -> Iterable[tuple[object, object]]:
    """Yield each item with what an expression gives when a name stands for the item."""
    text = written(expression)
    token = Token(TOKEN_EXPRESSION, text, 0, text)
    read: Expression = kind.parse(context.env, TokenStream(tokenize(text, token)))
    for item in items:
        with context.extend({written(name): item}):
            yield item, read.evaluate(context)


@with_context
@sequence_filter
def where_exp(
    items: Iterable[object], name: object, expression: object, *, context: RenderContext
) -> list[object]:
    found = _each(BooleanExpression, items, name, expression, context)
    return [item for item, holds in found if holds]


@with_context
@sequence_filter
def find_exp(
    items: Iterable[object], name: object, expression: object, *, context: RenderContext
) -> object:
    found = _each(BooleanExpression, items, name, expression, context)
    return next((item for item, holds in found if holds), None)


def _groups(named: Iterable[tuple[object, object]]) -> list[dict[str, object]]:
    groups: dict[str, list[object]] = {}
    for item, name in named:
        groups.setdefault(written(name), []).append(item)
    return [{"name": name, "items": same, "size": len(same)} for name, same in groups.items()]


@sequence_filter
def group_by(items: Iterable[object], key: object) -> list[dict[str, object]]:
    return _groups((item, _value(item, key)) for item in items)


@with_context
@sequence_filter
def group_by_exp(
    items: Iterable[object], name: object, expression: object, *, context: RenderContext
) -> list[dict[str, object]]:
    return _groups(_each(FilteredExpression, items, name, expression, context))


@sequence_filter
def sort(items: Iterable[object], key: object = None, nils: object = "first") -> list[object]:
    """Return items by value, or by their values under a key; those without one first."""

    def place(item: object) -> tuple[int, float, str]:
        value = item if key is None else _value(item, key)
        if value is None:
            return (0 if nils == "first" else 3, 0.0, "")
        if isinstance(value, str) and key is not None and _NUMBER.fullmatch(value):
            value = float(value)
        if isinstance(value, int | float):
            return (1, float(value), "")
        return (2, 0.0, written(value))

    return sorted(items, key=place)


@sequence_filter
def array_to_sentence_string(items: Iterable[object], connector: object = "and") -> str:
    words = [written(item) for item in items]
    if len(words) < 3:
        return f" {connector} ".join(words)
    return f"{', '.join(words[:-1])}, {connector} {words[-1]}"


@sequence_filter
def join(items: Iterable[object], sign: object = " ") -> str:
    return written(sign).join(map(written, items))


@sequence_filter
def push(items: Iterable[object], item: object) -> list[object]:
    return [*items, item]


@sequence_filter
def pop(items: Iterable[object], number: object = 1) -> list[object]:
    kept = list(items)
    return kept[: max(0, len(kept) - int_arg(number))]


@sequence_filter
def shift(items: Iterable[object], number: object = 1) -> list[object]:
    return list(items)[max(0, int_arg(number)) :]


@sequence_filter
def unshift(items: Iterable[object], item: object) -> list[object]:
    return [item, *items]


FILTERS: Mapping[str, Callable[..., Any]] = {
    "array_to_sentence_string": array_to_sentence_string,
    "find": find,
    "find_exp": find_exp,
    "group_by": group_by,
    "group_by_exp": group_by_exp,
    "join": join,
    "pop": pop,
    "push": push,
    "shift": shift,
    "sort": sort,
    "unshift": unshift,
    "where": where,
    "where_exp": where_exp,
}
