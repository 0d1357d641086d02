"""Which pictures of other sites a source shows, and bringing those of named hosts."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote

from bs4.element import Tag

from content.counting import counted
from content.library.media_kinds import MediaProblem, inspect
from content.markup.html_tree import TooDeepError, attribute, parse
from content.markup.links import host_of, is_elsewhere, resolve_address, split_address
from isomer import bounded
from isomer.convert import is_html, leave_out_hidden, read_markdown
from isomer.fetch.download import PORTS, Downloads, FetchError
from isomer.messages import Message
from isomer.source import SourceAsset, SourceDocument, SourceSite

Progress = Callable[[str], None]
Fetch = Callable[[str, Path], None]
LONGEST_NAME = 60
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+(:[1-9][0-9]{0,4})?")
# Keys whose values are pictures (format reference, 2, 4 and 5).
_PICTURE_KEYS = frozenset(
    {"background", "background_image", "favicon", "image", "image_url", "logo", "shareicon"}
)


def host_name(written: str) -> str:
    """Return a host, with its port if one is written, in the form in which addresses are compared;
    ``""`` for what is none, such as an address or a pattern."""
    name = written.strip().lower()
    return name if _HOST.fullmatch(name) else ""


@contextmanager
def with_far_pictures(
    site: SourceSite, hosts: Collection[str], progress: Progress, fetch: Fetch | None = None
) -> Iterator[None]:
    """Bring the pictures that documents show from named hosts into ``site.fetched``, while this
    lasts. What does not come becomes a message; a link stands in its place."""
    if not hosts:
        yield
        return
    fetch = fetch or Downloads(hosts).fetch
    wanted = far_pictures(site, hosts)
    brought: Counter[str] = Counter()
    with TemporaryDirectory(prefix="isomer-far-") as folder:
        for number, (address, path) in enumerate(wanted.items(), 1):
            progress(f"Fetching picture {number} of {len(wanted)}: {address}")
            file = Path(folder) / str(number)
            try:
                fetch(address, file)
                _check_is_picture(address, file)
            except FetchError as error:
                text = f"{address}: {error}"
                site.messages.append(Message("picture-not-fetched", path, text, "body"))
                file.unlink(missing_ok=True)
                continue
            public = public_path(address)
            site.fetched[public] = SourceAsset(public, file, address)
            brought[host_of(address)] += 1
        for host, number in sorted(brought.items()):
            text = f"{counted(number, 'picture')} of {host}"
            site.messages.append(Message("pictures-fetched", "", text, count=number))
        yield


def far_pictures(site: SourceSite, hosts: Collection[str]) -> dict[str, str]:
    """Return the addresses of pictures that lie on hosts, each with the document that shows it
    first (``""`` for the settings)."""
    found: dict[str, str] = {}
    for document in site.wanted:
        for address in _in_document(document, hosts):
            found.setdefault(address, document.path)
    settings: dict[str, Any] = {"logo": site.logo, "config": site.config}
    settings |= {"homepage": site.homepage, "contact": site.contact}
    for address in _in_values(settings, hosts):
        found.setdefault(address, "")
    return found


def public_path(address: str) -> str:
    """Return the path at which a fetched picture answers: below its host, apart from others of
    the same name."""
    name = unquote(split_address(address).path).rpartition("/")[2]
    name = re.sub(r"[^\w.-]+", "-", name)[-LONGEST_NAME:].strip("-.") or "picture"
    mark = hashlib.sha256(address.encode()).hexdigest()[:12]
    return f"/images/{host_of(address)}/{mark}/{name}"


def _check_is_picture(address: str, file: Path) -> None:
    try:
        found = inspect(public_path(address), file, shrink=bounded.made_smaller_within_limits)
    except MediaProblem as problem:
        raise FetchError(str(problem)) from problem
    if not found.is_picture:
        raise FetchError(found.problem or "its content is not that of a picture")


def _in_document(document: SourceDocument, hosts: Collection[str]) -> list[str]:
    found = list(_in_values(dict(document.front_matter), hosts))
    if not _names_one(document.body, hosts):
        return found
    read = partial(_in_body, document, hosts)
    try:
        return found + bounded.read_within_limits(read, len(document.body))
    except bounded.OverLimitError:
        # Of such a document the words arrive and no pictures.
        return found


def _in_body(document: SourceDocument, hosts: Collection[str]) -> list[str]:
    body = document.body
    try:
        tree = parse(body) if is_html(document.path) else read_markdown(body, _say_nothing)
    except TooDeepError:
        return []
    return _in_tree(tree, hosts)


def _in_tree(tree: Tag, hosts: Collection[str]) -> list[str]:
    leave_out_hidden(tree, _say_nothing)
    addresses = (resolve_address(attribute(one, "src"), "/") for one in tree.find_all("img"))
    return [address for address in addresses if _lies_on(address, hosts)]


def _in_values(value: Any, hosts: Collection[str], key: str = "") -> Iterator[str]:
    """Yield the addresses of pictures in values of settings and front matter."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _in_values(inner, hosts, str(name))
    elif isinstance(value, list):
        for inner in value:
            yield from _in_values(inner, hosts, key)
    elif isinstance(value, str) and _names_one(value, hosts):
        address = resolve_address(value, "/")
        if key in _PICTURE_KEYS and _lies_on(address, hosts):
            yield address
        elif "<img" in value.lower():
            try:
                yield from _in_tree(parse(value), hosts)
            except TooDeepError:
                return


def _names_one(text: str, hosts: Collection[str]) -> bool:
    lower = text.lower()
    return any(host.partition(":")[0] in lower for host in hosts)


def _lies_on(address: str, hosts: Collection[str]) -> bool:
    if not is_elsewhere(address):
        return False
    parts = split_address(address)
    try:
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    return (host if port in (None, PORTS.get(parts.scheme)) else f"{host}:{port}") in hosts


def _say_nothing(*_said: str) -> None:
    """The conversion names what it finds; this only looks for pictures."""
