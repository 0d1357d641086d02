"""What addresses lead to, by names that are the same for the source and the served page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from content.addresses.paths import equivalent_paths, normalise_path

# What a browser may follow from this site; everything else becomes words.
SAFE = frozenset({"http", "https", "mailto", "tel", "ftp"})
# What browsers drop at the ends of an address, and what anywhere in it.
_AROUND = "".join(map(chr, range(0x21)))
_WITHIN = str.maketrans("", "", "\t\n\r")
_SCHEME = re.compile(r"([^/?#:]*):")
_HOST_ALONE = re.compile(r"www\.[^\s/?#.]+\.[^\s/?#]", re.IGNORECASE)
_NO_HOST = re.compile(r"[\s<>^`{|}%\\]|^$")
_YOUTUBE = frozenset(
    {"youtube.com", "m.youtube.com", "music.youtube.com", "youtu.be", "youtube-nocookie.com"}
)
_VIMEO = frozenset({"vimeo.com", "player.vimeo.com"})
_FILM = re.compile(r"(?:/(?:embed|shorts|live|v|e)/|^/)([\w-]{6,20})/?$")
_MOMENT = re.compile(r"(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,6})s?)?")


class Files(Protocol):
    """Names files: what lies at a path, ``""`` for nothing."""

    def at(self, path: str) -> str: ...

    def in_other_case(self, path: str) -> str: ...

    def fetched(self, address: str) -> str: ...


class UnsafeAddressError(Exception):
    """No browser may follow an address."""


def path_key(path: str) -> str:
    """Return the form of a path in which two that answer alike are equal: decoded, composed,
    no doubled slashes and none at the end (format reference, 1.3 and 7)."""
    return normalise_path(path) or "/"


def host_names(settings: Iterable[object]) -> frozenset[str]:
    """Return the host names in settings of a site, with and without ``www.``."""
    found: set[str] = set()
    for value in settings:
        if isinstance(value, str) and value.strip():
            written = value.strip()
            try:
                host = urlsplit(written if "//" in written else f"//{written}").hostname or ""
            except ValueError:
                continue
            bare = host.removeprefix("www.")
            found |= {bare, f"www.{bare}"} if bare else set()
    return frozenset(found)


@dataclass(frozen=True)
class Names:
    """Names what addresses lead to.

    ``pages`` are names of pages by :func:`path_key`, ``hosts`` are the site's own, and
    ``base`` is the page's address, against which relative ones are read.
    ``completed(address)`` is called for each host without a scheme.
    """

    pages: Mapping[str, str]
    files: Files
    hosts: frozenset[str]
    base: str
    completed: Callable[[str], None] = lambda address: None

    def link(self, href: str) -> str:
        """Name what a link leads to, ``""`` for nothing.

        Raises:
            UnsafeAddressError: if no browser may follow it.
        """
        address = self.full(href)
        if not address or address.startswith("#"):
            # An empty place is the top of the page that the reader is on.
            return "" if address == "#" else unquote(address)
        scheme = _SCHEME.match(address)
        if scheme and scheme[1].lower() in ("mailto", "tel"):
            rest = re.sub(r"\s+", "", unquote(address[scheme.end() :]))
            return f"{scheme[1].lower()}:{rest}"
        path = self.own_path(address)
        if path is None:
            return _written(address)
        parts = urlsplit(path)
        name = self.page_at(parts.path) or self.files.at(parts.path)
        if not name:
            if not address.startswith("/"):
                return _written(address)
            name = path_key(parts.path)
        more = f"?{parts.query}" if parts.query else ""
        more += f"#{parts.fragment}" if parts.fragment else ""
        return name + unquote(more)

    def page_at(self, path: str) -> str:
        """Name the page that answers at a path: at its address, or where static hosts answered
        with the same file. ``""`` for none."""
        key = path_key(path)
        found = (self.pages.get(one) for one in (key, *equivalent_paths(key)))
        return next((name for name in found if name), "")

    def embed(self, address: str) -> str:
        """Name what a frame loads; the forms of one film are one."""
        full = self.full(address)
        parts = urlsplit(full)
        host = (parts.hostname or "").removeprefix("www.")
        query = parse_qs(parts.query)
        if host in _YOUTUBE:
            found = _FILM.search(parts.path)
            film = found[1] if found else query.get("v", [""])[0]
            film = "" if film in ("playlist", "videoseries") else film
            playlist = query.get("list", [""])[0]
            if film or playlist:
                end = query.get("end", [""])[0]
                return f"YouTube {film} {playlist} {_seconds(query)} {end}".strip()
        if host in _VIMEO and (number := re.search(r"\d{5,}", parts.path)):
            return f"Vimeo {number[0]}"
        if host == "instagram.com" and (post := re.search(r"/(p|reel|tv)/([\w-]+)", parts.path)):
            return f"Instagram {post[1]} {post[2]}"
        return re.sub(r"^http:", "https:", self.link(full))

    def full(self, href: str) -> str:
        """Return an address in full, or as a path or fragment of this site.

        Raises:
            UnsafeAddressError: if no browser may follow it.
        """
        address = _slashed(href.strip(_AROUND).translate(_WITHIN).strip())
        if not address or address.startswith("#"):
            return address
        if address.startswith("//") or _HOST_ALONE.match(address):
            self.completed(address)
            address = "https://" + address.lstrip("/")
        scheme = _SCHEME.match(address)
        if scheme:
            if scheme[1].lower() not in SAFE:
                raise UnsafeAddressError(address)
            if scheme[1].lower() not in ("mailto", "tel") and _NO_HOST.search(_host(address)):
                raise UnsafeAddressError(address)
            return address
        base = "/" if address.startswith("/") else self.base
        relative = f".{address}" if address.startswith("/") else address
        return urljoin(f"http://x{base}", relative).removeprefix("http://x")

    def own_path(self, address: str) -> str | None:
        """Return a full address as a path if it is one of this site, else ``None``."""
        if address.startswith("/"):
            return address
        if not re.match(r"https?://", address, re.IGNORECASE):
            return None
        if _host(address) not in self.hosts:
            return None
        return re.sub(r"^https?://[^/?#]*", "", address, flags=re.IGNORECASE) or "/"


def _slashed(address: str) -> str:
    """Return an address with its backslashes as browsers read them in a path: as slashes."""
    scheme = _SCHEME.match(address)
    if "\\" not in address or (scheme and scheme[1].lower() not in ("http", "https", "ftp")):
        return address
    end = min((address.find(sign) for sign in "?#" if sign in address), default=len(address))
    return address[:end].replace("\\", "/") + address[end:]


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _written(address: str) -> str:
    """Return an address elsewhere in one form, however it was escaped."""
    scheme, separator, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    if not separator:
        return unquote(address)
    return unquote(f"{scheme.lower()}://{host.lower()}{slash}{path}")


def _seconds(query: Mapping[str, list[str]]) -> str:
    written = query.get("start", query.get("t", [""]))[0]
    found = _MOMENT.fullmatch(written)
    if not written or not found:
        return ""
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return str(3600 * hours + 60 * minutes + seconds)
