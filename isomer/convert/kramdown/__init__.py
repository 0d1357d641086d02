"""What Python-Markdown lacks to read a body as kramdown does (format reference, 6.1)."""

from __future__ import annotations

from isomer.convert.kramdown.extension import KramdownExtension, Typography

__all__ = ["KramdownExtension", "Typography"]
