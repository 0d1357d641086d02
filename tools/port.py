"""Tell whether a port of this machine is free; `make run` asks before it does anything.

  tools/port.py PORT

Exit code 1 and a sentence that names another port, if something listens on this one.
"""

from __future__ import annotations

import socket
import sys

HOST = "127.0.0.1"
LAST = 65_535


def is_free(port: int) -> bool:
    """Tell whether a server could listen on a port, as Django's would."""
    with socket.socket() as listener:
        # A port whose last connection has just ended is free.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError:
            return False
    return True


def problem(text: str) -> str:
    """Return a sentence on what is wrong with a port, or ``""`` if it can be used."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= LAST):
        return f"“{text}” is no port. Take a number, such as: make run PORT=8001"
    port = int(text)
    if is_free(port):
        return ""
    free = next((other for other in range(max(port + 1, 1024), LAST + 1) if is_free(other)), None)
    advice = f" Take another one: make run PORT={free}" if free else ""
    return f"Port {port} is taken or may not be used.{advice}"


def main() -> int:
    found = problem(" ".join(sys.argv[1:]))
    if found:
        sys.stderr.write(f"{found}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
