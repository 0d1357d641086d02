"""``manage.py import_isomer``: bring an Isomer Classic site into Wagtail."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from shlex import quote
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from content.commands import DocumentedCommand, called_by
from content.failures import sentence
from content.progress import ProgressLine
from content.terminal import printable
from isomer.apply import after
from isomer.messages import Level
from isomer.plan import load_mapping
from isomer.report import Report, make_plan_report, make_report, report_lines, write_report
from isomer.runs import (
    REFUSALS,
    Import,
    PlanFile,
    Planned,
    Request,
    import_source,
    plan_source,
    read_plan_file,
)

BOUND_OPTIONS = (
    "mapping", "site", "recreate_deleted", "skip_unused", "replace_site", "fetch_pictures",
    "dry_run",
)  # fmt: skip

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
  .venv/bin/python manage.py import_isomer ../my-agency-site --dry-run
  .venv/bin/python manage.py import_isomer --plan reports/2026-11-21-101500-my-agency-site-plan.json
  .venv/bin/python manage.py import_isomer ../my-agency-site --site www.my-agency.gov.sg
  .venv/bin/python manage.py import_isomer ../my-agency-site --mapping my-agency.toml
"""


class Command(DocumentedCommand):
    help = DESCRIPTION
    examples = EXAMPLES

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "source",
            metavar="SOURCE",
            nargs="?",
            default="",
            help="folder or ZIP archive to import, or a single document (with --plan: only if it is"
            " elsewhere by now)",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="show what a run would do, page by page and word by word, and write it as a web"
            " page and as JSON; nothing is imported",
        )
        parser.add_argument(
            "--plan",
            metavar="FILE",
            default="",
            help="do exactly what a dry run planned: FILE is the JSON that it wrote. Nothing is"
            " imported if the source or the site changed since",
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
        self._add_choices(parser)

    def _add_choices(self, parser: ArgumentParser) -> None:
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
            "--replace-site",
            action="store_true",
            help="fill the site though another repository filled it before: pages of the same"
            " name, menu, footer and identity are replaced",
        )
        parser.add_argument(
            "--fetch-pictures",
            metavar="HOST",
            action="append",
            default=[],
            help="bring the pictures that pages show from this other site into the library, if you"
            " may use them; may be given again for a further host. Without it they become links",
        )
        parser.add_argument(
            "--no-renditions",
            action="store_true",
            help="do not make the sizes of pictures that pages show now; the first visitors then"
            " wait for them, unless prepare_pictures makes them",
        )
        parser.add_argument(
            "--report",
            metavar="FOLDER",
            default=str(settings.ISOMER_REPORTS),
            help="where to put the report as a web page and as JSON (default: %(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        _check_database()
        progress = ProgressLine(self.stdout, options["verbosity"])
        try:
            request, bound_to, mapping_file = _request(options)
            if options["dry_run"]:
                planned = plan_source(request, progress)
            else:
                done = import_source(
                    request.folder,
                    request.mapping,
                    request.hostname,
                    progress,
                    request.recreate_deleted,
                    request.skip_unused,
                    bound_to,
                    request.replace_site,
                    fetch_pictures=request.fetch_pictures,
                )
        except REFUSALS as error:
            raise CommandError(printable(str(error))) from error
        finally:
            progress.clear()
        folder = Path(options["report"])
        if options["dry_run"]:
            self._show_plan(planned, mapping_file, folder)
        else:
            with after(done.outcome.run):
                self._show_import(done, folder)
                self._prepare_pictures(options)

    def _show_plan(self, planned: Planned, mapping_file: Path, folder: Path) -> None:
        plan, request = planned.plan, planned.request
        binding = planned.binding(mapping_file).as_data()
        report = make_plan_report(
            plan, request.source, planned.site.hostname, planned.seconds, planned.commit, binding
        )
        file = self._write(report, folder, planned.started_at)
        self._show(report, file)
        text = f"This is a plan ({plan.digest[:16]}); nothing was imported."
        self.say(text, self.style.SUCCESS)
        if file:
            data = Path(file).with_suffix(".json")
            self.stdout.write(printable(f"The whole plan: {file}"))
            command = f"{called_by()} import_isomer --plan {quote(str(data))}"
            self.say("To have exactly this done:")
            # In one piece, to be copied.
            self.stdout.write(f"  {printable(command)}")

    def _show_import(self, done: Import, folder: Path) -> None:
        run, site = done.outcome.run, done.outcome.site
        report = make_report(done.plan, run.source, site.hostname, done.seconds, run.commit)
        file = self._write(report, folder, run.started_at)
        self._show(report, file)
        for problem in done.problems:
            self.stderr.write(problem)
        new = ", which was made for it" if done.outcome.site_is_new else ""
        self.say(f"Imported into the site {site.hostname}{new}.", self.style.SUCCESS)
        if file:
            self.stdout.write(printable(f"The whole report: {file}"))

    def _prepare_pictures(self, options: dict[str, Any]) -> None:
        if options["no_renditions"]:
            self.say("Sizes of pictures were left for later. Make them with:")
            self.stdout.write(f"  {called_by()} prepare_pictures")
            return
        # After the transaction: an import stands whatever becomes of its pictures.
        verbosity = options["verbosity"]
        call_command(
            "prepare_pictures", stdout=self.stdout, stderr=self.stderr, verbosity=verbosity
        )

    def _show(self, report: Report, file: str) -> None:
        styles = {
            Level.ERROR: self.style.ERROR,
            Level.WARNING: self.style.WARNING,
            Level.INFO: self.style.NOTICE,
        }
        for line, level in report_lines(report, file):
            self.say(line, str if level is None else styles[level])
        self.say()

    def _write(self, report: Report, folder: Path, when: datetime) -> str:
        """Write the report files and return the page's path; the import stands without them."""
        try:
            return str(write_report(report, folder, when))
        except OSError as error:
            self.stderr.write(f"The report can't be written to {folder}. {sentence(error)}")
            return ""


def _request(options: dict[str, Any]) -> tuple[Request, PlanFile | None, Path]:
    """Return what is asked for, the plan that the run is bound to, and the mapping's file.

    The options of a plan are those with which it was made; only SOURCE may name another
    place, since a checkout may have moved.

    Raises:
        PlanFileError, MappingError: if the plan or the mapping can't be used.
        CommandError: if the options contradict each other.
    """
    if not options["plan"]:
        if not options["source"]:
            raise CommandError("Name the SOURCE to import, or a plan with --plan FILE.")
        file = Path(options["mapping"] or settings.ISOMER_MAPPING)
        hosts = tuple(dict.fromkeys(name.strip().lower() for name in options["fetch_pictures"]))
        request = Request(
            Path(options["source"]),
            load_mapping(file),
            options["site"],
            options["recreate_deleted"],
            options["skip_unused"],
            options["replace_site"],
            hosts,
        )
        return request, None, file
    given = [name for name in BOUND_OPTIONS if options[name]]
    if given:
        shown = ", ".join(f"--{name.replace('_', '-')}" for name in given)
        raise CommandError(f"A plan brings its own options: leave out {shown}, or make a new plan.")
    bound_to = read_plan_file(Path(options["plan"]))
    file = Path(bound_to.mapping)
    source = Path(options["source"] or bound_to.source)
    request = Request(
        source,
        load_mapping(file),
        bound_to.hostname,
        bound_to.recreate_deleted,
        bound_to.skip_unused,
        bound_to.replace_site,
        tuple(bound_to.fetch_pictures),
    )
    return request, bound_to, file


def _check_database() -> None:
    """Raise a ``CommandError`` while the database lacks tables that the import writes."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError(
            "The database is not up to date, so nothing was imported. Run manage.py migrate first."
        )
