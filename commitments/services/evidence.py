"""An officer's deeds on published evidence: accept it as independent, confirm completion."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, Invalid, OwnWork, WrongState
from commitments.models import (
    Commitment,
    Completion,
    Evidence,
    EvidenceAcceptance,
    Relation,
    Stage,
    StatusUpdate,
    UpdateState,
    User,
)
from commitments.rules import access
from commitments.services import record
from commitments.services.record import officer_of
from commitments.services.updates import refuse_retracted


@transaction.atomic
def accept_evidence(
    *, evidence: Evidence, officer: User, today: date, now: datetime
) -> EvidenceAcceptance:
    """Accept a source as coming from somebody other than the body itself (design §3).

    Raises OwnWork for the update's author, Invalid for the body's own publication or one whose
    issuer nobody stated, WrongState when the update was retracted. Twice is once.
    """
    update = evidence.update
    if officer.pk in update.hands:
        raise OwnWork
    if not access.may_accept_evidence(officer, update) or update.state != UpdateState.PUBLISHED:
        raise Forbidden
    refuse_retracted(update)
    if _is_the_bodys_own(evidence):
        raise Invalid("own_publication", _OWN_PUBLICATION, "evidence")
    accepted, made = EvidenceAcceptance.objects.get_or_create(
        evidence=evidence, defaults={"officer": officer, "accepted_at": now}
    )
    if made:
        by = officer_of(update.commitment.programme)
        record.publish(accepted, action="accepted", by=by, effective_on=today, now=now)
    return accepted


_OWN_PUBLICATION = _("A body's own publication alone never confirms what the body says.")


def _is_the_bodys_own(evidence: Evidence) -> bool:
    issuer = evidence.source.issuer_id
    own_issuer = issuer is not None and issuer == evidence.update.body_id
    return own_issuer or evidence.relation in ("", Relation.OWN_BODY)


@transaction.atomic
def confirm_completion(
    *, update: StatusUpdate, officer: User, today: date, now: datetime
) -> Completion:
    """Declare complete what the body reported complete, on an accepted independent source.

    Locks the commitment. Raises WrongState unless this update is what set the present stage,
    Invalid when no piece of its evidence was accepted.
    """
    commitment = Commitment.objects.select_for_update(of=("self",), no_key=True).get(
        pk=update.commitment_id
    )
    if officer.pk in (*update.hands, update.approver_id):
        raise OwnWork
    if not access.may_confirm(officer, update):
        raise Forbidden
    if commitment.stage != Stage.REPORTED_COMPLETE or commitment.stage_update_id != update.pk:
        raise WrongState("not_reported_complete", _NOT_REPORTED_COMPLETE)
    accepted = EvidenceAcceptance.objects.filter(evidence__update=update).order_by("pk").first()
    if accepted is None:
        raise Invalid("no_accepted_source", _NO_ACCEPTED_SOURCE, "evidence")
    deed = Completion.objects.create(
        update=update, acceptance=accepted, officer=officer, confirmed_at=now
    )
    commitment.stage, commitment.closed_on = Stage.COMPLETE, today
    commitment.save(update_fields=["stage", "closed_on"])
    by = officer_of(commitment.programme)
    record.publish_many([deed, commitment], action="completed", by=by, effective_on=today, now=now)
    return deed


_NOT_REPORTED_COMPLETE = _("The commitment does not stand as “reported complete” by this update.")
_NO_ACCEPTED_SOURCE = _("First accept a source that is not the body's own publication.")
