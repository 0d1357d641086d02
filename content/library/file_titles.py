"""Readable titles of files: from words that lead to one, else from its name."""

from __future__ import annotations

import re

from content.markup.links import is_elsewhere, readable_name
from content.titles import MAXIMUM_TITLE

# Words of links that say nothing about the file, alone or together.
_EMPTY_WORDS = frozenset(
    {
        "a", "access", "and", "as", "at", "attached", "attachment", "below", "by", "click", "copy",
        "csv", "details", "doc", "document", "docx", "documents", "download", "downloads",
        "downloadable", "file", "files", "for", "form", "from", "full", "get", "go", "here", "in",
        "info", "information", "kb", "learn", "link", "mb", "more", "new", "now", "odt", "of", "on",
        "online", "open", "or", "our", "page", "pdf", "please", "ppt", "pptx", "press", "read",
        "rtf", "see", "size", "the", "this", "to", "txt", "version", "view", "visit", "website",
        "with", "xls", "xlsx", "zip",
    }
)  # fmt: skip
# What any picture may be called.
_ANY = frozenset({"image", "img", "photo", "pic", "picture"})
# What players call every film.
_ANY_FILM = frozenset({"video", "video player", "vimeo", "youtube", "youtube video player"})
_FILM_HOSTS = ("youtube.com", "youtube-nocookie.com", "youtu.be", "vimeo.com")
_WORD = re.compile(r"[^\W\d_]+")
_FILE_NAME = re.compile(r"^\S*\.[A-Za-z][A-Za-z0-9]{1,4}$")


def says_something(words: str) -> bool:
    """Tell whether words are about the thing that they stand for, and no file name or number."""
    return bool(title_from_words(words)) and words.casefold().rstrip(" 0123456789") not in _ANY


def words_for_embed(title: str, element: str, host: str, number: int) -> str:
    """Return what a link in place of a film or frame says: which one of the page it is, unless its
    title says that. ``host`` is ``""`` for one of the same site."""
    if says_something(title) and title.casefold() not in _ANY_FILM:
        return title
    is_film = element == "video" or host.removeprefix("www.").endswith(_FILM_HOSTS)
    kind = "Film" if is_film else "Sound" if element == "audio" else "Content"
    return f"{kind} {number}, on {host or 'this site'}"


def title_from_words(words: str) -> str:
    """Return the words of a link as the title of the file that it leads to, ``""`` if they say
    nothing about it: “click here”, “Download (PDF, 2 MB)”, a bare address, a file name."""
    title = " ".join(words.split()).strip(" »›>→|·-–—:;,")
    bare = title.casefold()
    if is_elsewhere(title) or bare.startswith(("www.", "/")) or _FILE_NAME.match(title):
        return ""
    said = [word for word in _WORD.findall(bare) if word not in _EMPTY_WORDS]
    return title[:MAXIMUM_TITLE].rstrip() if any(len(word) > 1 for word in said) else ""


def title_from_name(name: str) -> str:
    """Return a readable title made of the name or path of a file: ``/a/my-form_2.pdf`` gives
    ``my form 2``."""
    return readable_name(name.replace("?", " ").replace("#", " "))[:MAXIMUM_TITLE]
