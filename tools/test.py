"""Run every check and test of the project; `make test` calls this.

The tests run on SQLite, then those that use the database again on PostgreSQL.
What needs a service that is not here (Chromium, PostgreSQL, kramdown, Jekyll, the seeds and
cases of ../shared) is left out and counted in the last line. With CI=true nothing may be
left out but what needs ../shared, and nothing may be skipped.

  FUZZ_SECONDS        how long each reader is fuzzed; without it the same texts for a minute
  TEST_POSTGRES_URL   a server for the second run, such as postgresql://me@localhost/postgres
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

BASE = Path(__file__).resolve().parents[1]
IN_CI = os.environ.get("CI", "").lower() == "true"
POSTGRES_URL = os.environ.get("TEST_POSTGRES_URL", "")
BROWSERS = ("chromium", "/usr/bin/chromium")
FUZZED = ("front_matter", "data_files", "liquid", "markdown", "html", "svg", "addresses")
FUZZ_SECONDS = os.environ.get("FUZZ_SECONDS", "")
# Not a service of the machine: also absent in CI, without harm.
MAY_BE_ABSENT = "shared"
# pytest's exit code for "no tests were collected"
NO_TESTS = 5


@dataclass(frozen=True)
class Result:
    """What became of one run of pytest."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    completed: bool = True


def say(text: str) -> None:
    """Write a line at once, so that it stands before what a program writes next."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def run(*command: str, **variables: str) -> int:
    """Run a program of this virtual environment in the project's folder."""
    program = Path(sys.executable).with_name(command[0])
    return subprocess.run(
        [str(program), *command[1:]], cwd=BASE, env=environment(**variables), check=False
    ).returncode


