"""Marks and links that stand around blocks, moved to where text can hold them.

Old pages nest in ways that no editor can: a bold element around headings, a link around a
picture and its caption. Browsers show the mark on each text in it (format reference, 6.3).
"""

from __future__ import annotations

from bs4.element import PageElement, Tag

from content.markup.html_tree import MEDIA_PARTS, is_blank
from content.markup.sanitise import EMBEDS
from isomer.convert.text.lists import holds_block
from isomer.convert.text.runs import INLINE

# Elements whose inside is no text of the page.
_CLOSED = frozenset(
    {*EMBEDS, *MEDIA_PARTS, "br", "canvas", "hr", "input", "math", "svg", "textarea"}
)


def moved_into_text(tag: Tag) -> list[PageElement]:
    """Return an element's children with the element around each text in them instead."""
    return mark_texts(tag, tag)


def mark_texts(tag: Tag, mark: Tag) -> list[PageElement]:
    """Put a copy of a mark around each text below an element, around pictures only if the mark is
    a link without words; return its children.

    Changes the tree. A mark's id stays with the mark itself, which the caller knows.
    """
    together: Tag | None = None
    for node in list(tag.children):
        if _is_text(node) or (together is not None and is_blank(node)):
            if together is None:
                together = _copy(mark)
                node.insert_before(together)
            together.append(node.extract())
            continue
        together = None
        if isinstance(node, Tag) and node.name == "img":
            # Of all marks only a link is put around a picture, and only one without words.
            if mark.name == "a" and not mark.get_text(strip=True):
                node.wrap(_copy(mark))
        elif isinstance(node, Tag) and node.name not in _CLOSED:
            mark_texts(node, mark)
    return list(tag.children)


def _copy(tag: Tag) -> Tag:
    # The class described the whole element, so the copies go without it.
    return Tag(
        name=tag.name, attrs={k: v for k, v in tag.attrs.items() if k not in ("id", "class")}
    )


def _is_text(node: PageElement) -> bool:
    if isinstance(node, Tag):
        return node.name in INLINE - MEDIA_PARTS and not holds_block(node)
    return not is_blank(node)
