"""Fuzz one reader: ``python -m tests.fuzz TARGET SECONDS``, or ``python -m tests.fuzz TARGET`` for
a fixed number of texts, the same ones each time. A finding is written to the corpus, and the exit
code is not 0."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import atheris

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scri.settings.test")

with atheris.instrument_imports(include=["content", "isomer"]):
    import django

    django.setup()
    from tests.fuzz.targets import SEEDS, TARGETS

CORPUS = Path(__file__).parent / "corpus"
# What one text may cost, and how long it may be.
SECONDS_OF_ONE, LONGEST = 10, 4096
# Without a time: so many texts.
TEXTS = 1000


def main() -> None:
    name, seconds = sys.argv[1], "".join(sys.argv[2:])
    bound = [f"-max_total_time={seconds}"] if seconds else [f"-runs={TEXTS}", "-seed=1"]
    target = TARGETS[name]

    def test_one(data: bytes) -> None:
        target(data.decode("utf-8", "replace"))

    with tempfile.TemporaryDirectory() as found:
        for number, seed in enumerate(SEEDS[name]):
            (Path(found) / f"seed-{number}").write_text(seed, encoding="utf-8")
        kept = CORPUS / name
        kept.mkdir(parents=True, exist_ok=True)
        options = [
            *bound, f"-timeout={SECONDS_OF_ONE}", f"-max_len={LONGEST}",
            "-rss_limit_mb=1024", f"-artifact_prefix={kept}/finding-", "-verbosity=0",
            "-print_final_stats=1",
        ]  # fmt: skip
        atheris.Setup([sys.argv[0], *options, found, str(kept)], test_one)
        atheris.Fuzz()


main()
