"""Who may deal with errors that readers report. Reporting one is everybody's right."""

from commitments.models import ErrorReport, Role, User
from commitments.rules.access._roles import Person, delivers_as, is_officer_of


def may_see_error_reports(user: Person) -> bool:
    """What was reported, shown in public or not: officers of any delivery unit."""
    return isinstance(user, User) and bool(user.organisations_as(Role.OFFICER))


def may_answer_error(user: Person, report: ErrorReport) -> bool:
    """An officer of the programme concerned; of a general report, any officer of its world."""
    if report.programme is not None:
        return is_officer_of(user, report.programme)
    return delivers_as(user, Role.OFFICER, is_demo=report.is_demo)
