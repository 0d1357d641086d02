"""Bold and italic text, without the slip that loses words in Python-Markdown 3.11.

It pairs the marks of a text once and remembers the pairs. It then takes any mark that
follows for the beginning of the next pair, also one within a name such as ``a_b``, and so
cuts the text in the wrong place.
"""

from __future__ import annotations

import re
from typing import Any

from markdown.inlinepatterns import DelimiterProcessor  # type: ignore[attr-defined]


class Emphasis(DelimiterProcessor):  # type: ignore[misc]
    """Pairs stars and underscores; a remembered pair is used only where it was found."""

    _paired = ""
    _rest = ""

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Any, int | None, int | None]:
        """Return the element that begins at a mark, ``None`` for a mark that begins none."""
        if self.regions and not data.endswith(self._rest):
            # Another text: the one that the pairs were found in was read to its end.
            self.reset()
        if not self.regions:
            self._paired = data
        else:
            begins = self.regions[self.cache_index][0]
            if data[m.start() :] != self._paired[begins:]:
                return None, m.start(), m.end()
            self.cache_pos = begins
        found: tuple[Any, int | None, int | None] = super().handleMatch(m, data)
        if self.regions and found[2] is not None:
            self._rest = data[found[2] :]
        return found
