"""A digest is claimed, checked once more, sent, and marked: the outbox of design §6.4."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from commitments.emails.digest import build_digest
from commitments.models import Digest, DigestKind, DigestState, Notice, NoticeState
from commitments.reports.subjects import SUBJECTS
from commitments.rules.moments import day_of
from commitments.rules.retries import MAX_TRIES, next_try
from commitments.services.notices.content import content_of
from commitments.services.notices.planning import settle, working_days
from commitments.services.notices.singles import WAITING
from commitments.services.notices.standing import facts_about, outcomes

LEASE = timedelta(minutes=10)
"""How long a sender may take; longer than a job lives, so that no two send at a time."""

NO_MAIL_WENT = (OSError, ValueError)
"""OSError: the server or the way to it (smtplib's errors are of this kind); ValueError: an
address or a header that no mail can carry."""

logger = logging.getLogger(__name__)


def digests_to_send(*, now: datetime) -> list[int]:
    """The ids of today's digests whose time has come: first tries, next tries, lost leases."""
    return list(_claimable(now).order_by("next_try_at", "pk").values_list("pk", flat=True))


def deliver_digest(digest_id: int, *, now: datetime) -> bool:
    """Send one digest, unless it is sent, called off or in another sender's hands.

    Every notice is checked once more: what was met, waived or reassigned meanwhile is left out,
    and where nothing is left no mail goes. It is marked sent only when the mail server took it.
    Between the two lies the only possible double: a sender that dies there is followed by
    another, whose copy carries the same Message-ID.
    """
    lease = now + LEASE
    claimed = _claimable(now).filter(pk=digest_id)
    if not claimed.update(state=DigestState.SENDING, leased_until=lease, tries=F("tries") + 1):
        return False
    mine = Digest.objects.filter(pk=digest_id, state=DigestState.SENDING, leased_until=lease)
    digest = mine.select_related("recipient").get()
    calendar = working_days(now)
    pending = list(digest.notices.planned().filter(subject_kind__in=SUBJECTS).order_by("pk"))
    facts = facts_about(pending, now)
    found = outcomes(pending, facts, now, calendar)
    settle(found)
    standing = [notice for notice, (state, _why) in found if state == NoticeState.PLANNED]
    if not standing:
        mine.update(state=DigestState.CANCELLED, leased_until=None)
        return False
    message = build_digest(content_of(digest, standing, facts, now=now, calendar=calendar))
    try:
        message.send()
    except NO_MAIL_WENT as error:
        _mark_failed(mine, digest, error, now)
        return False
    _mark_sent(mine, standing, str(message.subject), now)
    return True


def count_failed(digest_ids: Sequence[int]) -> int:
    """How many of these could not be sent so far."""
    failed = (DigestState.FAILED, DigestState.DEAD)
    return Digest.objects.filter(pk__in=digest_ids, state__in=failed).count()


def _claimable(now: datetime) -> QuerySet[Digest]:
    """Asks the digest's own columns only: a join would let two workers win on PostgreSQL."""
    return Digest.objects.filter(
        Q(state__in=WAITING, next_try_at__lte=now)
        | Q(state=DigestState.SENDING, leased_until__lte=now),
        Q(day_on=day_of(now)) | Q(kind=DigestKind.SINGLE),
        tries__lt=MAX_TRIES,
    )


def _mark_failed(
    mine: QuerySet[Digest], digest: Digest, error: OSError | ValueError, now: datetime
) -> None:
    again = next_try(digest.tries, now, digest.message_id)
    said = f"{type(error).__name__}: {error}"
    logger.warning("Digest %s could not be sent (try %s): %s", digest.pk, digest.tries, said)
    mine.update(
        state=DigestState.FAILED if again else DigestState.DEAD,
        next_try_at=again or digest.next_try_at,
        leased_until=None,
        last_error=said,
    )


@transaction.atomic
def _mark_sent(mine: QuerySet[Digest], notices: list[Notice], subject: str, now: datetime) -> None:
    """What went out is marked as sent, also where it was called off in the same moment."""
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(
        state=NoticeState.SENT, cancelled_because=""
    )
    mine.update(
        state=DigestState.SENT, leased_until=None, sent_at=now, subject=subject, last_error=""
    )
