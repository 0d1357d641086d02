"""Resource rooms and posts (format reference, 1.1, 1.2 and 1.4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from isomer.messages import Message
from isomer.read.collection_folders import UNPUBLISHED_REASON
from isomer.read.dates import PostName, read_post_name
from isomer.read.files import DOCUMENT_SUFFIXES, MEDIA_SUFFIXES, SourceFolder
from isomer.read.settings_files import SETTINGS, Publication
from isomer.source import DocumentKind, ResourceRoom

POSTS = "_posts"
INDEX_NAMES = ("index.html", "index.md")


def resource_rooms(folder: SourceFolder, candidates: Iterable[Path]) -> list[Path]:
    """Return those of the folders ``candidates`` that are resource rooms.

    A room is the folder that ``resources_name`` names, and any other that holds
    posts; the old generator published posts wherever they were.
    """
    named = str(folder.site.config.get("resources_name") or "").strip().strip("/")
    rooms = [path for path in candidates if path.name == named or _holds_posts(folder, path)]
    if named and all(path.name != named for path in rooms):
        text = f"There is no folder “{named}”."
        message = Message("resource-room-missing", SETTINGS, text, "resources_name")
        folder.site.messages.append(message)
    return rooms


def read_resource_room(folder: SourceFolder, publication: Publication, room: Path) -> None:
    """Read a room: its index, then category by category the index and the posts by date.

    Other documents in it are ordinary pages. Categories without an index or
    without posts are listed in ``rooms`` of the site like the others.
    """
    name = folder.name(room)
    categories = _categories(folder, publication, room)
    folder.site.rooms.append(ResourceRoom(name, tuple(categories)))
    files = [file for file in folder.walk(room) if not publication.is_excluded(folder.name(file))]
    for category in ("", *categories):
        index = _index(folder, room / category)
        if index in files:
            kind = DocumentKind.CATEGORY if category else DocumentKind.ROOM
            folder.add_document(index, kind, room=name, category=category)
            files.remove(index)
            _keep_page(folder, index)
        posts = [file for file in files if _category_of(room, file) == category]
        read_posts(folder, publication, posts, name, category)
    for file in files:
        if _category_of(room, file) not in ("", *categories):
            _read_other(folder, publication, file, name)


def read_posts(
    folder: SourceFolder,
    publication: Publication,
    files: Iterable[Path],
    room: str = "",
    category: str = "",
) -> None:
    """Read the posts among ``files`` by date; name those whose file name is not a post's."""
    dated: list[tuple[date, str, Path, PostName]] = []
    for file in files:
        name = folder.name(file)
        below = name[: name.index(f"{POSTS}/") + len(POSTS)]
        # Of the names on the way from there only the first and the last counted.
        first, parent = name[len(below) + 1 :].partition("/")[0], name.rpartition("/")[0]
        if publication.has_hidden_name(f"{below}/{first}", below) or publication.has_hidden_name(
            name, parent
        ):
            folder.report("place-not-read", file, UNPUBLISHED_REASON)
            continue
        if file.suffix.lower() in MEDIA_SUFFIXES:
            folder.report("place-not-read", file, UNPUBLISHED_REASON)
            continue
        post = read_post_name(name.rsplit("/", 1)[-1])
        if post is None:
            text = f"“{name.rsplit('/', 1)[-1]}” does not begin with a date and a hyphen."
            folder.report("post-name-invalid", file, text)
        else:
            dated.append((post.day, name, file, post))
    for _, _, file, post in sorted(dated, key=lambda entry: entry[:2]):
        folder.add_document(file, DocumentKind.POST, room=room, category=category, post=post)


def _keep_page(folder: SourceFolder, index: Path) -> None:
    """Make the index of a category an ordinary page if it has a text, which its layout showed
    instead of a listing."""
    documents = folder.site.documents
    last = documents[-1] if documents else None
    if last is None or last.path != folder.name(index) or last.kind is not DocumentKind.CATEGORY:
        return
    lists = last.text("layout").startswith("resource") or "{%" in last.body
    if last.body.strip() and not lists:
        documents[-1] = replace(last, kind=DocumentKind.PAGE, room="", category="")


def _holds_posts(folder: SourceFolder, path: Path) -> bool:
    return any(below.name == POSTS for below in folder.folders_below(path))


def _index(folder: SourceFolder, path: Path) -> Path | None:
    names = {file.name: file for file in folder.listing(path).files}
    return next((names[name] for name in INDEX_NAMES if name in names), None)


def _category_of(room: Path, file: Path) -> str | None:
    """Return the folders between a room and ``_posts``, ``None`` for what is not a post."""
    parts = file.relative_to(room).parts
    return "/".join(parts[: parts.index(POSTS)]) if POSTS in parts[:-1] else None


def _categories(folder: SourceFolder, publication: Publication, room: Path) -> list[str]:
    """Return the categories: folders with posts, with an index, or (just begun) with nothing.

    Folders below another are categories only if they hold posts.
    """
    found: set[str] = set()
    for path in folder.folders_below(room):
        relative = path.relative_to(room)
        name = folder.name(path)
        above = name.rpartition("/")[0]
        if publication.is_excluded(name, is_folder=True) or publication.has_hidden_name(above):
            continue
        if path.name == POSTS and len(relative.parts) > 1:
            found.add("/".join(relative.parts[:-1]))
        elif len(relative.parts) == 1 and not publication.has_hidden_name(name):
            listing = folder.listing(path)
            if _index(folder, path) or not (listing.files or listing.folders):
                found.add(path.name)
    return sorted(found)


def _read_other(folder: SourceFolder, publication: Publication, file: Path, room: str) -> None:
    name = folder.name(file)
    if publication.has_hidden_name(name, below=room) or POSTS in file.parts:
        folder.report("place-not-read", file, UNPUBLISHED_REASON)
    elif folder.is_document(file):
        folder.add_document(file, DocumentKind.PAGE)
    elif file.suffix.lower() in DOCUMENT_SUFFIXES:
        folder.report("front-matter-missing", file, "The file has no front matter.")
    elif file.suffix.lower() in MEDIA_SUFFIXES:
        folder.add_static(file)
    else:
        folder.report("place-not-read", file, "It is neither a page nor a post.")
