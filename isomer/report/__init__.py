"""What a run has to say: on the terminal, as a page to keep, as data."""

from isomer.report.data import Report, RuleReport, make_report, peak_memory
from isomer.report.files import report_file, write_report, write_whole
from isomer.report.planned import PlanReport, make_plan_report
from isomer.report.text import report_lines

__all__ = [
    "PlanReport",
    "Report",
    "RuleReport",
    "make_plan_report",
    "make_report",
    "peak_memory",
    "report_file",
    "report_lines",
    "write_report",
    "write_whole",
]
