"""Sources made to do harm: an import ends in time, within memory and in sentences.

The short run takes some of each kind, always the same ones.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tests.conftest import LONG

BASE = Path(__file__).resolve().parents[2]
SHARED = BASE.parent / "shared"
MAKER = SHARED / "tools" / "make_hostile.py"
CANARY = Path("/tmp/hostile-canary")
# Runs a command and writes down the seconds of the processor and the most memory, in KiB, that it
# took. A process of its own does that: Linux counts what a process held before it became the
# command, and pytest holds much.
MEASURE = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[2:])
with open(sys.argv[1], "w") as file:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    file.write(f"{used.ru_utime + used.ru_stime} {used.ru_maxrss}")
sys.exit(code if code >= 0 else 128 - code)
"""
# Of the processor; other work on the machine does not count.
SECONDS = 120
MEGABYTES = 512
CASES = (
    "yaml_alias", "yaml_deep", "yaml_scalar50", "yaml_lines", "yaml_python", "links_fs",
    "git_evil", "git_elsewhere", "twins", "addresses", "redirects", "redirects10k", "pics", "svgs",
    "xss", "nested_tags", "md_bombs", "liquid", "csvf", "encodings", "many",
)  # fmt: skip
ARCHIVES = (
    "slip", "abs", "bs", "drive", "sym", "symdir", "filedir", "dupe", "longname", "nul", "bomb",
    "many", "git", "overlap", "trunc", "notzip", "fifo", "lie",
)  # fmt: skip
GIVEN = (
    "feedback",
    "linkitem",
    "redirect-loop",
    "social",
    "structure",
    "structure2",
    "structure4",
    "structure5",
)
SAMPLED = 3
Note = Callable[[str, object], None]
# One process makes the sources for all tests here.
pytestmark = [pytest.mark.shared, pytest.mark.long, pytest.mark.xdist_group("hostile")]


def taken(cases: Sequence[str]) -> Sequence[str]:
    """Return the cases of one kind that this run takes."""
    return cases if LONG else random.Random(1).sample(cases, SAMPLED)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a folder with one repository for each case."""
    folder = tmp_path_factory.mktemp("hostile") / "made"
    subprocess.run([sys.executable, str(MAKER), str(folder)], check=True, capture_output=True)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an SQLite file with all tables."""
    file = tmp_path_factory.mktemp("database") / "empty.sqlite3"
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=BASE,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{file}"},
        check=True,
    )
    return file


def run(source: Path, folder: Path, empty_database: Path, note: Note) -> str:
    """Import a source in a process of its own and return what it printed.

    Args:
        note: takes a line of the table of all cases.
    """
    database = shutil.copy(empty_database, folder / "db.sqlite3")
    before = set(CANARY.rglob("*")) if CANARY.exists() else set()
    own = {
        "DATABASE_URL": f"sqlite:///{database}",
        "MEDIA_ROOT": str(folder / "media"),
        "ISOMER_REPORTS": str(folder / "reports"),
        "DJANGO_SETTINGS_MODULE": "scri.settings.dev",
    }
    peak = folder / "peak"
    command = [sys.executable, "manage.py", "import_isomer", str(source)]
    ended = subprocess.run(
        [sys.executable, "-c", MEASURE, str(peak), *command],
        cwd=BASE, env=os.environ | own, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS)),
    )  # fmt: skip
    code, text = ended.returncode, ended.stdout
    assert code in (0, 1), f"ended by signal or error {code}: {text[-300:]}"
    assert "Traceback" not in text, text[-600:]
    assert text.strip().endswith((".", "!", "”")), text[-300:]
    seconds, kilobytes = (float(number) for number in peak.read_text().split())
    megabytes = kilobytes / 1024
    note("figures", f"{source.name}: {seconds:.1f} s, {megabytes:.0f} MB")
    assert megabytes < MEGABYTES, f"{megabytes:.0f} MB"
    after = set(CANARY.rglob("*")) if CANARY.exists() else set()
    assert after == before, "something was written outside"
    written = {path.name for path in folder.iterdir()}
    assert written <= {"db.sqlite3", "db.sqlite3-import.lock", "media", "peak", "reports"}
    return text


@pytest.mark.parametrize("case", [*taken(CASES), *(f"zips/{name}.zip" for name in taken(ARCHIVES))])
def test_a_hostile_source(
    case: str, hostile: Path, tmp_path: Path, empty_database: Path, record_property: Note
) -> None:
    run(hostile / case, tmp_path, empty_database, record_property)


@pytest.mark.parametrize("case", taken(GIVEN))
def test_a_given_source(
    case: str, tmp_path: Path, empty_database: Path, record_property: Note
) -> None:
    source = SHARED / "inputs" / "repositories" / case
    assert "Imported into" in run(source, tmp_path, empty_database, record_property)
