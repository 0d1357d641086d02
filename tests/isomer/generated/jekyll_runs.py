"""Jekyll for many small repositories in one process of Ruby, which loads it once."""

from __future__ import annotations

import datetime
import json
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from isomer.verify.jekyll import PROGRAM, SECONDS, Site, arguments, environment, site_of

# Each repository is rendered in a child, which begins with Jekyll already read.
_EACH = """
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
    with tempfile.TemporaryDirectory(prefix="jekyll-") as folder:
        answers = [Path(folder) / str(number) for number in range(len(roots))]
        runs = [
            arguments(root, answer, day, SECONDS)
            for root, answer in zip(roots, answers, strict=True)
        ]
        subprocess.run(
            ["ruby", "-e", _EACH, str(PROGRAM)],
            input=json.dumps(runs), text=True, cwd=folder, env=environment(folder), check=True,
        )  # fmt: skip
        return [site_of(answer) for answer in answers]
