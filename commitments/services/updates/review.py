"""Review inside the house and by the delivery unit: approved, or returned with a comment."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, IllegalTransition, Invalid, OwnWork
from commitments.models import Deed, StatusUpdate, User
from commitments.rules import access, lifecycle
from commitments.services.updates._steps import locked, move, note, refuse_unread

_COMMENT_MISSING = _("Please say what has to change before it can go on.")


@transaction.atomic
def approve_update(
    *, update: StatusUpdate, approver: User, now: datetime, version: int | None = None
) -> StatusUpdate:
    """Sign off what leaves the house. Raises OwnWork for its author, Forbidden for others.

    `version` is the one that was read, where the caller knows it: another raises Stale.
    """
    mine = locked(update)
    if mine.author_id == approver.pk:
        raise OwnWork
    if not lifecycle.may_move(mine.state, Deed.APPROVED):
        raise IllegalTransition(mine.get_state_display(), Deed.APPROVED)
    if not access.may_approve(approver, mine):
        raise Forbidden
    refuse_unread(mine, version)
    move(mine, Deed.APPROVED)
    mine.approver, mine.approved_at = approver, now
    mine.save(update_fields=["state", "approver", "approved_at"])
    note(mine, Deed.APPROVED, approver, now)
    return mine


@transaction.atomic
def return_update(
    *,
    update: StatusUpdate,
    reviewer: User,
    comment: str,
    now: datetime,
    version: int | None = None,
) -> StatusUpdate:
    """Send it back to its author with a comment; what it met stays met."""
    mine = locked(update)
    if mine.author_id == reviewer.pk:
        raise OwnWork
    if not lifecycle.may_move(mine.state, Deed.RETURNED):
        raise IllegalTransition(mine.get_state_display(), Deed.RETURNED)
    if not access.may_return(reviewer, mine):
        raise Forbidden
    refuse_unread(mine, version)
    if not comment.strip():
        raise Invalid("comment_missing", _COMMENT_MISSING, "comment")
    move(mine, Deed.RETURNED)
    mine.approver = mine.approved_at = None
    mine.version += 1
    mine.save(update_fields=["state", "approver", "approved_at", "version"])
    note(mine, Deed.RETURNED, reviewer, now, comment.strip())
    return mine
