"""The operator's documentation names every option of the command and every rule of the report."""

from __future__ import annotations

import os
import re

from isomer.management.commands.import_isomer import Command
from isomer.messages import RULES, Level
from tests.isomer.importing import ROOT

FILE = ROOT / "docs" / "importing.md"
BEGIN = "<!-- rules: written by tests/isomer/test_docs.py, REWRITE_DOCS=1 -->\n"
END = "<!-- end of rules -->\n"
HEADINGS = {
    Level.ERROR: "Errors",
    Level.WARNING: "To check",
    Level.INFO: "For information",
}
STANDARD = {
    "--help", "--version", "--settings", "--pythonpath", "--traceback", "--no-color",
    "--force-color", "--skip-checks", "-h", "-v",
}  # fmt: skip


def rules_as_tables() -> str:
    parts = []
    for level, heading in HEADINGS.items():
        rules = [rule for rule in RULES.values() if rule.level is level]
        lines = [f"| {rule.title} | {rule.advice} |" for rule in rules]
        parts.append(f"**{heading}**\n\n| finding | what to do |\n|---|---|\n" + "\n".join(lines))
    return "\n" + "\n\n".join(parts) + "\n\n"


def test_every_rule_is_explained() -> None:
    text = FILE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    wanted = f"{before}{BEGIN}{rules_as_tables()}{END}{after}"
    if os.environ.get("REWRITE_DOCS"):
        FILE.write_text(wanted, encoding="utf-8")
        text = wanted
    assert text == wanted, "Run this test with REWRITE_DOCS=1 and look at the change."


def test_every_option_is_explained() -> None:
    parser = Command().create_parser("manage.py", "import_isomer")
    options = {option for action in parser._actions for option in action.option_strings}
    named = set(re.findall(r"--[a-z][a-z-]+", FILE.read_text(encoding="utf-8")))
    assert options - STANDARD <= named
    unknown = named - options
    assert not unknown, unknown
