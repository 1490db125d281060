"""Publication and retraction: what an update does to the record and to its commitment."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, IllegalTransition, OwnWork, WrongState, refuse
from commitments.models import (
    Commitment,
    Deed,
    Retraction,
    Source,
    StatusUpdate,
    UpdateKind,
    User,
)
from commitments.rules import access, lifecycle
from commitments.rules.validators import check_reason
from commitments.services import record, stages
from commitments.services.record import Actor, officer_of
from commitments.services.updates._steps import (
    locked,
    move,
    note,
    refuse_retracted,
    refuse_unread,
)


@transaction.atomic
def publish_update(
    *,
    update: StatusUpdate,
    publisher: User,
    today: date,
    now: datetime,
    version: int | None = None,
) -> StatusUpdate:
    """Publish an approved update and let it move its commitment.

    Raises OwnWork for its author or approver, Forbidden for others, IllegalTransition when the
    state does not allow it or the commitment has been closed meanwhile, Stale when it is not the
    `version` that was read.
    """
    mine = locked(update)
    refuse_to_publish(mine, publisher, version)
    move(mine, Deed.PUBLISHED)
    mine.publisher, mine.published_at = publisher, now
    mine.release_at = mine.released_by = None
    mine.number = next_number(mine.commitment)
    mine.save(update_fields=[*_AT_PUBLICATION])
    note(mine, Deed.PUBLISHED, publisher, now)
    _record(mine, by=officer_of(mine.commitment.programme), today=today, now=now)
    return mine


_AT_PUBLICATION = (
    "state",
    "publisher",
    "published_at",
    "number",
    "release_at",
    "released_by",
)


def refuse_to_publish(update: StatusUpdate, officer: User, version: int | None = None) -> None:
    """Everything that speaks against publishing a locked update, or setting its time."""
    skips = update.body is not None and update.body.skips_approver
    if officer.pk in (*update.hands, update.approver_id):
        raise OwnWork
    if not lifecycle.may_move(update.state, Deed.PUBLISHED, skips_approver=skips):
        raise IllegalTransition(update.get_state_display(), Deed.PUBLISHED)
    if not access.may_publish(officer, update):
        raise Forbidden
    refuse_unread(update, version)
    _refuse_closed(update)
    _refuse_corrected(update)


def _refuse_closed(update: StatusUpdate) -> None:
    commitment = update.commitment
    free = update.kind == UpdateKind.CONTEXT or update.corrects_id is not None
    if not free and not lifecycle.may_follow(commitment.stage, update.stage):
        raise StageClosed(commitment.get_stage_display(), update.get_stage_display())


class StageClosed(IllegalTransition):
    """The commitment was closed after the update had been written."""


def _refuse_corrected(update: StatusUpdate) -> None:
    """Of two corrections of one update the second has to correct the first."""
    corrects = update.corrects
    if corrects and not StatusUpdate.objects.standing().filter(pk=corrects.pk).exists():
        raise WrongState(ALREADY_CORRECTED, _ALREADY_CORRECTED)


ALREADY_CORRECTED = "already_corrected"
_ALREADY_CORRECTED = _("The update that this one corrects was corrected or retracted meanwhile.")


def next_number(commitment: Commitment) -> int:
    """The next public number; the commitment's lock is held, so no two get the same."""
    last = commitment.updates.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _record(update: StatusUpdate, *, by: Actor, today: date, now: datetime) -> None:
    """Put the update, what it measured and what it rests on into the record."""
    sources = _publish_sources(update, now)
    rows = [*sources, update, *update.measurements.all(), *update.evidence.all()]
    record.publish_many(rows, action="published", by=by, effective_on=today, now=now)
    stages.apply_update(update, by=by, effective_on=today, now=now)


def _publish_sources(update: StatusUpdate, now: datetime) -> list[Source]:
    """Make the update's new sources public; one whose address became public meanwhile gives way.

    Holds the record first, so that of two publications the second finds what the first made.
    """
    record.hold()
    fresh = []
    for evidence in update.evidence.select_related("source").filter(source__published_at=None):
        source = evidence.source
        alike = Source.objects.public().filter(url=source.url, is_demo=source.is_demo)
        known = alike.exclude(url="").first()
        gives_way = known is not None and source.file_id in (None, known.file_id)
        if known and gives_way and not update.evidence.filter(source=known).exists():
            evidence.source = known
            evidence.save(update_fields=["source"])
            source.delete()
            continue
        source.published_at = now
        source.save(update_fields=["published_at"])
        fresh.append(source)
    return fresh


@transaction.atomic
def retract_update(
    *,
    update: StatusUpdate,
    officer: User,
    reason_vi: str = "",
    reason_en: str = "",
    today: date,
    now: datetime,
) -> Retraction:
    """Put a notice before a published update; its text stays readable behind it.

    The commitment then stands where its other updates left it.
    """
    mine = locked(update)
    if officer.pk in (*mine.hands, mine.approver_id):
        raise OwnWork
    if not access.may_retract(officer, mine):
        raise Forbidden
    refuse_retracted(mine)
    refuse(check_reason(reason_vi, reason_en))
    notice = Retraction.objects.create(
        update=mine,
        reason_vi=reason_vi.strip(),
        reason_en=reason_en.strip(),
        officer=officer,
        retracted_at=now,
    )
    by = officer_of(mine.commitment.programme)
    record.publish(notice, action="retracted", by=by, effective_on=today, now=now)
    stages.apply_update(mine, by=by, effective_on=today, now=now)
    return notice
