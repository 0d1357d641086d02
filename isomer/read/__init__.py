"""Files become a :class:`isomer.source.SourceSite`.

Plain Python, no Django: what is read here can be tested and used on its own.
"""

from isomer.read.dates import read_date
from isomer.read.errors import SourceError
from isomer.read.files import DOCUMENT_SUFFIXES, MEDIA_FOLDERS, MEDIA_SUFFIXES
from isomer.read.folder import check_name, open_source, read_source
from isomer.read.settings_files import Publication

__all__ = [
    "DOCUMENT_SUFFIXES",
    "MEDIA_FOLDERS",
    "MEDIA_SUFFIXES",
    "Publication",
    "SourceError",
    "check_name",
    "open_source",
    "read_date",
    "read_source",
]
