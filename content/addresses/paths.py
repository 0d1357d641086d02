"""Paths of public addresses, in plain Python."""

from __future__ import annotations

import re
import unicodedata

from django.conf import settings

PERCENT = ord("%")
HEXADECIMAL = frozenset(b"0123456789abcdefABCDEF")
# Composing takes the square of the marks on one letter. No address is half as long.
LONGEST_COMPOSED = 2000


def normalise_path(path: str) -> str:
    """Return the form under which a path is looked up.

    Percent-escapes are decoded until none is left, so that it makes no difference
    how often a path has been decoded already. Letters are composed (Unicode NFC),
    runs of slashes become one, the leading slash is there and the trailing one is
    not: ``"/a%20b/"`` gives ``"/a b"``. The root is ``""``. Case is kept, as the
    old sites kept it (format reference, 1.3).
    """
    if "%" in path:
        path = _decoded(path)
    if len(path) <= LONGEST_COMPOSED:
        path = unicodedata.normalize("NFC", path)
    return "".join(f"/{segment}" for segment in path.split("/") if segment)


def _decoded(path: str) -> str:
    """Return a path without percent-escapes: each is undone as soon as it is complete, also one
    that another leaves behind, so that the path is read once."""
    found = bytearray()
    for byte in path.encode("utf-8", "surrogatepass"):
        found.append(byte)
        while len(found) > 2 and found[-3] == PERCENT and HEXADECIMAL.issuperset(found[-2:]):
            found[-3:] = [int(found[-2:], 16)]
    return found.decode("utf-8", "replace")


def storable(text: str) -> str:
    """Return text without null characters, which PostgreSQL refuses (``%00`` is one)."""
    return text.replace("\0", "\ufffd")


def place_in_tree(root_path: str, path: str) -> str:
    """Return the ``url_path`` of the page whose place in the tree is a normalised path.

    ``root_path`` is the ``url_path`` of the site's root page.
    """
    return f"{root_path}{path[1:]}/" if path else root_path


_INDEX = "/index"
_ENDING = ".html"


def equivalent_paths(path: str) -> list[str]:
    """Return the other paths under which static hosts served the file behind a path.

    ``path`` is normalised, the result too. They answered ``X/index.html`` at ``X/``, and
    ``X.html`` at ``X``; the old sites lay on such hosts (format reference, 1.3).
    """
    bare = path.removesuffix(_ENDING)
    if bare.endswith(_INDEX):
        return [one for one in (bare.removesuffix(_INDEX), bare + _ENDING, bare) if one != path]
    if bare != path:
        return [bare]
    return [path + _ENDING, path + _INDEX + _ENDING]


ADDRESS_LENGTH = 500

# What the old sites answered by themselves too, with something of the site's own.
PUBLIC_SEGMENTS = frozenset({"favicon.ico", "feed.xml", "robots.txt", "sitemap.xml"})

# Where the software answers as long as the site has no page there.
SHARED_SEGMENTS = frozenset({"search", "sitemap"})

# Below "-" lies what only this software has. Jekyll publishes no folder that begins with a dot or
# an underscore, so no page of an old site can have such an address.
_OURS = frozenset({"-", ".well-known", "_util"})

_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f?#\\]|//|/\.{1,2}(/|$)")
# What no percent-escape makes reachable: browsers resolve dots, and PostgreSQL
# refuses control characters.
_UNREACHABLE = re.compile(r"[\x00-\x1f\x7f]|/\.{1,2}(/|$)")


def reserved_segments() -> frozenset[str]:
    """Return the first segments, in small letters, under which no page can live.

    A test compares them with scri/urls.py.
    """
    chosen = (settings.ADMIN_PATH, settings.DOCUMENTS_PATH)
    return _OURS | PUBLIC_SEGMENTS | {path.partition("/")[0].lower() for path in chosen}


def address_problem(address: str) -> str:
    """Return a sentence that says why a path can't be a page's address, ``""`` if it can."""
    path = normalise_path(address)
    if not address.startswith("/") or not path:
        return "Begin the address with a slash, for example /about-us/history/."
    if _FORBIDDEN.search(address) or _UNREACHABLE.search(path):
        return (
            "An address can't hold a question mark, a hash sign, a backslash, two slashes in a"
            " row, or a segment made of dots."
        )
    if max(len(address), len(path)) > ADDRESS_LENGTH:
        return f"An address has at most {ADDRESS_LENGTH} characters."
    first = path.split("/")[1]
    if first.lower() in reserved_segments():
        is_movable = first.lower() not in _OURS | PUBLIC_SEGMENTS
        how = ", or have it moved (settings ADMIN_PATH, DOCUMENTS_PATH)" if is_movable else ""
        return f"Addresses under /{first}/ belong to the software. Choose another{how}."
    return ""
