"""The reader's time grows with the length of a text alone, whatever mark it repeats where."""

from __future__ import annotations

import gc
import math
import random
import time
from contextlib import suppress

import pytest

from isomer import kramdown

pytestmark = pytest.mark.usefixtures("earlier_objects_set_aside")

MARKS = (
    "*", "**", "***", "*a", "*a ", "a*", "_", "_a ", "_a __b ", "*a **b ", "`", "`a ", "``` ",
    "[", "]", "[a]", "[a](", "[a](b", "[a](b)", '[a](b "c', "[a][b] ", "[^a]", "![", "![a](", "![[",
    "[!["," (", "<", "<a", "</a>", "<b>x</b>", "<br>", "<div>x</div>", "<!--", "<a href='", "&",
    "<http://a>", "{:", "{:.a}", "{::comment}", "{:/}", "}", "$$", "\\$$", "~~", "~~a", "~~a~~ ",
    "--", "...", "<<", ">>", "'", '"a ', "\\", "\\\n", "  \n", "\n", " ", "\t", "|", "|a|\n",
    "a|b\n", "|-\n", "`|\n", "|<b>\n", "- a\n", "- a\n\n", "1. a\n", "  - a\n", "- [ ] a\n",
    "> a\n", "{: a|b}\n", "[a](<", "?",
    "# a\n", "a\n=\n", "---\n", "    a\n\n", "```\n", "~~~\na\n~~~\n", "a\n: b\n", ": a\n", "^\n",
    "[a]: b\n", "[^a]: b\n", "*[a]: b\n", "{:.a}\n", "{:a: .b}\n", "{:toc}\n", "a\n", "a\n\n", "é",
    "</p>\n", "<pre>\n", "<b\n", "_[", "[*", "**[a]", "<b>*a ", "[a *", "a b ", "HTML ", "x:y ",
)  # fmt: skip
CONTEXTS = {
    "paragraph": "{}",
    "list": "- {}",
    "quote": "> {}",
    "definition": "x\n: {}",
    "cell": "| {} |\n",
    "element": "<b>{}</b>",
    "block of HTML": "<div>{}</div>",
    "block of HTML with Markdown": '<div markdown="1">\n{}\n</div>\n',
    "emphasis": "*x {}",
    "link": "[x {}](y)",
    "open link": "[x {}",
    "note": "[^n]\n\n[^n]: {}",
    "defined names": "{}\n\n[a]: x\n[^a]: y\n*[HTML]: z\n{:a: .b}\n",
}
# Texts of this many characters, and of so many times as many.
LENGTH, TIMES = 2500, 8
MOST_EXPONENT = 1.3
# Of the processor: below, what the machine does beside it counts for more than the text.
SECONDS = 0.1
TRIES = 5
SAMPLE, LONG_LENGTH = 3, 16_000
# No mark costs more than so many times what a list of links of the same length does. That one
# takes 1.4 s for a million characters where the dearest of the marks take 2.3 s.
LIST_OF_LINKS, MOST_TIMES = "- *a* [b](c)\n", 2.5
DEAREST = (("link", "_["), ("link", "[*"), ("link", "[!["), ("link", "![["))


def seconds(context: str, mark: str, length: int) -> float:
    text = CONTEXTS[context].replace("{}", mark * (length // len(mark)))
    gc.collect()
    start = time.process_time()
    with suppress(kramdown.TooDeepError):
        kramdown.read(text)
    return time.process_time() - start


def growth(context: str, mark: str, length: int) -> str:
    """Return what grows too fast, in words, ``""`` if nothing does."""
    whole = part = math.inf
    for _ in range(TRIES):
        whole = min(whole, seconds(context, mark, length * TIMES))
        if whole < SECONDS:
            return ""
        part = min(part, *(seconds(context, mark, length) for _ in range(3)))
        exponent = math.log(whole / part, TIMES)
        if exponent <= MOST_EXPONENT:
            return ""
    return f"{context} {mark!r}: exponent {exponent:.2f}, {whole:.2f} s"


@pytest.mark.parametrize("context", CONTEXTS)
def test_time_grows_with_length_alone(context: str, long_run: bool) -> None:
    marks = MARKS if long_run else random.Random(context).sample(MARKS, SAMPLE)
    length = LONG_LENGTH if long_run else LENGTH
    assert list(filter(None, (growth(context, mark, length) for mark in marks))) == []


def times_a_list(context: str, mark: str, length: int) -> float:
    """Return how many times what a list of links costs a mark costs, repeated to its length."""
    whole = part = math.inf
    for _ in range(TRIES):
        whole = min(whole, seconds(context, mark, length))
        part = min(part, seconds("paragraph", LIST_OF_LINKS, length))
        if whole <= MOST_TIMES * part:
            break
    return whole / part


def test_no_mark_costs_far_more_than_a_list_of_links(long_run: bool) -> None:
    every = [(context, mark) for context in CONTEXTS for mark in MARKS]
    length = (LONG_LENGTH if long_run else LENGTH) * TIMES
    costs = {one: times_a_list(*one, length) for one in (every if long_run else DEAREST)}
    assert {one: times for one, times in costs.items() if times > MOST_TIMES} == {}


def test_attributes_of_one_list_in_thousands_of_lines() -> None:
    assert growth("list", "{:toc}\n", 2 * LENGTH) == ""
