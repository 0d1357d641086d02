"""What may begin and end a mark within a paragraph."""

from __future__ import annotations

import re
from functools import cache

from isomer.kramdown.scan import SPACES

# What a mark stands in. A picture in a picture is text, and so is all within a link in a link.
EM, STRONG, LINK, IMAGE = 1, 2, 4, 8
# A sign of emphasis, and whether it may begin some.
SIGN = re.compile(rf"((?:\*\*?+|(?<![^\W\d_])(?<![^\W\d_]-)__?+)(?=[^{SPACES}]))|\*\*?|__?")
# What may end what a sign ends: some emphasis, where there are words in it, or those of a link.
# A sign is doubled where it can be, so that the second of two after a blank ends nothing.
ENDS = {"]": re.compile(r"\]")} | {
    sign: re.compile(rf"(?<![{SPACES}])(?<![{SPACES}]{end[:3]}){end}")
    for sign, end in (
        ("*", r"[*](?![*](?![*]))"),
        ("**", r"[*](?=[*])"),
        ("_", r"[_](?![_](?![_])|[^\W_])"),
        ("__", r"[_](?=[_](?![^\W_]))"),
    )
}
# What may begin a mark beside signs of emphasis and brackets: a first character, and what has to
# stand there with it. A search for one of several characters is the fastest that there is.
_FIRST = r"[*_\[\]!`\\\"'<&{$~\-.>\ ]"
_MARK = r"""(?<=[ ])(?:>>|[ ](?=\n)) | (?<=[`\\"']) | (?<=<)(?=[/!:<\w]) | (?<=&)(?=[\#\w:])
    | (?<=\{): | (?<=\$)\$ | (?<=~)~ | (?<=-)- | (?<=\.)\.\. | (?<=>)>"""


@cache
def marks(inside: int, parent: int) -> re.Pattern[str]:
    """Return the pattern of what may begin a mark within others.

    One emphasis in another means nothing, nor do brackets in emphasis in a link. Signs of them
    are marks only before a quotation mark, whose side depends on that.
    """
    signs = r"""(?<=([*_]))(?:\1|(?=["']))""" if inside & EM and parent != EM else "(?<=[*_])"
    brackets = r"(?<=[\[\]])" if inside >= LINK else r"(?<=\[)"
    if inside >= LINK and parent:
        brackets += r"""(?=[\^"'])"""
    pictures = r"(?<=!)\[ |" if inside < IMAGE else ""
    return re.compile(f"{_FIRST} (?: {signs} | {brackets} | {pictures} {_MARK} )", re.VERBOSE)
