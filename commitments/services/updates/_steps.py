"""What every step of an update has in common: the lock, the state it leads to, the note of it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from commitments.errors import Stale, WrongState
from commitments.models import (
    Commitment,
    Deed,
    Retraction,
    ReviewAction,
    StatusUpdate,
    TakenOff,
    User,
)
from commitments.rules import lifecycle

_READ_ANOTHER = _("The text was changed since you read it. Please read it again as it is now.")
_ALREADY_RETRACTED = _("This update was retracted already.")


def locked(update: StatusUpdate) -> StatusUpdate:
    """The update as it stands now, with its commitment's lock and its own held, so that the
    second of two deeds is judged by what the first left.

    `no_key`: who writes a row that refers to the commitment need not wait. They may hold the head
    of the record, for which we wait in turn.
    """
    commitment = Commitment.objects.select_for_update(no_key=True).get(pk=update.commitment_id)
    rows = StatusUpdate.objects.select_for_update(of=("self",), no_key=True)
    fresh = rows.select_related("body").get(pk=update.pk)
    fresh.commitment = commitment
    return fresh


def refuse_unread(update: StatusUpdate, version: int | None) -> None:
    """Nobody signs a text that changed since they read `version` of it."""
    if version is not None and update.version != version:
        raise Stale("changed_since_read", _READ_ANOTHER)


def refuse_retracted(update: StatusUpdate) -> None:
    """What was retracted is retracted once, and nothing more is built on it."""
    if Retraction.objects.filter(update=update).exists():
        raise WrongState("already_retracted", _ALREADY_RETRACTED)


def move(update: StatusUpdate, deed: Deed) -> None:
    skips = update.body is not None and update.body.skips_approver
    update.state = lifecycle.state_after(update.state, deed, skips_approver=skips)


def note(
    update: StatusUpdate, deed: Deed, person: User, now: datetime, comment: str = ""
) -> ReviewAction:
    return ReviewAction.objects.create(
        update=update, deed=deed, person=person, done_at=now, comment=comment
    )


def take_off(update: StatusUpdate, person: User, now: datetime, why: TakenOff) -> None:
    """Forget the time at which it was to be published, and note why; the caller saves."""
    if update.release_at is not None:
        update.release_at = update.released_by = None
        note(update, Deed.UNSCHEDULED, person, now, why.value)
