"""Mails to citizens are claimed, checked once more, sent, and marked (design §6.4).

The machine is that of the digests: one UPDATE claims, a lease runs out, a try follows the other.
No address is ever logged.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F, QuerySet

from commitments.models import (
    CitizenMail,
    CitizenMailKind,
    DigestState,
    ErrorReport,
    Subscriber,
    Webhook,
)
from commitments.reports.following import Searches
from commitments.rules.mail_faults import hard_failure
from commitments.rules.retries import MAX_TRIES, next_try
from commitments.services.citizen_addresses import forget_contact
from commitments.services.error_reports.mails import compose_answer, compose_report_confirmation
from commitments.services.notices.composing import UNBUILDABLE
from commitments.services.notices.delivery import LEASE, NO_MAIL_WENT, outlast
from commitments.services.subscriptions.mails import compose_confirmation
from commitments.services.subscriptions.weekly import compose_weekly
from commitments.services.webhooks.mails import compose_stopped, compose_webhook_confirmation
from commitments.services.webhooks.stopping import forget_webhooks

NEEDED = (
    "subscriber", "subscription", "report__programme", "webhook__made_by", "webhook__organisation",
)  # fmt: skip
KEPT = timedelta(days=60)
"""How long what became of a mail is kept."""
AT_ONCE = 500

Compose = Callable[[CitizenMail, datetime, Searches], EmailMultiAlternatives | None]
COMPOSE: dict[str, Compose] = {
    CitizenMailKind.CONFIRM.value: compose_confirmation,
    CitizenMailKind.WEEKLY.value: compose_weekly,
    CitizenMailKind.CONFIRM_REPORT.value: compose_report_confirmation,
    CitizenMailKind.ANSWER.value: compose_answer,
    CitizenMailKind.CONFIRM_WEBHOOK.value: compose_webhook_confirmation,
    CitizenMailKind.WEBHOOK_STOPPED.value: compose_stopped,
}
"""Each says None where nothing is left to say, as the subscription was confirmed meanwhile."""

logger = logging.getLogger(__name__)


def citizen_mails_to_send(*, now: datetime) -> list[int]:
    rows = CitizenMail.objects.claimable(now, MAX_TRIES).order_by("next_try_at", "pk")
    return list(rows.values_list("pk", flat=True)[:AT_ONCE])


def deliver_citizen_mail(mail_id: int, *, now: datetime, searches: Searches) -> bool:
    """Send one, unless it is sent, gone with its subscription, or in another sender's hands.

    Marked sent only when the mail server took it; a weekly one moves what the subscriber was
    told in the same transaction, so that nothing is told twice or lost.
    """
    lease = now + LEASE
    claimed = CitizenMail.objects.claimable(now, MAX_TRIES).filter(pk=mail_id)
    if not claimed.update(state=DigestState.SENDING, leased_until=lease, tries=F("tries") + 1):
        return False
    mine = CitizenMail.objects.filter(pk=mail_id, state=DigestState.SENDING, leased_until=lease)
    mail = mine.select_related(*NEEDED).first()
    if mail is None:
        return False
    try:
        message = COMPOSE[mail.kind](mail, now, searches)
    except UNBUILDABLE as error:
        logger.exception("Mail %s to a citizen cannot be written", mail.pk)
        mine.update(state=DigestState.DEAD, leased_until=None, last_error=type(error).__name__)
        return False
    if message is None:
        _mark(mine, mail, DigestState.CANCELLED, None)
        return False
    try:
        message.send()
    except NO_MAIL_WENT as error:
        _mark_failed(mine, mail, error, now)
        return False
    outlast(lambda: _mark(mine, mail, DigestState.SENT, now))
    return True


@transaction.atomic
def _mark(
    mine: QuerySet[CitizenMail], mail: CitizenMail, state: DigestState, sent_at: datetime | None
) -> None:
    mine.update(state=state, leased_until=None, sent_at=sent_at, last_error="")
    if mail.kind == CitizenMailKind.WEEKLY and mail.through_sequence:
        told = Subscriber.objects.filter(mails=mail)
        told.filter(through_sequence__lt=mail.through_sequence).update(
            through_sequence=mail.through_sequence
        )
    if mail.kind == CitizenMailKind.ANSWER:
        forget_contact(ErrorReport.objects.filter(mails=mail))


def _mark_failed(
    mine: QuerySet[CitizenMail], mail: CitizenMail, error: OSError | ValueError, now: datetime
) -> None:
    name = type(error).__name__  # its words may name the address
    if hard_failure(error) is not None:
        logger.warning("Mail %s to a citizen: the address was refused for good", mail.pk)
        _end(mine, mail)
        return
    again = next_try(mail.tries, now, f"citizen-{mail.pk}")
    logger.warning("Mail %s to a citizen failed (try %s): %s", mail.pk, mail.tries, name)
    mine.update(
        state=DigestState.FAILED if again else DigestState.DEAD,
        next_try_at=again or mail.next_try_at,
        leased_until=None,
        last_error=name,
    )


@transaction.atomic
def _end(mine: QuerySet[CitizenMail], mail: CitizenMail) -> None:
    """No mail will ever reach the address: what it follows ends, and it is deleted."""
    mine.update(state=DigestState.DEAD, leased_until=None, last_error="refused")
    if mail.subscriber_id is not None:
        Subscriber.objects.filter(mails=mail).delete()
    elif mail.webhook_id is not None:
        forget_webhooks(Webhook.objects.filter(pk=mail.webhook_id).exclude(email=""))
    else:
        forget_contact(ErrorReport.objects.filter(mails=mail))


def give_up_spent(*, now: datetime) -> None:
    """End the mails whose last sender did not live to say so, and forget old ones."""
    spent = CitizenMail.objects.filter(tries__gte=MAX_TRIES, leased_until__lte=now)
    spent.update(state=DigestState.DEAD, leased_until=None, last_error="ended half-way")
    done = (DigestState.SENT, DigestState.DEAD, DigestState.CANCELLED)
    CitizenMail.objects.filter(state__in=done, made_at__lte=now - KEPT).delete()
