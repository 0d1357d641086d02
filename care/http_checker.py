"""Asking one address of another host whether it answers: briefly, politely, and never inside.

The standard library is enough. What matters here is to connect to just the network address that
was looked at, and to end a request at any moment. urllib3 looks an address up once more before it
connects, and keeps the socket to itself until the handshake is over.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from care.models import LinkCheck
from care.rate_limiter import RateLimiter
from content.counting import counted
from content.public_internet import is_public

Outcome = LinkCheck.Outcome
MOST_REDIRECTS = 10
MOST_ROBOTS_BYTES = 500_000
# Answers that say nothing about whether a visitor sees the page: log in, no programs, too often.
# 999 is what one network of professionals says to programs.
UNSURE = frozenset({401, 402, 403, 405, 406, 407, 418, 423, 425, 429, 451, 501, 999})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
# What OpenSSL says of a chain that a browser completes by itself.
_INCOMPLETE_CHAIN = frozenset({20, 21})
_SAFE = "%/:?#[]@!$&'()*+,;=~-._"


@dataclass(frozen=True)
class Answer:
    """What came of asking. ``problem`` is for editors, ``""`` if the address answers."""

    outcome: str
    status: int | None = None
    problem: str = ""


@dataclass(frozen=True)
class _Reply:
    status: int
    location: str = ""
    sets_cookie: bool = False
    body: bytes = b""


class _Failed(Exception):
    """An address could not be asked. ``answer`` says why; ``final`` that asking in another way
    makes no difference."""

    def __init__(self, problem: str, outcome: str = Outcome.FAILED, final: bool = True) -> None:
        super().__init__(problem)
        self.answer = Answer(outcome, None, problem)
        self.final = final


class HttpChecker:
    """Asks addresses.

    ``agent`` is the User-Agent, ``timeout`` the longest silence and ``longest`` the longest time
    of one request, in seconds. With ``private``, hosts in private networks are asked as well,
    which only tests do. ``gates`` keep requests to one host apart.
    """

    def __init__(
        self,
        agent: str,
        gates: RateLimiter,
        timeout: float = 10,
        longest: float = 20,
        private: bool = False,
    ) -> None:
        self.agent = agent
        self.gates = gates
        self.timeout = timeout
        self.longest = longest
        self.private = private
        self._robots: dict[str, RobotFileParser] = {}
        self._robots_lock = threading.Lock()

    def ask(self, address: str) -> Answer:
        """Return what an ``http`` or ``https`` address answers, after its redirects.

        HEAD first; what does not answer that well is asked by GET, since many servers refuse
        HEAD. Never raises for what another host does.
        """
        try:
            answer = self._follow("HEAD", address)
            if answer.outcome == Outcome.ANSWERS or answer.status == 429:
                return answer
        except _Failed as failure:
            if failure.final:
                return failure.answer
        try:
            return self._follow("GET", address)
        except _Failed as failure:
            return failure.answer

    def _follow(self, method: str, address: str) -> Answer:
        seen: set[str] = set()
        had_cookie = False
        for _ in range(MOST_REDIRECTS + 1):
            address = _written(address)
            if address in seen:
                break
            seen.add(address)
            if not self._is_welcome(address):
                text = "its host asks programs to stay away"
                return Answer(Outcome.UNSURE, None, text)
            reply = self._request(method, address)
            had_cookie = had_cookie or reply.sets_cookie
            if reply.status not in REDIRECTS or not reply.location:
                return _judge(reply.status)
            address = _joined(address, reply.location)
        # Some hosts send visitors on until they bring a cookie, which browsers do.
        outcome = Outcome.UNSURE if had_cookie else Outcome.FAILED
        return Answer(outcome, None, "it sends visitors round in a circle")

    def _is_welcome(self, address: str) -> bool:
        """Tell whether the host's ``robots.txt`` (RFC 9309) lets programs look at an address."""
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc}"
        with self._robots_lock:
            rules = self._robots.get(origin)
        if rules is None:
            rules = RobotFileParser()
            rules.parse(self._robots_text(f"{origin}/robots.txt").splitlines())
            with self._robots_lock:
                self._robots[origin] = rules
        return rules.can_fetch(self.agent, address)

    def _robots_text(self, address: str) -> str:
        try:
            reply = self._request("GET", address, MOST_ROBOTS_BYTES)
        except _Failed as failure:
            if failure.final:
                raise
            return ""
        return reply.body.decode("utf-8", "replace") if reply.status == 200 else ""

    def _request(self, method: str, address: str, most: int = 0) -> _Reply:
        parts = urlsplit(address)
        host, is_safe = parts.hostname or "", parts.scheme == "https"
        try:
            port = parts.port or (443 if is_safe else 80)
        except ValueError as error:
            raise _Failed("it is not an address") from error
        target = parts.path or "/"
        target += f"?{parts.query}" if parts.query else ""
        with self.gates.passing(host), _Deadline(self.longest) as watch:
            connection = http.client.HTTPConnection(host, port, timeout=self.timeout)
            connection.sock = self._connected(host, port, is_safe, watch)
            try:
                connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
                connection.putheader("Host", parts.netloc.rpartition("@")[2])
                connection.putheader("User-Agent", self.agent)
                connection.putheader("Accept", "*/*")
                connection.putheader("Connection", "close")
                connection.endheaders()
                response = connection.getresponse()
                body = response.read(most) if most else b""
                # What was cut off may look like a short answer.
                watch.check()
                has_cookie = response.getheader("Set-Cookie") is not None
                where = response.getheader("Location", "")
                return _Reply(response.status, where, has_cookie, body)
            except TimeoutError as error:
                raise _Failed(self._silence()) from error
            except (OSError, http.client.HTTPException, ValueError) as error:
                if watch.is_over:
                    raise _Failed(self._silence()) from error
                raise _Failed("its host breaks off the connection", final=False) from error
            finally:
                connection.close()

    def _silence(self) -> str:
        return f"its host gave no answer within {counted(round(self.timeout), 'second')}"

    def _connected(self, host: str, port: int, is_safe: bool, watch: _Deadline) -> socket.socket:
        """Return a socket to a host, at a network address that may be asked."""
        last: OSError | None = None
        for family, kind, protocol, _name, where in self._places(host, port):
            opened = socket.socket(family, kind, protocol)
            opened.settimeout(self.timeout)
            watch.over(opened)
            try:
                watch.check()
                opened.connect(where)
                # A deadline that passed while there was no connection ends it here.
                watch.check()
                if not is_safe:
                    return opened
                context = ssl.create_default_context()
                # Without a handshake at once: this empties the plain socket, and the watch needs
                # one that it can end meanwhile.
                opened = context.wrap_socket(
                    opened, server_hostname=host, do_handshake_on_connect=False
                )
                watch.over(opened)
                opened.do_handshake()
                return opened
            except ssl.SSLCertVerificationError as error:
                opened.close()
                outcome = Outcome.FAILED
                if error.verify_code in _INCOMPLETE_CHAIN:
                    outcome = Outcome.UNSURE
                raise _Failed("its certificate is not valid", outcome) from error
            except OSError as error:
                opened.close()
                last = error
        if isinstance(last, TimeoutError) or watch.is_over:
            raise _Failed(self._silence()) from last
        raise _Failed("its host refuses the connection") from last

    def _places(self, host: str, port: int) -> list[Any]:
        """Return the network addresses of a host. All have to be public ones, and the very ones
        that are returned are asked, so that a name can't lead elsewhere a moment later."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise _Failed("there is no host of this name") from error
        if not self.private and not all(is_public(str(one[4][0])) for one in found):
            text = "it leads into a private network, which is never asked"
            raise _Failed(text, Outcome.UNSURE)
        return found


def _written(address: str) -> str:
    """Return an address with what only browsers understand written as hosts expect it.

    Raises:
        _Failed: if it is none.
    """
    try:
        parts = urlsplit(address.partition("#")[0])
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError) as error:
        raise _Failed("it is not an address") from error
    if parts.scheme not in ("http", "https") or not host:
        raise _Failed("it does not lead to a page")
    netloc = f"[{host}]{port}" if ":" in host else f"{host}{port}"
    query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    return f"{parts.scheme}://{netloc}{quote(parts.path, safe=_SAFE)}{query}"


def _joined(address: str, location: str) -> str:
    """Return where a redirect leads. Headers are read as Latin-1; hosts that write letters of
    other scripts into them mean UTF-8."""
    try:
        return urljoin(address, location.encode("latin-1").decode("utf-8", "replace"))
    except ValueError as error:
        raise _Failed("it sends visitors to something that is no address") from error


def _judge(status: int) -> Answer:
    if status < 400:
        return Answer(Outcome.ANSWERS, status)
    if status in UNSURE:
        return Answer(Outcome.UNSURE, status, f"it does not answer programs ({status})")
    if status in (404, 410):
        return Answer(Outcome.FAILED, status, f"there is no such page ({status})")
    return Answer(Outcome.FAILED, status, f"its host reports an error ({status})")


class _Deadline:
    """Bounds one request as a whole, in seconds: looking up the host, connecting, the handshake
    and the answer. A host that sends a letter now and then would never time out by itself, nor
    would one with hundreds of network addresses at which nobody answers.
    """

    def __init__(self, seconds: float) -> None:
        self._over = threading.Event()
        self._opened: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> _Deadline:
        self._timer.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._timer.cancel()

    @property
    def is_over(self) -> bool:
        """Whether the time is up."""
        return self._over.is_set()

    def over(self, opened: socket.socket) -> None:
        """Watch over this socket from now on."""
        self._opened = opened

    def check(self) -> None:
        """Raise ``TimeoutError`` if the time is up."""
        if self.is_over:
            raise TimeoutError

    def _end(self) -> None:
        self._over.set()
        opened = self._opened
        if opened is None:
            return
        try:
            # Not closed: its number could be another socket's before the other thread notices.
            # And not by the method of TLS sockets, which takes from them what is being read.
            socket.socket.shutdown(opened, socket.SHUT_RDWR)
        except OSError:
            # It has ended by itself, or is not connected yet.
            return
