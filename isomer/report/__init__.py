"""What a run has to say: on the terminal, as a page to keep, as data."""

from isomer.report.data import Report, RuleReport, make_report
from isomer.report.files import write_report
from isomer.report.text import report_lines

__all__ = ["Report", "RuleReport", "make_report", "report_lines", "write_report"]
