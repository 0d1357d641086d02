"""The first stage of an import: files become a :class:`isomer.source.SourceSite`.

Plain Python, no Django: what is read here can be tested and used on its own.
"""

from isomer.read.errors import SourceError
from isomer.read.folder import check_name, open_source, read_source

__all__ = ["SourceError", "check_name", "open_source", "read_source"]
