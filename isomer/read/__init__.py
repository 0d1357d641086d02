"""The first stage of an import: files become a :class:`isomer.source.SourceSite`.

Plain Python, no Django: what is read here can be tested and used on its own.
"""

from isomer.read.folder import SourceError, read_source

__all__ = ["SourceError", "read_source"]
