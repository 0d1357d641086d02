"""What every command of the project shares: it ends in a sentence, with the right exit code, and
its help text is laid out as it is written."""

from __future__ import annotations

import tempfile
import traceback
from argparse import RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from content.failures import OF_THE_MACHINE, exit_code, sentence, stops_cleanly
from content.terminal import SaysPlainly


def called_by() -> str:
    """Return how ``manage.py`` is called from the project's folder, to be typed as it is shown."""
    in_venv = (Path(settings.BASE_DIR) / ".venv" / "bin" / "python").exists()
    return ".venv/bin/python manage.py" if in_venv else "python manage.py"


class PlainCommand(BaseCommand):
    """A command that tells people what went wrong instead of showing them a traceback.

    SIGTERM, SIGHUP and Ctrl+C undo what was begun, as an error does. With ``--traceback`` errors
    are shown as Python shows them.
    """

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run the command.

        Raises:
            CommandError: with a sentence, whatever went wrong.
        """
        try:
            with stops_cleanly():
                return super().execute(*args, **options)
        except CommandError as error:
            notes = getattr(error, "__notes__", [])
            if not notes:
                raise
            text = " ".join([str(error), *notes])
            raise CommandError(text, returncode=error.returncode) from error
        except (*OF_THE_MACHINE, KeyboardInterrupt) as error:
            raise CommandError(sentence(error), returncode=exit_code(error)) from error
        except Exception as error:
            raise CommandError(f"{sentence(error)}{_kept(error)}") from error


class DocumentedCommand(SaysPlainly, PlainCommand):
    """A command whose help ends with ``examples``."""

    examples = ""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        parser = super().create_parser(prog_name, subcommand, epilog=self.examples, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser


def _kept(error: Exception) -> str:
    """Write the traceback of a fault of the program to a file; return a sentence that names it."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="fault-", suffix=".txt", delete=False, encoding="utf-8"
        ) as file:
            file.writelines(traceback.format_exception(error))
    except OSError:
        return ""
    return f" The details are in {Path(file.name)}."
