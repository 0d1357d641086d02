"""Showing what a command is working on."""

from __future__ import annotations

from typing import Any

from content.terminal import printable, terminal_width


class ProgressLine:
    """Shows what is being worked on: one changing line on a terminal, nothing in a log file."""

    def __init__(self, stream: Any, verbosity: int) -> None:
        self.stream = stream
        self.shown = verbosity > 0 and stream.isatty()
        self.width = 0

    def __call__(self, text: str) -> None:
        if self.shown:
            line = printable(text)[: terminal_width() - 1]
            self.stream.write("\r" + line.ljust(self.width), ending="")
            self.stream.flush()
            self.width = len(line)

    def clear(self) -> None:
        """Remove the progress line, so that the report begins on a clean one."""
        if self.shown and self.width:
            self.stream.write("\r" + " " * self.width + "\r", ending="")
