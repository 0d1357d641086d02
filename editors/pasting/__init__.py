"""What people paste from other programs, as blocks.

``source`` brings what Word, Google Docs and spreadsheets write into plain HTML, ``lists`` makes
lists of what only looks like one, ``blocks`` has the rules of imports make blocks of it, and
``views`` answers the form.
"""
