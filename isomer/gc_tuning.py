"""How often Python looks for objects that hold each other while an import runs."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Objects made between two looks, and looks at young objects between two at older ones. Python
# itself begins with 700 and 10, which is for programs that forget what they made.
OBJECTS, LOOKS = 50_000, 20


@contextmanager
def rare_garbage_collection() -> Iterator[None]:
    """Look seldom for reference cycles, as a decorator or in a ``with`` statement.

    Rows hardly ever hold each other, and the plan stays until the end: looking through all of it
    again and again costs a fifth of the time (Python docs: ``gc.set_threshold``). The trees of
    documents do hold each other. Freeing them this seldom takes 4 MB more on the largest case.
    """
    before = gc.get_threshold()
    gc.set_threshold(OBJECTS, LOOKS, LOOKS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
