"""Mails that were given up are tried again by hand, as after the mail server was down."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, WrongState
from commitments.models import Digest, DigestKind, DigestState, Notice, User
from commitments.rules import access
from commitments.rules.moments import day_of


def retriable(user: User, now: datetime) -> QuerySet[Digest]:
    """The mails that a person may try again now.

    Given up, of today or a single one, and still carrying something: what another mail carried
    meanwhile is not in it any more.
    """
    left = Notice.objects.planned().filter(digest=OuterRef("pk"))
    return Digest.objects.filter(
        access.mails_in_charge_of(user),
        Q(day_on=day_of(now)) | Q(kind=DigestKind.SINGLE),
        Exists(left),
        state=DigestState.DEAD,
    )


@transaction.atomic
def retry_digest(*, digest: Digest, by: User, now: datetime) -> Digest:
    """Let a mail that was given up go out at the next tick, with all tries before it.

    Locks it, so that of two who ask the second is told. Raises WrongState for one that is not
    given up, is of an earlier day, or carries nothing any more.
    """
    locked = Digest.objects.select_for_update(no_key=True, of=("self",)).get(pk=digest.pk)
    if not access.may_retry_digest(by, locked):
        raise Forbidden
    if locked.state != DigestState.DEAD:
        raise WrongState("not_given_up", _NOT_GIVEN_UP)
    if locked.kind == DigestKind.DAILY and locked.day_on != day_of(now):
        raise WrongState("of_an_earlier_day", _EARLIER)
    if not locked.notices.planned().exists():
        raise WrongState("nothing_left", _NOTHING_LEFT)
    locked.state, locked.tries, locked.next_try_at = DigestState.PLANNED, 0, now
    locked.again_by, locked.again_at = by, now
    locked.save(update_fields=["state", "tries", "next_try_at", "again_by", "again_at"])
    return locked


_NOT_GIVEN_UP = _("This mail is not given up: it went out, was called off or is tried already.")
_EARLIER = _(
    "This mail is of an earlier day and does not go out any more. "
    "What is still owed goes with the person’s next mail of the day."
)
_NOTHING_LEFT = _("This mail carries nothing any more: it was done, or went with another mail.")


def retry_all(*, by: User, now: datetime) -> int:
    """Let all go out that the person may try again; how many.

    One UPDATE that asks for the state once more, so that none that changed meanwhile is touched.
    """
    found = list(retriable(by, now).values_list("pk", flat=True))
    return Digest.objects.filter(pk__in=found, state=DigestState.DEAD).update(
        state=DigestState.PLANNED, tries=0, next_try_at=now, again_by=by, again_at=now
    )
