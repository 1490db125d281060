"""Who may do what to a status update, at every step of its way."""

from commitments.models import (
    EDITABLE,
    IN_REVIEW,
    Commitment,
    Membership,
    Role,
    StatusUpdate,
    UpdateState,
)
from commitments.rules.access._roles import (
    BODY_ROLES,
    UNIT_ROLES,
    Person,
    holds,
    is_officer_of,
)


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
    if update.state != UpdateState.PUBLISHED or update.body is None:
        return False
    answers = (update.body_id, update.body.merged_into_id)
    return any(holds(user, body, Role.REPORTER) for body in answers)


def author_reports(update: StatusUpdate) -> bool:
    """Whether its author can still go on with it for the body."""
    people = Membership.objects.people(update.body_id or 0, Role.REPORTER)
    return people.filter(user=update.author_id).exists()


def may_take_over(user: Person, update: StatusUpdate) -> bool:
    """A reporter of the body, when its author no longer reports for it."""
    return (
        update.state in EDITABLE
        and update.author_id not in (None, user.pk)
        and holds(user, update.body_id, Role.REPORTER)
        and not author_reports(update)
    )


def may_discard(user: Person, update: StatusUpdate) -> bool:
    """The author, as long as it was never handed in."""
    return update.state == UpdateState.DRAFT and update.author_id == user.pk


def is_own_work(user: Person, update: StatusUpdate) -> bool:
    """Whether the person is its author, or handed it in or over before (design §4.3)."""
    return user.pk in update.hands


def sees_review(user: Person, update: StatusUpdate) -> bool:
    """Who wrote it, what reviewers said of it: for its body and the delivery unit, not for the
    people of every other body who may read what is public of it."""
    bodies = (update.body_id, update.body.merged_into_id if update.body else None)
    unit = update.commitment.programme.delivery_unit_id
    return holds(user, unit, *UNIT_ROLES) or any(holds(user, one, *BODY_ROLES) for one in bodies)


def may_approve(user: Person, update: StatusUpdate) -> bool:
    """An approver of the body whose own work it is not."""
    return (
        update.state == UpdateState.SUBMITTED
        and update.body is not None
        and not update.body.skips_approver
        and holds(user, update.body_id, Role.APPROVER)
        and not is_own_work(user, update)
    )


def waits_for_officer(update: StatusUpdate) -> bool:
    """Approved in the house, or handed in by a body that has no approver."""
    if update.state == UpdateState.APPROVED:
        return True
    skips = update.body is not None and update.body.skips_approver
    return update.state == UpdateState.SUBMITTED and skips


def may_publish(user: Person, update: StatusUpdate) -> bool:
    """An officer of the programme's delivery unit who neither wrote nor approved it."""
    return waits_for_officer(update) and _is_another_officer(user, update)


def _is_another_officer(user: Person, update: StatusUpdate) -> bool:
    return (
        is_officer_of(user, update.commitment.programme)
        and user.pk != update.approver_id
        and not is_own_work(user, update)
    )


def may_schedule(user: Person, update: StatusUpdate) -> bool:
    """Set the time at which it is published, or take it off: whoever may publish it at once."""
    return may_publish(user, update)


def may_unschedule(user: Person, update: StatusUpdate) -> bool:
    """Another officer also where an approver has to sign it off first by now."""
    is_set = update.release_at is not None and update.state in IN_REVIEW
    return is_set and _is_another_officer(user, update)


def may_return(user: Person, update: StatusUpdate) -> bool:
    """Whoever may take the next step may send it back instead.

    An officer also where it would lie for ever: the body has nobody who could sign it off.
    """
    if may_approve(user, update) or may_publish(user, update):
        return True
    lies = update.state == UpdateState.SUBMITTED and _is_another_officer(user, update)
    return lies and has_no_approver(update)


def has_no_approver(update: StatusUpdate) -> bool:
    """Handed in where somebody of the body has to sign it off, and nobody can."""
    return StatusUpdate.objects.without_approver().filter(pk=update.pk).exists()


def may_retract(user: Person, update: StatusUpdate) -> bool:
    """An officer of the programme, for a published update that they did not write or approve."""
    return update.state == UpdateState.PUBLISHED and _is_another_officer(user, update)


def may_accept_evidence(user: Person, update: StatusUpdate) -> bool:
    """An officer whose own work it is not (design §3)."""
    is_officer = is_officer_of(user, update.commitment.programme)
    return is_officer and not is_own_work(user, update)


def may_confirm(user: Person, update: StatusUpdate) -> bool:
    """Confirm completion: an officer of the programme, neither author nor approver."""
    return may_retract(user, update)
