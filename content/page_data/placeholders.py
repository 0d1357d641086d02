"""Values that look as if nobody had filled them in yet."""

from __future__ import annotations

import re

# What sample documents and empty fields of the old site's editors say.
_SAMPLE = re.compile(
    r"""
    ^(hero|infopic|infobar|image|button|card|subtitle|title)\s+
        (title|subtitle|description|text|alt\s+text)$
    | ^button\s+text$ | ^image\s+alt\s+text$ | ^alt\s+text$
    | \blorem\s+ipsum\b
    | \(sample\b[^)]*\) | ^sample\b
    | ^(insert|your|enter)\b.{0,40}\bhere\b
    | ^(tbc|tbd|to\ be\ confirmed|xxx+)$
    | ^https?://(www\.)?(google|gmail|example|facebook|test)\.(com|org|net)/?$
    | YourFBPage | yourpage\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# What people type while they try the editor.
_TRIAL = re.compile(
    r"^(test(\s*(page|title|text|[0-9]+))?|asdf+|placeholder(\s+text)?|dummy(\s+text)?"
    r"|untitled|new page)[.!]?$",
    re.IGNORECASE,
)
# What they mean to come back to.
_MARKER = re.compile(
    r"""
    ^(todo|to\ be\ (added|advised|updated))[.!]?$
    | [\[(<]\s*(tbc|tbd|tba|todo|xx+|insert\b[^\])>]{0,60})\s*[\])>]
    | \b(tbc|tbd)[.!]?$ | ^tba$ | \bxxx+\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def looks_like_placeholder(text: str) -> bool:
    """Tell whether a value of a document was probably never meant to be published."""
    return bool(_SAMPLE.search(text.strip()))


def looks_unfinished(text: str, in_a_list: bool = False) -> bool:
    """Tell whether a text of a page looks as if somebody meant to come back to it.

    As :func:`looks_like_placeholder`, and what people type into fields that they leave for
    later. Wider than that one, since here a person decides and may say that it is meant.
    ``in_a_list`` says that the text is a cell or an entry, where “Test” is a word like others.
    """
    line = " ".join(text.split())
    if not line:
        return False
    is_trial = not in_a_list and bool(_TRIAL.search(line))
    return is_trial or bool(_SAMPLE.search(line) or _MARKER.search(line))
