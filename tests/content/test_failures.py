"""Errors of the machine become sentences, in every command and with the right exit code."""

from __future__ import annotations

import errno
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import load_command_class
from django.core.management.base import CommandError
from django.db import InterfaceError, OperationalError, ProgrammingError

from content.commands import PlainCommand
from content.failures import Stopped, sentence, stops_cleanly


class Failing(PlainCommand):
    """Does what a test asks for."""

    requires_system_checks: list[str] = []

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error

    def handle(self, *args: Any, **options: Any) -> None:
        raise self.error


def ended(error: BaseException) -> CommandError:
    with pytest.raises(CommandError) as found:
        Failing(error).execute(force_color=False, no_color=True, skip_checks=True)
    return found.value


@pytest.mark.parametrize(
    ("error", "said", "code"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/media/a.png"), "disk is full (/med", 1),
        (PermissionError(errno.EACCES, "Permission denied", "/x"), "does not allow it (/x)", 1),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), "Nobody reads the output", 1),
        (OperationalError("database is locked"), "Another process was writing", 1),
        (OperationalError("database or disk is full"), "no room for the database", 1),
        (OperationalError("connection refused\nIs the server running?"), "can't be used: conn", 1),
        (InterfaceError("connection already closed"), "connection already closed", 1),
        (ProgrammingError('relation "x" does not exist'), "manage.py migrate", 1),
        (MemoryError(), "not enough memory", 1),
        (KeyboardInterrupt(), "Stopped by Ctrl+C", 130),
        (Stopped(signal.SIGTERM), "SIGTERM", 143),
        (Stopped(signal.SIGHUP), "SIGHUP", 129),
        (KeyError("of a program"), "fault of the program", 1),
    ],
)
def test_an_error_ends_in_a_sentence(error: BaseException, said: str, code: int) -> None:
    error.add_note("Nothing was imported.")
    found = ended(error)
    assert said in str(found)
    assert "Nothing was imported." in str(found)
    assert "Traceback" not in str(found)
    assert "\n" not in str(found)
    assert found.returncode == code


def test_the_details_of_a_fault_are_kept_in_a_file() -> None:
    said = str(ended(ZeroDivisionError("division by zero")))
    file = Path(said.rpartition(" are in ")[2].rstrip("."))
    try:
        assert "Traceback" in file.read_text(encoding="utf-8")
    finally:
        file.unlink()


def test_what_a_command_says_keeps_its_code_and_its_notes() -> None:
    error = CommandError("It differs.", returncode=3)
    error.add_note("The import itself was done.")
    found = ended(error)
    assert (str(found), found.returncode) == ("It differs. The import itself was done.", 3)


def test_the_first_signal_stops_and_further_ones_do_not_disturb() -> None:
    def work() -> None:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)
            os.kill(os.getpid(), signal.SIGHUP)

    with pytest.raises(Stopped) as found, stops_cleanly():
        work()
    assert found.value.number == signal.SIGTERM
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_a_signal_that_is_ignored_stays_ignored() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stops_cleanly():
            os.kill(os.getpid(), signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


def test_a_sentence_of_the_system_names_the_file() -> None:
    error = IsADirectoryError(errno.EISDIR, "Is a directory", "/srv/x")
    assert sentence(error) == "The system said: Is a directory (/srv/x)."


def test_every_command_of_the_project_ends_so() -> None:
    names = [
        (app.name, file.stem)
        for app in apps.get_app_configs()
        for file in Path(app.path).glob("management/commands/[a-z]*.py")
        if Path(app.path).parent == Path(settings.BASE_DIR)
    ]
    assert len(names) >= 8
    for app, name in names:
        assert isinstance(load_command_class(app, name), PlainCommand), name
