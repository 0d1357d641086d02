"""What Word, Google Docs and spreadsheets write, as plain HTML. No database."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote_to_bytes, urlsplit

from bs4.element import Comment, Tag

from content.markup.html_tree import UNSEEN, attribute, line_attribute, parse
from editors.pasting.lists import build_lists, nest_flat_lists
from editors.pasting.styles import mark_by_style, style_of

# Where the path of a picture leads that has none on this site, with its number behind it.
PICTURE_PATH = "/pasted-picture/"
_FRAGMENT = re.compile(r"<!--\s*StartFragment\s*-->(.*)<!--\s*EndFragment\s*-->", re.S | re.I)
_DATA = re.compile(r"""(<img\b[^>]*?\bsrc\s*=\s*)(["'])(data:[^"']*)\2""", re.IGNORECASE)
_MOVED_TEXT = re.compile(r"MsoHeading([1-9])|MsoTitle\b")
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_EQUATION = re.compile(r"msEquation|<m:oMath", re.IGNORECASE)
# Elements that a page has other blocks for, or nothing at all.
_FRAMES = ("iframe", "object", "embed", "video", "audio", "applet")
_FIELDS = ("input", "select", "textarea", "button")
_DRAWINGS = ("svg", "canvas", "v:shape", "v:rect", "v:group", "o:oleobject")
_EQUATIONS = ("m:omathpara", "m:omath", "math")
# Boxes without a meaning of their own; others than these and those of the HTML standard open.
_KEPT = frozenset(
    {
        "a", "b", "blockquote", "br", "caption", "code", "col", "colgroup", "dd", "del", "div",
        "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i",
        "img", "ins", "kbd", "li", "ol", "p", "pre", "q", "s", "samp", "span", "strike", "strong",
        "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var",
    }
)  # fmt: skip
_REDIRECTS = {"q": re.compile(r"(?:www\.)?google\.[a-z.]+$"), "url": re.compile(
    r"(?:.+\.)?safelinks\.protection\.outlook\.com$|(?:www\.)?google\.[a-z.]+$"
)}  # fmt: skip


@dataclass
class PastedPicture:
    """A picture that stood in the text: its words, and its bytes if they came along."""

    words: str
    data: bytes | None = None


@dataclass
class Pasted:
    """Pasted markup as plain HTML. ``left_out`` counts what can't come along, by its name."""

    tree: Tag
    pictures: list[PastedPicture] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def read_pasted(html: str) -> Pasted:
    """Return what was pasted as plain HTML.

    Pictures that are not on this site have a path that begins with ``PICTURE_PATH``.

    Raises:
        content.markup.html_tree.TooDeepError: if the markup is beyond all bounds.
    """
    fragment = _FRAGMENT.search(html)
    found: list[str] = []

    def set_aside(match: re.Match[str]) -> str:
        found.append(match[3])
        return f"{match[1]}{match[2]}data:{len(found) - 1}{match[2]}"

    # Rows that were copied without their table come with the table around the fragment.
    inner = fragment[1] if fragment and not re.match(r"\s*<t[rdhb]", fragment[1]) else html
    pasted = Pasted(parse(_DATA.sub(set_aside, inner)))
    tree = pasted.tree
    _drop_word_comments(pasted)
    _drop_equations(pasted)
    _drop_unseen(tree)
    _drop_changes(pasted)
    _name_embeds(pasted)
    _read_headings(tree)
    build_lists(tree)
    nest_flat_lists(tree)
    mark_by_style(tree)
    _clean_tables(tree)
    _clean_links(pasted)
    _clean_pictures(pasted, found)
    for tag in list(tree.find_all(True)):
        if tag.name not in _KEPT:
            tag.unwrap()
        else:
            for name in ("class", "style", "id", "lang", "align"):
                tag.attrs.pop(name, None)
    return pasted


def _drop(pasted: Pasted, tags: list[Tag], name: str) -> None:
    for tag in tags:
        if not tag.decomposed:
            pasted.left_out[name] += 1
            tag.decompose()


def _drop_word_comments(pasted: Pasted) -> None:
    """Take out what reviewers wrote beside the text; Google Docs puts it below."""
    tree = pasted.tree
    for tag in tree.find_all(["div", "span"]):
        if not tag.decomposed and style_of(tag).get("mso-element") in ("comment-list", "comment"):
            tag.decompose()
    marks = [
        tag
        for tag in tree.find_all("a")
        if re.match(r"#(?:_msocom_|cmnt\d)", attribute(tag, "href"))
        or "msocomanchor" in (tag.get("class") or ())
    ]
    _drop(pasted, marks, "comment")
    for tag in tree.find_all("a", href=re.compile(r"^#cmnt_ref")):
        (tag.find_parent("div") or tag).decompose()


def _drop_equations(pasted: Pasted) -> None:
    """Take out equations, and the pictures that stand for them."""
    for comment in list(pasted.tree.find_all(string=lambda text: isinstance(text, Comment))):
        if re.match(r"\[if !msEquation\]", comment, re.IGNORECASE):
            continue
        if _EQUATION.search(comment):
            pasted.left_out["equation"] += 1
            picture = comment.find_next(["img", "p"])
            if isinstance(picture, Tag) and picture.name == "img":
                picture.decompose()
    _drop(pasted, list(pasted.tree.find_all(_EQUATIONS)), "equation")


def _drop_unseen(tree: Tag) -> None:
    for comment in list(tree.find_all(string=lambda text: isinstance(text, Comment))):
        comment.extract()
    for tag in list(tree.find_all([*UNSEEN, "xml"])):
        if not tag.decomposed:
            tag.decompose()
    for tag in list(
        tree.find_all(style=re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.I))
    ):
        if not tag.decomposed:
            tag.decompose()


def _drop_changes(pasted: Pasted) -> None:
    """Take out what a tracked change deleted."""
    deleted = [
        tag
        for tag in pasted.tree.find_all("del")
        if tag.has_attr("cite") or tag.has_attr("datetime")
    ]
    _drop(pasted, deleted, "deleted text of a tracked change")
    for tag in list(pasted.tree.find_all("ins")):
        if tag.has_attr("cite") or tag.has_attr("datetime"):
            tag.unwrap()


def _name_embeds(pasted: Pasted) -> None:
    tree = pasted.tree
    _drop(pasted, list(tree.find_all(_FRAMES)), "film, recording or frame")
    _drop(pasted, list(tree.find_all(_FIELDS)), "field of a form")
    # The picture of a drawing comes beside it, or nothing does.
    _drop(pasted, list(tree.find_all(_DRAWINGS)), "drawing")


def _read_headings(tree: Tag) -> None:
    """Make headings of paragraphs that are called so."""
    for tag in list(tree.find_all(["p", "div"])):
        name = _MOVED_TEXT.search(" ".join(tag.get("class") or ()))
        told = attribute(tag, "aria-level") if attribute(tag, "role") == "heading" else ""
        outline = style_of(tag).get("mso-outline-level", "")
        if name:
            level = name[1] or "1"
        elif told or (outline and outline.isdigit()):
            level = told or outline
        else:
            continue
        if level.isascii() and level.isdigit() and tag.name == "p":
            tag.name = f"h{max(1, min(int(level[:3]), 6))}"
    for tag in list(tree.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])):
        for bold in tag.find_all(["b", "strong"]):
            if bold.get_text(strip=True) == tag.get_text(strip=True):
                bold.unwrap()


