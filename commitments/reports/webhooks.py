"""What became of telling webhooks: for whoever keeps one, and for whoever runs the installation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from commitments.models import (
    DeliveryState,
    Programme,
    PublicEvent,
    Webhook,
    WebhookDelivery,
)
from commitments.reports.objects import noun_words
from commitments.rules.outgoing import Fault
from commitments.text.display import said_text

LATELY = timedelta(days=14)
LATE = timedelta(minutes=10)
"""Nothing that is due waits longer while the workers keep up."""
WAITING = (DeliveryState.PLANNED, DeliveryState.FAILED, DeliveryState.SENDING)
SHOWN = {
    "": (pgettext_lazy("messages", "All"), tuple(DeliveryState)),
    "waiting": (pgettext_lazy("messages", "Waiting"), WAITING),
    "dead": (pgettext_lazy("messages", "Given up"), (DeliveryState.DEAD,)),
}
"""How the list of messages can be narrowed, by the word in the address."""


class Numbers(NamedTuple):
    """Of one webhook, or of many."""

    waiting: int
    dead: int
    taken_at: datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """One message as its keeper sees it: what it tells, and what was answered."""

    delivery: WebhookDelivery
    about: str
    answer: str


def messages_of(webhook: Webhook, shown: str) -> QuerySet[WebhookDelivery]:
    """The newest first; an unknown word shows all."""
    _words, states = SHOWN.get(shown, SHOWN[""])
    return webhook.deliveries.filter(state__in=states).order_by("-pk")


def lines(deliveries: Iterable[WebhookDelivery]) -> list[Line]:
    """Two queries at most, however many there are."""
    found = list(deliveries)
    sequences = [one.sequence for one in found if one.sequence is not None]
    rows = PublicEvent.objects.filter(sequence__in=sequences)
    kinds = dict(rows.values_list("sequence", "object_kind"))
    return [Line(one, _about(one, kinds), answer_of(one)) for one in found]


def failing_at(webhook: Webhook) -> Line | None:
    """The message that failed and is tried next, where there is one."""
    failed = webhook.deliveries.filter(state=DeliveryState.FAILED).order_by("next_try_at", "pk")
    return next(iter(lines(failed[:1])), None)


def _about(delivery: WebhookDelivery, kinds: dict[int, str]) -> str:
    if delivery.sequence is None:
        return _("Test")
    return capfirst(noun_words(kinds.get(delivery.sequence, "")))


def answer_of(delivery: WebhookDelivery) -> str:
    """The status of the answer, or why there was none; empty before the first try."""
    if delivery.answer is not None:
        return _("answered {status}").format(status=delivery.answer)
    known = delivery.last_error in Fault.values
    return str(Fault(delivery.last_error).label) if known else delivery.last_error


def numbers_of(webhook: Webhook) -> Numbers:
    waits = Q(state__in=WAITING)
    found = webhook.deliveries.aggregate(
        waiting=Count("pk", filter=waits),
        dead=Count("pk", filter=Q(state=DeliveryState.DEAD)),
        taken_at=Max("sent_at"),
    )
    return Numbers(**found)


def told_about(webhook: Webhook) -> str:
    """Of which kinds and programmes, in the reader's words."""
    kinds = ", ".join(noun_words(kind) for kind in webhook.kinds)
    rows = Programme.objects.filter(slug__in=webhook.programmes)
    programmes = ", ".join(said_text(row, "name") for row in rows) if webhook.programmes else ""
    if kinds and programmes:
        return _("{kinds}, of {programmes}").format(kinds=kinds, programmes=programmes)
    return kinds or programmes or _("every change of the record")


@dataclass(frozen=True, slots=True)
class HooksHealth:
    """`overdue` messages should have gone out by now, the oldest `since`; `dead` were given up
    lately; `paused` webhooks stopped by themselves."""

    listening: int
    waiting: int
    overdue: int
    since: datetime | None
    dead: int
    paused: int

    def is_late(self, now: datetime) -> bool:
        """Whether messages wait for us, not for their receivers: a worker or the beat is down."""
        return self.since is not None and now - self.since > LATE


def hooks_health(now: datetime) -> HooksHealth:
    """Two queries. What waits for a receiver that failed is not overdue before its next try."""
    live = Q(webhook__ended_at=None, webhook__paused_at=None)
    due = Q(next_try_at__lte=now) & live & ~Q(state=DeliveryState.DEAD)
    rows = WebhookDelivery.objects.filter(state__in=(*WAITING, DeliveryState.DEAD))
    found = rows.aggregate(
        waiting=Count("pk", filter=live & Q(state__in=WAITING)),
        overdue=Count("pk", filter=due),
        since=Min("next_try_at", filter=due),
        dead=Count("pk", filter=Q(state=DeliveryState.DEAD, made_at__gte=now - LATELY)),
    )
    hooks = Webhook.objects.standing().aggregate(
        listening=Count("pk", filter=Q(confirmed_at__isnull=False, paused_at=None)),
        paused=Count("pk", filter=Q(pause_reason="failing")),
    )
    return HooksHealth(**found, **hooks)
