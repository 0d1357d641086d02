"""Import real sites, serve them, and compare what is served with what the old sites served.

`make fidelity` calls this. Each case of ../shared/cases is imported into an empty
database of its own; ../shared/tools/fidelity.py compares; one table sums up. Its
rows are per cent, an empty cell means that the case has none of the kind.

  tools/fidelity.py [CASE ...] [--keep FOLDER]   FOLDER then holds the full reports
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

BASE = Path(__file__).resolve().parents[1]
SHARED = BASE.parent / "shared"
SECONDS_TO_START = 60

# Column heading and where the figure stands in the comparison's report.
TOTALS = {
    "URLs": "url_coverage",
    "title": "title",
    "words": "word_recall",
    "5gram": "text_recall",
    "prec+": "precision_chrome",
    "head": "heading",
    "link": "link",
    "image": "image",
    "alt": "alt_text",
    "embed": "embed",
    "table": "table",
    "num": "number",
    "crumb": "breadcrumb",
    "card": "card",
}
# The old generator copied these, but they are about the repository; styles are made anew.
OF_THE_REPOSITORY = frozenset(
    {
        "LICENSE", "Makefile", "collection.yml", "custom.css", "custom.css.map",
        "docker-compose.yml", "netlify.toml",
    }
)  # fmt: skip
SITE = {
    "menu": ("nav", "targets"),
    "footer": ("footer", "by_target"),
    "sitemap": ("sitemap", "recall"),
}


def say(text: str) -> None:
    """Write a line at once; a run takes minutes and should show where it is."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def manage(environment: dict[str, str], *arguments: str) -> str:
    """Run a management command and return what it printed; stop the whole run if it fails."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=BASE,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"manage.py {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def wait_for(url: str) -> None:
    """Wait until a server answers, whatever it answers."""
    for _ in range(SECONDS_TO_START * 4):
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.25)
    raise SystemExit(f"{url} did not answer within {SECONDS_TO_START} seconds.")


def environment_for(folder: Path, database: str = "") -> dict[str, str]:
    """Return the environment in which a case lives: its database, media and reports.

    ``database`` is the address of one on a server; by default it is a file in ``folder``.
    """
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "scri.settings.dev",
        "DATABASE_URL": database or f"sqlite:///{folder / 'db.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "ISOMER_REPORTS": str(folder / "reports"),
        "DEBUG": "false",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
    }


@contextmanager
def serving(environment: dict[str, str], folder: Path) -> Iterator[str]:
    """Serve a site on the loopback device and yield its address."""
    port = free_port()
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            [
                sys.executable, "-m", "gunicorn", "scri.wsgi", "--bind", f"127.0.0.1:{port}",
                # The first visitor of a busy machine may wait long for pictures to be made.
                "--workers", "2", "--log-level", "error", "--timeout", "120",
            ],
            cwd=BASE,
            env=environment,
            # Its remarks on HEAD requests would bury the table; errors show in the comparison.
            stderr=log,
        )  # fmt: skip
        try:
            wait_for(f"http://127.0.0.1:{port}/-/healthz")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=SECONDS_TO_START)


def compare(case: str, address: str, folder: Path) -> dict[str, Any]:
    """Compare a served site with a case and return the report, which also stays in ``folder``."""
    report = folder / f"{case}.json"
    with (folder / f"{case}.txt").open("w", encoding="utf-8") as output:
        subprocess.run(
            [
                sys.executable, str(SHARED / "tools" / "fidelity.py"),
                str(SHARED / "cases" / "expected" / f"{case}.json"), address,
                "--main-selector", "main", "--check-files", "--json", str(report),
            ],
            stdout=output,
            check=True,
        )  # fmt: skip
    found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return found


def import_and_compare(case: str, folder: Path) -> dict[str, Any]:
    """Import a case, serve it, and return the comparison's report."""
    environment = environment_for(folder)
    manage(environment, "migrate", "--verbosity", "0")
    manage(environment, "import_isomer", str(SHARED / "cases" / case))
    with serving(environment, folder) as address:
        report = compare(case, address, folder)
        report["site_level"]["static"] = static_files(case, address)
        return report


def static_files(case: str, address: str) -> dict[str, int]:
    """Ask for every file that the old site served beside its pages, and count the answers."""
    text = (SHARED / "cases" / "expected" / f"{case}.json").read_text(encoding="utf-8")
    expected = json.loads(text)
    paths = [
        path
        for path in [*expected["files"], *expected["other_files"]]
        if Path(path).name not in OF_THE_REPOSITORY and not path.endswith((".md", ".keep"))
    ]
    return {"expected": len(paths), "ok": sum(answers(address + quote(path)) for path in paths)}


def answers(url: str) -> bool:
    """Tell whether something answers at an address, after redirects."""
    try:
        urllib.request.urlopen(urllib.request.Request(url, method="HEAD"), timeout=30).close()
    except OSError:
        return False
    return True


def figures(report: dict[str, Any]) -> dict[str, float | None]:
    """Return the figures of a report by column heading, each 0 to 1 or ``None``."""
    total, site = report["total"], report["site_level"]
    row = {heading: total.get(key) for heading, key in TOTALS.items()}
    row |= {heading: site.get(part, {}).get(key) for heading, (part, key) in SITE.items()}
    row["note"] = site.get("notification")
    for heading in ("files", "static"):
        files = site.get(heading, {})
        row[heading] = files["ok"] / files["expected"] if files.get("expected") else None
    return row


def table(rows: dict[str, dict[str, float | None]]) -> str:
    """Return the figures as a table, sites across and figures down."""
    cases = list(rows)
    headings = list(next(iter(rows.values())))
    width = max(len(case) for case in cases)
    lines = [" " * 8 + "".join(f"  {case:>{width}}" for case in cases)]
    for heading in headings:
        values = [rows[case][heading] for case in cases]
        cells = ["" if value is None else f"{100 * value:.1f}" for value in values]
        lines.append(f"{heading:<8}" + "".join(f"  {cell:>{width}}" for cell in cells))
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("cases", nargs="*", metavar="CASE")
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    if not SHARED.is_dir():
        raise SystemExit("This needs the folder ../shared with its cases beside the checkout.")
    known = sorted(file.stem for file in (SHARED / "cases" / "expected").glob("*.json"))
    rows = {}
    with tempfile.TemporaryDirectory(prefix="fidelity-") as temporary:
        for case in options.cases or known:
            if case not in known:
                raise SystemExit(f"There is no case {case}; there are {', '.join(known)}.")
            say(f"{case} ...")
            folder = Path(temporary) / case
            folder.mkdir()
            rows[case] = figures(import_and_compare(case, folder))
            if options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                for file in (f"{case}.json", f"{case}.txt"):
                    shutil.copy(folder / file, options.keep / file)
    say("")
    say(table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
