"""Keeping requests to one host apart: one at a time, with a pause between two."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager


class RateLimiter:
    """A gate for each host. ``pause`` is the time between two requests in seconds."""

    def __init__(self, pause: float = 1.0) -> None:
        self.pause = pause
        self._lock = threading.Lock()
        self._gates: dict[str, threading.Lock] = defaultdict(threading.Lock)
        self._last: dict[str, float] = {}

    @contextmanager
    def passing(self, host: str) -> Iterator[None]:
        """Wait until nobody else asks the host and the pause is over; hold the gate meanwhile."""
        with self._lock:
            gate = self._gates[host]
        with gate:
            wait = self._last.get(host, float("-inf")) + self.pause - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            try:
                yield
            finally:
                self._last[host] = time.monotonic()
