"""Breaks imports at every point in every way, each in a process of its own, and says what came
of it, as JSON: ``python -m tests.isomer.broken.trial FOLDER``.

The environment names the database, which must be migrated, and the folders of files.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django
import psycopg2
from psycopg2.sql import SQL, Identifier

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import ManagementUtility, load_command_class  # noqa: E402
from django.db import connections  # noqa: E402
from django.template import engines  # noqa: E402
from django.urls import get_resolver  # noqa: E402

from tests.isomer.broken import dump  # noqa: E402
from tests.isomer.broken.points import POINTS, WAYS, Point, Way, break_at  # noqa: E402

# These take the points at which such a thing happens.
AT_DISK = ("one file is stored", "half of the report", "a size without its row")
AT_DATABASE = ("names of files are noted", "one page is changed", "all is written",
               "half of the care list")  # fmt: skip
AT_KEYBOARD = ("one file is stored", "settings are written", "all is committed")


def chosen(way: str, point: Point) -> bool:
    """Tell whether a way to end belongs to a point."""
    few = {"disk full": AT_DISK, "database gone": AT_DATABASE, "Ctrl+C": AT_KEYBOARD}
    return way not in few or point.name in few[way]


class Place:
    """The database and the folder of files, which can be put back as they were once."""

    def __init__(self, folder: Path) -> None:
        self.media, self.kept_media = Path(settings.MEDIA_ROOT), folder / "kept-media"
        self.database = settings.DATABASES["default"]
        self.is_file = self.database["ENGINE"].endswith("sqlite3")
        self.kept = folder / "kept.sqlite3"
        self.server = os.environ["DATABASE_URL"]

    def keep(self) -> None:
        """Remember how everything is now."""
        shutil.copytree(self.media, self.kept_media)
        if self.is_file:
            shutil.copyfile(self.database["NAME"], self.kept)
        else:
            self._make(f"{self.database['NAME']}_kept", self.database["NAME"])

    def put_back(self) -> None:
        """Make everything as it was then."""
        shutil.rmtree(self.media)
        shutil.copytree(self.kept_media, self.media)
        if self.is_file:
            for other in Path(self.database["NAME"]).parent.glob("*.sqlite3-*"):
                other.unlink()
            shutil.copyfile(self.kept, self.database["NAME"])
        else:
            self._make(self.database["NAME"], f"{self.database['NAME']}_kept")

    def _make(self, name: str, template: str) -> None:
        parts = urlsplit(self.server)
        server = psycopg2.connect(parts._replace(path="/postgres").geturl())
        server.autocommit = True
        with server.cursor() as cursor:
            cursor.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))
            copy = SQL("CREATE DATABASE {} TEMPLATE {}")
            cursor.execute(copy.format(Identifier(name), Identifier(template)))
        server.close()


def in_child(folder: Path, work: Callable[[], Any]) -> tuple[int, Any, str]:
    """Do something in a process of its own; return its exit code (the signal's number below 0),
    what came of it, and what it wrote to its error output."""
    said, result = folder / "said.txt", folder / "result.json"
    result.unlink(missing_ok=True)
    number = os.fork()
    if not number:
        code = 1
        try:
            output = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(output, 2)
            result.write_text(json.dumps(work()))
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        except BaseException:
            traceback.print_exc()
            raise
        finally:
            sys.stderr.flush()
            connections.close_all()
            os._exit(code)
    status = os.waitpid(number, 0)[1]
    found = json.loads(result.read_text()) if result.exists() else None
    return os.waitstatus_to_exitcode(status), found, said.read_text()


def importing(source: Path) -> None:
    """Run the command as a person does."""
    ManagementUtility(["manage.py", "import_isomer", str(source), "--skip-checks"]).execute()


def breaking(source: Path, point: Point, way: Way) -> None:
    """Run the command, which ends at a point."""
    break_at(point, way)
    importing(source)


def state() -> dict[str, Any]:
    """Return everything that is compared."""
    return {"content": dump.content(), "rest": dump.rest(), "runs": dump.runs()}


def one(place: Place, folder: Path, way: str, point: Point) -> dict[str, Any]:
    """Break one run, look, run again, look."""
    place.put_back()
    second = folder / "second"
    sys.stdout.write(f"{point.name}, {way}\n")
    sys.stdout.flush()
    code, _, said = in_child(folder, lambda: breaking(second, point, WAYS[way]))
    broken = in_child(folder, state)[1]
    again = in_child(folder, lambda: importing(second))
    mended = in_child(folder, state)
    return {
        "way": way, "point": point.name, "code": code, "said": said, "broken": broken,
        "again": [again[0], again[2]], "mended": mended[1],
    }  # fmt: skip


def main(folder: Path) -> None:
    """Write all that happened to ``FOLDER/all.json``."""
    # Once here, and not in every child.
    load_command_class("isomer", "import_isomer")
    assert get_resolver().url_patterns
    assert engines.all()
    place = Place(folder)
    first = in_child(folder, lambda: importing(folder / "first"))
    place.keep()
    before = in_child(folder, state)[1]
    second = in_child(folder, lambda: importing(folder / "second"))
    complete = in_child(folder, state)[1]
    found = [
        one(place, folder, way, point) for way in WAYS for point in POINTS if chosen(way, point)
    ]
    everything = {
        "first": [first[0], first[2]], "second": [second[0], second[2]],
        "before": before, "complete": complete, "trials": found,
    }  # fmt: skip
    (folder / "all.json").write_text(json.dumps(everything))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
