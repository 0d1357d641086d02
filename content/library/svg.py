"""Makes SVG pictures safe: what is not known to draw is left out. No database."""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import defusedxml.ElementTree as safe_tree
from defusedxml import DefusedXmlException

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
MAXIMUM_BYTES = 5 * 1024 * 1024
MAXIMUM_DEPTH = 100
MAXIMUM_ENTITIES = 100
MAXIMUM_ENTITY = 200

ELEMENTS = frozenset(
    {
        "a", "animate", "animateMotion", "animateTransform", "circle", "clipPath", "defs",
        "desc", "ellipse", "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite",
        "feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap", "feDistantLight",
        "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR",
        "feGaussianBlur", "feMerge", "feMergeNode", "feMorphology", "feOffset",
        "fePointLight", "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence",
        "filter", "g", "image", "line", "linearGradient", "marker", "mask", "mpath", "path",
        "pattern", "polygon", "polyline", "radialGradient", "rect", "set", "stop", "style",
        "svg", "switch", "symbol", "text", "textPath", "title", "tspan", "use", "view",
    }
)  # fmt: skip
_ANIMATIONS = frozenset({"animate", "animateMotion", "animateTransform", "set"})
_PICTURE_DATA = re.compile(r"data:image/(?:avif|gif|jpeg|jpg|png|webp);base64,", re.IGNORECASE)
_NOT_LOCAL = re.compile(r"url\(\s*(?!['\"]?\s*#)[^)]*\)?", re.IGNORECASE)
_AT_IMPORT = re.compile(r"@import\b[^;]*;?", re.IGNORECASE)
# What runs, and what loads without the word "url".
_ACTIVE = re.compile(
    r"(?:expression|image|image-set|src)\s*\(|(?:java|vb)script:|-moz-binding|behavior\s*:",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)

_DOCTYPE = re.compile(rb"<!DOCTYPE\s+[^\[>]*(?:\[(.*?)\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(rb"""<!ENTITY\s+([\w.-]+)\s+(?:"([^"&%<]*)"|'([^'&%<]*)')\s*>""")
_DECLARATION = re.compile(rb"<!--.*?-->|<!\w[^>]*>|\s+", re.DOTALL)

# The names under which drawing programs write these; a file stays readable.
ElementTree.register_namespace("", SVG)
ElementTree.register_namespace("xlink", XLINK)


class SvgProblem(Exception):
    """An SVG picture can't be made safe. The text says why."""


def looks_like_svg(beginning: bytes) -> bool:
    """Tell whether a file that begins with these bytes may be an SVG picture."""
    text = beginning.removeprefix(b"\xef\xbb\xbf").lstrip()
    return text.startswith(b"<") and b"<svg" in text.lower()


def clean_svg(data: bytes) -> tuple[bytes, list[str]]:
    """Return an SVG picture without anything that runs or loads, and what was left out.

    The same bytes always give the same result. Drawing elements and attributes
    stay; scripts, event handlers, foreign markup, and addresses outside the
    picture go (format reference, 8.3: SVG serves as logo and share picture).

    Raises:
        SvgProblem: if the data is not well-formed XML, not an SVG, too large or too deep.
    """
    if len(data) > MAXIMUM_BYTES:
        raise SvgProblem(f"it is larger than {MAXIMUM_BYTES // 1024 // 1024} MB")
    try:
        root = safe_tree.fromstring(_without_doctype(data))
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise SvgProblem(f"it is not well-formed: {error}") from error
    if root.tag not in (f"{{{SVG}}}svg", "svg"):
        raise SvgProblem("its content is not that of a picture")
    if not root.tag.startswith("{"):
        raise SvgProblem("it does not name the SVG namespace, so browsers do not draw it")
    left_out: Counter[str] = Counter()
    _clean(root, left_out)
    cleaned: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return cleaned, [name if n == 1 else f"{name} ({n})" for name, n in sorted(left_out.items())]


