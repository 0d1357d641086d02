"""What a source says reaches a terminal as text, in lines that fit."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from content.progress import ProgressLine
from content.terminal import printable, wrapped

HOME = "---\nlayout: homepage\ntitle: Home\npermalink: /\n---\n"
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J\x07", "\\x1b[2J\\x07"),
        ("a\rb\nc\td", "a\\rb\\nc\\td"),
        ("\x9b31m", "\\x9b31m"),
        ("\u202egnp.exe\u2066", "\\u202egnp.exe\\u2066"),
        ("a\u2028b\ud800", "a\\u2028b\\ud800"),
        ("Ä 中 😀 – “x” 👩\u200d🔬", "Ä 中 😀 – “x” 👩\u200d🔬"),
    ],
)
def test_control_characters_are_written_out(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_lines_are_wrapped_below_their_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = wrapped("  - " + "some words " * 20 + "/a/long/path/" + "x" * 100)
    assert all(len(line) <= 80 for line in lines[:-1])
    assert all(line.startswith("    ") for line in lines[1:])
    assert lines[-1].endswith("/a/long/path/" + "x" * 100)
    assert wrapped("") == [""]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True

    def write(self, text: str, ending: str = "\n") -> int:
        return super().write(text + ending)


def test_the_progress_line_stays_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    stream = Terminal()
    ProgressLine(stream, 1)("Converting pages/\x1b[2J\n" + "name" * 50)
    assert "\x1b" not in stream.getvalue()
    assert len(stream.getvalue()) <= 80


@pytest.mark.django_db
@pytest.mark.parametrize("option", ["--dry-run", "--no-renditions"])
def test_titles_and_paths_do_not_steer_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    source = tmp_path / "source"
    (source / "pages").mkdir(parents=True)
    (source / "index.md").write_text(HOME)
    evil = '"\\e]0;pwn\\a\\e[2J \\u202e title"'
    page = f"---\ntitle: {evil}\npermalink: /esc/\nodd: {evil}\n---\nx [q](/none\x1b[2J)\n"
    (source / "pages" / "esc.md").write_text(page)
    (source / "pages" / "\x1b[2Jname\u202e.md").write_text("no front matter")
    out = io.StringIO()
    arguments = (str(source), option, "--report", str(tmp_path / "reports"))
    call_command("import_isomer", *arguments, stdout=out, no_color=True)
    assert not CONTROL.search(out.getvalue())
    too_long = [line for line in out.getvalue().splitlines() if len(line) > 80]
    # Only what can't be parted: a path, an address, the command to copy.
    assert all(len(line.split()) < 6 or "import_isomer" in line for line in too_long)


@pytest.mark.django_db
def test_an_error_does_not_steer_the_terminal(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("import_isomer", str(tmp_path / "\x1b[2Jnone"))
    assert not CONTROL.search(str(caught.value))
