"""Going on with an update whose author no longer reports for the body."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, WrongState
from commitments.models import EDITABLE, Role, StatusUpdate, UpdateState, User
from commitments.rules import access
from commitments.services.drafts import OTHER_DRAFT
from commitments.services.hand_overs import give_update
from commitments.services.updates._steps import locked


@transaction.atomic
def take_over(*, update: StatusUpdate, by: User, now: datetime) -> StatusUpdate:
    """Become the author of a draft or returned update that nobody could hand in any more.

    Raises Forbidden for whom it is not, WrongState while its author still reports, or where the
    person has begun a draft of the same commitment.
    """
    mine = locked(update)
    if mine.author_id == by.pk:
        return mine
    if not access.holds(by, mine.body_id, Role.REPORTER):
        raise Forbidden
    if mine.state not in EDITABLE:
        raise WrongState
    if not access.may_take_over(by, mine):
        raise WrongState("author_reports", _AUTHOR_REPORTS)
    begun = StatusUpdate.objects.filter(
        commitment=mine.commitment_id, author=by, state=UpdateState.DRAFT
    )
    if mine.state == UpdateState.DRAFT and begun.exists():
        raise WrongState("draft_is_about_something_else", OTHER_DRAFT)
    give_update(mine, by, now)
    return mine


_AUTHOR_REPORTS = _("Its author still reports for this body and can go on with it.")
