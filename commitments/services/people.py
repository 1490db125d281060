"""Who reports for what, by its short name; all charges are in `services.assignments`."""

from datetime import datetime

from commitments.models import Assignment, Charge, Commitment, User
from commitments.services.assignments import assign, end_assignment

__all__ = ["assign_reporter", "end_assignment"]


def assign_reporter(*, commitment: Commitment, person: User, by: User, now: datetime) -> Assignment:
    """Give a reporter of the lead the charge of reporting on a commitment; twice is once."""
    return assign(
        commitment=commitment, person=person, charge=Charge.REPORT, is_deputy=False, by=by, now=now
    )
