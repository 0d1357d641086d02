"""Getting a file from a host that was named, and from nowhere else.

The source of an import is a stranger's, so each address that a name stands for is looked at
(:mod:`content.public_internet`), and the connection goes to the very one that was.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Collection
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from threading import Timer
from urllib.parse import SplitResult, quote, urljoin

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from content.counting import counted
from content.markup.links import split_address
from content.public_internet import is_public

PORTS = {"http": 80, "https": 443}
_MOVED = frozenset({301, 302, 303, 307, 308})
_CHUNK = 64 * 1024
Resolve = Callable[[str, int], list[str]]


class FetchError(Exception):
    """A file was not fetched. The text says why."""


@dataclass(frozen=True)
class Bounds:
    """What all downloads of a run, and each of them, may cost."""

    files: int = 5000
    bytes_in_all: int = 2 * 1024**3
    bytes_each: int = 50 * 1024**2
    seconds_in_all: float = 3600
    seconds_each: float = 30
    redirects: int = 5


def addresses_of(host: str, port: int) -> list[str]:
    """Return the addresses that a name stands for.

    Raises:
        OSError: if it stands for none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


@dataclass
class Downloads:
    """Fetches files from ``hosts``, written as ``host`` or ``host:port``, within ``bounds``.

    ``resolve`` and ``is_allowed`` say which addresses a name stands for and which may be asked.
    """

    hosts: Collection[str]
    bounds: Bounds = Bounds()
    resolve: Resolve = addresses_of
    is_allowed: Callable[[str], bool] = is_public
    _files: int = 0
    _bytes: int = 0
    _ends: float = 0
    _known: dict[tuple[str, int], str] = field(default_factory=dict)

    def fetch(self, address: str, file: Path) -> None:
        """Write what answers at an address to a file.

        Raises:
            FetchError: if the host is not one of those named, lies in a network that is none of
                a public site, does not answer with a file, or answers with too much or too late.
            OSError: if the file can't be written.
        """
        now = time.monotonic()
        self._ends = self._ends or now + self.bounds.seconds_in_all
        if self._files >= self.bounds.files:
            raise FetchError(f"{counted(self._files, 'picture')} were asked for already")
        if now >= self._ends:
            raise FetchError("all pictures together take too long")
        self._files += 1
        ends = min(self._ends, now + self.bounds.seconds_each)
        for _ in range(self.bounds.redirects + 1):
            moved = self._ask(address, file, ends)
            if not moved:
                return
            address = urljoin(address, moved)
        raise FetchError("it leads on too often")

    def _ask(self, address: str, file: Path, ends: float) -> str:
        """Write what answers at an address, or return where it leads on to."""
        parts = split_address(address)
        host, port = self._named(parts)
        checked = self._checked(host, port)
        seconds = max(0.1, ends - time.monotonic())
        connection: HTTPConnection
        if parts.scheme == "https":
            connection = HTTPSConnection(
                checked, port, timeout=seconds, server_hostname=host, assert_hostname=host
            )
        else:
            connection = HTTPConnection(checked, port, timeout=seconds)
        # A host that sends one byte now and then never lets a single read wait too long.
        opened: list[socket.socket] = []
        watch = Timer(seconds, _hang_up, [opened])
        watch.daemon = True
        watch.start()
        try:
            with closing(connection):
                connection.connect()
                # The connection forgets it where the host says that it closes it.
                opened.append(connection.sock)
                moved = self._answer(connection, parts, file)
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            if time.monotonic() >= ends:
                raise FetchError("it takes too long") from error
            raise FetchError(f"{host} does not answer properly ({type(error).__name__})") from error
        finally:
            watch.cancel()
        if time.monotonic() >= ends:
            # What was cut off may look like the end.
            raise FetchError("it takes too long")
        return moved

    def _named(self, parts: SplitResult) -> tuple[str, int]:
        """Return host and port of an address, if they are named."""
        host = (parts.hostname or "").lower()
        usual = PORTS.get(parts.scheme)
        try:
            port = parts.port or usual or 0
        except ValueError:
            port = 0
        name = host if port == usual else f"{host}:{port}"
        if usual is None or not port or parts.username is not None or name not in self.hosts:
            raise FetchError(f"it leads to {name or 'no host'}, which was not named")
        return host, port

    def _checked(self, host: str, port: int) -> str:
        """Return the address to connect to; every one that the name stands for must be public."""
        if (host, port) not in self._known:
            try:
                found = self.resolve(host, port)
            except (OSError, UnicodeError):
                found = []
            is_fit = bool(found) and all(map(self.is_allowed, found))
            self._known[host, port] = found[0] if is_fit else "private" if found else ""
        address = self._known[host, port]
        if not address:
            raise FetchError(
                f"the name {host} leads nowhere: is this machine connected, and is it spelt so?"
            )
        if address == "private":
            raise FetchError(f"{host} lies in a network that is not public")
        return address

    def _answer(self, connection: HTTPConnection, parts: SplitResult, file: Path) -> str:
        query = f"?{parts.query}" if parts.query else ""
        target = quote(f"{parts.path or '/'}{query}", safe="/?%:@!$&'()*+,;=~-._")
        name = parts.netloc.rpartition("@")[2]
        headers = {"Host": name, "Accept": "image/*", "Accept-Encoding": "identity"}
        connection.request(
            "GET", target, headers=headers, preload_content=False, decode_content=False
        )
        response = connection.getresponse()
        if response.status in _MOVED and (moved := response.headers.get("Location")):
            return str(moved)
        if response.status != 200:
            raise FetchError(f"the host answers with {response.status}")
        size = 0
        with file.open("wb") as out:
            for chunk in response.stream(_CHUNK, decode_content=False):
                size += len(chunk)
                self._bytes += len(chunk)
                if size > self.bounds.bytes_each:
                    raise FetchError(f"it is larger than {self.bounds.bytes_each // 1024**2} MB")
                if self._bytes > self.bounds.bytes_in_all:
                    raise FetchError("all pictures together are too large")
                out.write(chunk)
        return ""


def _hang_up(opened: list[socket.socket]) -> None:
    """End connections from another thread, whatever they wait for."""
    for one in opened:
        # It may end by itself at this moment.
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
