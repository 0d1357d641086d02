"""Jekyll for many small repositories in one process of Ruby, which loads it once."""

from __future__ import annotations

import datetime
import json
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from isomer.verify.jekyll import SECONDS, Item, Site, _environment, _settings

# Each repository is rendered in a child, which begins with Jekyll already read.
_PROGRAM = """
require "json"
require "jekyll"
program = ARGV.shift
JSON.parse($stdin.read).each do |arguments|
  child = fork do
    ARGV.replace(arguments)
    load program
  end
  Process.wait(child)
  exit 1 unless $?.success?
end
"""


def rendered(roots: Sequence[Path], day: datetime.date) -> list[Site]:
    """Return what Jekyll makes of each repository on a day."""
    from isomer.verify import jekyll

    program = Path(jekyll.__file__).with_suffix(".rb")
    with tempfile.TemporaryDirectory(prefix="jekyll-") as folder:
        answers = [Path(folder) / str(number) for number in range(len(roots))]
        runs = [
            [str(root), str(answer), str(SECONDS), f"{day.isoformat()} 23:59:59",
             *map(str, _settings(root))]
            for root, answer in zip(roots, answers, strict=True)
        ]  # fmt: skip
        subprocess.run(
            ["ruby", "-e", _PROGRAM, str(program)],
            input=json.dumps(runs), text=True, cwd=folder, env=_environment(folder), check=True,
        )  # fmt: skip
        return [
            Site(tuple(Item(**json.loads(line)) for line in answer.read_text("utf-8").splitlines()))
            for answer in answers
        ]
