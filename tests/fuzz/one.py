"""The process that is fuzzed: ``python -m tests.fuzz.one TARGET OPTION …`` (of libFuzzer)."""

from __future__ import annotations

import os
import sys

import atheris

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scri.settings.test")

with atheris.instrument_imports(include=["content", "isomer"]):
    import django

    django.setup()
    from tests.fuzz.targets import TARGETS

# libFuzzer starts itself anew to merge: this names the program to start.
PROGRAM = "FUZZ_PROGRAM"


def main() -> None:
    name, *options = sys.argv[1:]
    target = TARGETS[name]

    def test_one(data: bytes) -> None:
        target(data.decode("utf-8", "replace"))

    atheris.Setup([os.environ.get(PROGRAM, sys.argv[0]), *options], test_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
