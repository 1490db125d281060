"""What a body's own system reports: begun, changed and handed in by the deeds of the form.

A system acts as the reporter who holds its token, and for one body alone; it never approves,
publishes, returns or retracts.
"""

from commitments.services.reporting.measurements import Value, ValueKept, report_values
from commitments.services.reporting.references import ReferenceTaken
from commitments.services.reporting.submission import HandingIn, hand_in, missing_of
from commitments.services.reporting.updates import (
    DraftExists,
    Report,
    begin_report,
    change_report,
    check_leading,
)

__all__ = [
    "DraftExists",
    "HandingIn",
    "ReferenceTaken",
    "Report",
    "Value",
    "ValueKept",
    "begin_report",
    "change_report",
    "check_leading",
    "hand_in",
    "missing_of",
    "report_values",
]
