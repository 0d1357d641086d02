"""Levels of headings that leave out none (WCAG 2.2, 1.3.1)."""

from __future__ import annotations


class HeadingSteps:
    """The levels that headings have one below the other, in the order of the page."""

    def __init__(self) -> None:
        # Levels as chosen and as spoken, of the headings that the next one may stand under.
        self._above: list[tuple[int, int]] = []

    def spoken(self, level: int) -> int:
        """Take the next heading; return its level where none may be skipped."""
        while self._above and self._above[-1][0] >= level:
            self._above.pop()
        spoken = self._above[-1][1] + 1 if self._above else level
        self._above.append((level, spoken))
        return spoken
