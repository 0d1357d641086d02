"""``manage.py prepare_pictures``: make every size of a picture before a visitor asks for it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from content.prepared import prepare_pictures
from content.progress import ProgressLine
from content.terminal import printable


class Command(BaseCommand):
    help = (
        "Make every size of the pictures that public pages show. An import does so by itself;"
        " what editors upload later is made on the first visit. Run it again at any time: what is"
        " there is not made again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        progress = ProgressLine(self.stdout, options["verbosity"])
        try:
            done = prepare_pictures(progress)
        finally:
            progress.clear()
        for problem in done.problems:
            self.stderr.write(printable(problem))
        made = f"{done.files} files were made" if done.files else "nothing had to be made"
        self.stdout.write(f"The {done.pictures} pictures of public pages are ready: {made}.")
