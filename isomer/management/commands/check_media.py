"""``manage.py check_media``: every row has its file, every file its row."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from content.commands import DocumentedCommand
from content.progress import ProgressLine
from content.terminal import printable
from isomer.lock import ImportRunning
from isomer.review import check_media

DESCRIPTION = """\
Compare the pictures and documents of the library with the stored files.

A lost file of an import comes back with the next import of the same source, a lost size
of a picture with prepare_pictures; anything else has to be uploaded again in the admin.
What an import left behind whose process died is removed. Files that were stored within
the last hour are passed over: an upload may be going on.

The exit code is 0 if every row has its file and every file its row, else 1.
"""

EXAMPLES = """\
examples:
  .venv/bin/python manage.py check_media
  .venv/bin/python manage.py check_media --remove
"""


class Command(DocumentedCommand):
    help = DESCRIPTION
    examples = EXAMPLES

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--remove", action="store_true", help="remove the stored files that no row has"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        progress = ProgressLine(self.stdout, options["verbosity"])
        try:
            found = check_media(options["remove"], progress)
        except ImportRunning as error:
            raise CommandError(str(error)) from error
        finally:
            progress.clear()
        for title, lines in (
            ("Lost files", found.lost),
            ("Files without a row", [one for one in found.ownerless if one not in found.removed]),
            ("Removed", found.removed),
            ("Not removed", found.problems),
        ):
            if lines:
                self.stdout.write(f"{title} ({len(lines)})")
                for line in lines:
                    self.stdout.write(f"  {printable(line)}")
        if not found.is_whole:
            raise CommandError(
                "Rows and files do not agree. Import the source again, run prepare_pictures, or"
                " upload what is lost; --remove removes files without a row."
            )
        self.stdout.write(self.style.SUCCESS("Every row has its file, and every file its row."))
