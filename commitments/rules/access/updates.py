"""Who may do what to a status update, at every step of its way."""

from commitments.models import EDITABLE, Commitment, Role, StatusUpdate, UpdateState
from commitments.rules.access._roles import Person, holds, is_officer_of


def may_report(user: Person, commitment: Commitment) -> bool:
    """Reporters of the lead body, while the commitment is published and open."""
    lead = commitment.lead
    return (
        lead is not None
        and commitment.published_at is not None
        and not commitment.is_closed
        and holds(user, lead.organisation_id, Role.REPORTER)
    )


def may_edit(user: Person, update: StatusUpdate) -> bool:
    """The author, while it is a draft or was returned and they still report for the body."""
    return (
        update.state in EDITABLE
        and update.author_id == user.pk
        and holds(user, update.body_id, Role.REPORTER)
    )


def may_correct(user: Person, update: StatusUpdate) -> bool:
    """A reporter of the body that published it, also when the commitment is closed by now."""
    return update.state == UpdateState.PUBLISHED and holds(user, update.body_id, Role.REPORTER)


def may_discard(user: Person, update: StatusUpdate) -> bool:
    """The author, as long as nobody else was handed it."""
    return update.state == UpdateState.DRAFT and update.author_id == user.pk


def may_approve(user: Person, update: StatusUpdate) -> bool:
    """An approver of the body who did not write it."""
    return (
        update.state == UpdateState.SUBMITTED
        and update.author_id != user.pk
        and update.body is not None
        and not update.body.skips_approver
        and holds(user, update.body_id, Role.APPROVER)
    )


def waits_for_officer(update: StatusUpdate) -> bool:
    """Approved in the house, or handed in by a body that has no approver."""
    if update.state == UpdateState.APPROVED:
        return True
    skips = update.body is not None and update.body.skips_approver
    return update.state == UpdateState.SUBMITTED and skips


def may_publish(user: Person, update: StatusUpdate) -> bool:
    """An officer of the programme's delivery unit who neither wrote nor approved it."""
    return (
        waits_for_officer(update)
        and user.pk not in (update.author_id, update.approver_id)
        and is_officer_of(user, update.commitment.programme)
    )


def may_return(user: Person, update: StatusUpdate) -> bool:
    """Whoever may take the next step may send it back instead."""
    return may_approve(user, update) or may_publish(user, update)


def may_retract(user: Person, update: StatusUpdate) -> bool:
    """An officer of the programme, for a published update that they did not write or approve."""
    return (
        update.state == UpdateState.PUBLISHED
        and user.pk not in (update.author_id, update.approver_id)
        and is_officer_of(user, update.commitment.programme)
    )


def may_accept_evidence(user: Person, update: StatusUpdate) -> bool:
    """An officer who is not the author (design §3)."""
    return update.author_id != user.pk and is_officer_of(user, update.commitment.programme)


def may_confirm(user: Person, update: StatusUpdate) -> bool:
    """Confirm completion: an officer of the programme, neither author nor approver."""
    return may_retract(user, update)
