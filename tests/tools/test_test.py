"""The last line of `make test`, and what may be left out when."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

BASE = Path(__file__).resolve().parents[2]


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, with CI and services as this test sets them."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("TEST_POSTGRES_URL", raising=False)
    spec = importlib.util.spec_from_file_location("tools_test", BASE / "tools" / "test.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "tools_test", module)
    spec.loader.exec_module(module)
    return module


REPORT = """<testsuites><testsuite tests="6" failures="1" errors="1" skipped="2">
<testcase/><testcase/><testcase><failure/></testcase><testcase><error/></testcase>
<testcase><skipped type="pytest.skip"/></testcase>
<testcase><skipped type="pytest.xfail"/></testcase>
</testsuite></testsuites>"""


def test_the_report_is_counted(tool: ModuleType, tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT)
    result = tool.read_report("SQLite", report, completed=True)
    assert (result.passed, result.failed, result.skipped) == (3, 2, 1)


def test_the_last_line_says_what_was_left_out(tool: ModuleType) -> None:
    line = tool.summary([tool.Result("SQLite", 612)], [], ["12 browser tests"])
    assert line == (
        "612 passed, 0 failed; left out because nothing provides them here: 12 browser tests"
    )


def test_the_last_line_names_everything_that_went_wrong(tool: ModuleType) -> None:
    results = [tool.Result("SQLite", 5, 1, 2), tool.Result("PostgreSQL", 3, completed=False)]
    assert tool.summary(results, ["style", "types"], []) == (
        "8 passed, 1 failed, 2 skipped (5 on SQLite, 3 on PostgreSQL);"
        " the run on PostgreSQL broke off; failed checks: style, types"
    )


@pytest.mark.parametrize("in_ci", [False, True])
def test_a_missing_service_is_a_failure_in_ci_only(
    tool: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    in_ci: bool,
) -> None:
    monkeypatch.setattr(tool, "IN_CI", in_ci)
    monkeypatch.setattr(tool, "BROWSERS", ("no-such-browser",))
    monkeypatch.setattr(tool, "run_checks", list)
    monkeypatch.setattr(tool, "fuzz", list)
    monkeypatch.setattr(tool, "count", lambda marker: 12)
    taken: list[list[str]] = []

    def run_tests(name: str, left_out: list[str], *options: str, **variables: str) -> object:
        taken.append(left_out)
        return tool.Result(name, 600)

    monkeypatch.setattr(tool, "run_tests", run_tests)
    assert tool.run_everything() == int(in_ci)
    said = capsys.readouterr().out
    if in_ci:
        assert taken == []
        assert "browser, postgresql" in said
    else:
        assert {"browser", "postgresql"} <= set(taken[0])
        assert "600 passed, 0 failed; left out" in said
        assert "12 browser tests" in said
        assert "the second run on PostgreSQL" in said


def test_ci_fails_when_something_is_skipped(
    tool: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tool, "IN_CI", True)
    monkeypatch.setattr(tool, "POSTGRES_URL", "postgresql://somewhere")
    monkeypatch.setattr(tool, "missing_services", lambda: ["shared"])
    monkeypatch.setattr(tool, "run_checks", list)
    monkeypatch.setattr(tool, "fuzz", list)
    monkeypatch.setattr(tool, "count", lambda marker: 1)
    monkeypatch.setattr(tool, "run_tests", lambda name, *a, **k: tool.Result(name, 600, 0, 1))
    assert tool.run_everything() == 1


def test_every_template_is_looked_at(tool: ModuleType) -> None:
    assert "scri/templates/base.html" in tool.templates()
    assert not [path for path in tool.templates() if path.startswith(".")]
