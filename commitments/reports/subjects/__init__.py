"""The kinds of things that people are reminded of, each asked once for all of its own."""

from commitments.reports.subjects.addresses import ADDRESSES
from commitments.reports.subjects.changes import CHANGES
from commitments.reports.subjects.charges import CHARGES
from commitments.reports.subjects.due_dates import COMMITMENTS, MILESTONES
from commitments.reports.subjects.evidence import EVIDENCE
from commitments.reports.subjects.obligations import OBLIGATIONS
from commitments.reports.subjects.subject import BATCH, Roster, Subject
from commitments.reports.subjects.updates import UPDATES

SUBJECTS: dict[str, Subject] = {
    subject.kind: subject
    for subject in (
        OBLIGATIONS,
        MILESTONES,
        COMMITMENTS,
        UPDATES,
        CHANGES,
        EVIDENCE,
        CHARGES,
        ADDRESSES,
    )
}
"""A notice of another kind stays as it is: a newer release of the product may know it."""

__all__ = ["BATCH", "SUBJECTS", "Roster", "Subject"]
