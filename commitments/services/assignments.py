"""Who reports on what and who approves it: charges of commitments, given and ended."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, Invalid, Text, WrongState
from commitments.models import Assignment, Charge, Commitment, Membership, Role, User
from commitments.rules import access

ROLE_OF: Mapping[str, Role] = {Charge.REPORT: Role.REPORTER, Charge.APPROVE: Role.APPROVER}
"""The role that each charge takes."""


@transaction.atomic
def assign(
    *,
    commitment: Commitment,
    person: User,
    charge: str,
    is_deputy: bool,
    by: User,
    now: datetime,
) -> Assignment:
    """Give a member of the lead the charge of a commitment; twice is once.

    Who holds it already becomes what `is_deputy` says. Raises Invalid for somebody who does not
    hold the role of that charge in the lead body.
    """
    locked = Commitment.objects.select_for_update(of=("self",), no_key=True).get(pk=commitment.pk)
    if not access.may_assign(by, locked):
        raise Forbidden
    refuse_unfit(locked, person, charge)
    assignment, made = Assignment.objects.get_or_create(
        commitment=locked,
        person=person,
        charge=charge,
        ended_at=None,
        defaults={"is_deputy": is_deputy, "assigned_by": by, "assigned_at": now},
    )
    if not made and assignment.is_deputy != is_deputy:
        assignment.is_deputy = is_deputy
        assignment.save(update_fields=["is_deputy"])
    return assignment


def refuse_unfit(commitment: Commitment, person: User, charge: str) -> None:
    """Only who holds the role of the charge in the responsible body can be given it."""
    lead, role = commitment.lead, ROLE_OF.get(charge)
    if role is None:
        raise Invalid("unknown_charge", _CHOOSE_CHARGE, "charge")
    people = Membership.objects.people(lead.organisation_id if lead else 0, role)
    if not people.filter(user=person).exists():
        raise Invalid(f"not_a_{role.value}", _UNFIT[role], "person")


_CHOOSE_CHARGE = _("Please say whether the person reports or approves.")
_UNFIT: Mapping[Role, Text] = {
    Role.REPORTER: _("Please choose a reporter of the responsible body."),
    Role.APPROVER: _("Please choose an approver of the responsible body."),
}


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