def _without_doctype(data: bytes) -> bytes:
    """Remove the document type. Older drawing programs define names of namespaces in it; these
    plain values are put in place, anything else is refused by the parser."""
    match = _DOCTYPE.search(data[:20_000])
    if match is None:
        return data
    inner = match.group(1) or b""
    entities = {
        entity[0]: entity[1] or entity[2] for entity in _ENTITY.findall(inner)[:MAXIMUM_ENTITIES]
    }
    rest = _DECLARATION.sub(b"", _ENTITY.sub(b"", inner))
    if rest or any(len(value) > MAXIMUM_ENTITY for value in entities.values()):
        raise SvgProblem("it defines entities that could fill the memory")
    body = data[: match.start()] + data[match.end() :]
    for name, value in entities.items():
        body = body.replace(b"&" + name + b";", value)
        if len(body) > MAXIMUM_BYTES:
            raise SvgProblem("it defines entities that could fill the memory")
    return body


def _clean(root: Element, left_out: Counter[str]) -> None:
    waiting = [(root, 0)]
    while waiting:
        element, depth = waiting.pop()
        if depth > MAXIMUM_DEPTH:
            raise SvgProblem("its elements are nested too deeply")
        _clean_attributes(element, left_out)
        if element.tag == f"{{{SVG}}}style":
            # A browser reads its own text as one, whatever elements part it.
            text = "".join([element.text or "", *(child.tail or "" for child in element)])
            del element[:]
            element.text = _clean_css(text, left_out)
        for child in list(element):
            if _is_allowed(child):
                waiting.append((child, depth + 1))
            else:
                _remove(element, child, left_out)


def _is_allowed(element: Element) -> bool:
    space, _, name = element.tag.rpartition("}")
    if space != f"{{{SVG}" or name not in ELEMENTS:
        return False
    # An animation of a link could put a script where none was.
    target = str(element.get("attributeName", "")).lower().rpartition(":")[2]
    return not (name in _ANIMATIONS and (target == "href" or target.startswith("on")))


def _remove(parent: Element, child: Element, left_out: Counter[str]) -> None:
    """Remove an element; the text after it belongs to its parent and stays."""
    space, _, name = child.tag.rpartition("}")
    if space == f"{{{SVG}" and name != "metadata":
        left_out[f"<{name}>"] += 1
    tail = child.tail or ""
    position = list(parent).index(child)
    if tail.strip():
        if position:
            before = parent[position - 1]
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    parent.remove(child)


def _clean_attributes(element: Element, left_out: Counter[str]) -> None:
    for key, value in list(element.attrib.items()):
        space, _, name = key.rpartition("}")
        space = space.lstrip("{")
        if name.lower().startswith("on"):
            left_out[name] += 1
            del element.attrib[key]
        elif space not in ("", SVG, XLINK, XML) or (space == XML and name == "base"):
            del element.attrib[key]
        elif name.lower() in ("href", "src"):
            if not _is_own_target(element, value):
                left_out[f"{name} to {value[:60]}"] += 1
                del element.attrib[key]
        elif name.lower() in ("from", "to", "by", "values") and _ACTIVE.search(value):
            left_out[name] += 1
            del element.attrib[key]
        elif "(" in value or "\\" in value or name == "style":
            element.attrib[key] = _clean_css(value, left_out)


def _is_own_target(element: Element, value: str) -> bool:
    """Tell whether an address leads into the picture itself, or is a bitmap written out in it."""
    value = value.strip()
    is_bitmap = element.tag == f"{{{SVG}}}image" and _PICTURE_DATA.match(value)
    return value.startswith("#") or bool(is_bitmap)


def _clean_css(css: str, left_out: Counter[str]) -> str:
    """Return style rules that load nothing. Escapes could hide an address, so no rule has any."""
    plain = _COMMENT.sub(" ", css)
    if "\\" in plain or _ACTIVE.search(plain):
        left_out["style with escapes or active content"] += 1
        return ""
    cleaned = _NOT_LOCAL.sub("none", _AT_IMPORT.sub("", plain))
    if cleaned != plain:
        left_out["style that loads something"] += 1
    return cleaned if plain != css or cleaned != plain else css
