"""A digest is claimed, checked once more, sent, and marked: the outbox of design §6.4."""

import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections, transaction
from django.db.models import F, Q, QuerySet

from commitments.models import Digest, DigestKind, DigestState, Notice, NoticeState
from commitments.rules.mail_faults import Failure, as_text, hard_failure
from commitments.rules.moments import day_of
from commitments.rules.retries import MAX_TRIES, next_try
from commitments.services.mail_faults import note_accepted, note_refused
from commitments.services.notices.composing import UNBUILDABLE, Letter, compose
from commitments.services.notices.gates import let_out
from commitments.services.notices.singles import WAITING

LEASE = timedelta(seconds=settings.DIGEST_LEASE_SECONDS)
"""How long a sender may take; longer than a job lives, so that no two send at a time."""

LONGEST_SUBJECT = 300
"""What the ledger keeps of one: a longer one must not fail the marking of what went out."""

AT_ONCE = 500
"""How many mails are handed out at a time: about what a minute can send."""

OUTLASTED = (0.0, 1.0, 2.0, 4.0, 8.0)
"""Seconds to wait for a database that went away while the mail server had our mail."""

NO_MAIL_WENT = (OSError, ValueError)
"""OSError: the server or the way to it (smtplib's errors are of this kind); ValueError: an
address or a header that no mail can carry."""

logger = logging.getLogger(__name__)


def digests_to_send(*, now: datetime, at_most: int | None = AT_ONCE) -> list[int]:
    """The ids of today's digests whose time has come: first tries, next tries, lost leases.

    Those that have waited longest come first; the rest is found again at the next beat.
    """
    rows = _claimable(now).order_by("next_try_at", "pk")
    return list(rows.values_list("pk", flat=True)[:at_most])


def deliver_digest(digest_id: int, *, now: datetime) -> bool:
    """Send one digest, unless it is sent, called off or in another sender's hands.

    It is marked sent only when the mail server took it. Between the two lies the only possible
    double: a sender that dies there, or loses the database, is followed by another when its lease
    has run out, whose copy carries the same Message-ID.
    """
    lease = now + LEASE
    claimed = _claimable(now).filter(pk=digest_id)
    if not claimed.update(state=DigestState.SENDING, leased_until=lease, tries=F("tries") + 1):
        return False
    mine = Digest.objects.filter(pk=digest_id, state=DigestState.SENDING, leased_until=lease)
    digest = mine.select_related("recipient").get()
    try:
        letter = compose(digest, now=now)
    except UNBUILDABLE as error:
        logger.exception("Digest %s cannot be written", digest.pk)
        mine.update(state=DigestState.DEAD, leased_until=None, last_error=_named(error))
        return False
    if letter is None:
        _call_off(mine, digest)
        return False
    try:
        letter.message.send()
    except NO_MAIL_WENT as error:
        _mark_failed(mine, digest, error, now)
        return False
    outlast(lambda: _mark_sent(mine, digest, letter, now))
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


@transaction.atomic
def _call_off(mine: QuerySet[Digest], digest: Digest) -> None:
    """No mail of it goes out. What is paused is let go of, so that it is gathered again later."""
    if mine.update(state=DigestState.CANCELLED, leased_until=None):
        waiting = digest.notices.planned()
        free = let_out(Notice.objects.filter(digest=digest)).values("pk")
        waiting.exclude(pk__in=free).update(digest=None)


def _mark_failed(
    mine: QuerySet[Digest], digest: Digest, error: OSError | ValueError, now: datetime
) -> None:
    failure = hard_failure(error)
    if failure is not None:
        _mark_refused(mine, digest, failure, _named(error), now)
        return
    again = next_try(digest.tries, now, digest.message_id)
    level = logging.WARNING if again else logging.ERROR
    words = "Digest %s could not be sent (try %s): %s"
    logger.log(level, words, digest.pk, digest.tries, _named(error))
    mine.update(
        state=DigestState.FAILED if again else DigestState.DEAD,
        next_try_at=again or digest.next_try_at,
        leased_until=None,
        last_error=_named(error),
    )


@transaction.atomic
def _mark_refused(
    mine: QuerySet[Digest], digest: Digest, failure: Failure, said: str, now: datetime
) -> None:
    """The server will never take mail to this address, so that nothing is tried again."""
    logger.warning("Digest %s: the address was refused: %s", digest.pk, said)
    if mine.update(state=DigestState.DEAD, leased_until=None, last_error=said):
        note_refused(digest=digest, failure=failure, now=now)


def outlast(mark: Callable[[], None]) -> None:
    """Mark in spite of a database that restarts: what went out and is not marked goes out twice."""
    for wait in OUTLASTED:
        try:
            mark()
        except (InterfaceError, OperationalError) as error:
            logger.warning("A mail that went out could not be marked yet: %s", error)
            time.sleep(wait)
            close_old_connections()
        else:
            return
    mark()


@transaction.atomic
def _mark_sent(mine: QuerySet[Digest], digest: Digest, letter: Letter, now: datetime) -> None:
    """What went out is marked as sent, also where it was called off in the same moment, or was
    taken up again since and waits for another mail: it went with this one."""
    Notice.objects.filter(pk__in=[notice.pk for notice in letter.notices]).update(
        state=NoticeState.SENT, cancelled_because="", digest=digest
    )
    marked = mine.update(
        state=DigestState.SENT,
        leased_until=None,
        sent_at=now,
        subject=str(letter.message.subject)[:LONGEST_SUBJECT],
        last_error=letter.left_out,
    )
    if not marked:
        logger.warning("Digest %s was sent after its lease had run out", digest.pk)
    note_accepted(person=digest.recipient, now=now)


def _named(error: Exception) -> str:
    return as_text(f"{type(error).__name__}: {error}")
