"""Fuzz one reader.

``python -m tests.fuzz TARGET`` reads the same texts each time, for a minute at most.
``python -m tests.fuzz TARGET SECONDS`` looks for new ones, and keeps in the corpus the shortest
texts that together reach every line and branch that was reached. Commit what changes there.
A finding is written to a file beside the corpus, and the exit code is not 0.
"""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.fuzz.corpus import FINDINGS, keep_texts, kept_texts

# What one text may cost, and how long it may be.
LIMITS = ("-timeout=30", "-rss_limit_mb=1024", "-max_len=2048", "-verbosity=0")
# What a machine with one free core reads in about a minute. The number ends the run, so that a
# faster machine meets no text that was never read here.
TEXTS = {
    "front_matter": 40_000,
    "data_files": 40_000,
    "liquid": 100_000,
    "markdown": 8_000,
    "html": 5_000,
    "svg": 60_000,
    "addresses": 100_000,
}
MINUTE = ("-max_total_time=60", "-seed=1")


def fuzz(name: str, bounds: list[str], folder: Path) -> int:
    """Fuzz from the texts in a folder, which takes the new ones. Return the exit code."""
    findings = FINDINGS / name
    findings.mkdir(parents=True, exist_ok=True)
    return run(
        name, *LIMITS, *bounds, "-print_final_stats=1", f"-artifact_prefix={findings}/", folder
    )


def merged(name: str, folder: Path, target: Path) -> list[str]:
    """Return the texts of a folder that are needed to reach all that the folder reaches."""
    target.mkdir()
    run(name, *LIMITS, "-merge=1", target, folder)
    return [file.read_bytes().decode("utf-8", "replace") for file in target.iterdir()]


def run(name: str, *options: str | Path) -> int:
    """Start the process that is fuzzed, through a program that it can start anew itself. Say how
    many texts it read, or everything that it said if it ended in another way."""
    with tempfile.TemporaryDirectory() as place:
        program = Path(place) / "one"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tests.fuzz.one {name} "$@"\n')
        program.chmod(stat.S_IRWXU)
        # Coverage, and with it what is read next, depends on the order of sets.
        environment = {**os.environ, "FUZZ_PROGRAM": str(program), "PYTHONHASHSEED": "0"}
        ended = subprocess.run(
            [program, *options], env=environment, capture_output=True, text=True, errors="replace"
        )
    figure = re.search(r"number_of_executed_units: (\d+)", ended.stderr)
    if ended.returncode:
        sys.stdout.write(f"{ended.stdout}{ended.stderr}")
    elif figure:
        sys.stdout.write(f"{name}: {int(figure[1]):,} texts were read without an error\n")
    return ended.returncode


def main() -> int:
    name, *seconds = sys.argv[1:]
    with tempfile.TemporaryDirectory() as place:
        texts = Path(place) / "texts"
        texts.mkdir()
        for number, text in enumerate(kept_texts(name)):
            (texts / f"kept-{number:05}").write_text(text, encoding="utf-8")
        if not seconds:
            return fuzz(name, [f"-runs={TEXTS[name]}", *MINUTE], texts)
        code = fuzz(name, [f"-max_total_time={seconds[0]}"], texts)
        keep_texts(name, merged(name, texts, Path(place) / "merged"))
        return code


if __name__ == "__main__":
    sys.exit(main())
