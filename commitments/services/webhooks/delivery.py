"""A message is claimed, sent and marked: the outbox of design §6.4, one webhook at a time.

Order is kept as far as it can be: nobody sends to a webhook beside another, the oldest goes first,
and what is newer waits for what failed once or twice. Then it overtakes.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Protocol

from django.db import transaction
from django.db.models import F, Min, Q, QuerySet

from commitments.models import (
    DeliveryState,
    PauseReason,
    PublicEvent,
    Webhook,
    WebhookDelivery,
)
from commitments.rules.outgoing import Answer
from commitments.rules.webhooks import MAX_TRIES, PATIENT, next_try
from commitments.services.notices.delivery import outlast
from commitments.services.webhooks.messages import body_of, headers_of
from commitments.services.webhooks.stopping import stop

LEASE = timedelta(minutes=3)
"""How long a sender may take; longer than a job lives, so that no two send at a time."""
SLOW = 2.0
"""Seconds: whoever takes longer to answer is sent one message a round, and waits for the next."""
AT_ONCE = 200
GONE = 410
PAUSING = frozenset({429, 503})
"""Statuses with which a receiver may say when to come again."""

logger = logging.getLogger(__name__)


class Client(Protocol):
    """The way out, handed in by whoever runs the job: `gateways.outgoing.Outgoing`."""

    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> Answer: ...


class Outcome(Enum):
    """Whether it is worth going on with the same webhook now."""

    NOTHING = auto()
    GO_ON = auto()
    WAIT = auto()


def webhooks_to_send(*, now: datetime, at_most: int = AT_ONCE) -> list[int]:
    """The ids of webhooks for which something is due; those that waited longest come first."""
    due = WebhookDelivery.objects.claimable(now, MAX_TRIES).filter(
        Q(webhook__leased_until=None) | Q(webhook__leased_until__lte=now),
        Q(webhook__paused_at=None) | Q(sequence=None),
        webhook__confirmed_at__isnull=False,
        webhook__ended_at=None,
    )
    first = due.order_by().values("webhook").annotate(first=Min("next_try_at"))
    return list(first.order_by("first", "webhook").values_list("webhook", flat=True)[:at_most])


def deliver_next(webhook_id: int, *, now: datetime, client: Client) -> Outcome:
    """Send the oldest message that is due, unless somebody else sends to this webhook.

    It is marked as taken when the receiver said so. Between the two lies the only possible
    double: a sender that dies there is followed by another when its lease has run out, whose
    message carries the same `webhook-id`.
    """
    lease = now + LEASE
    mine = Webhook.objects.confirmed().free(now).filter(pk=webhook_id)
    if not mine.update(leased_until=lease):
        return Outcome.NOTHING
    try:
        return _send_first(Webhook.objects.get(pk=webhook_id), now, lease, client)
    finally:
        Webhook.objects.filter(pk=webhook_id, leased_until=lease).update(leased_until=None)


def _send_first(webhook: Webhook, now: datetime, lease: datetime, client: Client) -> Outcome:
    _hold_behind_failing(webhook, now)
    due = WebhookDelivery.objects.claimable(now, MAX_TRIES).filter(webhook_id=webhook.pk)
    if webhook.paused_at is not None:
        due = due.filter(sequence=None)
    found = due.order_by("pk").first()
    return send_one(found.pk, webhook, now, lease, client) if found else Outcome.NOTHING


def _hold_behind_failing(webhook: Webhook, now: datetime) -> None:
    """What is newer than an event that failed lately is tried no sooner."""
    events = webhook.deliveries.filter(sequence__isnull=False)
    failing = events.filter(
        state=DeliveryState.FAILED, tries__lte=PATIENT, next_try_at__gt=now
    ).order_by("pk")
    if (first := failing.first()) is not None:
        later = events.filter(pk__gt=first.pk, state=DeliveryState.PLANNED)
        later.filter(next_try_at__lt=first.next_try_at).update(next_try_at=first.next_try_at)


def send_one(
    delivery_id: int, webhook: Webhook, now: datetime, lease: datetime, client: Client
) -> Outcome:
    """Claim one message by one UPDATE, send it and mark it; nothing where another claimed it."""
    claimed = WebhookDelivery.objects.claimable(now, MAX_TRIES).filter(pk=delivery_id)
    if not claimed.update(state=DeliveryState.SENDING, leased_until=lease, tries=F("tries") + 1):
        return Outcome.NOTHING
    mine = WebhookDelivery.objects.filter(
        pk=delivery_id, state=DeliveryState.SENDING, leased_until=lease
    )
    delivery = mine.get()
    try:
        body = body_of(delivery)
        headers = headers_of(webhook, delivery.message_id, body, now)
    except (PublicEvent.DoesNotExist, ValueError) as error:
        logger.exception("Message %s to a webhook cannot be made", delivery.pk)
        mine.update(state=DeliveryState.DEAD, leased_until=None, last_error=type(error).__name__)
        return Outcome.WAIT
    answer = client.post(webhook.address, body, headers)
    outlast(lambda: _mark(mine, delivery, webhook, answer, now))
    if answer.is_taken and answer.took < SLOW:
        return Outcome.GO_ON
    _wait_since(webhook, now)
    return Outcome.WAIT


def _wait_since(webhook: Webhook, now: datetime) -> None:
    """What waits for a slow receiver waits since it was last called: not for us."""
    webhook.deliveries.filter(state=DeliveryState.PLANNED, next_try_at__lt=now).update(
        next_try_at=now
    )


@transaction.atomic
def _mark(
    mine: QuerySet[WebhookDelivery],
    delivery: WebhookDelivery,
    webhook: Webhook,
    answer: Answer,
    now: datetime,
) -> None:
    if answer.is_taken:
        mine.update(
            state=DeliveryState.SENT, sent_at=now, leased_until=None, answer=answer.status,
            last_error="",
        )  # fmt: skip
        return
    is_gone = answer.status == GONE
    wait = _asked(answer)
    again = None if is_gone else next_try(delivery.tries, now, delivery.message_id, wait)
    mine.update(
        state=DeliveryState.FAILED if again else DeliveryState.DEAD,
        next_try_at=again or delivery.next_try_at,
        leased_until=None,
        answer=answer.status,
        last_error=answer.fault.value if answer.fault else "",
    )
    if is_gone:
        stop(webhook=webhook, reason=PauseReason.GONE, now=now)
    elif again is None and not webhook.deliveries.filter(sent_at__gte=delivery.made_at).exists():
        stop(webhook=webhook, reason=PauseReason.FAILING, now=now)


def _asked(answer: Answer) -> timedelta:
    """How long a receiver that is too busy asks to be left alone."""
    said = answer.headers.get("retry-after", "")
    if answer.status not in PAUSING or not (said.isascii() and said.isdigit() and len(said) < 8):
        return timedelta()
    return timedelta(seconds=int(said))


def give_up_spent(*, now: datetime) -> int:
    """End the messages whose last sender did not live to say so."""
    spent = WebhookDelivery.objects.filter(tries__gte=MAX_TRIES, leased_until__lte=now)
    return spent.update(state=DeliveryState.DEAD, leased_until=None, last_error="ended half-way")
