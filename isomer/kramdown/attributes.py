"""Lists of attributes in braces, ``{: #id .class key="value" name}``, and their definitions."""

from __future__ import annotations

import re

# What may stand in the braces; a closing brace after a backslash.
INSIDE = r"(?:\\\}|[^}])"
# The same on a line of its own, which may go on for a few more.
LINES_INSIDE = r"(?:(?:\\\}|[^}\n])*+\n){0,3}(?:\\\}|[^}\n])++"
NAME = r"[A-Za-z0-9_][A-Za-z0-9_:-]*"
_ITEM = re.compile(
    rf"""(?:\A|(?<=\s))
    (?: (?P<key>[^\s=.\#"'{{}}]+)=(?P<quote>["'])
        (?P<value>(?:\\\}}|\\(?P=quote)|(?!(?P=quote))[^}}])*)(?P=quote)
      | (?P<short>(?:\.[^\s.\#]+|\#[A-Za-z][\w:-]*)+)
      | (?P<name>{NAME})
    )(?=\s|\Z)""",
    re.VERBOSE,
)
MOST_NAMES = 100
_SHORT = re.compile(r"([.#])([^\s.#]+)")
_ESCAPED = re.compile(r"\\([}\"'])")


class AttributeList:
    """What one pair of braces says: own attributes, and names of lists defined elsewhere."""

    __slots__ = ("names", "own")

    def __init__(self) -> None:
        self.own: dict[str, str] = {}
        self.names: list[str] = []


def read_attributes(text: str, into: AttributeList | None = None) -> AttributeList:
    """Read what stands between the braces; whatever is no attribute is passed over."""
    found = into or AttributeList()
    for match in _ITEM.finditer(text):
        if match["key"]:
            value = _ESCAPED.sub(r"\1", match["value"])
            found.own[match["key"]] = value
        elif match["short"]:
            for sign, word in _SHORT.findall(match["short"]):
                if sign == "#":
                    found.own["id"] = word
                else:
                    found.own["class"] = f"{found.own.get('class', '')} {word}".strip()
        else:
            found.names.append(match["name"])
    return found


def merge(attributes: dict[str, str], more: dict[str, str]) -> None:
    """Add attributes to those of an element; classes come together, others are replaced."""
    for key, value in more.items():
        if key == "class" and attributes.get("class"):
            attributes["class"] += f" {value}"
        else:
            attributes[key] = value


def apply(
    attributes: dict[str, str], written: AttributeList, definitions: dict[str, AttributeList]
) -> None:
    """Give an element the attributes of a list, those of the lists that it names first.

    A list that is named again has been given already; of lists that name each other without an
    end, the first hundred count.
    """
    seen: set[str] = set()
    waiting = [(written, False)]
    while waiting:
        one, is_ready = waiting.pop()
        if is_ready:
            merge(attributes, one.own)
            continue
        waiting.append((one, True))
        for name in reversed(one.names):
            if name in definitions and name not in seen and len(seen) < MOST_NAMES:
                seen.add(name)
                waiting.append((definitions[name], False))
