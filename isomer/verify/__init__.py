"""Fifth stage of an import: each page, as a visitor gets it, against its source document.

What a document says is worked out here anew. Of the stages before, only the reader of
files and the Markdown parser are shared; a test holds that (``tests/isomer/verify``).
"""
