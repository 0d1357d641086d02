"""`make bench-import`: how fast an import writes, beside the loop that one would write first.

usage: bench_import.py [--sizes 1000,3000,10000] [--repeats 3] [--pictures 200]

Repositories of several sizes are made up, read and converted, and written into new databases:
SQLite always, PostgreSQL where TEST_POSTGRES_URL names a server. At the first size the naive
loop (add_child, then save_revision().publish(), page by page) writes the same pages in the same
run, in turns with the apply stage. Figures are CPU time, that of PostgreSQL's own process
included where it runs on this machine, because wall time depends on who else works here.

A whole run is what goes from reading the source to the indexed site. The care list, which the
command brings up to date after that, has a line of its own; the naive loop has neither. DEBUG is
off, as in production; with it Django writes down each statement.

It ends with an exit code other than 0 if a figure is below its target.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from tools.synthetic import write_repository

BASE = Path(__file__).resolve().parents[1]

TARGETS = {"sqlite": (20, 10), "postgresql": (15, None)}
MEDIA_TARGET, STATEMENTS, EXPONENT, MEGABYTES = 10, 1.0, 1.15, 512


class Database(ABC):
    """An empty, migrated database, copied anew for each measurement."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder

    @abstractmethod
    def prepare(self) -> None:
        """Make the database that the others are copied from."""

    @abstractmethod
    def fresh(self) -> str:
        """Return the URL of a new copy."""

    def remove(self) -> None:  # noqa: B027
        """Remove what was made outside the folder; SQLite makes nothing there."""


class Sqlite(Database):
    def prepare(self) -> None:
        _manage(f"sqlite:///{self.folder / 'empty.sqlite3'}", self.folder, "migrate", "-v0")

    def fresh(self) -> str:
        for old in self.folder.glob("copy.sqlite3*"):
            old.unlink()
        shutil.copy(self.folder / "empty.sqlite3", self.folder / "copy.sqlite3")
        return f"sqlite:///{self.folder / 'copy.sqlite3'}"


class Postgresql(Database):
    TEMPLATE, COPY = "bench_import_empty", "bench_import_copy"

    def __init__(self, name: str, folder: Path, server: str) -> None:
        super().__init__(name, folder)
        self.server = server

    def prepare(self) -> None:
        self._execute(
            f"DROP DATABASE IF EXISTS {self.TEMPLATE}", f"CREATE DATABASE {self.TEMPLATE}"
        )
        _manage(self._url(self.TEMPLATE), self.folder, "migrate", "-v0")

    def fresh(self) -> str:
        self._execute(
            f"DROP DATABASE IF EXISTS {self.COPY}",
            f"CREATE DATABASE {self.COPY} TEMPLATE {self.TEMPLATE}",
        )
        return self._url(self.COPY)

    def remove(self) -> None:
        self._execute(*(f"DROP DATABASE IF EXISTS {one}" for one in (self.COPY, self.TEMPLATE)))

    def _url(self, database: str) -> str:
        parts = urlsplit(self.server)
        return urlunsplit((parts.scheme, parts.netloc, f"/{database}", parts.query, ""))

    def _execute(self, *statements: str) -> None:
        import psycopg2

        connection = psycopg2.connect(self.server)
        connection.autocommit = True
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        connection.close()


def _environment(url: str, folder: Path) -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": url,
        "MEDIA_ROOT": str(folder / "media"),
        "DJANGO_SETTINGS_MODULE": "scri.settings.dev",
        "DEBUG": "false",
    }


def _manage(url: str, folder: Path, *arguments: str) -> None:
    command = [sys.executable, str(BASE / "manage.py"), *arguments]
    subprocess.run(command, env=_environment(url, folder), check=True)


def measure(mode: str, source: Path, database: Database) -> dict[str, float]:
    """Return what one run in a process of its own cost (``tools/bench_import_run.py``)."""
    command = [sys.executable, "-m", "tools.bench_import_run", mode, str(source)]
    done = subprocess.run(
        command,
        env=_environment(database.fresh(), database.folder),
        cwd=BASE,
        capture_output=True,
        text=True,
        check=False,
    )
    shutil.rmtree(database.folder / "media", ignore_errors=True)
    if done.returncode:
        sys.exit(f"The measurement {mode} of {source.name} failed:\n{done.stderr[-3000:]}")
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