def environment(**variables: str) -> dict[str, str]:
    """Return the environment for checks and tests, free of a developer's own database."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return kept | {"DJANGO_SETTINGS_MODULE": "scri.settings.test"} | variables


def templates() -> list[str]:
    """Return the paths of all templates of the project."""
    found = BASE.glob("[a-z]*/templates/**/*.html")
    return sorted(str(path.relative_to(BASE)) for path in found)


def checks() -> dict[str, Sequence[str]]:
    """Return the checks by the name under which they are reported."""
    return {
        "style": ("ruff", "check", "."),
        "format": ("ruff", "format", "--check", "."),
        "templates": ("djhtml", "--check", "--tabwidth", "2", *templates()),
        "types": ("mypy", "."),
        "django": ("python", "manage.py", "check"),
        "migrations": ("python", "manage.py", "makemigrations", "--check", "--dry-run"),
    }


def run_checks(*names: str) -> list[str]:
    """Run the checks, or those named, and return the names of those that failed."""
    failed = []
    for name, command in checks().items():
        if names and name not in names:
            continue
        say(f"--- {name}: {' '.join(command[:4])}")
        if run(*command) != 0:
            failed.append(name)
    return failed


def fuzz() -> list[str]:
    """Fuzz the readers, as many at a time as there are cores. Return those with findings."""
    seconds = [FUZZ_SECONDS] if FUZZ_SECONDS else []
    say(f"--- fuzzing {', '.join(FUZZED)}")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        codes = pool.map(lambda name: run("python", "-m", "tests.fuzz", name, *seconds), FUZZED)
        return [f"fuzzing {name}" for name, code in zip(FUZZED, codes, strict=True) if code]


def put_into_form() -> int:
    """Rewrite code and templates in their standard form."""
    codes = [
        run("ruff", "check", "--fix", "--quiet", "."),
        run("ruff", "format", "."),
        run("djhtml", "--tabwidth", "2", *templates()),
    ]
    return max(codes)


def missing_services() -> list[str]:
    """Return the markers whose service is not here."""
    here = {
        "browser": any(shutil.which(name) for name in BROWSERS),
        "jekyll": bool(shutil.which("jekyll") and shutil.which("ruby")),
        "kramdown": has_kramdown(),
        "postgresql": bool(POSTGRES_URL),
        "cases": (BASE.parent / "shared" / "cases" / "expected").is_dir(),
        "shared": (BASE.parent / "shared").is_dir(),
    }
    return [marker for marker, is_here in here.items() if not is_here]


def has_kramdown() -> bool:
    """Tell whether Ruby and the Markdown parser of the old sites are here."""
    if not shutil.which("ruby"):
        return False
    command = ["ruby", "-e", 'require "kramdown-parser-gfm"']
    return subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode == 0


def count(marker: str) -> int:
    """Return how many tests carry a marker."""
    output = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-m", marker],
        cwd=BASE,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    found = re.search(r"^(\d+)(?:/\d+)? tests? collected", output, re.MULTILINE)
    return int(found[1]) if found else 0


def run_tests(name: str, left_out: Sequence[str], *options: str, **variables: str) -> Result:
    """Run pytest once, without the tests that carry one of the markers ``left_out``."""
    say(f"--- tests on {name}")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        expression = " and ".join(f"not {marker}" for marker in left_out)
        code = run(
            "python", "-m", "pytest", "-n", "2", "--dist", "loadgroup",
            f"--junitxml={report}", "-m", expression, *options, **variables,
        )  # fmt: skip
        if not report.exists():
            return Result(name, completed=False)
        return read_report(name, report, completed=code in (0, 1, NO_TESTS))


def read_report(name: str, report: Path, completed: bool) -> Result:
    """Return the counts of a JUnit report. An expected failure counts as passed."""
    suite = next(ElementTree.parse(report).getroot().iter("testsuite"))
    counts: Mapping[str, int] = {
        key: int(suite.get(key, 0)) for key in ("tests", "failures", "errors")
    }
    skipped = sum(mark.get("type") == "pytest.skip" for mark in suite.iter("skipped"))
    failed = counts["failures"] + counts["errors"]
    return Result(name, counts["tests"] - failed - skipped, failed, skipped, completed)


def summary(results: Sequence[Result], failed_checks: Sequence[str], absent: Sequence[str]) -> str:
    """Return the last line: what passed, what failed, and what could not run here."""
    passed, failed, skipped = (
        sum(getattr(result, name) for result in results) for name in ("passed", "failed", "skipped")
    )
    parts = [f"{passed} passed, {failed} failed"]
    if skipped:
        parts[0] += f", {skipped} skipped"
    if len(results) > 1:
        runs = ", ".join(f"{result.passed} on {result.name}" for result in results)
        parts[0] += f" ({runs})"
    parts += [f"the run on {result.name} broke off" for result in results if not result.completed]
    if failed_checks:
        parts.append(f"failed checks: {', '.join(failed_checks)}")
    if absent:
        parts.append(f"left out because nothing provides them here: {', '.join(absent)}")
    return "; ".join(parts)


def run_everything() -> int:
    """Run checks and tests, write the last line, and return the exit code."""
    missing = missing_services()
    lacking = [marker for marker in missing if marker != MAY_BE_ABSENT]
    if IN_CI and lacking:
        say(f"CI must leave nothing out, but these services are missing: {', '.join(lacking)}.")
        return 1
    failed_checks = run_checks()
    results = [run_tests("SQLite", sorted({*missing, "postgresql"}))]
    if POSTGRES_URL:
        # What a browser sees does not depend on the database.
        left_out = sorted({*missing, "browser"})
        options = {"DATABASE_URL": POSTGRES_URL}
        results.append(run_tests("PostgreSQL", left_out, "--database-only", **options))
    failed_checks += fuzz()
    counts = {marker: count(marker) for marker in missing}
    absent = [f"{number} {marker} tests" for marker, number in counts.items() if number]
    if not POSTGRES_URL:
        absent.append("the second run on PostgreSQL (TEST_POSTGRES_URL names a server)")
    say(f"\n{summary(results, failed_checks, absent)}")
    good = not failed_checks and all(result.completed and not result.failed for result in results)
    if IN_CI and any(result.skipped for result in results):
        say("CI must skip nothing.")
        good = False
    return 0 if good and any(result.passed for result in results) else 1


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    task = parser.add_mutually_exclusive_group()
    names = list(checks())
    some = f"run the checks, or some of them ({', '.join(names)}); no tests"
    task.add_argument("--lint", nargs="*", choices=names, metavar="CHECK", help=some)
    task.add_argument("--format", action="store_true", help="rewrite code and templates")
    task.add_argument("--fuzz", action="store_true", help="fuzz each reader, no tests")
    task.add_argument("--long", action="store_true", help="take everything that is sampled")
    arguments = parser.parse_args()
    if arguments.format:
        return put_into_form()
    if arguments.lint is not None:
        failed = run_checks(*arguments.lint)
        say(f"failed checks: {', '.join(failed)}" if failed else "all checks passed")
        return 1 if failed else 0
    if arguments.fuzz:
        failed = fuzz()
        say(f"failed: {', '.join(failed)}" if failed else "nothing was found")
        return 1 if failed else 0
    if arguments.long:
        os.environ["TEST_LONG"] = "1"
    return run_everything()


if __name__ == "__main__":
    sys.exit(main())
