"""Mergers: one body is taken up by another, with its part in every commitment and its people."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, Invalid, WrongState, refuse
from commitments.models import (
    Commitment,
    Contact,
    Invitation,
    Membership,
    Organisation,
    Participation,
    Programme,
    Source,
    StatusUpdate,
    UpdateState,
    User,
)
from commitments.rules import access
from commitments.rules.bodies import check_merger
from commitments.rules.dates import LimitedDate
from commitments.services import record
from commitments.services.bodies import (
    MERGED,
    NOT_PUBLIC,
    check_source,
    stands_under,
    unit_of,
)
from commitments.services.commitments import find_again

Moved = Organisation | Participation | Programme


@dataclass(frozen=True, slots=True)
class Moving:
    """What goes over to the body that takes another up."""

    parts: "QuerySet[Participation]"
    people: "QuerySet[Membership]"
    updates: "QuerySet[StatusUpdate]"
    programmes: "QuerySet[Programme]"


def moving(body: Organisation) -> Moving:
    """What a merger would move: present parts, people's roles, unpublished updates."""
    parts = Participation.objects.present().filter(organisation=body)
    updates = StatusUpdate.objects.filter(body=body).exclude(state=UpdateState.PUBLISHED)
    return Moving(
        parts=parts.select_related("commitment__programme").order_by("pk"),
        people=Membership.objects.current().filter(organisation=body).select_related("user"),
        updates=updates.select_related("commitment").order_by("pk"),
        programmes=Programme.objects.filter(delivery_unit=body),
    )


@transaction.atomic
def merge(
    *,
    body: Organisation,
    into: Organisation,
    on: LimitedDate | None,
    source: Source | None,
    by: User,
    today: date,
    now: datetime,
) -> Organisation:
    """Let one body be taken up by another.

    Its parts in commitments end and go over, its people keep their roles in the new body, and
    what is not published yet goes on in the new body's name. What it published stays its own.
    """
    mine, other = _locked(body, into)
    if not (access.may_edit_organisation(by, mine) and access.may_edit_organisation(by, other)):
        raise Forbidden
    _refuse_unfit(mine, other)
    refuse(check_merger(on, today))
    assert on is not None
    check_source(source, is_demo=mine.is_demo)
    going, unit = moving(mine), unit_of(by, is_demo=mine.is_demo)
    commitments = [part.commitment for part in going.parts]
    rows: list[Moved] = [
        *_move_parts(mine, other, today),
        *_move_programmes(going.programmes, other),
        *_move_children(mine, other),
    ]
    _move_people(mine, other, today)
    _move_papers(mine, other, going, now)
    mine.merged_into, mine.merger_source = other, source
    mine.merged, mine.merged_earliest, mine.merged_latest = on.text, on.earliest, on.latest
    mine.version += 1
    mine.save()
    find_again(commitments)
    public = [row for row in (mine, *rows) if _is_public(row)]
    record.publish_many(public, action="merged", by=unit, effective_on=today, now=now)
    return mine


def _locked(body: Organisation, into: Organisation) -> tuple[Organisation, Organisation]:
    """Both, locked in one order, so that two mergers never wait for each other."""
    rows = Organisation.objects.select_for_update(of=("self",), no_key=True)
    locked = {row.pk: row for row in rows.filter(pk__in=[body.pk, into.pk]).order_by("pk")}
    return locked[body.pk], locked[into.pk]


def _refuse_unfit(body: Organisation, into: Organisation) -> None:
    if body.merged_into_id is not None:
        raise WrongState("merged", MERGED)
    if into.pk == body.pk or into.merged_into_id is not None or into.is_demo != body.is_demo:
        raise Invalid("unfit_successor", _UNFIT, "into")
    if body.published_at is not None and into.published_at is None:
        raise Invalid("successor_not_public", NOT_PUBLIC, "into")


_UNFIT = _("Please choose another body, one that still exists itself.")


def _move_parts(body: Organisation, into: Organisation, today: date) -> list[Participation]:
    """End each present part and give it to the successor, unless it has the same one already.

    Of a draft nothing ended in public: its part changes hands.
    """
    moved: list[Participation] = []
    parts = Participation.objects.present().filter(organisation=body)
    for part in parts.select_related("commitment").order_by("pk"):
        if part.commitment.published_at is None:
            _change_hands(part, into)
            continue
        part.ended_on = today
        part.save(update_fields=["ended_on"])
        moved.append(part)
        if successor := _taken_up(part, into):
            moved.append(successor)
    return moved


def _change_hands(part: Participation, into: Organisation) -> None:
    """In a draft, which whoever has it open is to read anew."""
    same = Participation.objects.filter(
        commitment=part.commitment_id, organisation=into, role=part.role
    )
    if same.exists():
        part.delete()
    else:
        part.organisation = into
        part.save(update_fields=["organisation"])
    part.commitment.version += 1
    part.commitment.save(update_fields=["version"])


def _taken_up(part: Participation, into: Organisation) -> Participation | None:
    had = Participation.objects.filter(
        commitment=part.commitment_id, organisation=into, role=part.role
    ).first()
    if had is not None:
        if had.ended_on is None:
            return None
        had.ended_on = None
        had.save(update_fields=["ended_on"])
        return had
    made = Participation.objects.create(
        commitment_id=part.commitment_id,
        organisation=into,
        role=part.role,
        stage=part.stage,
        since=part.since,
        since_earliest=part.since_earliest,
        since_latest=part.since_latest,
        confidence=part.confidence,
    )
    made.sources.set(part.sources.all())
    return made


def _move_programmes(programmes: "QuerySet[Programme]", into: Organisation) -> list[Programme]:
    rows = list(programmes)
    for programme in rows:
        programme.delivery_unit = into
        programme.save(update_fields=["delivery_unit"])
    return rows


def _move_people(body: Organisation, into: Organisation, today: date) -> None:
    """End every role and give the same one in the new body to those who do not hold it."""
    for held in Membership.objects.current().filter(organisation=body):
        held.ended_on = max(today, held.started_on)
        held.save(update_fields=["ended_on"])
        same = {"user_id": held.user_id, "organisation": into, "role": held.role}
        if not Membership.objects.current().filter(**same).exists():
            Membership.objects.create(started_on=today, **same)


def _move_children(body: Organisation, into: Organisation) -> list[Organisation]:
    """The bodies below it stand below the successor now, which takes its place if it was one."""
    moved = list(Organisation.objects.filter(parent=body).exclude(pk=into.pk))
    for child in moved:
        child.parent = into
    if stands_under(into, body):
        into.parent = body.parent
        moved.append(into)
    for row in moved:
        row.save(update_fields=["parent"])
    return moved


def _move_papers(body: Organisation, into: Organisation, going: Moving, now: datetime) -> None:
    """Unpublished updates, open invitations and contacts."""
    for update in going.updates:
        update.body = into
        update.save(update_fields=["body"])
    offered = set(
        Invitation.objects.standing().filter(organisation=into).values_list("email", "role")
    )
    for invitation in Invitation.objects.standing().filter(organisation=body):
        if (invitation.email, invitation.role) in offered:
            invitation.revoked_at = now
        else:
            invitation.organisation = into
        invitation.save(update_fields=["organisation", "revoked_at"])
    for contact in Contact.objects.filter(organisation=body):
        contact.organisation = into
        contact.save(update_fields=["organisation"])


def _is_public(row: Moved) -> bool:
    owner: Commitment | Organisation | Programme = (
        row.commitment if isinstance(row, Participation) else row
    )
    return owner.published_at is not None
