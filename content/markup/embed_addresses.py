"""Addresses of frames, films and sounds: what a frame loads for each, and which host that asks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from urllib.parse import parse_qs, urlencode, urlsplit

from content.markup.links import host_of, is_elsewhere, split_address

FILMS = frozenset({".m4v", ".mov", ".mp4", ".ogv", ".webm"})
SOUNDS = frozenset({".aac", ".flac", ".m4a", ".mp3", ".oga", ".ogg", ".opus", ".wav"})

# YouTube under its own names; the last one sets no cookie before a film is played.
YOUTUBE_HOSTS = frozenset(
    {"youtube.com", "m.youtube.com", "music.youtube.com", "youtu.be", "youtube-nocookie.com"}
)
YOUTUBE_PLAYER = "www.youtube-nocookie.com"
VIMEO_HOSTS = frozenset({"vimeo.com", "player.vimeo.com"})
VIMEO_PLAYER = "player.vimeo.com"
INSTAGRAM = "instagram.com"

_FILM_ID = re.compile(r"[\w-]{6,20}")
_YOUTUBE_PATH = re.compile(r"/(?:embed|shorts|live|v|e)/([^/]+)")
_VIMEO_PATH = re.compile(r"/(?:video/)?(\d+)(?:/(\w+))?/?$")
_INSTAGRAM_PATH = re.compile(r"/(?:[\w.]+/)?(p|reel|tv)/([\w-]+)/?")
_MOMENT = re.compile(r"(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,6})s?)?")


def player_address(address: str) -> str:
    """Return the address that a frame loads for an embed, in the form that asks least of visitors.

    YouTube in any form is played from its host without cookies and Vimeo without tracking;
    Instagram has an address for frames. Everything else stays, only always encrypted.
    """
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return address
    if not host:
        return address
    if host in YOUTUBE_HOSTS:
        return _youtube(parts.path, parse_qs(parts.query)) or _encrypted(address)
    if host in VIMEO_HOSTS and (film := _VIMEO_PATH.search(parts.path)):
        secret = film[2] or parse_qs(parts.query).get("h", [""])[0]
        query = urlencode({"dnt": "1"} | ({"h": secret} if secret else {}))
        return f"https://{VIMEO_PLAYER}/video/{film[1]}?{query}"
    if host == INSTAGRAM and (post := _INSTAGRAM_PATH.match(parts.path)):
        return f"https://www.{INSTAGRAM}/{post[1]}/{post[2]}/embed/"
    return _encrypted(address)


def _encrypted(address: str) -> str:
    # A page that was loaded over HTTPS may not hold a frame that was not.
    return re.sub(r"^http:", "https:", address, flags=re.IGNORECASE)


def _youtube(path: str, query: Mapping[str, list[str]]) -> str:
    """Return YouTube's player for a path and query of its own, ``""`` if they name no film."""
    found = _YOUTUBE_PATH.match(path)
    name = found[1] if found else query.get("v", [""])[0]
    if not name:
        name = path.strip("/")
    playlist = query.get("list", [""])[0]
    if not _FILM_ID.fullmatch(name) or name in ("playlist", "videoseries"):
        name = "videoseries" if playlist else ""
    if not name:
        return ""
    kept = {"list": playlist, "start": _seconds(query), "end": query.get("end", [""])[0]}
    more = urlencode({key: value for key, value in kept.items() if value})
    return f"https://{YOUTUBE_PLAYER}/embed/{name}" + (f"?{more}" if more else "")


def _seconds(query: Mapping[str, list[str]]) -> str:
    """Return where a film begins, in seconds: ``start=90``, ``t=90s`` and ``t=1m30s`` are one."""
    written = query.get("start", query.get("t", [""]))[0]
    found = _MOMENT.fullmatch(written)
    if not found or not written:
        return ""
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return str(3600 * hours + 60 * minutes + seconds)


def embed_host(address: str) -> str:
    """Return the host that has to be allowed for an embed, ``""`` for one of this site."""
    return host_of(player_address(address)) if is_elsewhere(address) else ""


def kind_of_file(address: str) -> str:
    """Return ``"film"`` or ``"sound"`` for a file that browsers play, else ``"frame"``."""
    suffix = PurePosixPath(split_address(address).path).suffix.lower()
    return "film" if suffix in FILMS else "sound" if suffix in SOUNDS else "frame"
