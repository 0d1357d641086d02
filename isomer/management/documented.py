"""What the commands for people share: a help text with examples, laid out as it is written."""

from __future__ import annotations

from argparse import RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.conf import settings

from content.commands import PlainCommand
from content.terminal import SaysPlainly


def called_by() -> str:
    """Return how ``manage.py`` is called from the project's folder, to be typed as it is shown."""
    in_venv = (Path(settings.BASE_DIR) / ".venv" / "bin" / "python").exists()
    return ".venv/bin/python manage.py" if in_venv else "python manage.py"


class DocumentedCommand(SaysPlainly, PlainCommand):
    """A command whose help ends with ``examples``."""

    examples = ""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        parser = super().create_parser(prog_name, subcommand, epilog=self.examples, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser
