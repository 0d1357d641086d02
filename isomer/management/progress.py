"""Progress of a command: one changing line on a terminal, nothing in a log file."""

from __future__ import annotations

from typing import Any


class Progress:
    """Shows what is being worked on."""

    def __init__(self, stream: Any, verbosity: int) -> None:
        self.stream = stream
        self.shown = verbosity > 0 and stream.isatty()
        self.width = 0

    def __call__(self, text: str) -> None:
        if self.shown:
            line = text[:100]
            self.stream.write("\r" + line.ljust(self.width), ending="")
            self.stream.flush()
            self.width = len(line)

    def clear(self) -> None:
        """Remove the progress line, so that the report begins on a clean one."""
        if self.shown and self.width:
            self.stream.write("\r" + " " * self.width + "\r", ending="")
