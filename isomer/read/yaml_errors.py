"""What is wrong with invalid YAML, in words for somebody who writes web pages.

The parser names its own grammar ("mapping values are not allowed in this
context"). Each entry below turns one such phrase into what the writer of the
page most likely did, and picks the place that helps: for a quotation mark that
is never closed this is where it opens, not the end of the block.
"""

from __future__ import annotations

from dataclasses import dataclass

import yaml


@dataclass(frozen=True)
class _Explanation:
    phrase: str
    text: str
    at_beginning: bool = False


QUOTE_IT = "put the whole value between quotation marks"

EXPLANATIONS = (
    _Explanation(
        "mapping values are not allowed",
        "A colon followed by a space stands where no key can be. If it belongs to the text of"
        f" a value, {QUOTE_IT}; otherwise check the indentation.",
    ),
    _Explanation(
        "unexpected end of stream",
        "A quotation mark is opened here and never closed.",
        at_beginning=True,
    ),
    _Explanation(
        "document indicator",
        "A quotation mark is opened here and not closed before the end of the block.",
        at_beginning=True,
    ),
    _Explanation(
        "expected ',' or ']'",
        "A list in square brackets begins here and is not closed, or lacks a comma."
        f" If the brackets belong to the text, {QUOTE_IT}.",
        at_beginning=True,
    ),
    _Explanation(
        "expected ',' or '}'",
        "A group in curly brackets begins here and is not closed, or lacks a comma."
        f" If the brackets belong to the text, {QUOTE_IT}.",
        at_beginning=True,
    ),
    _Explanation(
        "did not find expected key",
        "A new key was expected here. Check the indentation, and whether the value before it"
        " ends too early: a quotation mark inside quotation marks of the same kind must be"
        " doubled or replaced.",
    ),
    _Explanation(
        "expected '-' indicator",
        "The next entry of a list, beginning with a hyphen, was expected here.",
    ),
    _Explanation(
        "could not find expected ':'",
        "This line is neither a key with its colon nor the continuation of a value;"
        " indent it if it continues the value above.",
        at_beginning=True,
    ),
    _Explanation(
        "unknown escape character",
        "A backslash inside double quotation marks begins a code that does not exist;"
        " double the backslash or use single quotation marks.",
    ),
    _Explanation(
        "expected hexdecimal number",
        "A backslash code inside double quotation marks is not complete;"
        " double the backslash or use single quotation marks.",
    ),
    _Explanation(
        "invalid Unicode character",
        "A backslash code inside double quotation marks names a character that does not exist.",
    ),
    _Explanation(
        "undefined alias",
        f"A value begins with an asterisk (*), which in YAML refers to another value; {QUOTE_IT}.",
    ),
    _Explanation(
        "second occurrence",
        "The same name after an ampersand (&) is given to two values.",
    ),
    _Explanation(
        "expected alphabetic or numeric character",
        "A value begins with an ampersand (&) or an asterisk (*), which have a meaning of"
        f" their own in YAML; {QUOTE_IT}.",
    ),
    _Explanation(
        "found another document",
        "A line that begins with three hyphens starts a second block here; a line of hyphens"
        " may only close the block.",
    ),
    _Explanation(
        "block sequence entries are not allowed",
        "A list entry (a hyphen and a space) cannot stand here; begin the list on a line of"
        f" its own. If the hyphen belongs to the text, {QUOTE_IT}.",
    ),
    _Explanation(
        "mapping keys are not allowed",
        f"A value begins with a question mark and a space; {QUOTE_IT}.",
    ),
    _Explanation(
        "expected comment or line break",
        "After | or > the text must begin on the next line."
        f" If the sign belongs to the text, {QUOTE_IT}.",
    ),
    _Explanation(
        "directive",
        "A line cannot begin with a percent sign (%).",
    ),
    _Explanation(
        "incompatible YAML document",
        "A line cannot begin with a percent sign (%).",
    ),
)


def explain(error: yaml.YAMLError, text: str) -> tuple[str, int]:
    """Say in plain words what ``error`` means, and at which character of ``text``."""
    problem = str(getattr(error, "problem", None) or "")
    end = getattr(error, "problem_mark", None)
    beginning = getattr(error, "context_mark", None) or end
    position = end.index if end else 0
    for explanation in EXPLANATIONS:
        if explanation.phrase in problem:
            mark = beginning if explanation.at_beginning else end
            return explanation.text, mark.index if mark else 0
    character = text[position : position + 1]
    if "cannot start any token" in problem or "expected node content" in problem:
        return _about_first_character(character), position
    if "tag" in problem:
        return f"A value begins with an exclamation mark (!), a special sign; {QUOTE_IT}.", position
    return (
        "The lines from here on could not be read. Each needs a name, a colon, a space and a"
        f" value; compare them with those of a page that is in order, and {QUOTE_IT} if it holds"
        " special signs.",
        position,
    )


def _about_first_character(character: str) -> str:
    if character == "\t":
        return "A tab stands where only spaces may be; replace it by spaces."
    if not character.strip():
        return "A value is missing here."
    return f"A value cannot begin with the character {character}; {QUOTE_IT}."
