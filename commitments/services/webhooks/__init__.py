"""Webhooks: asked for and kept, planned, sent, stopped and forgotten."""

from datetime import datetime, timedelta

from commitments.models import DeliveryState, Webhook, WebhookDelivery
from commitments.rules.citizens import GOOD_FOR
from commitments.services.webhooks.stopping import forget_webhooks

KEPT = timedelta(days=30)
"""How long what became of a message is kept, and a webhook that ended by itself."""
DONE = (DeliveryState.SENT, DeliveryState.DEAD, DeliveryState.CANCELLED)


def tidy_webhooks(*, now: datetime) -> int:
    """Forget what nobody confirmed in time, what ended, and old messages; how many webhooks."""
    citizens = Webhook.objects.exclude(email="")
    lapsed = citizens.filter(confirmed_at=None, made_at__lte=now - GOOD_FOR)
    ended = citizens.filter(ended_at__lte=now - KEPT)
    gone = forget_webhooks(lapsed) + forget_webhooks(ended)
    WebhookDelivery.objects.filter(state__in=DONE, made_at__lte=now - KEPT).delete()
    return gone
