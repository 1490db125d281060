"""A webhook is stopped by itself, and whoever keeps it is told; one of no account is forgotten."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from commitments.models import (
    CitizenMail,
    CitizenMailKind,
    PauseReason,
    Webhook,
    WebhookDelivery,
)


def stop(*, webhook: Webhook, reason: PauseReason, now: datetime) -> bool:
    """Pause it, or end it where its address is gone for good; by one UPDATE, so that one mail goes.

    What waits stays: it is sent when somebody lets it go on.
    """
    running = Webhook.objects.listening().filter(pk=webhook.pk)
    ended = {"ended_at": now} if reason == PauseReason.GONE else {}
    if not running.update(paused_at=now, pause_reason=reason, **ended):
        return False
    CitizenMail.objects.create(
        kind=CitizenMailKind.WEBHOOK_STOPPED, webhook=webhook, made_at=now, next_try_at=now
    )
    return True


@transaction.atomic
def forget_webhooks(webhooks: QuerySet[Webhook]) -> int:
    """Delete them with all that was kept of them, the house's own history included; how many."""
    pks = list(webhooks.values_list("pk", flat=True))
    WebhookDelivery.objects.filter(webhook__in=pks).delete()
    Webhook.objects.filter(pk__in=pks).delete()
    Webhook.history.filter(id__in=pks).delete()  # deleting leaves a last row there
    return len(pks)
