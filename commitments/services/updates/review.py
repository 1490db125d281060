"""Review inside the house and by the delivery unit: approved, or returned with a comment."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, IllegalTransition, Invalid, OwnWork, refuse
from commitments.models import Deed, FieldComment, StatusUpdate, TakenOff, User
from commitments.rules import access, lifecycle
from commitments.rules.review import LONGEST_COMMENT, check_field_comments
from commitments.rules.texts import check_text
from commitments.services.updates._steps import locked, move, note, refuse_unread, take_off

_COMMENT_MISSING = _("Please say what has to change before it can go on.")


@transaction.atomic
def approve_update(
    *, update: StatusUpdate, approver: User, now: datetime, version: int | None = None
) -> StatusUpdate:
    """Sign off what leaves the house. Raises OwnWork for whoever worked on it or set the time of
    its publication, Forbidden for others.

    `version` is the one that was read, where the caller knows it: another raises Stale.
    """
    mine = locked(update)
    if approver.pk in (*mine.hands, mine.released_by_id):
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
    field_comments: Mapping[str, str] | None = None,
) -> StatusUpdate:
    """Send it back to its author with a comment, on the whole or on single fields by their name.

    What it met stays met; a set time of publication is taken off. Where only fields are
    commented on, their texts are the comment that mails and lists show.
    """
    mine = locked(update)
    if reviewer.pk in mine.hands:
        raise OwnWork
    if not lifecycle.may_move(mine.state, Deed.RETURNED):
        raise IllegalTransition(mine.get_state_display(), Deed.RETURNED)
    if not access.may_return(reviewer, mine):
        raise Forbidden
    refuse_unread(mine, version)
    said = {name: text.strip() for name, text in (field_comments or {}).items() if text.strip()}
    refuse(check_field_comments(said, mine.measurements.values_list("target_id", flat=True)))
    refuse([*check_text(comment.strip(), LONGEST_COMMENT, "comment")])
    comment = comment.strip() or "\n".join(said.values())
    if not comment:
        raise Invalid("comment_missing", _COMMENT_MISSING, "comment")
    take_off(mine, reviewer, now, TakenOff.RETURNED)
    move(mine, Deed.RETURNED)
    mine.approver = mine.approved_at = None
    mine.version += 1
    mine.save(update_fields=[*_AT_RETURN])
    action = note(mine, Deed.RETURNED, reviewer, now, comment)
    for name, text in said.items():
        FieldComment.objects.create(action=action, field=name, text=text)
    return mine


_AT_RETURN = ("state", "approver", "approved_at", "version", "release_at", "released_by")
