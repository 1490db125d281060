"""Who reports for what: assignments of reporters to commitments."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, Invalid, WrongState
from commitments.models import Assignment, Commitment, Membership, Role, User
from commitments.rules import access


@transaction.atomic
def assign_reporter(*, commitment: Commitment, person: User, by: User, now: datetime) -> Assignment:
    """Give a reporter of the lead the charge of a commitment; twice is once.

    Raises Invalid for somebody who does not report for the lead body.
    """
    locked = Commitment.objects.select_for_update(of=("self",), no_key=True).get(pk=commitment.pk)
    if not access.may_assign(by, locked):
        raise Forbidden
    lead = locked.lead
    if lead is None or not Membership.objects.people(lead.organisation_id, Role.REPORTER).filter(
        user=person
    ):
        raise Invalid("not_a_reporter", _NOT_A_REPORTER, "person")
    assignment, _made = Assignment.objects.get_or_create(
        commitment=locked,
        person=person,
        ended_at=None,
        defaults={"assigned_by": by, "assigned_at": now},
    )
    return assignment


_NOT_A_REPORTER = _("Please choose a reporter of the responsible body.")


@transaction.atomic
def end_assignment(*, assignment: Assignment, by: User, now: datetime) -> Assignment:
    """End a charge; pending reminders to the person are cancelled at the next tick."""
    locked = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    if not access.may_assign(by, locked.commitment):
        raise Forbidden
    if locked.ended_at is not None:
        raise WrongState("already_ended", _ALREADY_ENDED)
    locked.ended_at = now
    locked.save(update_fields=["ended_at"])
    return locked


_ALREADY_ENDED = _("This assignment has ended already.")
