"""Who may stop the reminders of a programme for a while, and let them go again."""

from commitments.models import Programme
from commitments.rules.access._roles import Person, is_officer_of


def may_pause_reminders(user: Person, programme: Programme) -> bool:
    """Its officers: they see what waits meanwhile. Administrators do not see the reminders."""
    return is_officer_of(user, programme)
