"""Who may keep a body's webhooks, and read with which secret its messages are signed."""

from commitments.models import Organisation, Role
from commitments.rules.access._roles import Person, holds


def may_keep_webhooks(user: Person, organisation: Organisation) -> bool:
    """Those who report and approve for the body, and nobody else: not the delivery unit either."""
    return holds(user, organisation.pk, Role.REPORTER, Role.APPROVER)
