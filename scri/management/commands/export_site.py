"""``manage.py export_site``: sites as files that any web server shows, and their pages as data."""

from __future__ import annotations

import json
import logging
import os
import shutil
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.http.request import validate_host
from django.test.utils import override_settings
from wagtail.models import Site

from content.commands import DocumentedCommand, called_by
from content.counting import counted
from content.progress import ProgressLine
from scri.page_records import PageRecords
from scri.static_copy import SiteCopy


class Command(DocumentedCommand):
    help = """\
Write what visitors see as files: every public page of every site with its styles,
scripts, pictures, files, feeds and sitemap, in a folder for each site that any web
server shows. Beside them, content.jsonl holds each page as one line of JSON.

It is the way to leave this software, a site to show while the server is away, and the
archive of a year. docs/leaving.md says what is in it and what is not.

TARGET is a new or an empty folder. It appears when everything is written, never half of
it. Nothing private, no draft and nothing of the admin is written; nothing in the site is
changed. A page that can't be shown is named, the rest is written, and the exit code is 1.
"""
    examples = f"example:\n  {called_by()} export_site ../archive-2026\n"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", metavar="TARGET", type=Path, help="a new or empty folder")
        parser.add_argument(
            "--site", metavar="HOST[:PORT]", help="write this site alone (default: all sites)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        sites, target = _chosen(options["site"]), options["target"].resolve()
        progress = ProgressLine(self.stdout, options["verbosity"])
        # What visitors would get, and no pages for developers; each error is told once, below.
        logging.disable(logging.CRITICAL)
        try:
            with override_settings(DEBUG=False), _written_whole(target) as folder:
                copies = [_copy(site, folder, progress) for site in sites]
        finally:
            logging.disable(logging.NOTSET)
            progress.clear()
        for copy in copies:
            pages = counted(len(copy.pages), "page")
            self.say(f"{pages}, {counted(len(copy.files), 'file')}: {target / copy.folder.name}")
            for problem in copy.problems:
                self.stderr.write(problem)
        if any(copy.problems for copy in copies):
            raise CommandError("The rest was written; see above for what could not be.")


def _chosen(name: str | None) -> list[Site]:
    every = list(Site.objects.select_related("root_page"))
    sites = [one for one in every if name in (None, one.hostname, f"{one.hostname}:{one.port}")]
    if not sites:
        raise CommandError(f"There is no site {name}. There is: {', '.join(map(str, every))}.")
    for site in sites:
        if not validate_host(site.hostname, settings.ALLOWED_HOSTS):
            raise CommandError(
                f"Visitors get nothing at {site.hostname}: ALLOWED_HOSTS does not name it. Add it"
                " there, correct it under Settings, Sites, or write another site with --site."
            )
    return sites


@contextmanager
def _written_whole(target: Path) -> Iterator[Path]:
    """Give a new folder beside the target, which takes its place if all went well."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise CommandError(
            f"{target} is not empty. Name a new folder. If this is an earlier export that the new"
            " one should replace, remove it afterwards and give its name to the new one."
        )
    if os.path.ismount(target):
        raise CommandError(f"{target} can't be replaced by a folder. Name a new folder in it.")
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        folder = beside / target.name
        folder.mkdir()
        yield folder
        folder.rename(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _copy(site: Site, folder: Path, progress: ProgressLine) -> SiteCopy:
    copy, records = SiteCopy(site, folder), PageRecords(site)
    with (folder / "content.jsonl").open("a", encoding="utf-8") as data:
        for address, page in copy.pages.items():
            try:
                record = records.record(page, address)
                line = json.dumps(record, cls=DjangoJSONEncoder, ensure_ascii=False)
                line.encode()
            except (ValueError, TypeError, LookupError, AttributeError) as error:
                where = f"{site.root_url}{address}"
                copy.problems.append(f"{where}: no line of content.jsonl ({error!r})")
                continue
            data.write(f"{line}\n")
    copy.make(records.files, progress)
    return copy
