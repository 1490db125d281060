"""Deciding on a change of plan: by an officer who did not ask for it, and in public."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, Invalid, OwnWork, Stale, refuse
from commitments.models import DECIDED, ChangeRequest, Decision, User
from commitments.rules import access
from commitments.rules.changes import ChangeAsked, check_change, check_note
from commitments.services import record
from commitments.services.changes.applying import Applied, apply
from commitments.services.changes.grounds import publish_source
from commitments.services.changes.requests import refuse_decided
from commitments.services.changes.surroundings import (
    locked,
    refuse_closed,
    successors_named,
    surroundings,
)
from commitments.services.record import officer_of


@transaction.atomic
def decide_change(
    *,
    change: ChangeRequest,
    decider: User,
    decision: str,
    note: str = "",
    today: date,
    now: datetime,
) -> ChangeRequest:
    """Approve a request and change the plan, or refuse it with a reason; both are public.

    Locks the commitment, so that of two decisions the second is judged by what the first left.
    Raises OwnWork for whoever asked for it, Forbidden for anybody but an officer, WrongState when
    it is decided or the commitment closed, Stale when what it would replace was changed meanwhile.
    """
    mine = _locked(change)
    _judge(mine, decider, decision, note, today)
    sources = publish_source(mine, now)
    mine.decision, mine.decider, mine.decided_at = decision, decider, now
    mine.decision_note = note.strip()
    mine.save(update_fields=["decision", "decider", "decided_at", "decision_note", "source"])
    is_approved = decision == Decision.APPROVED
    applied = apply(mine, today=today, now=now) if is_approved else Applied()
    by = officer_of(mine.commitment.programme)
    for action, rows in (
        ("published", sources),
        (decision, [mine]),
        ("changed", applied.changed),
        ("added", applied.added),
    ):
        record.publish_many(rows, action=action, by=by, effective_on=today, now=now)
    return mine


def _locked(change: ChangeRequest) -> ChangeRequest:
    """The request as it stands now, its commitment's lock and its own held."""
    commitment = locked(change.commitment, successors_named(change.kind, change.proposed))
    rows = ChangeRequest.objects.select_for_update(of=("self",), no_key=True)
    mine = rows.select_related("source").get(pk=change.pk)
    mine.commitment = commitment
    return mine


def _judge(change: ChangeRequest, decider: User, decision: str, note: str, today: date) -> None:
    """Whether this person may decide so, now."""
    refuse_decided(change)
    if change.requester_id == decider.pk:
        raise OwnWork
    if not access.may_decide_change(decider, change):
        raise Forbidden
    if decision not in DECIDED:
        raise Invalid("decision_missing", _("Please choose: approve or refuse."), "decision")
    refuse(check_note(note, refused=decision == Decision.REFUSED))
    if decision == Decision.APPROVED:
        _refuse_overtaken(change, today)


def _refuse_overtaken(change: ChangeRequest, today: date) -> None:
    """It can be carried out only as it was asked: on what stood then, in the world of then."""
    commitment = change.commitment
    refuse_closed(commitment)
    around = surroundings(commitment, change.kind, change.subject, change.proposed)
    if around.stands is None or around.stands != change.replaced:
        raise Stale("plan_changed_since", _OVERTAKEN)
    asked = ChangeAsked(
        kind=change.kind,
        subject=change.subject,
        proposed=change.proposed,
        reason_vi=change.reason_vi,
        reason_en=change.reason_en,
        stated_on=change.stated_on,
        has_source=change.source_id is not None,
    )
    if found := check_change(asked, around, today):
        raise Stale("no_longer_fits", found[0].text)


_OVERTAKEN = _(
    "What this request would replace was changed after it was asked for. Refuse it with that "
    "reason, so that it can be asked for again on what stands now."
)
