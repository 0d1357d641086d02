"""``manage.py export_isomer``: write a site back as an Isomer Classic repository."""

from __future__ import annotations

from argparse import ArgumentParser
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from content.counting import counted
from content.progress import ProgressLine
from content.terminal import printable
from isomer.management.documented import DocumentedCommand
from isomer.messages import Level
from isomer.plan import MappingError, load_mapping
from isomer.run import SiteNameError, check_page_types, find_site, host_and_port
from isomer.write.folder import TargetError
from isomer.write.messages import RULES, Finding
from isomer.write.run import Export, export_site
from isomer.write.site import PrivateSiteError

SHOWN = 20

DESCRIPTION = """\
Write a site back as an Isomer Classic repository: pages, menu, footer, settings,
redirects, pictures and files.

TARGET is a new or an empty folder. It appears when everything is written, never
half of it. What was written is read again and compared with the site first: importing
TARGET gives the same site, but for what is listed under “comes back otherwise”.

Private pages and files are left out, with the redirects to them. So are pages that visitors
can't see, unless --include-drafts is given. Nothing in the site is changed.

The exit code is 0 if no word was lost, else 1.
"""

EXAMPLES = """\
examples:
  .venv/bin/python manage.py export_isomer ../our-site-in-isomer
  .venv/bin/python manage.py export_isomer ../our-site-in-isomer --replace
  .venv/bin/python manage.py export_isomer ../archive --include-drafts
  .venv/bin/python manage.py export_isomer ../second --site www.second.gov.sg --mapping own.toml
"""


class Command(DocumentedCommand):
    help = DESCRIPTION
    examples = EXAMPLES

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", metavar="TARGET", help="new or empty folder to write into")
        parser.add_argument(
            "--site",
            metavar="HOST",
            default="",
            help="host name of the site to write, with a port if need be (default: the default"
            " site)",
        )
        parser.add_argument(
            "--include-drafts",
            action="store_true",
            help="write pages that visitors can't see, too, with published: false; posts of the"
            " future wait for their day there as here",
        )
        parser.add_argument(
            "--replace",
            action="store_true",
            help="put the new export in the place of an earlier one; refused if a file is in it"
            " that no export wrote, or that was changed since",
        )
        parser.add_argument(
            "--mapping",
            metavar="FILE",
            help="table with which the repository would be imported again (TOML; default: SCRI's"
            " own, isomer/mapping/scri.toml)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        progress = ProgressLine(self.stdout, options["verbosity"])
        target = Path(options["target"])
        try:
            mapping = load_mapping(Path(options["mapping"] or settings.ISOMER_MAPPING))
            check_page_types(mapping)
            site = find_site(*host_and_port(options["site"]))
            if site is None:
                name = options["site"] or "the default site"
                raise CommandError(f"There is no site {name}. Look under Settings, Sites.")
            done = export_site(
                site, target, mapping, options["include_drafts"], options["replace"], progress
            )
        except (MappingError, SiteNameError, TargetError, PrivateSiteError) as error:
            raise CommandError(printable(str(error))) from error
        finally:
            progress.clear()
        self._show(done, target)

    def _show(self, done: Export, target: Path) -> None:
        styles = {
            Level.ERROR: self.style.ERROR,
            Level.WARNING: self.style.WARNING,
            Level.INFO: self.style.NOTICE,
        }
        for code, group in groupby(done.findings, key=lambda one: one.rule):
            found: list[Finding] = list(group)
            rule = RULES[code]
            self.say(f"{rule.title} ({len(found)})", styles[rule.level])
            self.say(f"  {rule.advice}")
            # Errors are for somebody to mend, so each is shown.
            shown = found if rule.level is Level.ERROR else found[:SHOWN]
            for one in shown:
                self.say(f"  {one.where}: {one.text}" if one.text else f"  {one.where}")
            if len(shown) < len(found):
                self.say(f"  … and {len(found) - len(shown)} more")
            self.say()
        media = counted(done.media, "picture or file", "pictures and files")
        self.say(f"{counted(done.pages, 'document')} and {media}: {target}")
        if not done.is_whole:
            raise CommandError("Not everything was written; see the errors above.", returncode=1)
        self.say("No word was lost.", self.style.SUCCESS)
