"""What ends the reading of a source."""

from __future__ import annotations


class SourceError(Exception):
    """Nothing can be read from the source; the text tells a person what to do."""
