"""Deliveries of new events are planned in bulk: so many for each webhook, so many at a time."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from commitments.models import DeliveryState, Programme, PublicEvent, Webhook, WebhookDelivery
from commitments.rules.webhooks import Told, is_told
from commitments.services.subscriptions import head_sequence

WINDOW = 200
"""So many messages wait for one webhook at most: what comes after stays in the record."""
SCANNED = 1000
"""So many events one look at a webhook goes through."""
AT_ONCE = 5000
"""So many messages, and webhooks, one run deals with; the next takes the rest."""

OF_PROGRAMME = frozenset({"programme", "priority", "acceptance", "reporting_period"})
"""Kinds whose key begins with the slug of their programme."""


class Scanned(NamedTuple):
    sequence: int
    told: Told


def plan_deliveries(*, now: datetime) -> int:
    """Plan what became public since, for every webhook that listens; how many are new.

    Those that lag behind most come first. Two runs beside each other plan everything once.
    """
    head, made = head_sequence(), 0
    behind = _with_room().filter(through_sequence__lt=head)
    scanned: dict[int, list[Scanned]] = {}
    demos = frozenset(Programme.objects.filter(is_demo=True).values_list("slug", flat=True))
    rows = behind.order_by("through_sequence", "pk").values_list("pk", "through_sequence")
    for pk, after in rows[:AT_ONCE]:
        if made >= AT_ONCE:
            break
        if after not in scanned:
            scanned = {after: list(_events(after))}  # neighbours in this order ask the same
        made += _plan_one(pk, after, scanned[after], demos, now)
    return made


def _with_room() -> QuerySet[Webhook]:
    """Those that listen and for which not too much waits."""
    waits = Q(deliveries__state__in=(DeliveryState.PLANNED, DeliveryState.FAILED))
    counted = Webhook.objects.listening().annotate(waiting=Count("deliveries", filter=waits))
    return counted.filter(waiting__lt=WINDOW)


def _events(after: int) -> Iterable[Scanned]:
    rows = PublicEvent.objects.filter(sequence__gt=after).order_by("sequence")
    found = rows.values_list(
        "sequence", "object_kind", "object_key", "is_demo", "commitment__programme__slug"
    )
    for sequence, kind, key, is_demo, programme in found[:SCANNED]:
        own = key.partition("/")[0] if kind in OF_PROGRAMME else None
        yield Scanned(sequence, Told(kind, programme or own, is_demo))


@transaction.atomic
def _plan_one(
    pk: int, after: int, events: list[Scanned], demos: frozenset[str], now: datetime
) -> int:
    """Locks the webhook: whoever replays meanwhile comes before or after."""
    rows = Webhook.objects.listening().select_for_update(of=("self",), no_key=True)
    webhook = rows.filter(pk=pk, through_sequence=after).first()
    if webhook is None:
        return 0
    room = WINDOW - webhook.deliveries.waiting().count()
    planned: list[WebhookDelivery] = []
    through = after
    for event in events:
        is_wanted = is_told(
            event.told, kinds=webhook.kinds, programmes=webhook.programmes, demos=demos
        )
        if is_wanted and len(planned) >= room:
            break
        if is_wanted:
            planned.append(planned_delivery(webhook, event.sequence, now))
        through = event.sequence
    WebhookDelivery.objects.bulk_create(planned, ignore_conflicts=True, batch_size=100)
    webhook.through_sequence = through
    webhook.save(update_fields=["through_sequence"])
    return len(planned)


def planned_delivery(webhook: Webhook, sequence: int, now: datetime) -> WebhookDelivery:
    """Named by what it is about, so that a second sending is known for what it is."""
    return WebhookDelivery(
        webhook=webhook,
        sequence=sequence,
        turn=webhook.turn,
        message_id=f"evt_{webhook.pk}_{sequence}_{webhook.turn}",
        made_at=now,
        next_try_at=now,
    )
