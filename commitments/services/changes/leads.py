"""Another body answers for a commitment: the parts, the charges and the notices that follow."""

from datetime import date, datetime

from commitments.models import (
    Cancelled,
    ChangeRequest,
    Commitment,
    Membership,
    Organisation,
    Part,
    Participation,
    Role,
)
from commitments.rules.dates import LimitedDate
from commitments.services import notices
from commitments.services.commitments import publish_bodies, words_of
from commitments.services.record import officer_of

Rows = list[Participation]


def change_lead(change: ChangeRequest, *, today: date, now: datetime) -> tuple[Rows, Rows]:
    """End the old lead's part and give the new one its own; the rows changed, and those added.

    What is owed stays owed, by the new lead. Charges of the old lead's people end. The caller
    holds the commitment's lock.
    """
    commitment, slug = change.commitment, change.proposed["lead"]
    new = Organisation.objects.get(slug=slug) if slug else None
    changed = _end_parts(commitment, new, today)
    added: Rows = []
    if new is not None:
        part, is_new = _lead_part(change, new)
        (added if is_new else changed).append(part)
        by = officer_of(commitment.programme)
        publish_bodies(commitment, by=by, effective_on=today, now=now)
        if change.source is not None:
            part.sources.add(change.source)
    _end_charges(commitment, new, now)
    notices.cancel_about(commitment=commitment, reason=Cancelled.REASSIGNED, now=now)
    commitment.search_text = words_of(commitment)
    commitment.save(update_fields=["search_text"])
    return changed, added


def _end_parts(commitment: Commitment, new: Organisation | None, today: date) -> Rows:
    """The old lead's part, and that of partner which the new lead held until now."""
    parts = commitment.participations.filter(ended_on=None).select_related("organisation")
    ending = [
        part
        for part in parts.order_by("pk")
        if part.role == Part.LEAD
        or (new is not None and part.role == Part.PARTNER and part.organisation_id == new.pk)
    ]
    for part in ending:
        part.ended_on = today
        part.save(update_fields=["ended_on"])
    return ending


def _lead_part(change: ChangeRequest, new: Organisation) -> tuple[Participation, bool]:
    """A body holds a role once: one that led before takes its old row up again, whose former
    time the record's events keep."""
    said, commitment = change.proposed, change.commitment
    since = LimitedDate.parse(said["since"]) if said["since"] else None
    columns = {
        "stage": said["stage"],
        "since": said["since"],
        "since_earliest": since.earliest if since else None,
        "since_latest": since.latest if since else None,
        "confidence": said["confidence"],
        "ended_on": None,
        "change": change,
    }
    parts = Participation.objects.select_related("organisation")
    former = parts.filter(commitment=commitment, organisation=new, role=Part.LEAD).first()
    if former is None:
        made = Participation.objects.create(
            commitment=commitment, organisation=new, role=Part.LEAD, **columns
        )
        return made, True
    for name, value in columns.items():
        setattr(former, name, value)
    former.save(update_fields=list(columns))
    return former, False


def _end_charges(commitment: Commitment, new: Organisation | None, now: datetime) -> None:
    """Only people of the new lead keep a charge."""
    keep: set[int] = set()
    if new is not None:
        people = Membership.objects.people(new.pk, Role.REPORTER, Role.APPROVER)
        keep = set(people.values_list("user_id", flat=True))
    for charge in commitment.assignments.filter(ended_at=None):
        if charge.person_id not in keep:
            charge.ended_at = now
            charge.save(update_fields=["ended_at"])
