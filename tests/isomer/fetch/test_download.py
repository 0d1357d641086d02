"""Only named hosts on the open internet are asked, within bounds."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from content.public_internet import is_public
from isomer.fetch.download import Bounds, Downloads, FetchError
from tests.pictures import picture

PNG = picture()
# Four seconds.
SLOW_LINES = 200


class Far(BaseHTTPRequestHandler):
    """Another site: a picture, a redirect to what stands behind ``?``, and a slow answer."""

    asked: list[tuple[str, str]] = []

    def do_GET(self) -> None:
        self.asked.append((self.headers["Host"], self.path))
        path, _, more = self.path.partition("?")
        if path.startswith("/slow"):
            self.send_response(200)
            if path == "/slow-picture":
                # http.client forgets the connection here, while the picture is still to come.
                self.send_header("Connection", "close")
                self.end_headers()
            else:
                self.flush_headers()
            with suppress(OSError):
                for _ in range(SLOW_LINES):
                    self.wfile.write(b"X-A: b\r\n")
                    time.sleep(0.02)
            return
        self.send_response(302 if path == "/moved" else 404 if path == "/gone" else 200)
        if path == "/moved":
            self.send_header("Location", more)
        self.end_headers()
        self.wfile.write(PNG)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def far_site() -> Iterator[str]:
    """Serve another site on this machine, and give its name with the port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Far)
    Far.asked.clear()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"img.example.org:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def loopback(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


def answering(found: list[str], host: str, port: int) -> list[str]:
    return found


def of_this_test(address: str) -> bool:
    return address == "127.0.0.1"


def downloads(*hosts: str, **bounds: float) -> Downloads:
    return Downloads(hosts, Bounds(**bounds), loopback, of_this_test)  # type: ignore[arg-type]


def test_a_picture_comes_also_by_way_of_a_redirect(tmp_path: Path) -> None:
    with far_site() as host:
        for number, path in enumerate(("/a%20b c.png?x=1", "/moved?/b.png")):
            file = tmp_path / str(number)
            downloads(host).fetch(f"http://{host}{path}", file)
            assert file.read_bytes() == PNG
        asked = [(host, path) for path in ("/a%20b%20c.png?x=1", "/moved?/b.png", "/b.png")]
        assert Far.asked == asked


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://{other}/a.png", "was not named"),
        ("http://img.example.org/a.png", "was not named"),
        ("http://user:word@{host}/a.png", "was not named"),
        ("ftp://{host}/a.png", "was not named"),
        ("file:///etc/passwd", "was not named"),
        ("http://{host}/moved?http://{other}/a.png", "was not named"),
        ("http://{host}/moved?/moved?/moved?/moved?/a.png", "too often"),
        ("http://{host}/gone", "404"),
        ("https://{host}/a.png", "does not answer properly"),
    ],
)
def test_what_is_refused(tmp_path: Path, address: str, why: str) -> None:
    with far_site() as host:
        other = host.replace("img", "other")
        with pytest.raises(FetchError, match=why):
            downloads(host, redirects=2).fetch(
                address.format(host=host, other=other), tmp_path / "a"
            )
        assert all(asked == host for asked, _path in Far.asked)


@pytest.mark.parametrize(
    ("path", "bounds", "why"),
    [
        ("/a.png", {"bytes_each": 10}, "larger than"),
        ("/a.png", {"bytes_in_all": len(PNG) + 10}, "too large"),
        ("/a.png", {"files": 1}, "1 picture"),
        ("/slow", {"seconds_each": 0.1}, "too long"),
        ("/slow", {"seconds_in_all": 0.1}, "too long"),
        ("/slow-picture", {"seconds_each": 0.1}, "too long"),
    ],
)
def test_what_all_may_cost(tmp_path: Path, path: str, bounds: dict[str, float], why: str) -> None:
    with far_site() as host:
        some, address = downloads(host, **bounds), f"http://{host}{path}"
        if set(bounds) <= {"files", "bytes_in_all"}:
            some.fetch(address, tmp_path / "a")
        start = time.monotonic()
        with pytest.raises(FetchError, match=why):
            some.fetch(address, tmp_path / "a")
        assert time.monotonic() - start < 3


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
        "ff02::1", "fec0::1", "::ffff:0:7f00:1", "3fff::1", "5f00::1", "no address",
    ],
)  # fmt: skip
def test_private_networks_are_never_asked(tmp_path: Path, address: str) -> None:
    assert not is_public(address)
    for found in ([address], ["93.184.215.14", address]):
        some = Downloads(["img.example.org"], resolve=partial(answering, found))
        with pytest.raises(FetchError, match="not public"):
            some.fetch("http://img.example.org/a.png", tmp_path / "a")


def test_public_addresses_and_names_that_do_not_exist(tmp_path: Path) -> None:
    assert is_public("93.184.215.14")
    assert is_public("2606:2800:220:1::1")
    some = Downloads(["img.example.org"], resolve=lambda host, port: [])
    with pytest.raises(FetchError, match="leads nowhere"):
        some.fetch("https://img.example.org/a.png", tmp_path / "a")


def test_a_name_is_looked_up_once(tmp_path: Path) -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    with far_site() as host:
        some = Downloads([host], resolve=lambda host, port: next(answers), is_allowed=of_this_test)
        for _ in range(2):
            some.fetch(f"http://{host}/a.png", tmp_path / "a")