def _clean_tables(tree: Tag) -> None:
    """Undo cells that a spreadsheet lets flow over their neighbours."""
    for cell in list(tree.find_all(["td", "th"])):
        over = attribute(cell, "colspan")
        if style_of(cell).get("mso-ignore") == "colspan" and over.isascii() and over.isdigit():
            del cell["colspan"]
            for _ in range(min(int(over[:4]), 100) - 1):
                cell.insert_after(Tag(name="td"))


def _clean_links(pasted: Pasted) -> None:
    for tag in list(pasted.tree.find_all("a")):
        address = _unredirected(attribute(tag, "href"))
        if re.match(r"(?:file:|[a-z]:[\\/]|\\\\)", address, re.IGNORECASE):
            words = line_attribute(tag, "href") if not tag.get_text(strip=True) else tag.get_text()
            pasted.left_out[f"link to a file on your computer (“{_short(words)}”)"] += 1
            tag.unwrap()
        elif not address or address.startswith("#"):
            # A place in the other program's text: a table of contents, a footnote.
            tag.unwrap()
        else:
            tag["href"] = address


def _unredirected(address: str) -> str:
    """Return where a link leads that a mail program or Google Docs put a detour before."""
    try:
        parts = urlsplit(address)
        query = parse_qs(parts.query)
    except ValueError:
        return address
    for name, hosts in _REDIRECTS.items():
        target = query.get(name, [""])[0]
        is_detour = parts.path in ("/url", "/") or name == "url"
        if is_detour and hosts.match(parts.hostname or "") and re.match(r"https?://", target):
            return target
    return address


def _clean_pictures(pasted: Pasted, data: list[str]) -> None:
    for tag in list(pasted.tree.find_all("img")):
        if tag.decomposed:
            continue
        source, words = attribute(tag, "src"), line_attribute(tag, "alt")
        sizes = (attribute(tag, "width"), attribute(tag, "height"))
        role = attribute(tag, "aria-roledescription")
        if role == "checkbox" or "1" in sizes or "0" in sizes:
            # The box of a list to tick, or a picture that only counts readers.
            tag.decompose()
            continue
        if source.startswith("/") and not source.startswith("//"):
            continue
        number = source.removeprefix("data:")
        is_here = source.startswith("data:") and number.isdigit() and int(number) < len(data)
        picture = PastedPicture(words, _decoded(data[int(number)]) if is_here else None)
        pasted.pictures.append(picture)
        tag.attrs = {"src": f"{PICTURE_PATH}{len(pasted.pictures)}", "alt": words}


def _decoded(address: str) -> bytes | None:
    """Return the bytes of a picture that is written out in its address, ``None`` for others."""
    head, _, body = address.partition(",")
    if not head.lower().startswith("data:image/"):
        return None
    raw = unquote_to_bytes(body)
    if not head.lower().endswith(";base64"):
        return raw
    try:
        return b64decode(raw)
    except (binascii.Error, ValueError):
        return None


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
