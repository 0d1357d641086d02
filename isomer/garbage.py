"""How often Python looks for objects that hold each other while an import writes."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Objects made between two looks, and looks at young objects between two at older ones. Python
# itself begins with 700 and 10, which is for programs that forget what they made.
OBJECTS, LOOKS = 50_000, 20


@contextmanager
def collected_seldom() -> Iterator[None]:
    """Look seldom for reference cycles, as a decorator or in a ``with`` statement.

    While rows are made and written, hardly any object holds another that holds it, and the plan
    stays until the end; looking through all of them again and again costs a fifth of the time
    (Python docs: ``gc.set_threshold``). It is otherwise where documents are converted: each
    leaves a tree whose parts hold each other, and that memory is soon needed again.
    """
    before = gc.get_threshold()
    gc.set_threshold(OBJECTS, LOOKS, LOOKS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
