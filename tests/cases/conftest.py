"""Real sites, each imported once into a database of its own, served and compared.

Everything runs in processes of its own, as a web officer would run it, so that
time and memory are those of the command alone. Without ``DATABASE_URL`` the
databases are files; with it they are made on that server, and dropped.
"""

from __future__ import annotations

import importlib.util
import json
import os
import secrets
import shutil
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

import psycopg2
import pytest
from psycopg2.sql import SQL, Identifier

BASE = Path(__file__).resolve().parents[2]
CASES = BASE.parent / "shared" / "cases"


def _fidelity() -> ModuleType:
    """Return tools/fidelity.py, which lies in no package."""
    spec = importlib.util.spec_from_file_location("fidelity", BASE / "tools" / "fidelity.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


FIDELITY = _fidelity()


@dataclass
class Case:
    """One imported site. ``comparison`` is made when a test first asks for it."""

    name: str
    folder: Path
    environment: dict[str, str]

    @property
    def source(self) -> Path:
        return CASES / self.name

    def run_import(self, *options: str) -> dict[str, Any]:
        """Run the command and return the data of its report."""
        before = set(self.reports())
        # Sizes of pictures have tests of their own; here pages make them when they are compared.
        options = ("--no-renditions", *options)
        FIDELITY.manage(self.environment, "import_isomer", str(self.source), *options)
        [report] = set(self.reports()) - before
        found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
        return found

    def reports(self) -> list[Path]:
        return list(Path(self.environment["ISOMER_REPORTS"]).glob("*.json"))

    def examine(self, what: str, *arguments: str) -> Any:
        """Return what tests/cases/examine.py finds in the database."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.cases.examine", what, *arguments],
            cwd=BASE,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def verify(self) -> None:
        """Run the command that compares what is served with the source; it fails on a loss."""
        FIDELITY.manage(self.environment, "verify_import")

    @cached_property
    def first_import(self) -> dict[str, Any]:
        return self.run_import()

    @cached_property
    def media(self) -> dict[str, list[str]]:
        """What is wrong with media. Ask before the site is served: there two processes may
        make the same rendition at once, and one file of it belongs to nothing."""
        found: dict[str, list[str]] = self.examine("media")
        return found

    @cached_property
    def comparison(self) -> dict[str, Any]:
        with FIDELITY.serving(self.environment, self.folder) as address:
            found: dict[str, Any] = FIDELITY.compare(self.name, address, self.folder)
        return found


@contextmanager
def database(template: str = "") -> Iterator[str]:
    """Yield the address of a new database on the server of ``DATABASE_URL``, ``""`` without.

    It is empty, or as the one is whose address is ``template``.
    """
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield ""
        return
    name = f"case_{secrets.token_hex(8)}"
    copied = urllib.parse.urlsplit(template).path.removeprefix("/") or "template1"
    statement = SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(copied))
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    try:
        yield urllib.parse.urlunsplit(urllib.parse.urlsplit(server)._replace(path=f"/{name}"))
    finally:
        with connection.cursor() as cursor:
            cursor.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))
        connection.close()


class EmptyCases:
    """Makes sites without content; their databases are copies of one that was migrated once."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.address = folder, address
        environment = FIDELITY.environment_for(folder, address)
        FIDELITY.manage(environment, "migrate", "--verbosity", "0")

    @contextmanager
    def make(self, name: str, folder: Path) -> Iterator[Case]:
        """Yield a case that nothing was imported of yet, with its files in a folder."""
        with database(self.address) as address:
            if not address:
                shutil.copy(self.folder / "db.sqlite3", folder)
            yield Case(name, folder, FIDELITY.environment_for(folder, address))


@pytest.fixture(scope="session")
def empty_cases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmptyCases]:
    """What makes sites without content."""
    with database() as address:
        yield EmptyCases(tmp_path_factory.mktemp("empty"), address)


@pytest.fixture(scope="session")
def case(
    request: pytest.FixtureRequest,
    empty_cases: EmptyCases,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Case]:
    """A real site, imported."""
    with empty_cases.make(request.param, tmp_path_factory.mktemp("case")) as made:
        assert made.first_import["pages"]
        assert made.media
        yield made
