"""``manage.py verify_import``: is everything that was imported really on the pages?"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from content.commands import DocumentedCommand
from content.counting import counted
from content.failures import sentence
from content.progress import ProgressLine
from content.terminal import printable
from isomer.models import Certificate
from isomer.report import report_file, write_whole
from isomer.verify import (
    JUDGES,
    Verification,
    VerificationError,
    report_data,
    report_lines,
    verify_run,
)

DESCRIPTION = """\
Look at every imported page as visitors get it, and compare it with its document.

Every word in order, headings, links and where they lead, numbers of lists, pictures
and their alternative texts, table cells and embeds have to be there, and nothing
beside them. What a named rule explains (an empty paragraph, a comment) is counted;
anything else is shown with the place in the source file. Each file of the source must be
accounted for, and each address that the old site answered must answer.

RUN is the number of an import; without it, the last one is verified. Its source must
be where it was and say what it said. Nothing is written but the certificates, one
for each document, which stand in the admin under Imports, and sizes of pictures
that a first visitor would have made.

With --judge jekyll, what the source says is what Debian's Jekyll makes of it: without
theme, layouts and plugins, in a process with bounds. Without it, our own reader of
Liquid fills in bodies, and kramdown reads them where it is installed, else our own.

The exit code is 0 if nothing differs without an explanation and nothing is missing,
else 1.
"""

EXAMPLES = """\
examples:
  .venv/bin/python manage.py verify_import
  .venv/bin/python manage.py verify_import 12 --report reports
  .venv/bin/python manage.py verify_import --judge jekyll
  .venv/bin/python manage.py verify_import --page /about-us/history/
  .venv/bin/python manage.py verify_import 12 --source ../another-checkout
"""


class Command(DocumentedCommand):
    help = DESCRIPTION
    examples = EXAMPLES

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "run", metavar="RUN", nargs="?", type=int, help="number of the import to verify"
        )
        parser.add_argument(
            "--page",
            metavar="ADDRESS",
            default="",
            help="verify one page alone: its address, or the path of its document",
        )
        parser.add_argument(
            "--site", metavar="HOST", default="", help="verify the last import into this site"
        )
        parser.add_argument(
            "--source", metavar="PATH", help="where the documents of the run are now"
        )
        parser.add_argument(
            "--judge",
            choices=JUDGES,
            default="",
            help="have the source read by Jekyll, or its bodies by kramdown, if they are installed",
        )
        parser.add_argument(
            "--report", metavar="FOLDER", help="also write everything that was found there, as JSON"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        progress = ProgressLine(self.stdout, options["verbosity"])
        try:
            found = verify_run(
                options["run"],
                options["site"],
                Path(options["source"]) if options["source"] else None,
                options["page"],
                progress,
                options["judge"],
            )
        except VerificationError as error:
            raise CommandError(printable(str(error))) from error
        finally:
            progress.clear()
        styles = {
            Certificate.State.PASSED: self.style.SUCCESS,
            Certificate.State.FAILED: self.style.ERROR,
            Certificate.State.EDITED: self.style.WARNING,
        }
        for line, state in report_lines(found):
            style = styles.get(Certificate.State(state)) if state else None
            self.say(line, style or str)
        if options["report"]:
            self._write(found, Path(options["report"]))
        self.say()
        wrong = []
        if found.failed:
            pages = counted(len(found.failed), "page differs", "pages differ")
            wrong.append(f"{pages} from the source, and no rule explains it.")
        if found.missing:
            wrong.append(
                f"{counted(len(found.missing), 'file or address', 'files or addresses')} missing."
            )
        if wrong:
            raise CommandError(" ".join(wrong), returncode=1)
        text = "Nothing was lost and nothing was added."
        if any(one.state == Certificate.State.EDITED for one in found.certificates):
            text = "Nothing was lost and nothing was added, but for what people edited since."
        self.say(text, self.style.SUCCESS)

    def _write(self, found: Verification, folder: Path) -> None:
        when = found.certificates[0].checked_at if found.certificates else found.run.started_at
        file = report_file(folder, when, f"verified-run-{found.run.pk}.json")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            text = json.dumps(report_data(found), ensure_ascii=False, indent=1)
            write_whole(file, text)
        except OSError as error:
            raise CommandError(f"{file} can't be written. {sentence(error)}") from error
        self.say()
        self.stdout.write(printable(f"Everything that was found: {file}"))
