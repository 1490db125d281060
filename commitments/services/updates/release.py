"""Publication at a set time: the time is set and taken off, and what is due goes out by itself."""

from datetime import date, datetime

from django.db import transaction

from commitments.errors import Forbidden, OwnWork, Refusal, WrongState, refuse
from commitments.models import Deed, StatusUpdate, TakenOff, User
from commitments.rules import access
from commitments.rules.moments import VIETNAM, day_of
from commitments.rules.release import check_release
from commitments.services.updates._steps import locked, note, take_off
from commitments.services.updates.publication import (
    ALREADY_CORRECTED,
    StageClosed,
    publish_update,
    refuse_to_publish,
)


@transaction.atomic
def schedule_release(
    *,
    update: StatusUpdate,
    officer: User,
    at: datetime,
    today: date,
    now: datetime,
    version: int | None = None,
) -> StatusUpdate:
    """Set the time at which it is published; a later time set anew takes the place of the first.

    Refuses whatever publishing it at once would refuse, and a time past or over 90 days away.
    Setting the same time twice is once.
    """
    mine = locked(update)
    refuse_to_publish(mine, officer, version)
    refuse(check_release(at, now))
    if (mine.release_at, mine.released_by_id) == (at, officer.pk):
        return mine
    take_off(mine, officer, now, TakenOff.RESET)
    mine.release_at, mine.released_by = at, officer
    mine.save(update_fields=["release_at", "released_by"])
    note(mine, Deed.SCHEDULED, officer, now, f"{at.astimezone(VIETNAM):%Y-%m-%d %H:%M}")
    return mine


@transaction.atomic
def unschedule_release(*, update: StatusUpdate, officer: User, now: datetime) -> StatusUpdate:
    """Take it off the schedule, so that it waits again. Raises WrongState where no time is set."""
    mine = locked(update)
    if officer.pk in (*mine.hands, mine.approver_id):
        raise OwnWork
    if mine.release_at is None:
        raise WrongState
    if not access.may_unschedule(officer, mine):
        raise Forbidden
    mine.release_at = mine.released_by = None
    mine.save(update_fields=["release_at", "released_by"])
    note(mine, Deed.UNSCHEDULED, officer, now)
    return mine


def updates_to_release(*, now: datetime) -> list[int]:
    """The ids of those whose time has come, the earliest first."""
    due = StatusUpdate.objects.to_release(now).order_by("release_at", "pk")
    return list(due.values_list("pk", flat=True))


@transaction.atomic
def release_update(update_id: int, *, now: datetime) -> bool:
    """Publish one whose time has come as the officer who set it; else take it off and say why.

    Every right is judged again as it is now. Safe when done twice, late or beside itself: the
    second finds no time set any more.
    """
    found = StatusUpdate.objects.to_release(now).filter(pk=update_id).first()
    if found is None:
        return False
    mine = locked(found)
    if mine.release_at is None or mine.release_at > now:
        return False
    officer = User.objects.get(pk=mine.released_by_id or 0)
    try:
        publish_update(update=mine, publisher=officer, today=day_of(now), now=now)
    except Refusal as refused:
        take_off(mine, officer, now, _why(refused, officer, mine))
        mine.save(update_fields=["release_at", "released_by"])
        return False
    return True


def _why(refused: Refusal, officer: User, update: StatusUpdate) -> TakenOff:
    """What changed since the time was set."""
    if not officer.is_active:
        return TakenOff.OFFICER_LEFT
    if isinstance(refused, OwnWork):
        return TakenOff.OWN_WORK
    if not access.is_officer_of(officer, update.commitment.programme):
        return TakenOff.ROLE_ENDED
    if not access.waits_for_officer(update):
        return TakenOff.NOT_READY
    if isinstance(refused, StageClosed):
        return TakenOff.CLOSED
    return TakenOff.CORRECTED if refused.code == ALREADY_CORRECTED else TakenOff.REFUSED
