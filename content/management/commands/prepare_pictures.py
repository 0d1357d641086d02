"""``manage.py prepare_pictures``: make every size of a picture before a visitor asks for it."""

from __future__ import annotations

from typing import Any

from content.commands import PlainCommand
from content.counting import counted
from content.progress import ProgressLine
from content.rendering.prepared import prepare_pictures
from content.terminal import printable


class Command(PlainCommand):
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
        made = (
            f"{counted(done.files, 'file was', 'files were')} made"
            if done.files
            else "nothing had to be made"
        )
        pictures = "picture of public pages is", "pictures of public pages are"
        self.stdout.write(f"{counted(done.pictures, *pictures)} ready: {made}.")