class Bench:
    """Runs everything and gathers what is below its target."""

    def __init__(self, folder: Path, repeats: int) -> None:
        self.folder, self.repeats = folder, repeats
        self.missed: list[str] = []
        self.results: list[str] = []

    def source(self, pages: int, pictures: int = 0) -> Path:
        """Return a repository of a size, made once."""
        path = self.folder / f"{pages}-pages-{pictures}-pictures"
        if not path.exists():
            write_repository(path, pages, pictures)
        return path

    def compare(self, database: Database, pages: int) -> float:
        """Measure apply stage and naive loop in turns; return the apply stage's CPU seconds."""
        runs: dict[str, list[dict[str, float]]] = {"apply": [], "naive": []}
        for _ in range(self.repeats):
            for mode, found in runs.items():
                found.append(measure(mode, self.source(pages), database))
        apply, whole = _median(runs["apply"], "write"), _median(runs["apply"], "whole")
        naive = _median(runs["naive"], "write")
        statements = _median(runs["apply"], "statements") / pages
        self._say(database, pages, "apply stage", apply, runs["apply"][0]["megabytes"])
        self._say(database, pages, "whole run", whole, runs["apply"][0]["megabytes"])
        self._say(
            database,
            pages,
            "care list",
            _median(runs["apply"], "care"),
            runs["apply"][0]["megabytes"],
        )
        self._say(database, pages, "naive loop", naive, runs["naive"][0]["megabytes"])
        print(f"{database.name}: {statements:.2f} SQL statements for each created page")
        ratio, of_whole = TARGETS[database.name]
        self._expect(naive / apply >= ratio, f"{database.name}: apply stage {naive / apply:.1f}x")
        if of_whole:
            self._expect(
                naive / whole >= of_whole, f"{database.name}: whole run {naive / whole:.1f}x"
            )
        self._expect(statements <= STATEMENTS, f"{database.name}: {statements:.2f} statements")
        self.results.append(f"{database.name} {pages} pages: {naive / apply:.1f}x naive")
        self.results.append(f"{database.name} {pages} pages, whole run: {naive / whole:.1f}x naive")
        return apply

    def grow(self, database: Database, sizes: list[int], first: float) -> None:
        """Measure the apply stage at greater sizes, and how its time grows."""
        for pages in sizes[1:]:
            figures = measure("apply", self.source(pages), database)
            self._say(database, pages, "apply stage", figures["write"], figures["megabytes"])
            self._say(database, pages, "whole run", figures["whole"], figures["megabytes"])
            print(f"{database.name} {pages} pages: the transaction took {figures['seconds']:.1f} s")
            if pages == sizes[-1]:
                grown = math.log(figures["write"] / first) / math.log(pages / sizes[0])
                text = f"{database.name} {sizes[0]} to {pages} pages: growth exponent {grown:.2f}"
                self.results.append(text)
                self._expect(grown <= EXPONENT, text)
                memory = f"{database.name}: {figures['megabytes']:.0f} MB at {pages} pages"
                self._expect(figures["megabytes"] < MEGABYTES, memory)

    def pictures(self, database: Database, number: int) -> None:
        """Measure how pictures get into the library, beside ``Image.save`` for each."""
        source = self.source(1, number)
        runs: dict[str, list[dict[str, float]]] = {"media": [], "naive-media": []}
        for _ in range(self.repeats):
            for mode, found in runs.items():
                found.append(measure(mode, source, database))
        media, naive = _median(runs["media"], "write"), _median(runs["naive-media"], "write")
        text = f"{database.name} {number} pictures: {naive / media:.1f}x Image.save"
        print(f"{text} ({number / media:.0f} and {number / naive:.0f} a CPU second)")
        self.results.append(text)
        self._expect(naive / media >= MEDIA_TARGET, text)

    def _say(self, database: Database, pages: int, what: str, cpu: float, memory: float) -> None:
        print(
            f"{database.name:<10} {pages:>6} pages  {what:<11} {cpu:8.2f} CPU s"
            f" {pages / cpu:8.0f} pages/s  peak {memory:4.0f} MB",
            flush=True,
        )

    def _expect(self, holds: bool, text: str) -> None:
        if not holds:
            self.missed.append(text)


def _median(runs: list[dict[str, float]], name: str) -> float:
    return statistics.median(run[name] for run in runs)


def main(arguments: Any) -> int:
    """Run the measurements and return the exit code."""
    sizes = [int(size) for size in arguments.sizes.split(",")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        databases: list[Database] = [Sqlite("sqlite", folder)]
        if server := os.environ.get("TEST_POSTGRES_URL", ""):
            databases.append(Postgresql("postgresql", folder, server))
        else:
            print("PostgreSQL is left out: TEST_POSTGRES_URL names no server.")
        bench = Bench(folder, arguments.repeats)
        for database in databases:
            database.prepare()
            try:
                first = bench.compare(database, sizes[0])
                bench.grow(database, sizes, first)
                if database.name == "sqlite" and arguments.pictures:
                    bench.pictures(database, arguments.pictures)
            finally:
                database.remove()
    print()
    for text in bench.missed:
        print(f"Below the target: {text}")
    print("\n".join(bench.results))
    return 1 if bench.missed else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="1000,3000,10000")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--pictures", type=int, default=200)
    sys.exit(main(parser.parse_args()))
