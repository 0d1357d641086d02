"""``manage.py import_isomer``: bring an Isomer Classic site into Wagtail."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from isomer.management.progress import Progress
from isomer.messages import Level
from isomer.plan import MappingError, load_mapping
from isomer.read import SourceError
from isomer.report import Report, make_report, report_lines, write_report
from isomer.run import SiteNameError, import_source

DESCRIPTION = """\
Bring an Isomer Classic site into Wagtail: pages, sections, pictures, settings.

SOURCE is a checkout of a repository or a ZIP archive of one, or a flat folder of
loose documents (any file extension); then the permalink of a document says
where it belongs.

The run writes everything or nothing. Run it again at any time: what has not
changed at the source is not written again, and pages that were edited in the
admin since the last import are left as they are and listed.
"""

EXAMPLES = """\
examples:
  .venv/bin/python manage.py import_isomer demo
  .venv/bin/python manage.py import_isomer ../my-agency-site --site www.my-agency.gov.sg
  .venv/bin/python manage.py import_isomer ../my-agency-site --mapping my-agency.toml
"""


class Command(BaseCommand):
    help = DESCRIPTION

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        parser = super().create_parser(prog_name, subcommand, epilog=EXAMPLES, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "source", metavar="SOURCE", help="folder or ZIP archive to import, or a single document"
        )
        parser.add_argument(
            "--mapping",
            metavar="FILE",
            help="table that says which documents become which page types"
            " (TOML; default: SCRI's own, isomer/mapping/scri.toml)",
        )
        parser.add_argument(
            "--site",
            metavar="HOST",
            default="",
            help="host name of the site to fill, with a port if need be (www.example.org:8000);"
            " the site is made if it does not exist (default: the default site)",
        )
        parser.add_argument(
            "--recreate-deleted",
            action="store_true",
            help="bring back pages and files that were deleted in the admin since the last import",
        )
        parser.add_argument(
            "--skip-unused",
            action="store_true",
            help="leave out pictures and files that nothing mentions (they are listed; without"
            " this they go into a collection of their own)",
        )

        parser.add_argument(
            "--report",
            metavar="FOLDER",
            default=str(settings.ISOMER_REPORTS),
            help="where to put the report as a web page and as JSON (default: %(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        _check_database()
        progress = Progress(self.stdout, options["verbosity"])
        try:
            mapping = load_mapping(Path(options["mapping"] or settings.ISOMER_MAPPING))
            done = import_source(
                Path(options["source"]),
                mapping,
                hostname=options["site"],
                progress=progress,
                recreate_deleted=options["recreate_deleted"],
                skip_unused=options["skip_unused"],
            )
        except (SourceError, MappingError, SiteNameError) as error:
            raise CommandError(str(error)) from error
        finally:
            progress.clear()
        styles = {
            Level.ERROR: self.style.ERROR,
            Level.WARNING: self.style.WARNING,
            Level.INFO: self.style.NOTICE,
        }
        run = done.outcome.run
        report = make_report(
            done.plan, run.source, done.outcome.site.hostname, done.seconds, run.commit
        )
        file = self._write(report, Path(options["report"]), run.started_at)
        for line, level in report_lines(report, file):
            self.stdout.write(line if level is None else styles[level](line))
        self.stdout.write("")
        site = done.outcome.site
        new = ", which was made for it" if done.outcome.site_is_new else ""
        self.stdout.write(self.style.SUCCESS(f"Imported into the site {site.hostname}{new}."))
        if file:
            self.stdout.write(f"The whole report: {file}")

    def _write(self, report: Report, folder: Path, when: datetime) -> str:
        """Write the report files and return the page's path; the import stands without them."""
        try:
            return str(write_report(report, folder, when))
        except OSError as error:
            self.stderr.write(f"The report can't be written to {folder}: {error.strerror}.")
            return ""


def _check_database() -> None:
    """Raise a ``CommandError`` while the database lacks tables that the import writes."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError(
            "The database is not up to date, so nothing was imported. Run manage.py migrate first."
        )
