"""Who may do what to a commitment, to its plan and beside it."""

from commitments.models import ChangeRequest, Commitment, Programme, Role
from commitments.rules.access._roles import (
    BODY_ROLES,
    Person,
    holds,
    is_officer_of,
    leads_as,
    works_on,
)


def may_create_commitment(user: Person, programme: Programme) -> bool:
    return is_officer_of(user, programme)


def may_edit_commitment(user: Person, commitment: Commitment) -> bool:
    """An officer of the programme, until it is published; then it takes a change request."""
    return commitment.published_at is None and is_officer_of(user, commitment.programme)


def may_publish_commitment(user: Person, commitment: Commitment) -> bool:
    return may_edit_commitment(user, commitment)


def may_discard_commitment(user: Person, commitment: Commitment) -> bool:
    return may_edit_commitment(user, commitment)


def may_link(user: Person, commitment: Commitment) -> bool:
    """Say that it contributes to another; every other link comes of a decided change."""
    return is_officer_of(user, commitment.programme)


def may_request_change(user: Person, commitment: Commitment) -> bool:
    """An officer of the programme, a reporter or approver of the lead, while it is open."""
    if commitment.published_at is None or commitment.is_closed:
        return False
    asks_for_body = leads_as(user, commitment, Role.REPORTER, Role.APPROVER)
    return asks_for_body or is_officer_of(user, commitment.programme)


def may_decide_change(user: Person, change: ChangeRequest) -> bool:
    """An officer of the programme who did not ask for it."""
    return (
        change.decision == ""
        and change.requester_id != user.pk
        and is_officer_of(user, change.commitment.programme)
    )


def may_take_back_change(user: Person, change: ChangeRequest) -> bool:
    return change.decision == "" and change.requester_id == user.pk


def may_open_reporting(user: Person, programme: Programme) -> bool:
    return is_officer_of(user, programme)


def may_assign(user: Person, commitment: Commitment) -> bool:
    """An officer of the programme, or an approver of the lead body."""
    return is_officer_of(user, commitment.programme) or leads_as(user, commitment, Role.APPROVER)


def may_waive(user: Person, commitment: Commitment) -> bool:
    return is_officer_of(user, commitment.programme)


def may_nudge(user: Person, commitment: Commitment) -> bool:
    """Whoever may hand out the charge may also remind of it."""
    return may_assign(user, commitment)


def may_import(user: Person, programme: Programme) -> bool:
    return is_officer_of(user, programme)


def may_see_inside(user: Person, commitment: Commitment) -> bool:
    """Internal notes and field-level history: the lead body and the delivery unit."""
    return works_on(user, commitment)


def may_note(user: Person, commitment: Commitment) -> bool:
    """Write an internal note: whoever works on it, but for the auditor, who only reads."""
    return writes_notes_for(user, commitment) is not None


def writes_notes_for(user: Person, commitment: Commitment) -> int | None:
    """The body for which the person writes notes here: the lead, else the delivery unit."""
    if commitment.lead is not None and leads_as(user, commitment, *BODY_ROLES):
        return commitment.lead.organisation_id
    unit = commitment.programme.delivery_unit_id
    writes_for_unit = holds(user, unit, Role.OFFICER, Role.ADMINISTRATOR, Role.ASSESSOR)
    return unit if writes_for_unit else None
