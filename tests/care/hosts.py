"""A web server of the tests' own on the loopback interface, with every kind of bad manners."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Host(ThreadingHTTPServer):
    """Answers by path and notes what it is asked. ``robots`` is its robots.txt."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str, float]] = []
        self.agents: set[str] = set()
        self.robots = ""
        self.now = 0
        self.most_at_once = 0
        self.lock = threading.Lock()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, *args: Any) -> None:
        """Say nothing when the other side breaks off."""


class Handler(BaseHTTPRequestHandler):
    server: Host
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: Any) -> None:
        """Keep the tests' output clean."""

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        host = self.server
        with host.lock:
            host.now += 1
            host.most_at_once = max(host.most_at_once, host.now)
            host.asked.append((self.command, self.path, time.monotonic()))
            host.agents.add(self.headers.get("User-Agent", ""))
        try:
            self.by_path()
        finally:
            with host.lock:
                host.now -= 1

    def by_path(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/robots.txt":
            self.say(200 if self.server.robots else 404, self.server.robots.encode())
        elif path.startswith("/status/"):
            self.say(int(path.rsplit("/", 1)[1]))
        elif path == "/head-refused":
            self.say(405 if self.command == "HEAD" else 200)
        elif path == "/head-lies":
            self.say(404 if self.command == "HEAD" else 200)
        elif (path == "/head-breaks" and self.command == "HEAD") or path == "/breaks":
            self.connection.close()
        elif path.startswith("/to/"):
            self.send(path.removeprefix("/to"))
        elif path == "/loop":
            self.send("/pool")
        elif path == "/pool":
            self.send("/loop")
        elif path == "/cookie":
            self.send("/cookie", cookie=True)
        elif path == "/inside":
            self.send("http://127.0.0.2:1/secret")
        elif path == "/file":
            self.send("file:///etc/passwd")
        elif path == "/silent":
            time.sleep(3)
        elif path == "/drip":
            self.drip()
        else:
            self.say(200)

    def say(self, status: int, body: bytes = b"") -> None:
        self.send_response_only(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def send(self, where: str, cookie: bool = False) -> None:
        self.send_response_only(302)
        self.send_header("Location", where)
        if cookie:
            self.send_header("Set-Cookie", "seen=1")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def drip(self) -> None:
        """Send a letter now and then, so that no single wait is long."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _ in range(40):
            time.sleep(0.1)
            self.wfile.write(b"a")
            self.wfile.flush()


@contextmanager
def running() -> Iterator[Host]:
    host = Host()
    thread = threading.Thread(target=host.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield host
    finally:
        host.shutdown()
        host.server_close()
        thread.join()
