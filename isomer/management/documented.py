"""What the commands for people share: a help text with examples, laid out as it is written."""

from __future__ import annotations

from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand


class DocumentedCommand(BaseCommand):
    """A command whose help ends with ``examples``."""

    examples = ""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        parser = super().create_parser(prog_name, subcommand, epilog=self.examples, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser
