"""The filter of messages by their rule, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.admin import AllValuesFieldListFilter

from isomer.messages import RULES


class RuleFilter(AllValuesFieldListFilter):
    """Django's filter of all values, which shows what a rule found instead of its id."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Override of ``AllValuesFieldListFilter.choices``. A rule of an earlier version has no
        words any more."""
        for choice in super().choices(changelist):
            rule = RULES.get(str(choice["display"]))
            yield choice if rule is None else choice | {"display": rule.title}
