"""What `make run` says of a port that is taken, and how `make help` is arranged."""

from __future__ import annotations

import re
import socket
import subprocess
from pathlib import Path

import pytest

from tools.port import is_free, problem

BASE = Path(__file__).resolve().parents[2]


def test_a_port_on_which_something_listens_is_not_free() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        assert not is_free(listener.getsockname()[1])


def test_a_taken_port_names_a_free_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.port.is_free", lambda port: port == 8003)
    assert problem("8003") == ""
    assert problem("8000") == (
        "Port 8000 is taken or may not be used. Take another one: make run PORT=8003"
    )


@pytest.mark.parametrize("text", ["", "web", "-1", "0", "70000", "80 81", "²"])
def test_what_is_no_port_is_told(text: str) -> None:
    assert "is no port" in problem(text)


def test_help_names_each_target_that_people_call_under_who_needs_it() -> None:
    said = subprocess.run(["make", "help"], cwd=BASE, capture_output=True, text=True, check=True)
    groups = re.findall(r"^(\w.*)$", said.stdout, re.MULTILINE)
    assert len(groups) > 3
    listed = re.findall(r"^  make ([a-z-]+) ", said.stdout, re.MULTILINE)
    targets = re.findall(r"^([a-z-]+):", (BASE / "Makefile").read_text(), re.MULTILINE)
    assert sorted(listed) == sorted({*targets} - {"packages", "packages-dev"})
