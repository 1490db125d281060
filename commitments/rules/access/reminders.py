"""Who may read and change how people are reminded."""

from commitments.models import Programme, Role, User
from commitments.rules.access._roles import Person, delivers_as, is_officer_of


def may_see_rules(user: Person) -> bool:
    """The rules and the free days: officers and administrators of any delivery unit."""
    return isinstance(user, User) and bool(user.organisations_as(Role.OFFICER, Role.ADMINISTRATOR))


def may_set_rules(user: Person, programme: Programme) -> bool:
    """The steps of the rules in a programme: its officers."""
    return is_officer_of(user, programme)


def may_keep_holidays(user: Person) -> bool:
    """The free days, which are the same for all programmes: nobody of the demonstration."""
    return delivers_as(user, Role.OFFICER, Role.ADMINISTRATOR, is_demo=False)
