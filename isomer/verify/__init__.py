"""Each page, as a visitor gets it, against its source document; each file of the source and each
address of the old site.

What a document says is worked out here anew, or by Jekyll if it is the judge. Of the stages
before, only the reader of files and the Markdown parser are shared; a test holds that
(``tests/isomer/verify``).
"""

from __future__ import annotations

from isomer.verify.markdown import ruby
from isomer.verify.report import report_data, report_lines
from isomer.verify.run import (
    JUDGES,
    Verification,
    VerificationError,
    verify_run,
)
from isomer.verify.tokens import RULES

__all__ = [
    "JUDGES",
    "RULES",
    "Verification",
    "VerificationError",
    "report_data",
    "report_lines",
    "ruby",
    "verify_run",
]
