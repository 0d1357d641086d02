"""The ids that kramdown gave headings, and the list of headings that it made for ``{:toc}``."""

from __future__ import annotations

import re
from collections.abc import Collection

from bs4.element import NavigableString, Tag

from content.html_tree import attribute, named, tags_in
from content.links import fragment_of, link_to_id
from isomer.convert.kramdown.marks import CONTENTS

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NOT_IN_ID = re.compile(r"[^\w\- \t]")
_NOT_LISTED = "no_toc"


def settle_headings(tree: Tag, linked: Collection[str]) -> None:
    """Give headings that links lead to their id, and make the lists of headings.

    ``linked`` are the ids to which links of other pages lead. kramdown's parser for GitHub's
    Markdown makes an id of a heading's text: lower case, only letters, digits, hyphens and
    underscores, blanks as hyphens, and a number after the second of two equal ids.
    """
    boxes = [tag for tag in named(tree, "div") if tag.has_attr(CONTENTS)]
    wanted = {fragment_of(attribute(tag, "href")) for tag in tags_in(tree) if tag.name == "a"}
    wanted |= set(linked)
    taken: dict[str, int] = {}
    headings = [tag for tag in tags_in(tree) if tag.name in HEADINGS]
    for tag in headings:
        if attribute(tag, "id"):
            continue
        text = _NOT_IN_ID.sub("", tag.get_text().strip().lower())
        name = re.sub(r"[ \t]", "-", text)
        times = taken.get(name, 0)
        taken[name] = times + 1
        name = f"{name}-{times}" if times else name
        if name in wanted or (boxes and name):
            tag["id"] = name
    listed = [tag for tag in headings if _is_listed(tag)]
    for box in boxes:
        kind = "ol" if attribute(box, CONTENTS) == "ol" else "ul"
        box.replace_with(_list_of(listed, kind))


def _is_listed(heading: Tag) -> bool:
    is_left_out = _NOT_LISTED in (heading.get("class") or ())
    return bool(attribute(heading, "id") and heading.get_text(strip=True)) and not is_left_out


def _list_of(headings: list[Tag], kind: str) -> Tag:
    """Return a list of links to headings, those of a deeper level in the entry above them."""
    top = Tag(name=kind)
    open_lists = [(0, top)]
    for heading in headings:
        level = int(heading.name[1])
        while len(open_lists) > 1 and open_lists[-1][0] > level:
            open_lists.pop()
        above, into = open_lists[-1]
        entries = into.find_all("li", recursive=False)
        if above and above < level and entries:
            into = Tag(name=kind)
            entries[-1].append(into)
        if above < level:
            open_lists.append((level, into))
        link = Tag(name="a", attrs={"href": link_to_id(attribute(heading, "id"))})
        link.append(NavigableString(" ".join(heading.get_text().split())))
        entry = Tag(name="li")
        entry.append(link)
        into.append(entry)
    return top
