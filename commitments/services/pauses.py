"""Pauses: the reminders of a programme stop with a reason, and go on again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, Invalid, WrongState, refuse
from commitments.models import Pause, Programme, User
from commitments.rules import access
from commitments.rules.texts import check_text

LONGEST = 2_000
"""Characters of a reason."""


@transaction.atomic
def pause_reminders(*, programme: Programme, by: User, reason: str, now: datetime) -> Pause:
    """Let nothing of the programme go out from now on; what is to be said is planned all the same.

    Locks the programme, so that the same sent twice is one pause. Raises Invalid without a
    reason, WrongState where somebody else, or another reason, paused it already.
    """
    locked = Programme.objects.select_for_update(no_key=True, of=("self",)).get(pk=programme.pk)
    if not access.may_pause_reminders(by, locked):
        raise Forbidden
    said = _reason(reason)
    standing = Pause.objects.open().filter(programme=locked).first()
    if standing is None:
        return Pause.objects.create(programme=locked, reason=said, paused_by=by, paused_at=now)
    if (standing.paused_by_id, standing.reason) == (by.pk, said):
        return standing
    raise WrongState("already_paused", _PAUSED)


@transaction.atomic
def resume_reminders(*, pause: Pause, by: User, now: datetime) -> Pause:
    """Let them go on: the next tick catches up, with the highest step reached for each person.

    Resuming twice is resuming once.
    """
    found = Pause.objects.select_for_update(no_key=True, of=("self",)).select_related("programme")
    locked = found.get(pk=pause.pk)
    if not access.may_pause_reminders(by, locked.programme):
        raise Forbidden
    if locked.resumed_at is None:
        locked.resumed_by, locked.resumed_at = by, now
        locked.save(update_fields=["resumed_by", "resumed_at"])
    return locked


def _reason(typed: str) -> str:
    said = typed.strip()
    if not said:
        raise Invalid("reason_missing", _MISSING, "reason")
    refuse(list(check_text(said, LONGEST, "reason")))
    return said


_MISSING = _("Please say why the reminders stop.")
_PAUSED = _("The reminders of this programme are paused already.")
