"""The way back: a site of Wagtail as an Isomer Classic repository.

:mod:`isomer.write.site` reads the site into plain data; documents, data files and media are
made of that without a database, and :mod:`isomer.write.folder` puts them into a folder. What
was written is read again by the importer, and whatever would not come back is named.
"""
