"""What becomes of particular elements of a body.

A rule is a function ``rule(reader, element)`` that returns the element's items, or
``None`` if the element is none of its business (:data:`isomer.convert.body_reader.Rule`). A rule
looks first: if it returns ``None``, it has changed neither the tree nor the reader, and has not
called ``reader.inner``. What no rule takes is text, a heading, a quote, a picture, a divider, an
anchor, or kept as imported HTML.
"""

from __future__ import annotations

from isomer.convert.body_reader import Rule
from isomer.convert.rules.accordions import accordion
from isomer.convert.rules.buttons import buttons
from isomer.convert.rules.cards import card_grid
from isomer.convert.rules.code import code
from isomer.convert.rules.definitions import definitions
from isomer.convert.rules.embeds import embed
from isomer.convert.rules.figures import figure
from isomer.convert.rules.forms import form_field
from isomer.convert.rules.lists import lists
from isomer.convert.rules.tables import table_rule

__all__ = ["RULES"]

# Asked in this order.
RULES: tuple[Rule, ...] = (
    table_rule,
    accordion,
    card_grid,
    buttons,
    embed,
    figure,
    code,
    definitions,
    form_field,
    lists,
)
