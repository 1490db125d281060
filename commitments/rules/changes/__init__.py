"""What a change request must say: the one validator below form, API and service.

`spelled` gives what is proposed its one spelling, in plain JSON values; `check_change` names, at
the fields of a form, what keeps it from being asked for.
"""

from commitments.rules.changes.asked import MOST_SUCCESSORS, ChangeAsked, Known, Surroundings
from commitments.rules.changes.checks import LIMITS, check_change, check_note
from commitments.rules.changes.spelling import KEYS, WORDINGS, Json, spelled
from commitments.rules.changes.subjects import number_of, subject_of

__all__ = [
    "KEYS",
    "LIMITS",
    "MOST_SUCCESSORS",
    "WORDINGS",
    "ChangeAsked",
    "Json",
    "Known",
    "Surroundings",
    "check_change",
    "check_note",
    "number_of",
    "spelled",
    "subject_of",
]
