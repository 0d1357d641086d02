"""How often Python looks for objects that hold each other while an import works."""

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

    An import makes millions of objects and keeps most until it ends: the documents, the plan, the
    rows. Looking through them again and again costs a fifth of its time and frees next to
    nothing (Python docs: ``gc.set_threshold``).
    """
    before = gc.get_threshold()
    gc.set_threshold(OBJECTS, LOOKS, LOOKS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
